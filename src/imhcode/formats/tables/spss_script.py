"""``import_in_spss.sps``: reads the tables beside it, with types, variable and value labels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from imhcode.formats.tables.column import Column
from imhcode.formats.tables.column_meanings import MEANINGS
from imhcode.formats.tables.plain_text import plain
from imhcode.formats.tables.value_labels import Labels

SPSS_SCRIPT = "import_in_spss.sps"
LONGEST_LABEL = 120  #: bytes that a value label may have
_FORMATS = {"text": "A255", "whole": "F12.0", "number": "F20.6"}
_LONG_TEXT = {"definition": "A4000", "reference": "A1000"}

_HEAD = """\
* Encoding: UTF-8.
* Reads the tables in this folder, each as a dataset of its name.
* Set the folder first:  CD 'C:\\this\\folder'.
* Empty cells are missing.  Text that a spreadsheet would run as a formula has
  an apostrophe before it.

SET DECIMAL=DOT.
"""


def spss_script(tables: Iterable[tuple[str, Sequence[Column | str]]], labels: Labels) -> str:
    """The syntax for these files and their columns."""
    parts = [_HEAD]
    for file_name, columns in tables:
        some = [one for one in columns if isinstance(one, Column)]
        parts.append("\n".join(_table(file_name, some, labels)))
    parts.append("DATASET ACTIVATE measures.")
    return "\n".join(parts) + "\n"


def _table(file_name: str, columns: Sequence[Column], labels: Labels) -> Iterator[str]:
    yield "GET DATA"
    yield "  /TYPE=TXT"
    yield f"  /FILE={_text(file_name)}"
    yield "  /ENCODING='UTF8'"
    yield "  /ARRANGEMENT=DELIMITED"
    yield "  /DELIMITERS=','"
    yield "  /QUALIFIER='\"'"
    yield "  /FIRSTCASE=2"
    yield "  /VARIABLES="
    yield "\n".join(f"    {one.name} {_format(one)}" for one in columns) + "."
    said = [one for one in columns if one.name in MEANINGS]
    if said:
        yield "VARIABLE LABELS"
        lines = [f"  {one.name} {_text(_cut(MEANINGS[one.name]))}" for one in said]
        yield "\n  /".join(line.strip() for line in lines).join(("  ", "."))
    for one in columns:
        values = labels.get(one.name)
        if values and one.sort == "text" and file_name != "codebook.csv":
            yield from _values(one.name, values)
    yield "EXECUTE."
    # a copy, as PSPP reads the next file into the dataset that is active, named or not
    yield f"DATASET COPY {file_name.removesuffix('.csv')}."
    yield ""


def _format(column: Column) -> str:
    return _LONG_TEXT.get(column.name, _FORMATS[column.sort])


def _values(name: str, values: Mapping[str, str]) -> Iterator[str]:
    yield f"VALUE LABELS {name}"
    yield (
        "\n".join(f"  {_text(value)} {_text(_cut(label))}" for value, label in values.items()) + "."
    )


def _cut(text: str) -> str:
    whole = text.encode()
    if len(whole) <= LONGEST_LABEL:
        return text
    return whole[: LONGEST_LABEL - len("…".encode())].decode(errors="ignore") + "…"


def _text(text: str) -> str:
    """A string of the syntax, on one line."""
    return "'" + " ".join(plain(text).split()).replace("'", "''") + "'"
