"""Datavyu's export as JSON: the columns of a file as ``passes``, with all their cells."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imhcode.formats import FORMATS
from imhcode.formats.datavyu.columns import Column, as_clock, remembered_ms
from imhcode.formats.datavyu.errors import CellsAreBroken, NotADatavyuFile
from imhcode.formats.datavyu.meaning import Meaning
from imhcode.formats.datavyu.telling import columns_of, losses_of
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record
from imhcode.formats.strict_json import read_json
from imhcode.formats.uncollected import uncollected


@dataclass(frozen=True)
class DatavyuJsonFormat:
    """Columns of Datavyu as JSON."""

    name: str = "datavyu-json"
    label: str = "Datavyu, as JSON"
    suffixes: tuple[str, ...] = (".json",)
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """As a Datavyu file, and the recordings."""
        return losses_of(records, films=False)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:  # noqa: ARG002
        """Write a file for each observation."""
        parts = []
        for name, record in zip(part_names(records, ".json"), records, strict=True):
            columns = columns_of(record)
            text = json.dumps({"passes": [_pass(one) for one in columns]}, ensure_ascii=False)
            (folder / name).write_text(text + "\n", encoding="utf-8", newline="\n")
            parts.append(Part(name, sum(len(one.cells) for one in columns[1:])))
        return parts

    @uncollected()
    def read(self, path: Path) -> Reading:
        """Read an export."""
        found = read_json(path)
        passes = found.get("passes") if isinstance(found, dict) else None
        if not isinstance(passes, list):
            raise NotADatavyuFile(path=path, missing="list of “passes”")
        columns = [_column(one, n, path) for n, one in enumerate(passes, start=1)]
        return Meaning(columns, lines=False).read()

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the columns, as it does."""
        return b'"passes"' in head


def _pass(column: Column) -> dict[str, Any]:
    """A column; Datavyu's own reader wants its fields in this order."""
    return {
        "name": column.name,
        "type": column.type,
        "arguments": dict.fromkeys(column.arguments, "NOMINAL"),
        "cells": [
            {
                "id": n,
                "onset": as_clock(onset_ms),
                "offset": as_clock(offset_ms),
                "values": list(values),
            }
            for n, (onset_ms, offset_ms, values, _) in enumerate(column.cells, start=1)
        ],
    }


def _column(given: Any, n: int, path: Path) -> Column:
    where = f"pass {n}"
    if not isinstance(given, dict) or not isinstance(given.get("name"), str):
        raise CellsAreBroken(path=path, where=where, why="has no name")
    arguments, cells = given.get("arguments") or {}, given.get("cells") or []
    if not isinstance(arguments, (dict, list)) or not isinstance(cells, list):
        raise CellsAreBroken(path=path, where=where, why="has no arguments or no list of cells")
    kind = given.get("type")
    column = Column(
        given["name"],
        type=kind if isinstance(kind, str) and not arguments else "MATRIX",
        arguments=[_text(one) for one in arguments],
    )
    seconds: dict[str, int] = {}
    for place, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict):
            column.broken.append((place, "is no cell"))
            continue
        onset_ms = remembered_ms(_text(cell.get("onset")), seconds)
        offset_ms = remembered_ms(_text(cell.get("offset")), seconds)
        values = cell.get("values")
        if isinstance(values, dict):
            values = [values.get(one, "") for one in column.arguments]
        if onset_ms is None or offset_ms is None or not isinstance(values, list):
            column.broken.append((place, "has no onset, offset or values"))
            continue
        texts = [one if type(one) is str else _text(one) for one in values]
        column.cells.append((onset_ms, offset_ms, texts, place))
    return column


def _text(value: Any) -> str:
    """Words, whatever they were written as."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


FORMATS.add(DatavyuJsonFormat())
