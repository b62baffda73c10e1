"""Mean rank in one sort of time minus that in another."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, said
from imhcode.analysis.measures.ordinal_mean import mean_rank
from imhcode.analysis.selecting import Declared, chosen


def ordinal_mean_difference(declared: Declared, session: CodedSession, section: Section) -> Result:
    """The mean in the first sort of time minus the mean in the second, both weighted by time."""
    split, means = declared["split_by"], []
    for name in ("a", "b"):
        track_id = split[name].get("track") or split["track"]
        time = session.time_of(track_id, chosen(session.tracks[track_id], split[name]))
        means.append(mean_rank(declared, session, declared["track"], time.common(section.time)))
    first, second = means
    whole_us = (first.denominator_us or 0) + (second.denominator_us or 0)
    if first.value is None or second.value is None:
        missing = split["a"] if first.value is None else split["b"]
        reason = f"no ranked time in {said(missing)}"
        return Result((Number(VALUE, None, 0, denominator_us=whole_us, null_reason=reason),))
    n = (first.n or 0) + (second.n or 0)
    return Result((Number(VALUE, first.value - second.value, n, denominator_us=whole_us),))


MEASURES.add(
    MeasureKind(
        name="ordinal_mean_difference",
        of=ordinal_mean_difference,
        formula=lambda declared: (
            f"mean rank on {declared['track']} during {said(declared['split_by']['a'])} minus that "
            f"during {said(declared['split_by']['b'])} ({declared['split_by']['track']}), weighted "
            "by duration"
        ),
        source="own",
        tracks=lambda declared: (declared["track"], declared["split_by"]["track"]),
    )
)
