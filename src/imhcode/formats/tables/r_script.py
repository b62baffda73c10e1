"""``import_in_r.R``: reads the tables beside it, with types, factors and labels."""

from collections.abc import Iterable, Iterator, Sequence

from imhcode.formats.tables.column import Column
from imhcode.formats.tables.column_meanings import MEANINGS
from imhcode.formats.tables.plain_text import plain
from imhcode.formats.tables.value_labels import Labels

R_SCRIPT = "import_in_r.R"
_CLASSES = {"text": "character", "whole": "integer", "number": "numeric"}

_HEAD = """\
# Reads the tables in this folder as data frames of their names.
# In R:  setwd("this folder"); source("import_in_r.R", encoding = "UTF-8")
# Empty cells are NA.  Text that a spreadsheet would run as a formula has an
# apostrophe before it, which is taken away here.

imhcode_read <- function(file, classes) {
  table <- read.csv(file, colClasses = classes, na.strings = "",
                    encoding = "UTF-8",
                    quote = "\\"", comment.char = "", check.names = FALSE)
  for (name in names(table)) {
    if (is.character(table[[name]])) {
      guarded <- grepl("^'+[=+@\\t\\r-]", table[[name]])
      table[[name]][guarded] <- substring(table[[name]][guarded], 2)
    }
  }
  table
}
"""


def r_script(tables: Iterable[tuple[str, Sequence[Column | str]]], labels: Labels) -> str:
    """The script for these files and their columns."""
    parts = [_HEAD]
    for file_name, columns in tables:
        parts.append("\n".join(_table(file_name, columns, labels)))
    return "\n".join(parts) + "\n"


def _table(file_name: str, columns: Sequence[Column | str], labels: Labels) -> Iterator[str]:
    name = file_name.removesuffix(".csv")
    some = [one for one in columns if isinstance(one, Column)]
    yield f"{name} <- imhcode_read({_text(file_name)}, c("
    yield ",\n".join(f"  {one.name} = {_text(_CLASSES[one.sort])}" for one in some)
    yield "))"
    for one in some:
        values = labels.get(one.name)
        if values and one.sort == "text" and name != "codebook":
            yield f"{name}${one.name} <- factor({name}${one.name},"
            yield f"  levels = c({', '.join(map(_text, values))}),"
            yield f"  labels = c({', '.join(map(_text, _distinct(values.values())))}))"
    for one in some:
        if one.name in MEANINGS:
            yield f'attr({name}${one.name}, "label") <- {_text(MEANINGS[one.name])}'
    yield ""


def _distinct(labels: Iterable[str]) -> Iterator[str]:
    """Yield the labels; R joins levels of one label, so a repeated one gets a number."""
    seen: dict[str, int] = {}
    for one in labels:
        seen[one] = seen.get(one, 0) + 1
        yield one if seen[one] == 1 else f"{one} ({seen[one]})"


def _text(text: str) -> str:
    """A string of R."""
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"'
