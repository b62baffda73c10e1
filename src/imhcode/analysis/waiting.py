"""How long something was waited for: what ends the waiting, and what is said of all waits."""

from collections.abc import Iterable, Sequence

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import empty_reason, seconds
from imhcode.analysis.measured import Number, Result, Wait
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.spans import Times, Union
from imhcode.analysis.survival import kaplan_meier


def limit(
    session: CodedSession, section: Section, censor_at: Iterable[str], from_us: int, track_id: str
) -> tuple[int, str]:
    """Until when something that begins at ``from_us`` is waited for, and what ends the waiting.

    The end of the session always does.
    """
    ends = [(session.window_us[1], "session_end")]
    for reason in censor_at:
        if reason == "episode_end":
            ends += [(end_us, reason) for end_us in _episode_ends(session, section, from_us)]
        elif reason in ("uncodable_onset", "not_scored"):
            time = session.codable
            if reason == "not_scored":
                time = time.common(session.codable_of(track_id))
            ends.append((_end_of_piece(time, from_us), reason))
        elif reason == "bout_end" and session.bouts:
            bouts = session.lane(session.bouts)
            ends.append((_end_of_piece(Union.of(bouts.onsets, bouts.offsets), from_us), reason))
    return min(ends)


def _episode_ends(session: CodedSession, section: Section, from_us: int) -> list[int]:
    """Where the section's episode ends; in a whole session those that the start lies in."""
    if section.episode:
        return [section.until_us]
    return [one.until_us for one in session.sections if one.from_us <= from_us < one.until_us]


def _end_of_piece(time: Union, at_us: int) -> int:
    """Where the stretch that holds an instant ends; the instant itself if none does."""
    k = int(np.searchsorted(time.onsets, at_us, side="right")) - 1
    return max(int(time.offsets[k]), at_us) if k >= 0 else at_us


def starts(session: CodedSession, section: Section, start: Declared) -> list[tuple[str, int]]:
    """Ids and instants from which is counted, by time."""
    lane = session.lane(start["track"])
    mine = chosen(session.tracks[start["track"]], start)[lane.codes]
    edge = start.get("edge", "onset")
    if edge == "first_onset_in_bout":
        return _first_in_bouts(session, section, start["track"], mine)
    at = lane.onsets if edge == "onset" else lane.offsets
    counted = np.flatnonzero(mine & section.time.has(at))
    return [(lane.ids[k], int(at[k])) for k in counted.tolist()]


def _first_in_bouts(
    session: CodedSession, section: Section, track_id: str, mine: np.ndarray
) -> list[tuple[str, int]]:
    """The first instant in each bout at which one of the events holds."""
    lane, found = session.lane(track_id), []
    bouts = session.lane(session.bouts) if session.bouts else lane
    for onset, offset in zip(bouts.onsets, bouts.offsets, strict=True):
        there = np.flatnonzero(
            mine & (lane.onsets < offset) & (np.maximum(lane.offsets, lane.onsets + 1) > onset)
        )
        if len(there):
            first = there[int(np.argmin(lane.onsets[there]))]
            at = max(int(lane.onsets[first]), int(onset))
            if section.time.has(np.array([at]))[0]:
                found.append((lane.ids[first], at))
    return found


def held_onsets(session: CodedSession, selection: Declared, hold_s: float) -> tuple[Times, Times]:
    """Onsets of what is waited for, and until when each must hold to count."""
    lane = session.lane(selection["track"])
    track = session.tracks[selection["track"]]
    codes = chosen(track, selection)
    if track.kind == "point":
        onsets = lane.onsets[codes[lane.codes]]
        return onsets, onsets
    time = session.time_of(selection["track"], codes)
    needed = time.onsets + round(hold_s * 1_000_000)
    lasts = needed <= time.offsets
    # what is cut short by the end of the record may have held: it ends no wait, and hides nothing
    return time.onsets[lasts], needed[lasts]


def waited(
    session: CodedSession,
    section: Section,
    censor_at: Sequence[str],
    begins: Iterable[tuple[str, int]],
    ends: tuple[Times, Times],
    *,
    track_id: str,
    holding: Union | None = None,
) -> list[Wait]:
    """One wait for each beginning, to the next end that still counts.

    Parameters
    ----------
    ends : (array, array)
        When it comes, and until when it must have held by then.
    holding : Union, optional
        Where what is waited for is there already.
    """
    onsets, needed = ends
    waits = []
    for start_id, from_us in begins:
        until_us, reason = limit(session, section, censor_at, from_us, track_id)
        if holding is not None and len(holding.onsets) and holding.has(np.array([from_us]))[0]:
            waits.append(Wait(start_id, from_us, 0, True))
            continue
        k = int(np.searchsorted(onsets, from_us, side="left"))
        if k < len(onsets) and needed[k] <= until_us:
            waits.append(Wait(start_id, from_us, int(onsets[k]) - from_us, True))
        else:
            waits.append(Wait(start_id, from_us, until_us - from_us, False, reason))
    return waits


def of_waits(declared: Declared, waits: Sequence[Wait]) -> Result:
    """The declared statistics of some waits."""
    times = np.array([one.time_us for one in waits], np.int64)
    came = np.array([one.came for one in waits], bool)
    n, censored = len(waits), int((~came).sum())
    numbers = []
    for statistic in declared["statistic"]:
        value, reason = _statistic(statistic, times, came)
        if not n and value is None:
            reason = empty_reason(declared, "no events")
        numbers.append(Number(statistic, value, n, censored, null_reason=reason))
    return Result(tuple(numbers), waits=tuple(waits))


def _statistic(statistic: str, times: np.ndarray, came: np.ndarray) -> tuple[float | None, str]:
    match statistic:
        case "n_events":
            return int(came.sum()), ""
        case "n_censored":
            return int((~came).sum()), ""
        case "mean_uncensored":
            if not came.any():
                return None, "all censored"
            return seconds(int(times[came].sum()) / int(came.sum())), ""
        case "kaplan_meier_median":
            median_us = kaplan_meier(times, came).median_us
            return (None, "median not reached") if median_us is None else (seconds(median_us), "")
    raise ValueError(statistic)
