"""A second observation of the same scene, with known differences from the true one."""

from dataclasses import dataclass, replace

from sample_scene.script import GOLD, Event, moved


@dataclass(frozen=True)
class Difference:
    """One way in which the trainee's timeline departs from the true one."""

    kind: str
    track: str
    gold_event_id: str
    trainee_event_id: str
    what: str


class _Trainee:
    """The trainee's events by the id of the true event, and the list of what was changed."""

    def __init__(self) -> None:
        self.events = {event.id: event for event in GOLD}
        self.differences: list[Difference] = []

    def _noted(self, kind: str, id_: str, what: str, *, missing: bool = False) -> None:
        track = self.events[id_].track
        self.differences.append(Difference(kind, track, id_, "" if missing else f"t_{id_}", what))

    def boundary(self, before: str, after: str, frames: int) -> None:
        """Move the boundary between two neighbouring states."""
        self.events[before] = moved(self.events[before], offset=frames)
        self.events[after] = moved(self.events[after], onset=frames)
        kind = "boundary_late" if frames > 0 else "boundary_early"
        self._noted(kind, after, f"onset {abs(frames)} frames {'late' if frames > 0 else 'early'}")

    def onset(self, id_: str, frames: int) -> None:
        """Move a point event."""
        self.events[id_] = moved(self.events[id_], onset=frames)
        late = frames > 0
        what = f"{abs(frames)} frames {'late' if late else 'early'}"
        self._noted("onset_late" if late else "onset_early", id_, what)

    def code(self, id_: str, code: str, kind: str = "wrong_code", **modifiers: str) -> None:
        """Give an event another code; modifiers given replace all it had."""
        old = self.events[id_]
        self.events[id_] = replace(old, code=code, modifiers=modifiers or old.modifiers, note="")
        self._noted(kind, id_, f"{old.code} coded {code}")

    def modifier(self, id_: str, name: str, value: str) -> None:
        """Give an event another value of a modifier."""
        old = self.events[id_]
        self.events[id_] = replace(old, modifiers={**old.modifiers, name: value})
        self._noted("wrong_modifier", id_, f"{name}: {old.modifiers[name]} coded {value}")

    def missed(self, id_: str) -> None:
        """Leave an event out."""
        self._noted("missed_event", id_, f"{self.events[id_].code} not coded", missing=True)
        del self.events[id_]

    def swallowed(self, id_: str, by: str) -> None:
        """Let the state before run on over this one."""
        old = self.events[id_]
        self._noted("confused_state", id_, f"{old.code} coded {self.events[by].code}", missing=True)
        self.differences[-1] = replace(self.differences[-1], trainee_event_id=f"t_{by}")
        self.events[by] = replace(self.events[by], offset_ms=old.offset_ms)
        del self.events[id_]

    def added(self, event: Event) -> None:
        """Put in an event that did not happen."""
        self.events[event.id] = event
        what = f"{event.code} coded where nothing happened"
        self.differences.append(Difference("added_event", event.track, "", f"t_{event.id}", what))


def trained() -> tuple[list[Event], list[Difference]]:
    """Return the trainee's events and how they differ from the true ones."""
    t = _Trainee()
    t.boundary("s02", "s03", 22)
    t.boundary("s03", "s04", 12)
    t.boundary("s04", "s05", 20)
    t.boundary("s05", "s06", -15)
    t.swallowed("s07", by="s06")
    t.boundary("s06", "s08", 10)
    t.boundary("s08", "s09", -8)
    t.boundary("s09", "s10", 30)
    t.code("s11", "out_of_step", "confused_state")
    t.onset("b01", -3)
    t.onset("b04", 6)
    t.onset("b05", 10)
    t.modifier("b06", "clarity", "clear")
    t.modifier("b10", "clarity", "clear")
    t.missed("b12")
    t.code("b14", "smile")
    t.added(
        Event(
            "b17",
            "infant_bid",
            "vocal",
            104_000,
            modifiers={"clarity": "faint", "focus": "partner"},
        )
    )
    t.code("a02", "joins", modality="voice|face", tone="warm")
    t.onset("a05", 5)
    t.code("a06", "misreads")
    t.modifier("a07", "tone", "warm")
    t.modifier("a08", "modality", "touch")
    t.onset("a10", 15)
    t.missed("a12")
    t.modifier("a15", "shift", "no")
    answer = {"modality": "voice", "tone": "warm"}
    t.added(Event("a17", "caregiver_response", "joins", 104_800, None, ("b17", "answers"), answer))
    t.missed("i03")
    t.missed("u03")
    t.modifier("i04", "pace", "fitted")
    t.code("u04", "turns_away")
    t.onset("r01", 12)
    t.onset("r02", 20)
    t.modifier("r03", "strategy", "soothe")
    t.modifier("r03", "outcome", "partial")
    t.onset("r05", -15)
    t.modifier("r05", "initiator", "caregiver")
    t.onset("r06", 30)
    t.modifier("r06", "rupture_kind", "withdrawal")
    t.missed("r08")
    return [_own(event) for event in t.events.values()], t.differences


def _own(event: Event) -> Event:
    """Give the event ids of the trainee's own."""
    link = None if event.link is None else (f"t_{event.link[0]}", event.link[1])
    return replace(event, id=f"t_{event.id}", link=link)
