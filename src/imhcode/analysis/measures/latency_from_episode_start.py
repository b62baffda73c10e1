"""Time from the beginning of an episode to the first event."""

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import seconds
from imhcode.analysis.measured import VALUE, Number, Result
from imhcode.analysis.measures import MEASURES, MeasureKind, own_track, said
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.waiting import held_onsets, of_waits, waited


def latency_from_episode_start(
    declared: Declared, session: CodedSession, section: Section
) -> Result:
    """One wait; censored if the event does not come.  What holds already took no time."""
    selection = {**declared, "track": declared["track"]}
    track = session.tracks[declared["track"]]
    codes = chosen(track, declared)
    waits = waited(
        session,
        section,
        declared["censor_at"],
        [(section.episode.id if section.episode else "", section.from_us)],
        held_onsets(session, selection, 0),
        track_id=declared["track"],
        holding=session.time_of(declared["track"], codes) if track.kind != "point" else None,
    )
    if declared.get("statistic"):
        return of_waits(declared, waits)
    wait = waits[0]
    censored = int(not wait.came)
    if wait.came:
        number = Number(VALUE, seconds(wait.time_us), 1, censored)
    else:
        number = Number(VALUE, None, 1, censored, null_reason=f"censored at {wait.censor_reason}")
    return Result((number,), waits=tuple(waits))


MEASURES.add(
    MeasureKind(
        name="latency_from_episode_start",
        of=latency_from_episode_start,
        formula=lambda declared: (
            f"seconds from the beginning of the episode to the first {said(declared)} "
            f"({declared['track']}); censored at "
            f"{', '.join(declared['censor_at']).replace('_', ' ')}"
        ),
        source="Bakeman, R., & Quera, V. (2011). Sequential analysis and observational methods.",
        tracks=own_track,
    )
)
