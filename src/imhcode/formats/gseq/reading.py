"""SDIS files, as GSEQ reads them, as incoming events: each sequence is a session."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from imhcode.domain.timecode import as_clock
from imhcode.formats.decoded import decoded
from imhcode.formats.file_bytes import file_bytes
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundCode, FoundKind, FoundNote, FoundTrack, FoundVocabulary
from imhcode.formats.gseq.errors import NoSds, SdsIsBroken
from imhcode.formats.gseq.heading import (
    LOOSE,
    OVERLAPPING,
    DeclaredSet,
    Factor,
    Heading,
    heading_of,
)
from imhcode.formats.gseq.meaning import MOST, Meaning, TooMany, meaning_of
from imhcode.formats.gseq.remarks import without_remarks
from imhcode.formats.gseq.sequences import Sequence as CodedSequence
from imhcode.formats.gseq.sequences import units_of
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.session_facts import CODER, ROLE, Facts, facts_of
from imhcode.formats.uncollected import uncollected

NOT_SAID = "NA"  #: level of a factor where a record does not say
_KINDS: dict[str, FoundKind] = {
    "state": "state",
    "event": "point",
    "multievent": "point",
    "interval": "interval",
}


def read_sds(path: Path) -> Reading:
    """Read an SDIS file.

    Raises
    ------
    NoSds, SdsIsBroken, NotText, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    text, remarks, open_line = without_remarks(decoded(path, file_bytes(path), otherwise="latin-1"))
    end = text.find(";")
    heading = heading_of(text[: max(end, 0)])
    if heading is None:
        why = "no “;” ends its head" if end < 0 else "its first word is not a type of data"
        raise NoSds(path=path, why=why)
    reader = _Reader(path, heading, remarks)
    if open_line:
        said = "a remark begins with “!” and does not end: what follows was not read"
        reader.reading.findings.append(Finding("error", "open-remark", open_line, said))
        reader.reading.found += 1
    with uncollected():
        try:
            for unit, levels in units_of(text, end + 1, heading.type):
                reader.take(unit, levels)
        except TooMany as much:
            why = f"with all that is repeated there would be more than {MOST:,} events"
            raise SdsIsBroken(path=path, line=much.line, why=why) from None
    return reader.finished()


