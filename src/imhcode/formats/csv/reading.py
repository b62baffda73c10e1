"""Tables of events, ours or made by hand, as incoming events.

What concerns the whole file is refused with a sentence; what concerns one row is a finding, and
the other rows are read all the same.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from imhcode.domain.event import Link
from imhcode.domain.study import Dyad, Session
from imhcode.domain.timecode import US_PER_MS, US_PER_S
from imhcode.formats.csv.cells import unguarded
from imhcode.formats.csv.columns import KNOWN, MODIFIER, NOTE
from imhcode.formats.csv.numbers import as_frame, as_us, is_number
from imhcode.formats.csv.reading_ratings import are_ratings, read_rating_rows
from imhcode.formats.errors import (
    ColumnsMissing,
    ColumnTwice,
    FileUnreadable,
    LinksAlone,
    NothingThere,
    NotText,
    TableIsBroken,
)
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.joined import split

LARGEST_CELL = 10_000_000  #: characters; beyond it a quote was left open

_SEPARATORS = (",", ";", "\t")
_ABOUT = (
    *("session_id", "dyad_id", "visit", "session_date_shifted", "child_age_mo"),
    *("child_age_corr_mo", "child_id", "site_id", "group_blind"),
)

_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


class _BadCell(Exception):  # noqa: N818  (not an error of anybody's: it ends the reading of a row)
    def __init__(self, rule: str, message: str) -> None:
        self.rule, self.message = rule, message
        super().__init__(message)


def read_events(path: Path) -> Reading:
    """Read a table of events, or one of ratings.

    Raises
    ------
    Refused
        It is no UTF-8 text, no table, or not one of events.
    FileUnreadable
        The disk does not hand it out.
    """
    text = _text(path)
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    separator = max(_SEPARATORS, key=lambda one: _names_known(first, one))
    rows = _lines(path, text, separator)
    _, header = next(rows, (1, []))
    if not header:
        raise NothingThere(path=path)
    names = [name.strip() for name in header]
    reading = read_rows(path, names, rows, comma=separator != ",")
    beside = path.with_name("ratings.csv")
    if path.name == "events.csv" and _has_rows(beside):
        said = "ratings.csv lies beside it: ratings come in from that file, which can be named too"
        reading.findings.append(Finding("warning", "ratings-beside", 1, said))
    return reading


def read_rows(
    path: Path, names: Sequence[str], rows: Iterable[tuple[int, list[str]]], *, comma: bool
) -> Reading:
    """Read the rows below the header, each with its line, wherever the table stands.

    Parameters
    ----------
    comma : bool
        Whether a comma may stand for the decimal point.

    Raises
    ------
    ColumnsMissing, ColumnTwice, LinksAlone
        It is no table of events and none of ratings.
    """
    if are_ratings(names):
        return read_rating_rows(path, names, rows)
    if "from_event_id" in names and "to_event_id" in names:
        raise LinksAlone(path=path)
    table = _Table(path, names, comma=comma)
    reading = Reading(modifiers=tuple(table.modifiers))
    reading.findings.extend(
        Finding("warning", "unknown-column", 1, f"the column “{name}” is not known and was ignored")
        for name in table.unknown
    )
    for line, cells in rows:
        reading.found += 1
        try:
            reading.events.append(table.event(line, cells))
        except _BadCell as bad:
            reading.findings.append(Finding("error", bad.rule, line, bad.message))
    return reading


def _has_rows(path: Path) -> bool:
    """Whether a table is there with more than its header."""
    try:
        with path.open("rb") as file:
            return bool(file.readline()) and bool(file.readline().strip())
    except OSError:
        return False


def _text(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise FileUnreadable(path=path, why="it is not a file")  # reading a pipe may never end
    try:
        raw = path.read_bytes()
    except OSError as failure:
        raise FileUnreadable(path=path, why=failure.strerror or failure) from failure
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        why = f"holds the byte {raw[failure.start]:#04x}, which UTF-8 does not know there"
        raise NotText(path=path, line=line, why=why) from failure
    nul = text.find("\0")
    if nul >= 0:
        raise NotText(path=path, line=text.count("\n", 0, nul) + 1, why="holds a NUL character")
    return text


def _names_known(first: str, separator: str) -> int:
    names = [name.strip().strip('"') for name in first.split(separator)]
    return sum(name in KNOWN or name.startswith(MODIFIER) for name in names)


def _lines(path: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the cells of every row that is not blank."""
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as failure:
            raise TableIsBroken(path=path, line=line, why=failure) from failure
    finally:
        csv.field_size_limit(before)


