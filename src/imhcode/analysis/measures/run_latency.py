"""Time from the first instant of one run of states until another has held."""

from collections.abc import Sequence

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.measured import Result, Wait
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track, said
from imhcode.analysis.runs import Runs, by_subject, runs_of
from imhcode.analysis.selecting import Declared, chosen, uncodable
from imhcode.analysis.spans import Times
from imhcode.analysis.waiting import of_waits
from imhcode.domain.scheme import Track

LEFT_OUT, FROM, TO, OTHER = -1, 0, 1, 2


def grouped(track: Track, declared: Declared) -> Times:
    """Each code as one of those that the run begins with, ends with, or any other."""
    groups = np.where(uncodable(track), LEFT_OUT, OTHER)
    groups[chosen(track, declared["from"])] = FROM
    groups[chosen(track, declared["to"])] = TO
    return groups.astype(np.int64)


def run_latency(declared: Declared, session: CodedSession, section: Section) -> Result:
    """From the first instant of "from" after "to" has been, to the onset of a "to" that lasts.

    The clock runs on through any other state.  What has begun out of sight has no known length and
    is no run.
    """
    track = session.tracks[declared["track"]]
    time = session.scored(section, track.id)
    hold_us = round(declared.get("to_hold_s", 0) * 1_000_000)
    waits = []
    for lane in by_subject(session.lane(track.id)):
        runs = runs_of(
            lane,
            time,
            seamless=track.exclusive and track.exhaustive,
            groups=grouped(track, declared),
        )
        found = _runs(runs, lane.ids, hold_us)
        waits += [_named(one, session, section, declared) for one in found]
    shortest_us = round(declared.get("min_run_s", 0) * 1_000_000)
    kept = [one for one in waits if one.time_us >= shortest_us]
    return of_waits(declared, sorted(kept, key=lambda one: (one.from_us, one.start_id)))


def _runs(runs: Runs, ids: Sequence[str], hold_us: int) -> list[Wait]:
    waits: list[Wait] = []
    together, start, end_us = False, -1, 0
    columns = (runs.onsets, runs.offsets, runs.codes, runs.linked, runs.cut_left, runs.piece)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))

    def give_up() -> None:
        if start >= 0:
            from_us = rows[start][0]
            waits.append(Wait(ids[int(runs.first[start])], from_us, end_us - from_us, False, "cut"))

    for k, (onset, offset, group, linked, cut_left, _) in enumerate(rows):
        if not linked:
            give_up()
            together, start = False, -1
        lasts = offset - onset >= hold_us
        if start < 0:
            if group == TO:
                together = together or lasts or cut_left
            elif group == FROM and together:
                start = k
        elif group == TO and lasts:
            from_us = rows[start][0]
            waits.append(Wait(ids[int(runs.first[start])], from_us, onset - from_us, True))
            together, start = True, -1
        end_us = offset
    give_up()
    return waits


def _named(wait: Wait, session: CodedSession, section: Section, declared: Declared) -> Wait:
    """The wait with what cut it."""
    if wait.came:
        return wait
    end_us = wait.from_us + wait.time_us
    reason = next((one for one in declared["censor_at"] if one != "episode_end"), "uncodable_onset")
    if section.episode and end_us == section.until_us:
        reason = "episode_end"
    elif end_us == session.window_us[1]:
        reason = "session_end"
    elif section.time.has(np.array([end_us]))[0] and reason != "not_scored":
        reason = "uncoded"
    return Wait(wait.start_id, wait.from_us, wait.time_us, False, reason)


MEASURES.add(
    MeasureKind(
        name="run_latency",
        of=run_latency,
        formula=lambda declared: (
            f"seconds from the first {said(declared['from'])} after {said(declared['to'])} to the "
            f"onset of {said(declared['to'])} that holds for {declared.get('to_hold_s', 0):g} s "
            f"({declared['track']}; runs of at least {declared.get('min_run_s', 0):g} s); censored "
            f"at {', '.join(declared['censor_at']).replace('_', ' ')} (product-limit estimate)"
        ),
        source="Tronick, E. Z., & Cohn, J. F. (1989). Child Development, 60, 85-92; "
        "Kaplan, E. L., & Meier, P. (1958). J. Am. Stat. Assoc., 53, 457-481.",
        tracks=own_track,
    )
)
