"""The script of the scene: every event of the true timeline, in seconds.

The acting, the voices and ``gold_events.csv`` all take their times from here, so that the
pictures and the timeline cannot come apart. Times lie on frames of 25 pictures per second.
"""

from dataclasses import dataclass, field, replace

DURATION_S = 120.0
FRAME_MS = 40


@dataclass(frozen=True)
class Event:
    """One event of a timeline; ``link`` is the id it answers and the kind of the link."""

    id: str
    track: str
    code: str
    onset_ms: int
    offset_ms: int | None = None
    link: tuple[str, str] | None = None
    modifiers: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def onset_s(self) -> float:
        """The onset in seconds, as the acting wants it."""
        return self.onset_ms / 1000


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _states() -> list[Event]:
    plan = [
        (0.0, "side_by_side", ""),
        (4.0, "attuned", ""),
        (33.6, "out_of_step", "The tickling goes on while the infant turns away."),
        (39.6, "ruptured", ""),
        (47.2, "repairing", ""),
        (58.0, "attuned", ""),
        (66.0, "side_by_side", ""),
        (73.0, "uncodable", "Somebody stands in front of the camera."),
        (79.0, "out_of_step", "The caregiver is busy with something beside her."),
        (89.0, "ruptured", "No protest: the infant goes dull after three bids."),
        (93.6, "repairing", ""),
        (98.0, "attuned", ""),
    ]
    ends = [start for start, _, _ in plan[1:]] + [DURATION_S]
    return [
        Event(f"s{number:02d}", "dyad_state", code, _ms(start), _ms(end), note=note)
        for number, ((start, code, note), end) in enumerate(zip(plan, ends, strict=True), 1)
    ]


def _bid(number: int, start: float, code: str, clarity: str, focus: str, note: str = "") -> Event:
    modifiers = {"clarity": clarity, "focus": focus}
    return Event(f"b{number:02d}", "infant_bid", code, _ms(start), None, None, modifiers, note)


def _answer(
    number: int,
    start: float,
    code: str,
    how: str = "",
    tone: str = "warm",
    note: str = "",
    **more: str,
) -> Event:
    modifiers = {"modality": how, "tone": tone, **more} if how else {}
    link = (f"b{number:02d}", "answers")
    return Event(
        f"a{number:02d}", "caregiver_response", code, _ms(start), None, link, modifiers, note
    )


def _invite(number: int, start: float, code: str, tone: str, pace: str, note: str = "") -> Event:
    modifiers = {"tone": tone, "pace": pace}
    return Event(
        f"i{number:02d}", "caregiver_invite", code, _ms(start), None, None, modifiers, note
    )


def _uptake(number: int, start: float, code: str) -> Event:
    link = (f"i{number:02d}", "takes_up")
    return Event(f"u{number:02d}", "infant_uptake", code, _ms(start), None, link)


def _repair(
    name: str, start: float, code: str, of: str = "", note: str = "", **modifiers: str
) -> Event:
    link = (of, "repair_of") if of else None
    return Event(name, "rupture_repair", code, _ms(start), None, link, modifiers, note)


