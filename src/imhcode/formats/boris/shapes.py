"""Values of JSON as the shapes they should have; another shape is refused with its place."""

import json
from pathlib import Path
from typing import Any

from imhcode.formats.boris.errors import ProjectIsBroken

_LONGEST = 2_000  #: characters of something that is kept as a note


def as_object(value: Any, path: Path, where: str) -> dict[str, Any]:
    """An object; what BORIS writes for none of it (``[]``, ``""``, ``null``) is an empty one."""
    if isinstance(value, dict):
        return value
    if not value:
        return {}
    raise ProjectIsBroken(path=path, where=where, why=f"is {_kind(value)}, not an object")


def as_list(value: Any, path: Path, where: str) -> list[Any]:
    """A list; nothing is an empty one."""
    if isinstance(value, list):
        return value
    if not value:
        return []
    raise ProjectIsBroken(path=path, where=where, why=f"is {_kind(value)}, not a list")


def as_text(value: Any) -> str:
    """Words, whatever they were written as."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return said(value)


def in_order(numbered: dict[str, Any]) -> list[tuple[str, Any]]:
    """The entries of an object whose keys are numbers, in the order of these."""
    return sorted(numbered.items(), key=lambda one: (not one[0].isdecimal(), one[0].zfill(9)))


def said(value: Any) -> str:
    """Any value as text for a note, cut where it gets long."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "(brackets inside each other without end)"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


def _kind(value: Any) -> str:
    return {list: "a list", dict: "an object", str: "a text", bool: "a yes or no"}.get(
        type(value), "a number"
    )
