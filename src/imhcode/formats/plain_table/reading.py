"""Rows of any table of events as incoming events, once it is known what its columns are."""

from collections.abc import Callable, Sequence
from pathlib import Path, PureWindowsPath

from imhcode.domain.errors import Refused
from imhcode.domain.event import Values
from imhcode.domain.study import Dyad, Session
from imhcode.formats.errors import NothingThere
from imhcode.formats.finding import Finding, Severity
from imhcode.formats.found import (
    FoundCode,
    FoundMedia,
    FoundModifier,
    FoundTrack,
    FoundVocabulary,
)
from imhcode.formats.free_text import is_free_text
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.plain_table.errors import FramesNeedRate, NoEventsInTable
from imhcode.formats.plain_table.grid import Grid, grid_of_rows, grid_of_text
from imhcode.formats.plain_table.guessing import STARTS, STOPS, guess_of
from imhcode.formats.plain_table.mapping import ColumnMapping, Guess, corrected
from imhcode.formats.plain_table.times import time_us
from imhcode.formats.sheets import Sheet
from imhcode.formats.uncollected import uncollected

ALL = "events"  #: the track, where no column says it
_FILMS = (".mp4", ".mov", ".avi", ".mkv", ".mpg", ".mpeg", ".m4v", ".wmv", ".mts", ".wav", ".mp3")
_NO_DYAD = Dyad(id="")
_NOT_SAID = frozenset(("", "na", "n/a", "nan", "none", "null", "-", "."))


