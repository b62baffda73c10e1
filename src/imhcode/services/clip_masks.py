"""Regions to be hidden, as a text that people and scripts can write: a JSON document.

``{"masks": [{"recording": "S01-camera", "shape": "ellipse", "hiding": "blur", "person": "…",
"boxes": [{"frame": 0, "x": 120, "y": 80, "width": 90, "height": 110}]}]}``: boxes in pixels of the
upright picture at full size, frames counted from 0.  ``first_frame`` and ``last_frame`` limit a
mask; without them it holds for the whole recording.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from imhcode.domain.errors import Refused, Trouble
from imhcode.media.clips.regions import Box, KeyBox, Region

Masks = Mapping[str, tuple[Region, ...]]  #: regions by the id of their recording

_MOST_BYTES = 16 << 20
_BOX = ("x", "y", "width", "height")
_FIELDS = frozenset(
    {"recording", "shape", "hiding", "person", "boxes", "first_frame", "last_frame"}
)


class MasksNotUnderstood(Refused):
    """Fields: ``where``, ``why``."""

    sentence = "The masks cannot be read ({where}): {why}."
    next_step = "Nothing was exported. The manual of the command line shows what they look like."


class MasksNotRead(Trouble):
    """Fields: ``path``, ``reason``."""

    sentence = "The masks in {path} cannot be read: {reason}."
    next_step = "Check the name and your right to read the file."


def read_masks(path: Path, recording_ids: Iterable[str]) -> Masks:
    """Read a file of masks.

    Parameters
    ----------
    path : Path
        The file.
    recording_ids : iterable of str
        Those that may be meant; where there is only one, masks need not name it.

    Raises
    ------
    MasksNotUnderstood, RegionWrong
        It is not what it should be; nothing is guessed, for something could stay uncovered.
    MasksNotRead
        The disk refuses.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise MasksNotUnderstood(where=path.name, why="it is too large to be a list of masks")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MasksNotRead(path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError:
        raise MasksNotUnderstood(where=path.name, why="it is not a text in UTF-8") from None
    return masks_from_text(text, recording_ids)


def masks_from_text(text: str, recording_ids: Iterable[str]) -> Masks:
    """The masks that a text tells of; see `read_masks`."""
    try:
        document = json.loads(text, parse_constant=_no_number, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise MasksNotUnderstood(where="as JSON", why=str(error) or "too deep") from None
    if not isinstance(document, dict) or set(document) != {"masks"}:
        _refuse("the whole", "it is not an object with “masks” and nothing else")
    known = list(recording_ids)
    found: dict[str, list[Region]] = {}
    for number, one in enumerate(_list(document["masks"], "masks"), start=1):
        where = f"mask {number}"
        if not isinstance(one, dict):
            _refuse(where, "it is not an object")
        strange = ", ".join(sorted(set(one) - _FIELDS))
        if strange:
            _refuse(where, f"it has unknown fields: {strange}")
        recording = one.get("recording", known[0] if len(known) == 1 else None)
        if recording not in known:
            _refuse(where, f"its recording is “{recording}”, not one of {', '.join(known)}")
        found.setdefault(recording, []).append(_region(one, where))
    return {recording: tuple(regions) for recording, regions in found.items()}


def text_of_masks(masks: Masks) -> str:
    """The text that `masks_from_text` reads as the same masks."""
    told = [
        {"recording": recording, **_told(region)}
        for recording, regions in masks.items()
        for region in regions
    ]
    return json.dumps({"masks": told}, indent=2, ensure_ascii=False) + "\n"


def _region(one: Mapping[str, Any], where: str) -> Region:
    boxes = []
    for number, key in enumerate(_list(one.get("boxes"), f"{where}, boxes"), start=1):
        at = f"{where}, box {number}"
        if not isinstance(key, dict) or set(key) != {"frame", *_BOX}:
            _refuse(at, "it needs frame, x, y, width and height, and nothing else")
        sides = [_number(key[side], f"{at}, {side}") for side in _BOX]
        boxes.append(KeyBox(_whole(key["frame"], f"{at}, frame"), Box(*sides)))
    given: dict[str, Any] = {
        name: _whole(one[name], f"{where}, {name}")
        for name in ("first_frame", "last_frame")
        if one.get(name) is not None
    }
    for name in ("shape", "hiding", "person"):
        if name in one:
            given[name] = _text(one[name], f"{where}, {name}")
    return Region(key_boxes=tuple(boxes), **given)


def _told(region: Region) -> dict[str, object]:
    said = {
        "shape": region.shape,
        "hiding": region.hiding,
        "person": region.person or None,
        "first_frame": region.first_frame,
        "last_frame": region.last_frame,
        "boxes": [
            {"frame": one.frame, **{side: getattr(one.box, side) for side in _BOX}}
            for one in region.key_boxes
        ],
    }
    return {name: value for name, value in said.items() if value is not None}


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        _refuse(where, "it is not a list")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        _refuse(where, "it is not a text")
    return value


def _whole(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        _refuse(where, "it is not a frame number")
    return value


def _number(value: object, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > 1e6:
        _refuse(where, "it is not a number of pixels")
    return float(value)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"“{word}” is no number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"“{name}” stands there twice")
    return dict(pairs)


def _refuse(where: str, why: str) -> NoReturn:
    raise MasksNotUnderstood(where=where, why=why)
