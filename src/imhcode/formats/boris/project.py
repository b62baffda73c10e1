"""BORIS projects of every version, in one shape.

What changed over the years: subjects were pairs (before 2), modifiers one text ``a,b|c,d`` (before
4), the offset of the second player a field of its own (before 7).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imhcode.formats.boris.errors import NotAProject, ProjectIsBroken, ProjectIsNewer
from imhcode.formats.boris.shapes import as_list, as_object, as_text, in_order
from imhcode.formats.found import ModifierType
from imhcode.formats.strict_json import read_json

NEWEST = 9  #: major version up to which the meaning of a project is known
_UNDERSTOOD = frozenset(
    {
        *("time_format", "project_date", "project_name", "project_description"),
        *("project_format_version", "subjects_conf", "behaviors_conf", "observations"),
        *("behavioral_categories", "behavioral_categories_config", "independent_variables"),
        *("coding_map", "behaviors_coding_map", "converters"),
    }
)
_SHORTCUT = re.compile(r" \(.*\)", re.DOTALL)
_TYPES: dict[str, ModifierType] = {"0": "choice", "1": "multi", "2": "number", "3": "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierSet:
    """One question asked of a behaviour; its answers as they stand in events."""

    id: str
    type: ModifierType
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One line of the ethogram."""

    code: str
    state: bool
    key: str = ""
    color: str = ""
    definition: str = ""
    category: str = ""
    excluded: frozenset[str] = frozenset()
    sets: tuple[ModifierSet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project in the shape of version 7.

    Attributes
    ----------
    subjects : dict
        Descriptions by name.
    maps : dict
        Areas of every coding map, with their geometry, by the map's name.
    rest : dict
        What no version known here has.
    """

    path: Path
    title: str
    description: str
    behaviours: dict[str, Behaviour]
    subjects: dict[str, str]
    observations: dict[str, dict[str, Any]]
    maps: dict[str, dict[str, Any]]
    converters: dict[str, Any]
    rest: dict[str, Any]


def read_project(path: Path) -> Project:
    """Read a project; images may have no time, which BORIS writes as ``NaN``.

    Raises
    ------
    Refused
        It is no JSON, no project, or one of a newer version.
    """
    raw = read_json(path, allow_nan=True)
    for needed in ("behaviors_conf", "observations"):
        if not isinstance(raw, dict) or needed not in raw:
            raise NotAProject(path=path, missing=needed)
    version = as_text(raw.get("project_format_version"))
    major = version.partition(".")[0]
    if major.isdecimal() and int(major[:9]) > NEWEST:
        raise ProjectIsNewer(path=path, version=version, known=NEWEST)
    maps = dict(_maps(raw, path))
    observations = as_object(raw["observations"], path, "“observations”")
    return Project(
        path=path,
        title=as_text(raw.get("project_name")),
        description=as_text(raw.get("project_description")),
        behaviours=dict(_behaviours(raw, maps, path)),
        subjects=dict(_subjects(raw, path)),
        observations={
            name: as_object(one, path, f"observation “{name}”")
            for name, one in observations.items()
        },
        maps=maps,
        converters=as_object(raw.get("converters"), path, "“converters”"),
        rest={name: one for name, one in raw.items() if name not in _UNDERSTOOD and one},
    )


def _subjects(raw: dict[str, Any], path: Path) -> Iterator[tuple[str, str]]:
    for n, one in in_order(as_object(raw.get("subjects_conf"), path, "“subjects_conf”")):
        if isinstance(one, list) and len(one) == 2:
            yield as_text(one[1]), ""
        else:
            subject = as_object(one, path, f"subject {n}")
            yield as_text(subject.get("name")), as_text(subject.get("description"))


def _behaviours(
    raw: dict[str, Any], maps: dict[str, dict[str, Any]], path: Path
) -> Iterator[tuple[str, Behaviour]]:
    seen: set[str] = set()
    for n, one in in_order(as_object(raw["behaviors_conf"], path, "“behaviors_conf”")):
        where = f"behaviour {n}"
        entry = as_object(one, path, where)
        code = as_text(entry.get("code"))
        if not code:
            raise ProjectIsBroken(path=path, where=where, why="has no code")
        if code in seen:
            raise ProjectIsBroken(path=path, where=where, why=f"repeats the code “{code}”")
        seen.add(code)
        excluded = as_text(entry.get("excluded")).split(",")
        yield (
            code,
            Behaviour(
                code=code,
                state="STATE" in as_text(entry.get("type")).upper(),
                key=as_text(entry.get("key")),
                color=as_text(entry.get("color")),
                definition=as_text(entry.get("description")),
                category=as_text(entry.get("category")),
                excluded=frozenset(other.strip() for other in excluded) - {"", code},
                sets=tuple(_sets(code, entry, maps, path, where)),
            ),
        )


def _sets(
    code: str, entry: dict[str, Any], maps: dict[str, dict[str, Any]], path: Path, where: str
) -> Iterator[ModifierSet]:
    """Yield the modifier sets of a behaviour; the areas of its coding map are the last."""
    given = entry.get("modifiers")
    if isinstance(given, str):  # before version 4
        parts = given.split("|") if given else []
        given = {str(n): {"values": part.split(",")} for n, part in enumerate(parts)}
    named: set[str] = set()
    n = 0
    for n, (_, one) in enumerate(in_order(as_object(given, path, f"{where}, “modifiers”")), 1):
        declared = as_object(one, path, f"{where}, modifier set {n}")
        name = as_text(declared.get("name")).strip()
        if not name or name in named:
            name = unnamed(code, n)
        named.add(name)
        values = as_list(declared.get("values"), path, f"{where}, values of modifier set {n}")
        yield ModifierSet(
            id=name,
            type=_TYPES.get(as_text(declared.get("type")), "choice"),
            values=tuple(dict.fromkeys(_SHORTCUT.sub("", as_text(value)) for value in values)),
        )
    map_name = as_text(entry.get("coding map"))
    if map_name:
        name = map_name if map_name not in named else unnamed(code, n + 1)
        yield ModifierSet(id=name, type="multi", values=tuple(maps.get(map_name, ())))


def unnamed(code: str, n: int) -> str:
    """What the n-th modifier set of a behaviour is called if it has no name."""
    return f"{code} {n}"


def _maps(raw: dict[str, Any], path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the areas of each coding map, of modifiers and of behaviours."""
    of_modifiers = as_object(raw.get("coding_map"), path, "“coding_map”")
    of_behaviours = as_list(raw.get("behaviors_coding_map"), path, "“behaviors_coding_map”")
    for name, one in of_modifiers.items():
        found = as_object(one, path, f"coding map “{name}”")
        yield name, _areas(found, path, name)
    for one in of_behaviours:
        found = as_object(one, path, "“behaviors_coding_map”")
        name = as_text(found.get("name")) or "behaviours"
        yield name, _areas(found, path, name)


def _areas(found: dict[str, Any], path: Path, name: str) -> dict[str, Any]:
    """Areas by the word that they stand for; those without one by their number."""
    areas = as_object(found.get("areas"), path, f"areas of coding map “{name}”")
    return {
        as_text(one.get("code") if isinstance(one, dict) else "") or number: one
        for number, one in in_order(areas)
    }