class _Table:
    """Where each column is, and how a row becomes an event."""

    def __init__(self, path: Path, header: Sequence[str], *, comma: bool) -> None:
        self._width = len(header)
        self._comma = comma
        self._about: dict[tuple[str, ...], tuple[Session, Dyad]] = {}
        named = [name for name in header if name]
        for name in named:
            if named.count(name) > 1:
                raise ColumnTwice(path=path, column=name)
        #: a column that is not there is the empty cell behind the last one
        self._at = dict.fromkeys(KNOWN, self._width) | {
            name: place for place, name in enumerate(header) if name
        }
        columns = ", ".join(named) or "none"
        for needed in ("track_id", "code"):
            if needed not in named:
                raise ColumnsMissing(path=path, missing=needed, columns=columns)
        if "onset_ms" not in named and "onset_s" not in named:
            raise ColumnsMissing(path=path, missing="onset_ms or onset_s", columns=columns)
        self.modifiers = [
            name.removeprefix(MODIFIER) for name in named if name.startswith(MODIFIER)
        ]
        self.unknown = [
            name for name in named if name not in KNOWN and not name.startswith(MODIFIER)
        ]
        self._answers = [(one, self._at[MODIFIER + one]) for one in self.modifiers]
        self._places = [self._at[name] for name in _ABOUT]
        self._nameless = [place for place, name in enumerate(header) if not name]

    def event(self, line: int, cells: list[str]) -> IncomingEvent:
        """One row as an event; `_BadCell` says why not."""
        if len(cells) > self._width and not any(cells[self._width :]):
            del cells[self._width :]
        if len(cells) != self._width:
            why = f"this row has {len(cells)} cells, the first line names {self._width} columns"
            raise _BadCell("ragged-row", why)
        if any(cells[place] for place in self._nameless):
            raise _BadCell("nameless-column", "a cell stands in a column without a name")
        cells.append("")
        at = self._at

        def text(name: str) -> str:
            cell = cells[at[name]]
            return unguarded(cell.strip(" ")) if cell else ""

        session, dyad = self._where(cells)
        onset_us = self._time(cells, "onset")
        offset_us = self._time(cells, "offset")
        if onset_us is None:
            raise _BadCell("no-onset", "the onset is missing")
        if offset_us is not None and offset_us < onset_us:
            raise _BadCell("offset-before-onset", "the offset comes before the onset")
        return IncomingEvent(
            line=line,
            session=session,
            dyad=dyad,
            coder_id=text("coder_id"),
            role=text("coding_role"),
            scheme_id=text("scheme_id"),
            scheme_version=text("scheme_version"),
            scheme_hash=text("scheme_hash"),
            event_id=text("event_id"),
            track=text("track_id"),
            code=text("code"),
            onset_us=onset_us,
            offset_us=offset_us,
            onset_frame=self._frame(cells, "onset_frame"),
            offset_frame=self._frame(cells, "offset_frame"),
            recording=text("media_id"),
            modifiers=tuple(
                (one, (unguarded(cells[place]),)) for one, place in self._answers if cells[place]
            ),
            links=self._links(cells),
            pass_id=text("pass_id"),
            comment=unguarded(cells[at[NOTE]]),
            instance=text("subject_instance"),
            transcript=unguarded(cells[at["transcript"]]),
            flagged=self._yes(cells, "flagged"),
            onset_reviewed=self._yes(cells, "onset_reviewed"),
            offset_reviewed=self._yes(cells, "offset_reviewed"),
        )

    def _where(self, cells: Sequence[str]) -> tuple[Session, Dyad]:
        """Session and dyad; rows that say the same share them."""
        said = tuple(cells[place] for place in self._places)
        if said not in self._about:
            plain = dict(zip(_ABOUT, (unguarded(cell.strip(" ")) for cell in said), strict=True))
            session = Session(
                id=plain["session_id"],
                dyad_id=plain["dyad_id"],
                visit=plain["visit"],
                date=plain["session_date_shifted"],
                child_age_months=self._months(plain["child_age_mo"]),
                child_age_corrected_months=self._months(plain["child_age_corr_mo"]),
            )
            dyad = Dyad(
                id=plain["dyad_id"],
                child_id=plain["child_id"],
                site_id=plain["site_id"],
                group=plain["group_blind"],
            )
            self._about[said] = session, dyad
        return self._about[said]

    def _months(self, text: str) -> float | None:
        text = text.replace(",", ".") if self._comma else text
        if text and not is_number(text):
            raise _BadCell("not-a-number", f"“{_short(text)}” is not an age in months")
        return float(text) if text else None

    def _time(self, cells: Sequence[str], which: str) -> int | None:
        """Onset or offset; milliseconds win where both stand."""
        for unit, unit_us in (("ms", US_PER_MS), ("s", US_PER_S)):
            cell = cells[self._at[f"{which}_{unit}"]].strip()
            if cell:
                time_us = as_us(cell, unit_us, comma=self._comma)
                if time_us is None:
                    why = f"“{_short(cell)}” in {which}_{unit} is not a time"
                    raise _BadCell("not-a-time", why)
                return time_us
        return None

    def _frame(self, cells: Sequence[str], name: str) -> int | None:
        cell = cells[self._at[name]].strip()
        if not cell:
            return None
        frame = as_frame(cell)
        if frame is None:
            raise _BadCell("not-a-frame", f"“{_short(cell)}” in {name} is not a frame number")
        return frame

    def _yes(self, cells: Sequence[str], name: str) -> bool:
        """Yes or no, as we and as spreadsheets and R write it; empty is no."""
        cell = cells[self._at[name]].strip().casefold()
        if cell not in _YES | _NO:
            raise _BadCell("not-yes-or-no", f"“{_short(cell)}” in {name} is neither 1 nor 0")
        return cell in _YES

    def _links(self, cells: Sequence[str]) -> tuple[Link, ...]:
        said, rule_said = cells[self._at["linked_event_id"]], cells[self._at["link_id"]]
        if not said and not rule_said:
            return ()
        targets, rules = split(unguarded(said)), split(unguarded(rule_said))
        if len(rules) > len(targets):
            raise _BadCell("link-without-target", "a link_id stands without a linked_event_id")
        rules += ("",) * (len(targets) - len(rules))
        return tuple(Link(rule, target) for rule, target in zip(rules, targets, strict=True))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
