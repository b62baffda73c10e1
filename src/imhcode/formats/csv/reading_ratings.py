"""``ratings.csv`` read back: one row a rating, as we write it; four columns are enough by hand."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from imhcode.domain.study import Dyad, Session
from imhcode.formats.csv.cells import unguarded
from imhcode.formats.csv.columns import RATINGS
from imhcode.formats.csv.numbers import is_number
from imhcode.formats.errors import ColumnsMissing, ColumnTwice
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingRating, Reading
from imhcode.formats.joined import split

#: what only a table of ratings has
OWN = frozenset({"scale_id", "value"})


def are_ratings(header: Iterable[str]) -> bool:
    """Whether a table with these columns is one of ratings."""
    names = set(header)
    return names >= OWN and "track_id" not in names


def read_rating_rows(
    path: Path, header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> Reading:
    """Read the rows below the header, each with its line.

    Raises
    ------
    ColumnsMissing, ColumnTwice
        It is no table of ratings.
    """
    names = [name for name in header if name]
    for needed in sorted(OWN):
        if needed not in names:
            raise ColumnsMissing(path=path, missing=needed, columns=", ".join(names) or "none")
    for name in names:
        if names.count(name) > 1:
            raise ColumnTwice(path=path, column=name)
    reading = Reading()
    reading.findings += [
        Finding("warning", "unknown-column", 1, f"the column “{name}” is not known and was ignored")
        for name in names
        if name not in RATINGS
    ]
    for line, cells in rows:
        reading.found += 1
        given = dict(zip(header, cells, strict=False))
        if len(cells) > len(header) and any(cells[len(header) :]):
            said = f"this row has {len(cells)} cells, the first line names {len(header)} columns"
            reading.findings.append(Finding("error", "ragged-row", line, said))
            continue
        wrong = _wrong(given)
        if wrong:
            reading.findings.append(Finding("error", "not-a-number", line, wrong))
        else:
            reading.ratings.append(_rating(line, given))
    return reading


def _wrong(given: dict[str, str]) -> str:
    value, n = given.get("value", "").strip(), given.get("episode_n", "").strip()
    if value and not is_number(value):
        return f"“{value[:40]}” is not a value of a rating"
    if n and not (n.isascii() and n.isdigit() and len(n) < 9):
        return f"“{n[:40]}” is not the number of an episode"
    return ""


def _rating(line: int, given: dict[str, str]) -> IncomingRating:
    def text(name: str) -> str:
        return unguarded(given.get(name, "").strip(" "))

    value = text("value")
    return IncomingRating(
        line=line,
        session=Session(id=text("session_id"), dyad_id=text("dyad_id")),
        dyad=Dyad(id=text("dyad_id")),
        coder_id=text("coder_id"),
        role=text("coding_role"),
        scheme_id=text("scheme_id"),
        scheme_version=text("scheme_version"),
        scheme_hash="",
        rating_id=text("rating_id"),
        scale=text("scale_id"),
        episode=text("episode_id"),
        episode_n=int(text("episode_n") or 0),
        value=float(value) if value else None,
        na_reason=text("na_reason"),
        confidence=text("confidence"),
        evidence=split(text("evidence_event_ids")),
        comment=unguarded(given.get("note", "")),
    )
