"""Several ratings in one number."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind
from imhcode.analysis.selecting import Declared


def scale_composite(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Mean or sum of the scores there are, some of them turned round on their scale."""
    about = section.episode.id if section.episode else ""
    given = {one.scale: one.value for one in session.ratings if one.episode == about}
    turned = set(declared.get("reverse") or ())
    scores = []
    for scale_id in declared["ratings"]:
        value, scale = given.get(scale_id), session.scheme.rating(scale_id)
        if value is None or scale is None:
            continue
        if scale_id in turned:
            value = scale.scale.minimum + scale.scale.maximum - value
        scores.append(value)
    n, fewest = len(scores), declared["min_valid"]
    if n < fewest:
        reason = f"fewer than {fewest} scores"
        return Result((Number(VALUE, None, n, null_reason=reason),))
    total = sum(scores)
    return Result((Number(VALUE, total if declared.get("method") == "sum" else total / n, n),))


def _formula(declared: Declared) -> str:
    turned = declared.get("reverse") or ()
    named = [f"{one} turned round" if one in turned else one for one in declared["ratings"]]
    return (
        f"{declared.get('method', 'mean')} of {', '.join(named)}; at least "
        f"{declared['min_valid']} of them"
    )


MEASURES.add(
    MeasureKind(
        name="scale_composite",
        of=scale_composite,
        formula=_formula,
        source="own",
        tracks=lambda _: (),
        timed=False,
    )
)
