"""The schemes that come with the program."""

from pathlib import Path

import imhcode
from imhcode.schemes.errors import SchemeNotFound
from imhcode.schemes.nearest import hint


def shipped_schemes() -> dict[str, Path]:
    """File of each shipped scheme by its id, sorted; the file is named after the id."""
    return {path.stem: path for path in sorted(_folder().glob("*.yaml"))}


def find_scheme(name_or_file: str) -> Path:
    """The file meant by a shipped scheme's id or by a path.

    Raises
    ------
    SchemeNotFound
        It is neither.
    """
    shipped = shipped_schemes()
    if name_or_file in shipped:
        return shipped[name_or_file]
    path = Path(name_or_file)
    if path.is_file():
        return path
    known = list(shipped)
    near = hint(path.stem, known) if len(known) != 1 or path.stem != known[0] else ""
    raise SchemeNotFound(name=name_or_file, hint=near, known=", ".join(known) or "none")


def title_of(path: Path) -> str:
    """The title in a shipped file, without reading all of it."""
    with path.open(encoding="utf-8") as lines:
        found = (line.partition(":")[2].strip() for line in lines if line.startswith("title:"))
        return next(found, "").strip('"') or path.stem


def _folder() -> Path:
    """In the package once it is installed, at the top of a checkout otherwise."""
    package = Path(imhcode.__file__).parent
    inside = package / "coding_schemes"
    return inside if inside.is_dir() else package.parents[1] / "coding_schemes"