def read_table(path: Path, columns: str = "") -> Reading:
    """Read a text file with a table of events.

    Parameters
    ----------
    columns : str
        What of the guess is wrong, as :func:`corrected` takes it.

    Raises
    ------
    NoEventsInTable, BadColumns, FramesNeedRate, NothingThere, TableIsBroken, NotText, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    with uncollected():
        return _read(path, grid_of_text(path), columns)


def read_sheet(path: Path, sheets: Sequence[Sheet], columns: str = "") -> Reading:
    """Read the first sheet that can be a table of events.

    Raises
    ------
    NoEventsInTable, BadColumns, FramesNeedRate, NothingThere
        As their sentences say.
    """
    failure: Refused | None = None
    for n, sheet in enumerate(sheets):
        try:
            reading = _read(path, grid_of_rows(path, sheet.rows, sheet.name), columns)
        except Refused as refused:
            failure = failure or refused
            continue
        others = [one.name for k, one in enumerate(sheets) if k != n and one.rows]
        if others:
            said = f"only the sheet “{sheet.name}” was read, not {', '.join(others)}"
            reading.findings.insert(0, Finding("warning", "other-sheets", 1, said))
        return reading
    raise failure or NothingThere(path=path)


def _read(path: Path, grid: Grid, columns: str) -> Reading:
    guess = guess_of(grid)
    mapping = corrected(path, guess.mapping, columns, grid.header)
    if not mapping.onset or not mapping.code:
        what = "times" if not mapping.onset else "codes"
        raise NoEventsInTable(path=path, what=what, columns=", ".join(grid.header)[:1000])
    if mapping.unit == "frames" and not mapping.fps:
        raise FramesNeedRate(path=path)
    table = _Table(grid, mapping)
    table.tell(guess, columns)
    for line, width in grid.ragged:
        said = f"this row has {width} cells, the first names {len(grid.header)} columns"
        table.refuse("ragged-row", line, said)
    for line, cells in grid.rows:
        table.take(line, cells)
    return table.finished()


class _Table:
    """The rows of one table becoming one reading."""

    def __init__(self, grid: Grid, mapping: ColumnMapping) -> None:
        self.reading = Reading(columns=mapping.text())
        self._mapping, self._grid = mapping, grid
        at = {name: n for n, name in enumerate(grid.header)}

        def cell(role: str) -> Callable[[Sequence[str]], str]:
            place = at.get(getattr(mapping, role))
            return (lambda _: "") if place is None else (lambda cells: cells[place].strip())

        self._onset, self._offset, self._duration = map(cell, ("onset", "offset", "duration"))
        self._code, self._track, self._subject = map(cell, ("code", "track", "subject"))
        self._status, self._session, self._coder = map(cell, ("status", "session", "coder"))
        self._comment, self._transcript = map(cell, ("comment", "transcript"))
        self._modifiers = [(one, at[one]) for one in mapping.modifiers]
        self._lasting = bool(mapping.offset or mapping.duration)
        self._sessions: dict[str, Session] = {}
        self._tracks: dict[str, tuple[str, dict[str, None]]] = {}
        self._open: dict[tuple[str, ...], list[IncomingEvent]] = {}  # starts without a stop

    def tell(self, guess: Guess, said: str) -> None:
        """Say what the columns were taken for, how surely, and which are nothing."""
        mapping, text = self._mapping, self._mapping.text()
        unsure = [
            f"{role} ({sure})"
            for role, sure in guess.sureness.items()
            if sure != "sure" and getattr(mapping, role) == getattr(guess.mapping, role)
        ]
        doubt = f"; not sure: {', '.join(unsure)}" if unsure and not said else ""
        self._warn(
            "columns",
            1,
            f"the columns were taken as {text}{doubt}; “Columns” or --columns corrects it",
        )
        used = {*mapping.used()}
        for n, name in enumerate(self._grid.header):
            filled = sum(bool(cells[n].strip()) for _, cells in self._grid.rows)
            if name not in used and filled:
                said = f"the column “{name}” was left out ({filled} cells)"
                self._warn("column-left-out", 1, said)

    def take(self, line: int, cells: Sequence[str]) -> None:
        """One row."""
        onset_us, code = time_us(self._onset(cells), self._mapping), self._code(cells)
        status = self._status(cells).casefold()
        if onset_us is None:
            text = self._onset(cells)
            rule, said = (
                ("not-a-time", f"“{text[:40]}” is not a time")
                if text
                else ("no-onset", "the onset is missing")
            )
            self.refuse(rule, line, said)
        elif code.casefold() in _NOT_SAID:
            self.refuse("no-code", line, "the code is missing")
        elif status in STOPS:
            self._close(line, cells, onset_us, code)
        else:
            try:
                offset_us = self._until(cells, onset_us)
            except ValueError as bad:
                self.refuse("not-a-time", line, f"“{str(bad)[:40]}” is not a time")
                return
            if offset_us is not None and offset_us < onset_us:
                self.refuse("offset-before-onset", line, "the offset comes before the onset")
                return
            self.reading.found += 1
            event = self._event(line, cells, code, onset_us, offset_us)
            self.reading.events.append(event)
            if status in STARTS:
                event.offset_us = None
                self._open.setdefault(self._key(cells, code), []).append(event)
            elif self._mapping.status:
                event.offset_us = onset_us

    def refuse(self, rule: str, line: int, message: str) -> None:
        """A row that is no event."""
        self.reading.found += 1
        self._tell("error", rule, line, message)

    def finished(self) -> Reading:
        """The reading, with its words."""
        for waiting in self._open.values():
            for one in waiting:
                self._warn("unpaired", one.line, f"“{one.code}” starts here and never stops")
        self.reading.vocabulary = FoundVocabulary(
            tracks=tuple(
                FoundTrack(id=track, subject=subject, codes=tuple(map(_code, codes)))
                for track, (subject, codes) in self._tracks.items()
            ),
            modifiers=tuple(self._found_modifier(name) for name, _ in self._modifiers),
        )
        self.reading.modifiers = tuple(name for name, _ in self._modifiers)
        return self.reading

    def _until(self, cells: Sequence[str], onset_us: int) -> int | None:
        """The offset; an instant where nothing in the table could say one."""
        if not self._lasting:
            return onset_us
        for text, start_us in ((self._offset(cells), 0), (self._duration(cells), onset_us)):
            if text.casefold() in _NOT_SAID:
                continue
            found = time_us(text, self._mapping)
            if found is None:
                raise ValueError(text)
            return start_us + found
        return None

    def _close(self, line: int, cells: Sequence[str], at_us: int, code: str) -> None:
        """A stop: the last start of its kind ends here."""
        waiting = self._open.get(self._key(cells, code))
        if not waiting:
            self.refuse("unpaired", line, f"“{code[:40]}” stops here and never started")
        elif waiting[-1].onset_us > at_us:
            self.refuse("offset-before-onset", line, f"“{code[:40]}” stops before it starts")
        else:
            waiting.pop().offset_us = at_us

    def _key(self, cells: Sequence[str], code: str) -> tuple[str, ...]:
        return (
            self._session(cells),
            self._coder(cells),
            self._subject(cells),
            self._track(cells),
            code,
        )

    def _event(
        self, line: int, cells: Sequence[str], code: str, onset_us: int, offset_us: int | None
    ) -> IncomingEvent:
        subject = self._subject(cells)
        track = " ".join(one for one in (subject, self._track(cells)) if one) or ALL
        self._tracks.setdefault(track, (subject, {}))[1][code] = None
        answers: list[tuple[str, Values]] = [
            (name, (answer,))
            for name, place in self._modifiers
            if (answer := cells[place].strip()) and answer.casefold() not in _NOT_SAID
        ]
        return IncomingEvent(
            line=line,
            session=self._session_of(self._session(cells)),
            dyad=_NO_DYAD,
            coder_id=self._coder(cells),
            role="",
            scheme_id="",
            scheme_version="",
            scheme_hash="",
            event_id="",
            track=track,
            code=code,
            onset_us=onset_us,
            offset_us=offset_us,
            onset_frame=None,
            offset_frame=None,
            recording="",
            modifiers=tuple(answers),
            links=(),
            pass_id="",
            comment=self._comment(cells),
            transcript=self._transcript(cells),
            where=f"sheet “{self._grid.sheet}”, row {line}" if self._grid.sheet else "",
        )

    def _session_of(self, said: str) -> Session:
        """The session of a cell; the name of a film is that of its session."""
        if said not in self._sessions:
            path = PureWindowsPath(said)
            film = path.suffix.casefold() in _FILMS
            session = Session(id=path.stem if film else said)
            if film:
                media = FoundMedia(session=session.id, path=said.replace("\\", "/"))
                self.reading.media.append(media)
            self._sessions[said] = session
        return self._sessions[said]

    def _found_modifier(self, name: str) -> FoundModifier:
        values = dict.fromkeys(
            value
            for event in self.reading.events
            for one, some in event.modifiers
            if one == name
            for value in some
        )
        if is_free_text(list(values)):
            return FoundModifier(id=name, label=name, type="text")
        return FoundModifier(id=name, label=name, values=tuple(values))

    def _warn(self, rule: str, line: int, message: str) -> None:
        self._tell("warning", rule, line, message)

    def _tell(self, severity: Severity, rule: str, line: int, message: str) -> None:
        where = f"sheet “{self._grid.sheet}”, row {line}" if self._grid.sheet else ""
        self.reading.findings.append(Finding(severity, rule, line, message, where))


def _code(word: str) -> FoundCode:
    return FoundCode(id=word, label=word)