GOLD: tuple[Event, ...] = (
    *_states(),
    _bid(1, 7.0, "vocal", "clear", "partner", "Ah-goo, and waits."),
    _bid(2, 12.0, "smile", "clear", "partner"),
    _bid(3, 17.0, "show_request", "clear", "object", "Holds out the ring."),
    _bid(4, 28.0, "reach", "clear", "partner"),
    _bid(5, 33.6, "break_signal", "clear", "body", "Turns away, shoulders up."),
    _bid(6, 37.0, "break_signal", "mixed", "body", "Hand up, tongue shows, turns further."),
    _bid(7, 39.6, "distress_signal", "clear", "body"),
    _bid(8, 51.8, "distress_signal", "faint", "partner", "A second, smaller whimper."),
    _bid(9, 57.2, "look", "clear", "partner", "Looks back."),
    _bid(10, 63.6, "break_signal", "faint", "body", "Looks aside, yawns."),
    _bid(11, 79.8, "look", "clear", "partner"),
    _bid(12, 82.8, "vocal", "faint", "partner"),
    _bid(13, 86.4, "show_request", "clear", "object"),
    _bid(14, 97.2, "look", "faint", "partner"),
    _bid(15, 108.8, "smile", "clear", "partner"),
    _bid(16, 113.2, "reach", "clear", "partner", "Both arms up."),
    _answer(1, 7.8, "joins", "voice|face", note="The same sound, lower and slower."),
    _answer(
        2,
        12.48,
        "matches_feeling",
        "voice|movement",
        match_dimension="intensity|timing",
        shift="no",
    ),
    _answer(3, 18.0, "joins", "voice|object", note="Names the ring and touches it."),
    _answer(4, 28.8, "joins", "touch|face"),
    _answer(
        5, 35.0, "presses_on", "voice|touch", "tense", "Leans after the infant, tickles faster."
    ),
    _answer(6, 38.2, "overrides", "object", "neutral", "Shakes the rattle before the face."),
    _answer(7, 41.0, "misreads", "voice|face", "neutral", "Laughs at the cry."),
    _answer(8, 52.6, "comforts", "voice|touch"),
    _answer(9, 58.0, "joins", "voice|face"),
    _answer(10, 64.6, "gives_space", "face|movement", note="Leans back and waits."),
    _answer(11, 84.8, "no_answer"),
    _answer(12, 86.0, "partial", "voice", "flat", "Mm-hm, without looking up."),
    _answer(13, 91.4, "no_answer"),
    _answer(14, 98.0, "joins", "voice|face"),
    _answer(
        15,
        109.4,
        "matches_feeling",
        "voice|movement",
        match_dimension="intensity|shape",
        shift="down",
    ),
    _answer(16, 114.0, "joins", "touch|voice"),
    _invite(1, 4.0, "face_voice", "warm", "fitted"),
    _invite(2, 22.0, "game", "warm", "fitted", "Peek-a-boo."),
    _invite(3, 31.6, "touch", "warm", "fast", "Tickles the belly."),
    _invite(4, 43.6, "object", "tense", "fast", "The rattle again."),
    _invite(5, 75.0, "face_voice", "warm", "fitted", "Heard only."),
    _invite(6, 102.0, "game", "warm", "slow", "A song."),
    _uptake(1, 4.6, "takes_up"),
    _uptake(2, 22.8, "takes_up"),
    _uptake(3, 32.4, "brief"),
    _uptake(4, 44.4, "protests"),
    _uptake(5, 75.0, "cannot_tell"),
    _uptake(6, 102.8, "takes_up"),
    _repair("r01", 39.6, "rupture", rupture_kind="too_much", initiator="caregiver"),
    _repair(
        "r02",
        47.2,
        "repair_attempt",
        "r01",
        initiator="caregiver",
        strategy="wait|remove",
        outcome="partial",
        note="Puts the rattle down and leans back.",
    ),
    _repair(
        "r03",
        52.6,
        "repair_attempt",
        "r01",
        initiator="caregiver",
        strategy="soothe|name",
        outcome="success",
    ),
    _repair(
        "r04",
        57.2,
        "repair_attempt",
        "r01",
        initiator="infant",
        strategy="return_look",
        outcome="success",
    ),
    _repair("r05", 58.0, "repaired", "r01", initiator="both"),
    _repair("r06", 89.0, "rupture", rupture_kind="missed", initiator="caregiver"),
    _repair(
        "r07",
        93.6,
        "repair_attempt",
        "r06",
        initiator="caregiver",
        strategy="name|reinvite",
        outcome="partial",
    ),
    _repair(
        "r08",
        97.2,
        "repair_attempt",
        "r06",
        initiator="infant",
        strategy="return_look",
        outcome="success",
    ),
    _repair("r09", 98.0, "repaired", "r06", initiator="both"),
)

ONSET: dict[str, float] = {event.id: event.onset_s for event in GOLD}


def moved(event: Event, *, onset: int = 0, offset: int = 0) -> Event:
    """Return the event with its onset and offset moved by so many frames."""
    later = None if event.offset_ms is None else event.offset_ms + offset * FRAME_MS
    return replace(event, onset_ms=event.onset_ms + onset * FRAME_MS, offset_ms=later)
