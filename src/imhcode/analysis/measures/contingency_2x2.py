"""Whether one thing follows another more often than at other times."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.contingency import TwoByTwo, shifted_round
from imhcode.analysis.measured import Number, Result, Square, nothing
from imhcode.analysis.measures import MEASURES, MeasureKind, each_code_of, said
from imhcode.analysis.runs import Flags, by_subject, runs_of
from imhcode.analysis.selecting import Declared, chosen, one_by_one, ranks, uncodable
from imhcode.analysis.spans import Times, Union

CELLS = ("table_a", "table_b", "table_c", "table_d")


def contingency_2x2(declared: Declared, session: CodedSession, section: Section) -> Result:
    """Bins of codable time: near the given or not, with the target or not.

    A bin is near if it touches a window after an onset of the given.  Only bins that are codable
    from end to end count, and of those, where the scheme says so, the ones that touch certain
    stretches.
    """
    missing = _pass_missing(declared, session)
    if missing:
        return nothing(_statistics(declared, session), f"pass {missing} not coded")
    bin_us = round(declared["bin_s"] * 1_000_000)
    onsets = bins_of(section, bin_us)
    within = declared.get("within")
    if within:
        codes = chosen(session.tracks[within["track"]], within)
        onsets = onsets[touched(onsets, bin_us, session.time_of(within["track"], codes))]
    target = np.zeros(len(onsets), bool)
    target[_bin_of(onsets, bin_us, _targets(declared["target"], session, section))] = True
    window_us = round(declared["window_s"] * 1_000_000)
    track_id = declared["given"]["track"]
    lane, numbers, squares = session.lane(track_id), [], []
    for name, codes in one_by_one(session.tracks[track_id], declared["given"]):
        given = lane.onsets[codes[lane.codes]]
        given = given[section.time.has(given)]
        near = touched(onsets, bin_us, Union.of(given, given + window_us))
        table = TwoByTwo.of(near, target)
        mean, p = (None, None) if table.has_empty_margin else shifted_round(near, target)
        bins = np.packbits(near).tobytes(), np.packbits(target).tobytes()
        squares.append(Square(name, table.a, table.b, table.c, table.d, mean, p, *bins))
        numbers += _numbers(declared, name, table, bin_us)
    return Result(tuple(numbers), squares=tuple(squares))


def bins_of(section: Section, bin_us: int) -> Times:
    """Onsets of the bins that are codable from end to end; they are counted from its onset."""
    onsets = np.arange(section.from_us, section.until_us - bin_us + 1, bin_us, dtype=np.int64)
    piece = np.searchsorted(section.time.onsets, onsets, side="right") - 1
    inside = piece >= 0
    inside[inside] = onsets[inside] + bin_us <= section.time.offsets[piece[inside]]
    return onsets[inside]


def touched(onsets: Times, bin_us: int, time: Union) -> Flags:
    """Which bins have anything of ``time`` in them."""
    before = np.searchsorted(time.offsets, onsets, side="right")
    return np.asarray(before < np.searchsorted(time.onsets, onsets + bin_us, side="left"))


def _bin_of(onsets: Times, bin_us: int, times: Times) -> Times:
    """Places of the bins that hold some of the instants."""
    k = np.searchsorted(onsets, times, side="right") - 1
    inside = k >= 0
    inside[inside] = times[inside] < onsets[k[inside]] + bin_us
    return k[inside]


def _targets(target: Declared, session: CodedSession, section: Section) -> Times:
    """Instants of what may follow."""
    if "transition" in target:
        return _changes(target, session, section)
    found = []
    for one in target.get("any_of") or [target]:
        lane = session.lane(one["track"])
        found.append(lane.onsets[chosen(session.tracks[one["track"]], one)[lane.codes]])
    return np.concatenate(found)


def _changes(target: Declared, session: CodedSession, section: Section) -> Times:
    """Last instants before a change of rank: it belongs to the state that is left."""
    track = session.tracks[target["track"]]
    rank = ranks(track)
    groups = np.where(uncodable(track), -1, np.arange(len(track.codes)))
    found = [np.empty(0, np.int64)]
    for lane in by_subject(session.lane(track.id)):
        runs = runs_of(lane, section.time, seamless=track.exhaustive, groups=groups)
        step = np.diff(rank[runs.codes])
        if target["transition"] == "decrease_ordinal":
            step = -step
        found.append(runs.onsets[1:][runs.linked[1:] & (step > 0)] - 1)
    return np.concatenate(found)


def _numbers(declared: Declared, name: str, table: TwoByTwo, bin_us: int) -> list[Number]:
    before = f"{name}_" if name else ""
    values: dict[str, float | int | None] = {}
    for statistic in declared["statistic"]:
        if statistic == "table":
            values |= dict(zip(CELLS, (table.a, table.b, table.c, table.d), strict=True))
        else:
            values[statistic] = getattr(table, statistic)
    empty = table.has_empty_margin and "any margin = 0" in declared.get("null_when", "")
    whole_us = table.n * bin_us
    numbers = []
    for statistic, value in values.items():
        if statistic not in CELLS and (empty or value is None):
            value = None  # noqa: PLW2901  (a number that the scheme says is none)
        reason = "any margin = 0" if value is None else ""
        numbers.append(
            Number(before + statistic, value, table.n, denominator_us=whole_us, null_reason=reason)
        )
    return numbers


def _pass_missing(declared: Declared, session: CodedSession) -> str:
    """A pass that is needed and on none of whose tracks anything is coded."""
    for name in declared.get("requires_passes") or ():
        needed = session.scheme.pass_(name)
        if needed and not any(session.is_coded(track) for track in needed.tracks):
            return str(name)
    return ""


def _statistics(declared: Declared, session: CodedSession) -> tuple[str, ...]:
    names: list[str] = []
    for statistic in declared["statistic"]:
        names += CELLS if statistic == "table" else [statistic]
    codes = each_code_of(declared, session, declared["given"])
    return tuple(f"{code}_{name}" for code in codes for name in names) or tuple(names)


def _target_said(target: Declared) -> str:
    if "transition" in target:
        return f"{target['transition'].replace('_', ' ')} of {target['track']}"
    return " or ".join(said(one) for one in target.get("any_of") or [target])


MEASURES.add(
    MeasureKind(
        name="contingency_2x2",
        of=contingency_2x2,
        formula=lambda declared: (
            f"bins of {declared['bin_s']:g} s within {declared['window_s']:g} s after "
            f"{said(declared['given'])} or not, with {_target_said(declared['target'])} or not: "
            "p_given = a/(a+b), p_outside = c/(c+d), p_base = (a+c)/n, odds ratio = ad/bc, "
            "Yule's Q = (ad-bc)/(ad+bc); half a count is added to all cells where one is zero"
        ),
        source="Bakeman, R., & Quera, V. (2011); Lloyd, B. P., Kennedy, C. H., & Yoder, P. J. "
        "(2013). Quantifying contingent relations from direct observation data.",
        tracks=lambda declared: (declared["given"]["track"],),
        statistics=_statistics,
    )
)
