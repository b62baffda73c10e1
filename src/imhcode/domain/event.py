"""One coded event: who did what, from when to when, seen on which frame."""

from dataclasses import dataclass, replace

from imhcode.domain.errors import Refused

FAR_FUTURE_US = 2**62  #: stands for "still running" inside sorted arrays

Values = tuple[str, ...]


class EventIsImpossible(Refused):
    """An event no scheme could allow."""

    sentence = "Event {event}: {why}."


@dataclass(frozen=True, slots=True)
class Stamp:
    """An instant on the session clock, and the frame that was on screen then.

    Attributes
    ----------
    time_us : int
        Session time in microseconds.
    recording : str
        Id of the recording whose frame it is; empty if there was none.
    frame : int or None
        Index of that frame in its recording, from 0.
    """

    time_us: int
    recording: str = ""
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A statement that the event bearing it answers another one."""

    rule: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A stretch or an instant to which a coder gave a code.

    Attributes
    ----------
    id : str
        Unique in its observation and never reused there.
    track, code : str
        Ids from the scheme.
    onset_us : int
        First microsecond that belongs to the event.
    offset_us : int or None
        First microsecond that no longer does (half-open).  Equal to the onset for an instant;
        ``None`` while a state runs.
    onset_frame, offset_frame : int or None
        Frames of ``recording`` that were on screen for the two.
    modifiers : tuple of (str, tuple of str)
        Modifier id and chosen values, sorted by id; one value unless the modifier is ``multi``.
    links : tuple of Link
        What this event answers.
    instance : str
        Which of several subjects of one role it is about (mother, father); empty if there is one.
    transcript : str
        The words of an utterance.
    onset_reviewed, offset_reviewed : bool
        Whether the coder has looked at that boundary again since it was pressed.
    flagged : bool
        Whether the coder is in doubt about it.
    """

    id: str
    track: str
    code: str
    onset_us: int
    offset_us: int | None
    onset_frame: int | None = None
    offset_frame: int | None = None
    recording: str = ""
    modifiers: tuple[tuple[str, Values], ...] = ()
    links: tuple[Link, ...] = ()
    pass_id: str = ""
    comment: str = ""
    instance: str = ""
    transcript: str = ""
    onset_reviewed: bool = False
    offset_reviewed: bool = False
    flagged: bool = False

    def __post_init__(self) -> None:
        """Refuse shapes that can never be right, whatever the scheme says."""
        if not self.id:
            raise EventIsImpossible(event="(no id)", why="it has no id")
        if not -FAR_FUTURE_US < self.onset_us < FAR_FUTURE_US:
            raise EventIsImpossible(event=self.id, why="its onset is not a time of the session")
        if self.offset_us is not None and not self.onset_us <= self.offset_us < FAR_FUTURE_US:
            raise EventIsImpossible(event=self.id, why="it ends before it starts")

    @property
    def is_running(self) -> bool:
        """Whether the state has not been closed yet."""
        return self.offset_us is None

    @property
    def is_instant(self) -> bool:
        """Whether onset and offset are one."""
        return self.offset_us == self.onset_us

    @property
    def duration_us(self) -> int | None:
        """Length in microseconds; ``None`` while running."""
        return None if self.offset_us is None else self.offset_us - self.onset_us

    @property
    def until_us(self) -> int:
        """The offset, or the far future while running: for sorting and searching."""
        return FAR_FUTURE_US if self.offset_us is None else self.offset_us

    def modifier(self, modifier_id: str) -> Values:
        """The values chosen for one modifier; empty if none."""
        return next((values for name, values in self.modifiers if name == modifier_id), ())

    def having(self, modifier_id: str, values: Values) -> "Event":
        """The same event with other values for one modifier; no values takes it off."""
        kept = {name: old for name, old in self.modifiers if name != modifier_id}
        if values:
            kept[modifier_id] = values
        return replace(self, modifiers=tuple(sorted(kept.items())))

    def beginning(self, stamp: Stamp) -> "Event":
        """The same event with another onset; an instant moves whole."""
        instant = self.is_instant
        kept_frame = self.offset_frame if stamp.recording == self.recording else None
        return replace(
            self,
            onset_us=stamp.time_us,
            onset_frame=stamp.frame,
            recording=stamp.recording,
            offset_us=stamp.time_us if instant else self.offset_us,
            offset_frame=None if instant else kept_frame,
        )

    def ending(self, stamp: Stamp) -> "Event":
        """The same event with another offset; its frame only if of the event's own recording."""
        same = stamp.recording == self.recording
        return replace(self, offset_us=stamp.time_us, offset_frame=stamp.frame if same else None)
