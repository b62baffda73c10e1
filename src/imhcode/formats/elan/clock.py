"""Where events lie on the clock of an ELAN document, which knows no time before nought."""

from imhcode.domain.event import Event
from imhcode.domain.study import Recording
from imhcode.domain.timecode import US_PER_MS, US_PER_S
from imhcode.formats.record import Record
from imhcode.formats.running import end_of_record_us

INSTANT_MS = 40  #: how long an instant is drawn where the frame rate is not known


class DocumentClock:
    """Whole milliseconds of the document for times of the session.

    Attributes
    ----------
    shift_ms : int
        Time of the document = time of the session + ``shift_ms``: nought, unless something comes
        before nought or ELAN would have to begin its first film with a negative offset.
    instant_ms : int
        How long instants are drawn: one picture.
    """

    def __init__(self, record: Record) -> None:
        self._end_us = end_of_record_us(record)
        self.instant_ms = _picture_ms(record)
        onsets = (event.onset_us for event in record.observation.timeline)
        at_least = -_ms(min(onsets, default=0))
        self.shift_ms = max(0, at_least)
        if record.recordings:
            at_most = -_ms(record.recordings[0].offset_us)
            if at_least <= at_most:
                self.shift_ms = min(self.shift_ms, at_most)

    def span_ms(self, event: Event) -> tuple[int, int]:
        """Start and end of an event; the end always comes after the start."""
        start = _ms(event.onset_us) + self.shift_ms
        if event.is_instant:
            return start, start + self.instant_ms
        until_us = self._end_us if event.offset_us is None else event.offset_us
        return start, max(_ms(until_us) + self.shift_ms, start + 1)

    def origin_ms(self, recording: Recording) -> int:
        """What ELAN adds to its own time to find the place in the film."""
        return -(_ms(recording.offset_us) + self.shift_ms)


def _ms(time_us: int) -> int:
    """Whole milliseconds, halves up: the order of times stays what it was."""
    return (time_us + US_PER_MS // 2) // US_PER_MS


def _picture_ms(record: Record) -> int:
    for recording in record.recordings:
        fps = record.fps.get(recording.id, "")
        try:
            length_ms = round(US_PER_S / US_PER_MS / float(fps))
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if 0 < length_ms <= US_PER_S // US_PER_MS:
            return length_ms
    return INSTANT_MS
