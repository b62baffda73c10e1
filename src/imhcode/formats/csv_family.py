"""The CSV family for programs whose tables know text from numbers: workbooks, Parquet.

Rows come from the CSV files themselves, so that the forms cannot say different things.
"""

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from imhcode.domain.scheme import Scheme
from imhcode.formats.csv.cells import unguarded
from imhcode.formats.csv.columns import MODIFIER
from imhcode.formats.csv.writing import write_events
from imhcode.formats.csv.writing_links import write_links
from imhcode.formats.csv.writing_ratings import write_ratings
from imhcode.formats.csv_family_meanings import MEANINGS
from imhcode.formats.record import Record
from imhcode.formats.tables.column import Column, Sort
from imhcode.formats.tables.table_file import Value

CODEBOOK = "codebook"
CODEBOOK_COLUMNS = tuple(Column(name) for name in ("sort", "id", "of", "label", "definition"))
_WRITERS: dict[str, Callable[[str, Sequence[Record], Path], int]] = {
    "events": write_events,
    "links": write_links,
    "ratings": write_ratings,
}
_FRAMES = {"onset_frame", "offset_frame"}
_MARKS = {"flagged", "onset_reviewed", "offset_reviewed", "counts"}
_WHOLE = {"episode_n", "ordinal"} | _FRAMES | _MARKS
_MS = {"onset_ms", "offset_ms", "duration_ms", "from_onset_ms", "to_onset_ms"}
_SECONDS = {"onset_s", "offset_s", "duration_s", "time_in_episode_s"}
_NUMBER = {"child_age_mo", "child_age_corr_mo", "value"} | _MS | _SECONDS


def codebook(records: Sequence[Record]) -> Iterator[list[Value]]:
    """Yield what every column and every word of the schemes means."""
    for name, meaning in MEANINGS.items():
        yield ["column", name, "", "", meaning]
    schemes = {one.observation.scheme.content_hash: one.observation.scheme for one in records}
    for scheme in sorted(schemes.values(), key=lambda one: (one.id, one.version)):
        yield from _words(scheme)


def _words(scheme: Scheme) -> Iterator[list[Value]]:
    yield ["scheme", scheme.id, "", scheme.version, scheme.content_hash]
    for track in scheme.tracks:
        yield ["track", track.id, scheme.id, track.label, f"{track.kind}, {track.subject}"]
        for code in track.codes:
            yield ["code", code.id, track.id, code.label, code.definition]
    for modifier in scheme.modifiers:
        name = MODIFIER + modifier.id
        yield ["modifier", name, scheme.id, modifier.label, modifier.help]
        for value in modifier.values:
            yield ["value", value.id, name, value.label, ""]
    for link in scheme.links:
        about = f"from {link.from_track} to {link.to_track}"
        yield ["link", link.id, scheme.id, link.label, about]
    for scale in scheme.ratings:
        about = f"{scale.scale.minimum:g} to {scale.scale.maximum:g}"
        yield ["rating", scale.id, scheme.id, scale.label, f"{scale.definition} {about}".strip()]


def family(
    study_id: str, records: Sequence[Record], folder: Path
) -> Iterator[tuple[str, list[Column], Iterator[list[Value]]]]:
    """Yield name, columns and rows of each table of the family; rows must be read in between.

    Parameters
    ----------
    folder : Path
        Where the rows may lie meanwhile.
    """
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for name, write in _WRITERS.items():
            path = Path(scratch) / name
            write(study_id, records, path)
            with path.open(encoding="utf-8", newline="") as file:
                lines = csv.reader(file)
                columns = [Column(one, _sort(name, one)) for one in next(lines)]
                yield name, columns, (_row(columns, cells) for cells in lines)


def _sort(table: str, column: str) -> Sort:
    if column == "link_latency_ms" and table == "links":
        return "number"
    return "whole" if column in _WHOLE else "number" if column in _NUMBER else "text"


def _row(columns: Sequence[Column], cells: Sequence[str]) -> list[Value]:
    return [_value(column.sort, cell) for column, cell in zip(columns, cells, strict=True)]


def _value(sort: Sort, cell: str) -> Value:
    if not cell:
        return None
    match sort:
        case "whole":
            return int(cell)
        case "number":
            return float(cell)
        case _:
            return unguarded(cell)
