"""Columns of cells as incoming events, whichever form of Datavyu's they come from.

A column is a track.  Datavyu closes intervals: its key for "next cell" ends the last one a
millisecond before, so that gap means that the two adjoin.
"""

import re
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from imhcode.domain.event import Values
from imhcode.domain.timecode import US_PER_MS
from imhcode.formats.csv.numbers import is_number
from imhcode.formats.datavyu.arguments import INSTANCE, Places, places_of, said
from imhcode.formats.datavyu.columns import Cell, Column, as_clock
from imhcode.formats.finding import Finding, Severity
from imhcode.formats.found import (
    FoundCode,
    FoundKind,
    FoundModifier,
    FoundNote,
    FoundTrack,
    FoundVocabulary,
    ModifierType,
)
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.joined import split
from imhcode.formats.session_facts import CODER, ROLE, SCHEME, VERSION, Facts, facts_of

ID = "id"  #: the column whose cell is about the session
NOT_APPLICABLE = "."
_SUBJECT = re.compile(
    r"(mother|mom|mum|father|dad|parent|caregiver|child|infant|baby|toddler|dyad)"
    r"(?![a-z]*(?:ent|ing|hood|ish)(?:[^a-z]|$))",
    re.IGNORECASE,
)
_SECOND = re.compile(r"(.+)[._](rel|pri)", re.IGNORECASE)
_ROLES = {"rel": "reliability", "pri": "primary"}
_MOST_CHOICES = 60

#: place and name of a modifier, and what was answered so far by what stands there
Asked = tuple[int, str, dict[str, tuple[str, Values] | None]]


