"""Subtitles: utterances when they are read, events in words when they are written.

A player shows them over a film, so their times are those of the session's first recording.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from imhcode.domain.event import Event
from imhcode.domain.study import Dyad, Session
from imhcode.domain.timecode import US_PER_MS, US_PER_S
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundCode, FoundNote, FoundTrack, FoundVocabulary
from imhcode.formats.free_text import TEXT_CODE
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.loss import Loss
from imhcode.formats.not_held import Thing, not_held
from imhcode.formats.record import Record
from imhcode.formats.running import end_of_record_us

SPEECH = "speech"  #: the track of all utterances
LONGEST_TEXT = 1_000_000  #: letters of one cue
SHOWN_US = 500_000  #: how long an instant is shown

KEPT: tuple[Thing, ...] = ("transcripts",)
HOW: dict[Thing, str] = {
    "codes": "codes are written in words, “Track: Code”; read again, these are utterances",
    "offsets": "times are those of the first recording, not of the session clock",
}

_NOBODY, _NO_DYAD = Session(id=""), Dyad(id="")


@dataclass(slots=True)
class Cue:
    """A text and when it is shown; half-open, µs."""

    start_us: int
    end_us: int
    text: str
    speaker: str = ""
    line: int = 0


@dataclass(slots=True)
class Subtitles:
    """What a file of subtitles holds."""

    found: int = 0
    cues: list[Cue] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[FoundNote] = field(default_factory=list)

    def refuse(self, rule: str, line: int, message: str) -> None:
        """Leave out a cue, and say why."""
        self.found += 1
        self.findings.append(Finding("error", rule, line, message))

    def refuse_long(self, text: str, line: int) -> bool:
        """Leave out a cue whose text nobody could read; whether it was that long."""
        if len(text) <= LONGEST_TEXT:
            return False
        self.refuse("too-long", line, f"this cue has more than {LONGEST_TEXT:,} letters")
        return True

    def take(self, cue: Cue) -> None:
        """Add a cue, or say why not."""
        if cue.end_us < cue.start_us:
            self.refuse("offset-before-onset", cue.line, "this cue ends before it begins")
        elif not cue.text:
            self.refuse("no-text", cue.line, "this cue has no text")
        else:
            self.found += 1
            self.cues.append(cue)


def as_reading(subtitles: Subtitles) -> Reading:
    """Subtitles as utterances: one track, or one for each speaker."""
    events = [
        IncomingEvent(
            line=cue.line,
            session=_NOBODY,
            dyad=_NO_DYAD,
            coder_id="",
            role="",
            scheme_id="",
            scheme_version="",
            scheme_hash="",
            event_id="",
            track=_track(cue.speaker),
            code=TEXT_CODE,
            onset_us=cue.start_us,
            offset_us=cue.end_us,
            onset_frame=None,
            offset_frame=None,
            recording="",
            modifiers=(),
            links=(),
            pass_id="",
            comment="",
            transcript=cue.text,
        )
        for cue in subtitles.cues
    ]
    tracks = tuple(
        FoundTrack(
            id=_track(speaker),
            label=f"Speech of {speaker}" if speaker else "Speech",
            kind="state",
            subject=speaker,
            codes=(FoundCode(id=TEXT_CODE, label="Text"),),
        )
        for speaker in dict.fromkeys(cue.speaker for cue in subtitles.cues)
    )
    return Reading(
        found=subtitles.found,
        events=events,
        findings=subtitles.findings,
        vocabulary=FoundVocabulary(tracks=tracks),
        notes=subtitles.notes,
    )


def _track(speaker: str) -> str:
    return f"{SPEECH} {speaker}" if speaker else SPEECH


def cues_of(record: Record) -> list[Cue]:
    """The events of a record as cues, by onset, in whole milliseconds."""
    return sorted(_cues(record), key=lambda cue: (cue.start_us, cue.end_us))


def _cues(record: Record) -> Iterator[Cue]:
    scheme = record.observation.scheme
    end_us = end_of_record_us(record)
    for event in record.observation.timeline.in_order():
        start_us, until_us = _shown(record, event, end_us)
        track = scheme.track(event.track)
        code = scheme.code(event.track, event.code)
        words = f"{track.label if track else event.track}: {code.label if code else event.code}"
        subject = event.instance or (scheme.subject_label(track.subject) if track else "")
        yield Cue(start_us, until_us, _unbroken(event.transcript) or _unbroken(words), subject)


def _shown(record: Record, event: Event, end_us: int) -> tuple[int, int]:
    """From when to when a cue is shown: never before nought, never for no time."""
    offset_us = record.recordings[0].offset_us if record.recordings else 0
    until_us = end_us if event.offset_us is None else event.offset_us
    start_us = max(0, _whole_ms(event.onset_us - offset_us))
    shortest_us = SHOWN_US if event.is_instant else US_PER_MS
    return start_us, max(_whole_ms(until_us - offset_us), start_us + shortest_us)


def before_the_beginning(records: Iterable[Record]) -> list[Loss]:
    """Events that begin before the film does."""
    count = sum(
        event.onset_us < (record.recordings[0].offset_us if record.recordings else 0)
        for record in records
        for event in record.observation.timeline
    )
    how = "what begins before the first recording is shown from its beginning on"
    return [Loss("before-the-beginning", count, how)] if count else []


def losses_of(records: Iterable[Record]) -> list[Loss]:
    """What subtitles have no place for."""
    all_of_them = list(records)
    instants = sum(
        event.is_instant for record in all_of_them for event in record.observation.timeline
    )
    how = f"an instant is shown for {SHOWN_US / US_PER_S:g} s"
    said = [Loss("instants", instants, how)] if instants else []
    return [*not_held(all_of_them, KEPT, HOW), *said, *before_the_beginning(all_of_them)]


def _whole_ms(time_us: int) -> int:
    return (time_us + US_PER_MS // 2) // US_PER_MS * US_PER_MS


def _unbroken(text: str) -> str:
    """The text without empty lines, which would end a cue."""
    return "\n".join(line for line in text.split("\n") if line.strip())
