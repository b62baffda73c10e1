"""A scheme from a plain list of codes: one line a code, as a spreadsheet saves it."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from imhcode.domain.tracks import KINDS
from imhcode.schemes.errors import ListRefused, SchemeFileUnreadable
from imhcode.schemes.nearest import hint
from imhcode.schemes.source import LARGEST_BYTES
from imhcode.schemes.vocabulary import ListedCode, ListedModifier, ListedTrack, Vocabulary

NEEDED = ("code", "key", "kind", "track")
COLUMNS = (
    *NEEDED,
    *("label", "subject", "color", "definition", "modifiers"),
    *("exclusive", "exhaustive", "uncodable"),
)
_ALSO: Mapping[str, str] = {"colour": "color", "modifier": "modifiers", "name": "label"}
_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"", "no", "n", "false", "0"})
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
FIRST_SHOWN = 8


def id_from(words: str) -> str:
    """Words as an id: small letters, digits and ``_``; ``x_`` before a digit; may be empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return f"x_{made}" if made[:1].isdigit() else made


def read_list(path: Path, *, scheme_id: str = "", title: str = "") -> Vocabulary:
    """Read a list of codes.

    The first line names the columns: ``code``, ``key``, ``kind`` and ``track``, and perhaps
    ``label``, ``subject``, ``color``, ``definition``, ``modifiers``, ``exclusive``,
    ``exhaustive``, ``uncodable``.  Modifiers are written ``strength=slight|broad; remark``.

    Parameters
    ----------
    scheme_id, title : str
        Of the scheme; after the name of the file if they are not given.

    Raises
    ------
    ListRefused
        Lines that cannot be understood; the sentence names them.
    SchemeFileUnreadable
        The file is not there or cannot be read.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise SchemeFileUnreadable(path=path, why=error.strerror or error) from error
    reading = _Reading()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reading.say(line, "the text is not UTF-8; save the list as “CSV UTF-8”")
        text = ""
    if len(raw) > LARGEST_BYTES:
        reading.say(1, "the list is larger than 1 MB")
    elif not reading.problems:
        reading.read(text)
    if reading.problems:
        shown = [f"{path.name}:{line}: {said}" for line, said in reading.problems[:FIRST_SHOWN]]
        if len(reading.problems) > FIRST_SHOWN:
            shown.append(f"… and {len(reading.problems) - FIRST_SHOWN} more")
        raise ListRefused(name=path.name, problems="\n".join(shown))
    return Vocabulary(
        id=scheme_id or id_from(path.stem) or "my_scheme",
        title=title or path.stem.replace("_", " ").strip().capitalize(),
        tracks=tuple(one.made() for one in reading.tracks.values()),
        modifiers=tuple(reading.modifiers.values()),
    )


@dataclass(slots=True)
class _Track:
    """A track while its lines are read."""

    id: str
    label: str
    kind: str
    subject: str
    line: int
    exclusive: bool = False
    exhaustive: bool = False
    codes: dict[str, ListedCode] = field(default_factory=dict)

    def made(self) -> ListedTrack:
        codes = tuple(self.codes.values())
        return ListedTrack(
            id=self.id, label=self.label, kind=self.kind, subject=self.subject, codes=codes,
            exclusive=self.exclusive, exhaustive=self.exhaustive,
        )  # fmt: skip


class _Reading:
    def __init__(self) -> None:
        self.problems: list[tuple[int, str]] = []
        self.tracks: dict[str, _Track] = {}
        self.modifiers: dict[str, ListedModifier] = {}

    def say(self, line: int, words: str) -> None:
        self.problems.append((line, words))

    def read(self, text: str) -> None:
        first = text.lstrip().partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        columns: Sequence[str] = ()
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if columns:
                self._code(rows.line_num, columns, cells)
                continue
            columns = self._columns(rows.line_num, cells)
            if not columns:
                return
        if not columns:
            self.say(1, "the list is empty")
        elif not self.tracks and not self.problems:
            self.say(rows.line_num, "there is no code below the names of the columns")

    def _columns(self, line: int, cells: Sequence[str]) -> Sequence[str]:
        names = [_ALSO.get(cell.lower(), cell.lower()) for cell in cells]
        for name in names:
            if name and name not in COLUMNS:
                self.say(line, f"no column is called “{name}”{hint(name, COLUMNS)}")
        missing = [name for name in NEEDED if name not in names]
        for name in missing:
            self.say(line, f"the column “{name}” is missing; the first line names the columns")
        return () if missing else names

    def _code(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> None:
        if any(cells[len(columns) :]):
            self.say(line, "more cells than columns; put text with commas in quotes")
            return
        given = dict(zip(columns, cells, strict=False))
        words = given.get("code", "")
        code_id = id_from(words)
        if not code_id:
            message = f"“{words}” gives no id; use letters of the Latin alphabet and a label"
            self.say(line, message if words else "the code is missing")
            return
        track = self._track(line, given)
        if track is None:
            return
        if code_id in track.codes:
            self.say(line, f"the code “{code_id}” stands twice on the track “{track.id}”")
            return
        key = given.get("key", "")
        if len(key) > 1:
            self.say(line, f"the key “{key}” must be exactly one character")
        color = given.get("color", "")
        if color and not _COLOR.fullmatch(color):
            self.say(line, f"the colour “{color}” must be # and six of 0-9 and a-f")
        track.codes[code_id] = ListedCode(
            id=code_id,
            label=given.get("label") or (words if words != code_id else _label(words)),
            key=key.lower(),
            color=color,
            definition=given.get("definition", ""),
            uncodable=self._yes(line, "uncodable", given),
            modifiers=self._modifiers(line, given.get("modifiers", "")),
        )

    def _track(self, line: int, given: Mapping[str, str]) -> _Track | None:
        words, kind = given.get("track", ""), given.get("kind", "").lower()
        track_id = id_from(words)
        if not track_id:
            self.say(line, "the track is missing")
            return None
        known = self.tracks.get(track_id)
        kind = kind or (known.kind if known else "")
        if kind not in KINDS.names():
            said = f"“{kind}” is no kind of track" if kind else "the kind is missing"
            self.say(line, said + hint(kind, KINDS.names()))
            return None
        subject = id_from(given.get("subject", "")) or (known.subject if known else "infant")
        if known is None:
            label = words if words != track_id else _label(words)
            known = self.tracks[track_id] = _Track(track_id, label, kind, subject, line)
        for name, one, other in (("kind", known.kind, kind), ("subject", known.subject, subject)):
            if one != other:
                self.say(
                    line,
                    f"the track “{track_id}” has the {name} “{one}” on line {known.line} "
                    f"and “{other}” here",
                )
        known.exclusive |= self._yes(line, "exclusive", given)
        known.exhaustive |= self._yes(line, "exhaustive", given)
        return known

    def _yes(self, line: int, name: str, given: Mapping[str, str]) -> bool:
        word = given.get(name, "").lower()
        if word not in _YES | _NO:
            self.say(line, f"“{word}” under “{name}” must be yes or no")
        return word in _YES

    def _modifiers(self, line: int, cell: str) -> tuple[str, ...]:
        found = []
        for one in filter(None, (part.strip() for part in cell.split(";"))):
            name, _, listed = one.partition("=")
            modifier_id = id_from(name)
            values = {id_from(value): value.strip() for value in listed.split("|") if value.strip()}
            if not modifier_id or "" in values:
                self.say(line, f"“{one}” is no modifier; write strength=slight|broad")
                continue
            offered = tuple((value, _label(words)) for value, words in values.items())
            known = self.modifiers.get(modifier_id)
            if known is None or (offered and not known.values):
                label = name.strip() if name.strip() != modifier_id else _label(name)
                self.modifiers[modifier_id] = ListedModifier(
                    id=modifier_id, label=label, values=offered
                )
            elif offered and offered != known.values:
                self.say(line, f"the modifier “{modifier_id}” has other values further up")
            found.append(modifier_id)
        return tuple(dict.fromkeys(found))


def _label(words: str) -> str:
    said = words.strip().replace("_", " ")
    return said[:1].upper() + said[1:]