class _Reader:
    """The units of one file becoming one reading."""

    def __init__(self, path: Path, heading: Heading, remarks: Sequence[tuple[int, str]]) -> None:
        self._path, self._heading = path, heading
        self.reading = Reading()
        for line, remark in remarks:
            if remark.startswith(OVERLAPPING):
                _overlapping(heading, remark.removeprefix(OVERLAPPING))
            else:
                self.reading.notes.append(FoundNote(text=remark, where=f"line {line}"))
        self._named = heading.names()
        self._n = 0
        self._taken: set[tuple[str, str, str]] = set()
        self._unnamed: list[tuple[CodedSequence, Facts, Meaning]] = []
        self._begin()

    def _begin(self) -> None:
        heading = self._heading
        if heading.type in ("event", "multievent"):
            said = "the file has the order of codes only: they are laid a second apart"
            self._warn("no-times", 1, said)
        if heading.type == "interval" and not heading.bin_us:
            said = "the file does not say how long its intervals are: a second was taken"
            self._warn("no-bin", 1, said)
        if not heading.unit_us:
            said = f"“{heading.unit[:40]}” is not a known unit of time: seconds were taken"
            self._warn("unknown-unit", 1, said)

    def take(self, unit: Sequence[CodedSequence], levels: Sequence[str]) -> None:
        """Read the sequences of a unit, of which the levels of factors hold."""
        variables = self._variables(levels)
        for sequence in unit:
            self._n += 1
            before = self.reading.found
            meaning = meaning_of(sequence.streams, self._heading, self._refuse)
            self.reading.found += len(meaning.stretches)
            facts = facts_of(sequence.label, "", variables)
            if sequence.label:
                self._told(sequence, facts, meaning)
            elif self.reading.found > before:
                self._unnamed.append((sequence, facts, meaning))

    def finished(self) -> Reading:
        """The reading, with the sequences that nobody named."""
        alone = self._n == 1
        for n, (sequence, facts, meaning) in enumerate(self._unnamed, start=1):
            if not alone and not facts.session.id:
                name = f"{self._path.name.split('.')[0].strip() or 'S'}_{n}"
                said = f"this sequence has no name: its session is called “{name}”"
                self._warn("no-name", sequence.line, said)
                facts.session = replace(facts.session, id=name)
            self._told(sequence, facts, meaning)
        self.reading.vocabulary = self._vocabulary()
        return self.reading

    def _variables(self, levels: Sequence[str]) -> dict[str, str]:
        factors = self._heading.factors
        variables: dict[str, str] = {}
        for n, said in enumerate(levels):
            name, equal, level = said.partition("=")
            if not equal:
                level, name = said, _factor(factors, n, said, len(levels))
            if name and level != NOT_SAID:
                variables[name] = _worded(factors, name, level)
            elif level and not name:
                self.reading.notes.append(FoundNote(text=f"level of a factor: {level}"))
        return variables

    def _told(self, sequence: CodedSequence, facts: Facts, meaning: Meaning) -> None:
        """Make events of a sequence."""
        session, line = facts.session, sequence.line
        coder, role = facts.said.get(CODER, ""), facts.said.get(ROLE, "")
        wanted, n = session.id, 1
        while (session.id, coder, role) in self._taken:
            n += 1
            session = replace(session, id=f"{wanted}_{n}")
        self._taken.add((session.id, coder, role))
        if n > 1:
            said = f"there is another sequence “{wanted}”; this one is called “{session.id}”"
            self._warn("name-twice", line, said)
        self._note(facts, meaning, session.id, line)
        codes, named = self.reading.events, self._named
        known = named.get
        for one in meaning.stretches:
            track, code = known(one.code) or (LOOSE, one.code)
            codes.append(
                IncomingEvent(
                    line=one.line,
                    session=session,
                    dyad=facts.dyad,
                    coder_id=coder,
                    role=role,
                    scheme_id="",
                    scheme_version="",
                    scheme_hash="",
                    event_id="",
                    track=track,
                    code=code,
                    onset_us=one.on_us,
                    offset_us=one.off_us,
                    onset_frame=None,
                    offset_frame=None,
                    recording="",
                    modifiers=(),
                    links=(),
                    pass_id="",
                    comment="",
                )
            )

    def _note(self, facts: Facts, meaning: Meaning, session: str, line: int) -> None:
        """Keep what has no place: the bounds of the sequence, and its other factors."""
        if meaning.start_us is not None or meaning.stop_us is not None:
            times = [meaning.start_us, meaning.stop_us]
            start, stop = ("?" if one is None else as_clock(one) for one in times)
            text = f"the sequence goes from {start} to {stop}"
            self.reading.notes.append(FoundNote(text=text, session=session, where=f"line {line}"))
        for name, value in facts.rest.items():
            text = f"{name}: {value}"
            self.reading.notes.append(FoundNote(text=text, session=session, where=f"line {line}"))
        if meaning.endless:
            said = f"{meaning.endless} codes have no end, and the sequence has no stop time"
            self._warn("no-end", line, said)

    def _vocabulary(self) -> FoundVocabulary:
        heading = self._heading
        return FoundVocabulary(
            tracks=tuple(
                FoundTrack(
                    id=one.name,
                    label=one.name,
                    kind=_KINDS.get(heading.type, ""),
                    exclusive=one.exclusive if heading.type in ("state", "timed") else None,
                    bin_us=heading.bin_us if heading.type == "interval" else 0,
                    codes=tuple(
                        FoundCode(id=code, label=label or code) for code, label in one.codes.items()
                    ),
                )
                for one in heading.sets
            )
        )

    def _refuse(self, rule: str, line: int, message: str) -> None:
        self.reading.found += 1
        self.reading.findings.append(Finding("error", rule, line, message))

    def _warn(self, rule: str, line: int, message: str) -> None:
        self.reading.findings.append(Finding("warning", rule, line, message))


def _factor(factors: Sequence[Factor], n: int, level: str, count: int) -> str:
    """The factor that a level is of: by its place if all are said, else by its levels."""
    if count == len(factors):
        return factors[n].name
    return next((one.name for one in factors if level in one.levels), "")


def _worded(factors: Sequence[Factor], name: str, level: str) -> str:
    """The word of a level for which a number stands."""
    levels: Mapping[str, str] = next((one.levels for one in factors if one.name == name), {})
    return next((word for word, number in levels.items() if number == level), level)


def _overlapping(heading: Heading, remark: str) -> None:
    """Take codes of tracks that do not exclude each other out of those that stand in no set."""
    loose = next((one for one in heading.sets if one.name == LOOSE), None)
    for said in remark.split(";"):
        name, equal, words = said.partition("=")
        some = DeclaredSet(name.strip(), exclusive=False)
        for word in words.split():
            if loose is not None and word in loose.codes:
                some.codes[word] = loose.codes.pop(word)
        if equal and some.name and some.codes:
            heading.sets.append(some)
    heading.sets = [one for one in heading.sets if one.codes]