class Meaning:
    """The reading of the columns of one file."""

    def __init__(self, columns: Sequence[Column], *, lines: bool, session: str = "") -> None:
        self.reading = Reading()
        self._lines = lines
        self._columns = [one for one in columns if one.name.casefold() != ID]
        self.facts = self._facts([one for one in columns if one.name.casefold() == ID], session)
        self._values: dict[str, dict[str, None]] = {}
        self._many: set[str] = set()
        self._tracks: dict[str, FoundTrack] = {}

    def read(self) -> Reading:
        """All events, words and doubts of the columns."""
        names = {one.name for one in self._columns}
        for column in self._columns:
            self._read_column(column, *_second_coder(column.name, names))
        modifiers = tuple(self._modifier(name) for name in self._values)
        self.reading.vocabulary = FoundVocabulary(
            tracks=tuple(self._tracks.values()), modifiers=modifiers
        )
        self.reading.modifiers = tuple(one.id for one in modifiers)
        if not self.reading.events and self.facts.session.id:
            self.reading.sessions.append(self.facts.session)
        return self.reading

    def _facts(self, about: Sequence[Column], session: str) -> Facts:
        variables: dict[str, str] = {}
        for column in about:
            for n, (_, _, values, line) in enumerate(column.cells):
                told = dict(zip(column.arguments or [ID], values, strict=False))
                told = {
                    label: text.strip()
                    for label, text in told.items()
                    if text.strip() not in ("", NOT_APPLICABLE, f"<{label}>")
                }
                if n == 0:
                    variables |= {
                        label: one for label, one in told.items() if label not in variables
                    }
                elif told:
                    text = ", ".join(f"{label}: {one}" for label, one in told.items())
                    self._note(text, f"column “{column.name}”, {self._place(line)}")
        facts = facts_of(session, "", variables)
        for label, text in facts.rest.items():
            self.reading.notes.append(
                FoundNote(text=f"{label}: {text}", session=facts.session.id, where="column “id”")
            )
        return facts

    def _read_column(self, column: Column, track: str, coder: str, role: str) -> None:
        places = places_of(column)
        events = self._events(column, places, track, coder, role)
        self.reading.found += len(events) + len(column.broken)
        self.reading.events += events
        for line, why in column.broken:
            self._find("error", "broken-cell", column, line, why)
        if not column.visible:
            self._note("is hidden in Datavyu", f"column “{column.name}”")
        if column.comment:
            self._note(column.comment, f"comment of column “{column.name}”")
        if not column.cells and not column.broken:
            self._note("has no cells", f"column “{column.name}”")
        self._declare(track, events, [name for _, name in places.modifiers])

    def _events(
        self, column: Column, places: Places, track: str, coder: str, role: str
    ) -> list[IncomingEvent]:
        facts, zero_us = self.facts, self.facts.zero_us
        coder_id = coder or facts.said.get(CODER, "")
        role = role or facts.said.get(ROLE, "")
        scheme, version = facts.said.get(SCHEME, ""), facts.said.get(VERSION, "")
        session, dyad = facts.session, facts.dyad
        where = f"column “{column.name}”, "
        names = [*column.arguments, "", "", "", ""]
        at, about, spoken, who = places.code, places.comment, places.transcript, places.instance
        asked: list[Asked] = [(place, name, {}) for place, name in places.modifiers]
        codes: dict[str, str] = {}
        expected = max(1, len(column.arguments))
        joins = {cell[0] - 1 for cell in column.cells}
        counts: Counter[str] = Counter()
        events = []
        for cell in sorted(column.cells, key=itemgetter(0)):
            onset_ms, offset_ms, values, line = cell
            until_us: int | None = offset_ms * US_PER_MS + zero_us
            if offset_ms < onset_ms:
                if offset_ms:
                    self._keep_cell(column, cell)
                    continue
                until_us = None
                text = "has no offset: 00:00:00:000 means that it was not set"
                self._find("warning", "no-offset", column, line, text)
            elif offset_ms > onset_ms and offset_ms in joins:
                until_us = (offset_ms + 1) * US_PER_MS + zero_us
                counts["joined"] += 1
            raw = values[at] if at is not None and at < len(values) else ""
            code = codes.get(raw)
            if code is None:
                code = codes[raw] = said(values, at, names[at or 0]) or track
            if code is track and at is not None:
                counts["wordless"] += 1
            comment = "" if about is None else said(values, about, names[about])
            if len(values) > expected:
                more = ", ".join(values[expected:])
                comment = f"{comment}\n{more}".strip()
                counts["more"] += bool(more.strip(" ,"))
            events.append(
                IncomingEvent(
                    line=line,
                    session=session,
                    dyad=dyad,
                    coder_id=coder_id,
                    role=role,
                    scheme_id=scheme,
                    scheme_version=version,
                    scheme_hash="",
                    event_id="",
                    track=track,
                    code=code,
                    onset_us=onset_ms * US_PER_MS + zero_us,
                    offset_us=until_us,
                    onset_frame=None,
                    offset_frame=None,
                    recording="",
                    modifiers=self._answers(asked, values) if asked else (),
                    links=(),
                    pass_id="",
                    comment=comment,
                    instance="" if who is None else said(values, who, INSTANCE),
                    transcript=said(values, spoken, names[spoken or 0])
                    if spoken is not None
                    else "",
                    where="" if self._lines else f"{where}cell {line}",
                )
            )
        self._sum_up(column, counts)
        return events

    def _answers(
        self, asked: Sequence[Asked], values: Sequence[str]
    ) -> tuple[tuple[str, Values], ...]:
        answers = []
        for place, name, known in asked:
            text = values[place] if place < len(values) else ""
            if text not in known:
                known[text] = self._answer(name, said(values, place, name))
            answer = known[text]
            if answer is not None:
                answers.append(answer)
        return tuple(answers)

    def _answer(self, name: str, text: str) -> tuple[str, Values] | None:
        if not text or text == NOT_APPLICABLE:
            return None
        chosen = split(text) if "|" in text or "\\" in text else (text,)
        self._values.setdefault(name, {}).update(dict.fromkeys(chosen))
        if len(chosen) > 1:
            self._many.add(name)
        return name, chosen

    def _sum_up(self, column: Column, counts: Counter[str]) -> None:
        """Findings for what many cells of a column have in common."""
        sentences = {
            "joined": "{n} cells end 1 ms before another begins; they now adjoin it",
            "wordless": "{n} cells say no code; they have the name of the column for one",
            "more": "{n} cells have more values than the column has; those are in the comment",
        }
        for what, many in sorted(counts.items()):
            if many:
                self._find("warning", f"{what}-cells", column, 0, sentences[what].format(n=many))

    def _declare(self, track: str, events: Sequence[IncomingEvent], modifiers: list[str]) -> None:
        """The track and its codes, from what events say; two coders' columns are one track."""
        if not events:
            return
        before = self._tracks.get(track)
        codes = {one.id: one for one in before.codes} if before else {}
        for one in events:
            if one.code not in codes:
                codes[one.code] = FoundCode(id=one.code, label=one.code, modifiers=tuple(modifiers))
        for name in modifiers:
            self._values.setdefault(name, {})
        instants = sum(one.offset_us == one.onset_us for one in events)
        kind: FoundKind = ""
        if instants in (0, len(events)):
            kind = "point" if instants else "state"
        if before is not None and before.kind != kind:
            kind = ""
        subject = _SUBJECT.match(track)
        self._tracks[track] = FoundTrack(
            id=track,
            label=track,
            kind=kind,
            subject=subject[1].lower() if subject else "",
            codes=tuple(codes.values()),
        )

    def _modifier(self, name: str) -> FoundModifier:
        """A modifier; its type from what was said, for Datavyu knows none."""
        values = self._values[name]
        kind: ModifierType = "choice"
        if name in self._many:
            kind = "multi"
        elif values and all(map(is_number, values)):
            kind = "number"
        elif len(values) > _MOST_CHOICES:
            kind = "text"
        offered = tuple(values) if kind in ("choice", "multi") else ()
        return FoundModifier(id=name, label=name, type=kind, values=offered)

    def _keep_cell(self, column: Column, cell: Cell) -> None:
        onset_ms, offset_ms, values, line = cell
        self._find("warning", "offset-before-onset", column, line, "ends before it begins; a note")
        text = f"{as_clock(onset_ms)}–{as_clock(offset_ms)}: {', '.join(values)}"
        self.reading.found += 1
        self._note(text, f"column “{column.name}”, {self._place(line)}", counts=1)

    def _note(self, text: str, where: str, counts: int = 0) -> None:
        self.reading.notes.append(FoundNote(text=text, where=where, counts=counts))

    def _place(self, line: int) -> str:
        return f"line {line}" if self._lines else f"cell {line}"

    def _find(self, severity: Severity, rule: str, column: Column, line: int, why: str) -> None:
        where = f"column “{column.name}”" + (f", {self._place(line)}" if line else "")
        self.reading.findings.append(Finding(severity, rule, line, why, where=where))


def _second_coder(name: str, names: set[str]) -> tuple[str, str, str]:
    """Track, coder and role: ``look_rel`` beside ``look`` is somebody else's ``look``."""
    found = _SECOND.fullmatch(name)
    if found is None:
        return name, "", ""
    base, mark = found[1], found[2].lower()
    other = {"rel": "pri", "pri": "rel"}[mark]
    rivals = {base, f"{base}_{other}", f"{base}.{other}"}
    if not rivals & names:
        return name, "", ""
    return base, mark, _ROLES[mark]
