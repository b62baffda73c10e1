"""The ``project`` entry of a Datavyu file and the settings of its films."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from imhcode.formats.datavyu.errors import ProjectEntryIsBroken

LARGEST = 1_000_000  #: characters; a film takes some three hundred
FFMPEG = "f13f226e-df7e-31dc-8bba-f35c71e53479"  #: the plugin of that name, as Datavyu makes ids
_TAGS = ("!project", "!vs", "!ts")
_ENTRY = re.compile(r"\s*([^#!:=\s][^:=\s]*)\s*[:=]\s*(.*)")
_WHOLE = re.compile(r"-?\d{1,12}")


@dataclass(frozen=True, slots=True)
class Film:
    """A film: session time = its own time + ``offset_ms``, counted from Datavyu's zero."""

    path: str
    offset_ms: int = 0
    fps: str = ""


def films_of(text: str, members: Mapping[str, bytes], path: Path) -> list[Film]:
    """The films that a project names.

    Parameters
    ----------
    members : Mapping
        All entries of the file; the settings of a film are one of them.

    Raises
    ------
    ProjectEntryIsBroken
        It is not the YAML that Datavyu writes: another tag, a key twice, brackets without end.
    """
    project = _loaded(text, path)
    settings = project.get("viewerSettings") if isinstance(project, dict) else None
    films = []
    for one in settings if isinstance(settings, list) else ():
        if not isinstance(one, dict) or not isinstance(one.get("feed"), str):
            continue
        raw = members.get(str(one.get("settingsId", "")), b"")
        told = _properties(raw.decode("latin-1"))
        offset = told.get("offset", str(one.get("offset", 0)))  # before version 5 it stood here
        fps = told.get("framesPerSecond", "").removesuffix(".0")
        films.append(
            Film(
                path=one["feed"].replace("\\", "/"),
                offset_ms=int(offset) if _WHOLE.fullmatch(offset) else 0,
                fps=fps if re.fullmatch(r"\d{1,4}(\.\d{1,12})?", fps) and float(fps) else "",
            )
        )
    return films


def _loaded(text: str, path: Path) -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.constructor import SafeConstructor  # noqa: PLC0415
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    class Constructor(SafeConstructor):
        """Plain values, and the three tags of Datavyu as plain objects."""

    for tag in _TAGS:
        Constructor.add_constructor(tag, lambda made, node: made.construct_mapping(node, deep=True))
    if len(text) > LARGEST:
        raise ProjectEntryIsBroken(path=path, line=1, why=f"begins more than {LARGEST} characters")
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Constructor
    try:
        return yaml.load(StringIO(text))
    except MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        why = f"is not what Datavyu writes ({failure.problem or failure.context})"
        raise ProjectEntryIsBroken(path=path, line=mark.line + 1 if mark else 1, why=why) from None
    except (YAMLError, RecursionError, ValueError, TypeError) as failure:
        why = f"is not what Datavyu writes ({type(failure).__name__})"
        raise ProjectEntryIsBroken(path=path, line=1, why=why) from None


def _properties(text: str) -> dict[str, str]:
    """Names and values of a file of Java properties."""
    found = (_ENTRY.fullmatch(line.strip("\r")) for line in text.split("\n"))
    return {one[1]: one[2].strip() for one in found if one is not None}


def project_text(name: str, films: Sequence[Film]) -> str:
    """The entry of a project of version 5."""
    lines = ["!project", "dbFile: null", f"name: {_quoted(name)}", "origpath: ''", "version: 5"]
    lines.append("viewerSettings:" if films else "viewerSettings: []")
    for n, film in enumerate(films, start=1):
        lines += [
            "- !vs",
            "  classifier: datavyu.video",
            f"  feed: {_quoted(film.path)}",
            f"  plugin: {FFMPEG}",
            f"  settingsId: '{n}'",
            "  trackSettings: !ts {bookmark: '-1', bookmarks: [], locked: false, version: 2}",
            "  version: 3",
        ]
    return "\n".join(lines) + "\n"


def settings_text(film: Film) -> str:
    """The entry of a film's settings."""
    lines = (f"offset={film.offset_ms}", "volume=1.0", "visible=true", "height=0")
    return "\n".join((*lines, f"framesPerSecond={film.fps or '-1.0'}")) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
