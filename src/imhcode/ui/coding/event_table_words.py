"""What each cell of the event table says: words, raw values, and why there is nothing."""

from collections.abc import Callable, Mapping
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from imhcode.domain.event import FAR_FUTURE_US, Event
from imhcode.domain.scheme import Code, Scheme, Track
from imhcode.domain.searching import Said
from imhcode.domain.timecode import US_PER_MS, as_clock

NOTHING = "\N{EN DASH}"  #: undefined; the reason is in the tooltip


class Column(IntEnum):
    """The columns of the event table, from the left."""

    ONSET = 0
    OFFSET = 1
    DURATION = 2
    TRACK = 3
    CODE = 4
    MODIFIERS = 5
    LINKED = 6
    COMMENT = 7
    FRAME = 8
    FLAGS = 9


def translated(text: str) -> str:
    """The words of the event table in the language of the window."""
    return QCoreApplication.translate("EventTable", text)


def exact_clock(time_us: int) -> str:
    """A time for editing: like ``as_clock``, with the microseconds where there are any.

    >>> exact_clock(42_160_033)
    '00:42.160033'
    """
    rest_us = abs(time_us) % US_PER_MS
    return as_clock(time_us) + (f"{rest_us:03d}" if rest_us else "")


def header(column: Column) -> str:
    """The words above a column."""
    words = {
        Column.ONSET: translated("Onset"),
        Column.OFFSET: translated("Offset"),
        Column.DURATION: translated("Duration"),
        Column.TRACK: translated("Track"),
        Column.CODE: translated("Code"),
        Column.MODIFIERS: translated("Modifiers"),
        Column.LINKED: translated("Linked to"),
        Column.COMMENT: translated("Comment"),
        Column.FRAME: translated("Frame"),
        Column.FLAGS: translated("Flags"),
    }
    return words[column]


class EventWords:
    """Words for events, looked up in one scheme.

    Parameters
    ----------
    scheme : Scheme
        Where labels come from; what it does not know is shown by its id.
    events : mapping of str to Event
        Every event of the observation by id, to name the targets of links.
    """

    def __init__(self, scheme: Scheme, events: Mapping[str, Event]) -> None:
        self._events = events
        self._tracks = {track.id: track for track in scheme.tracks}
        self._codes = {(track.id, code.id): code for track in scheme.tracks for code in track.codes}
        self._modifiers = {modifier.id: modifier for modifier in scheme.modifiers}
        self._rules = {rule.id: rule.label for rule in scheme.links}
        self._cells: dict[Column, Callable[[Event], str]] = {
            Column.ONSET: lambda event: as_clock(event.onset_us),
            Column.OFFSET: self._offset,
            Column.DURATION: self._duration,
            Column.TRACK: self._track_label,
            Column.CODE: self._code_label,
            Column.MODIFIERS: self._modifier_labels,
            Column.LINKED: self._targets,
            Column.COMMENT: lambda event: " ".join(event.comment.split()),
            Column.FRAME: _frame,
            Column.FLAGS: _flags,
        }

    def track_of(self, event: Event) -> Track | None:
        """The scheme's track for an event."""
        return self._tracks.get(event.track)

    def code_of(self, event: Event) -> Code | None:
        """The scheme's code for an event."""
        return self._codes.get((event.track, event.code))

    def cell(self, event: Event, column: Column) -> str:
        """What a cell shows, on one line."""
        return self._cells[column](event)

    def hint(self, event: Event, column: Column) -> str:
        """What hovering over a cell adds, as plain text: why there is nothing, or all of it."""
        if self.cell(event, column) == NOTHING:
            return self._reason(event, column)
        match column:
            case Column.OFFSET if event.is_running:
                return translated("This state has not been closed yet.")
            case Column.COMMENT:
                return event.comment
            case Column.MODIFIERS:
                return "\n".join(self._modifier_lines(event))
            case Column.LINKED:
                return "\n".join(
                    f"{self._rules.get(link.rule, link.rule)}: {self._target(link.target)}"
                    for link in event.links
                )
            case Column.FRAME:
                return self._frames(event)
        return ""

    def raw(self, event: Event, column: Column) -> int | str:
        """What a column is sorted by; nothing yet (running, no frame) comes last or first."""
        match column:
            case Column.ONSET:
                return event.onset_us
            case Column.OFFSET:
                return event.until_us
            case Column.DURATION:
                length_us = event.duration_us
                return FAR_FUTURE_US if length_us is None else length_us
            case Column.FRAME:
                return -1 if event.onset_frame is None else event.onset_frame
        return self.cell(event, column).casefold()

    def searched(self, event: Event) -> Said:
        """What a filter looks through, folded; codes and tracks by label and by id."""
        return Said(
            code=f"{self._code_label(event)} {event.code}".casefold(),
            track=f"{self._track_label(event)} {event.track}".casefold(),
            modifier=self._modifier_labels(event).casefold(),
            text=f"{event.comment}\n{event.transcript}".casefold(),
        )

    def _track_label(self, event: Event) -> str:
        track = self.track_of(event)
        return event.track if track is None else track.label

    def _code_label(self, event: Event) -> str:
        code = self.code_of(event)
        return event.code if code is None else code.label

    def _offset(self, event: Event) -> str:
        if event.offset_us is None:
            return translated("running")
        return NOTHING if event.is_instant else as_clock(event.offset_us)

    def _duration(self, event: Event) -> str:
        length_us = event.duration_us
        return as_clock(length_us) if length_us else NOTHING

    def _modifier_labels(self, event: Event) -> str:
        said = []
        for modifier_id, values in event.modifiers:
            modifier = self._modifiers.get(modifier_id)
            said.append(", ".join(values if modifier is None else map(modifier.label_of, values)))
        return " · ".join(said)

    def _modifier_lines(self, event: Event) -> list[str]:
        lines = []
        for modifier_id, values in event.modifiers:
            modifier = self._modifiers.get(modifier_id)
            if modifier is None:
                lines.append(f"{modifier_id}: {', '.join(values)}")
            else:
                lines.append(f"{modifier.label}: {', '.join(map(modifier.label_of, values))}")
        return lines

    def _targets(self, event: Event) -> str:
        return " · ".join(self._target(link.target) for link in event.links)

    def _target(self, event_id: str) -> str:
        target = self._events.get(event_id)
        if target is None:
            return translated("an event no longer here")
        return f"{self._code_label(target)} {as_clock(target.onset_us)}"

    def _frames(self, event: Event) -> str:
        first = translated("Frame {frame} of {recording}").format(
            frame=event.onset_frame, recording=event.recording or translated("the recording")
        )
        if event.offset_frame is None or event.is_instant:
            return first
        return translated("{first}, until frame {last}").format(
            first=first, last=event.offset_frame
        )

    def _reason(self, event: Event, column: Column) -> str:
        if column is Column.FRAME:
            return translated("No recording was on screen when this was coded.")
        if event.is_running:
            return translated("Its duration is known once the state is closed.")
        track = self.track_of(event)
        if track is not None and track.takes_duration:
            return translated("An instant so far: it has no offset yet.")
        return translated("An instant: it has an onset only.")


def _frame(event: Event) -> str:
    return NOTHING if event.onset_frame is None else str(event.onset_frame)


def _flags(event: Event) -> str:
    """In doubt, and which of its boundaries have been looked at again."""
    whole = event.offset_reviewed or event.is_instant or event.is_running
    flags = [translated("in doubt")] if event.flagged else []
    if event.onset_reviewed and whole:
        flags.append(translated("reviewed"))
    return " · ".join(flags)
