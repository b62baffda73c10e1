"""What differs between two scheme documents, in words and by weight.

Works on documents as their authors wrote them, so that a difference in any field is found,
whether or not this program acts on it.  A field whose weight nobody has stated counts as meaning:
to be warned too often is cheaper than to compare numbers that do not mean the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, get_args

from imhcode.schemes.diff_words import (
    HANDLING,
    IDENTITY,
    ITEMS,
    WORDING,
    called,
    named,
    shown,
    shown_apart,
)

Plain = Mapping[str, Any]
Weight = Literal["meaning", "addition", "handling", "wording"]
Bump = Literal["major", "minor", "patch", "none"]
Kind = Literal["added", "removed", "renamed", "changed", "order"]

WEIGHTS: tuple[Weight, ...] = get_args(Weight)
FITS: Mapping[Weight, Bump] = {
    "meaning": "major",
    "addition": "minor",
    "handling": "minor",
    "wording": "patch",
}
ALIKE = 0.9  #: share of a definition that must be the same for "renamed"

_WITHOUT: Any = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes
    ----------
    weight : str
        ``meaning`` (numbers of the two do not mean the same), ``addition`` (more can be said),
        ``handling`` (keys, passes, how one works), ``wording`` (labels, colours, examples).
    kind : str
        ``added``, ``removed``, ``renamed``, ``changed``, ``order``.
    where : str
        Path by ids, such as ``tracks.infant_bid.codes.look.key``; of a renaming, the old one.
    message : str
        One sentence without full stop.
    renamed_to : str
        The new id, of a renaming.
    """

    weight: Weight
    kind: Kind
    where: str
    message: str
    renamed_to: str = ""


def differences(old: Plain, new: Plain) -> list[Difference]:
    """Everything that differs, the weightiest first, otherwise as it stands in the documents."""
    found = list(_of_things(old, new, (), old, new))
    return sorted(found, key=lambda one: WEIGHTS.index(one.weight))


def fitting_bump(found: list[Difference]) -> Bump:
    """Which number of the version such differences ask to be raised."""
    return FITS[found[0].weight] if found else "none"


def bump_between(old: str, new: str) -> Bump | Literal["down"]:
    """Which number was raised from one version to the other."""
    before, after = (
        tuple(int(number) for number in version.partition("-")[0].split("."))
        for version in (old, new)
    )
    if before == after:
        return "none"
    if after < before:
        return "down"
    names: tuple[Bump, ...] = ("major", "minor", "patch")
    return next(name for name, one, two in zip(names, before, after, strict=True) if one != two)


def _of_things(
    old: Plain, new: Plain, path: tuple[str, ...], old_top: Plain, new_top: Plain
) -> Iterator[Difference]:
    """Differences of two things that are taken to be one."""
    for name in dict.fromkeys((*old, *new)):
        without: Any = [] if name in ITEMS else _WITHOUT
        one, other = old.get(name, without), new.get(name, without)
        where = (*path, name)
        if one == other or (name in IDENTITY and not path):
            continue
        if name in ITEMS and _listed(one) and _listed(other):
            yield from _of_items(one, other, where, old_top, new_top)
        elif isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _of_things(one, other, where, old_top, new_top)
        else:
            yield Difference(
                _weight(where, one, other),
                "changed",
                ".".join(where),
                f"{called(path, old_top)}: {_change(name, one, other)}",
            )


def _of_items(
    old: Any, new: Any, path: tuple[str, ...], old_top: Plain, new_top: Plain
) -> Iterator[Difference]:
    """Differences of two lists of things with ids."""
    before, after = _by_id(old), _by_id(new)
    gone = {one: before[one] for one in before if one not in after}
    fresh = {one: after[one] for one in after if one not in before}
    for one, thing in gone.items():
        twin = next((other for other in fresh if _alike(path[-1], thing, fresh[other])), "")
        label = called((*path, one), old_top)
        where = ".".join((*path, one))
        weight: Weight = _weight_of_section(path, "meaning")
        if not twin:
            yield Difference(weight, "removed", where, f"{label} is gone")
            continue
        same = "definition" if thing.get("definition") else "label"
        same = "codes" if path[-1] == "tracks" else same
        said = f"{label} is perhaps {named(twin, fresh[twin])} now: the same {same}"
        yield Difference(weight, "renamed", where, said, renamed_to=twin)
        renamed = {**fresh.pop(twin), "id": one}
        yield from _of_things(thing, renamed, (*path, one), old_top, new_top)
    for one in fresh:
        label = called((*path, one), new_top)
        said, weight = f"{label} is new", _weight_of_section(path, "addition")
        if path[-1] == "codes" and _shares_time(path, new_top):
            said, weight = f"{label} is new and takes time from its neighbours", "meaning"
        yield Difference(weight, "added", ".".join((*path, one)), said)
    kept = [one for one in before if one in after]
    for one in kept:
        yield from _of_things(before[one], after[one], (*path, one), old_top, new_top)
    if kept != [one for one in after if one in before]:
        said = f"{called(path[:-1], old_top)}: {path[-1]} stand in another order"
        yield Difference("wording", "order", ".".join(path), said)


def _alike(section: str, one: Plain, other: Plain) -> bool:
    """Whether two things of different names are perhaps the same."""
    if section == "tracks":
        ids = [{code["id"] for code in thing.get("codes", ())} for thing in (one, other)]
        return one.get("kind") == other.get("kind") and len(ids[0] & ids[1]) * 2 > len(
            ids[0] | ids[1]
        )
    texts = [str(thing.get("definition") or thing.get("label", "")) for thing in (one, other)]
    if section == "values" or not all(texts):
        return bool(texts[0]) and texts[0] == texts[1]
    return SequenceMatcher(None, texts[0], texts[1], autojunk=False).ratio() >= ALIKE


def _shares_time(path: tuple[str, ...], top: Plain) -> bool:
    tracks = (one for one in top.get("tracks", ()) if one["id"] == path[1])
    return any(track.get("exclusive") for track in tracks)


def _weight(where: tuple[str, ...], old: Any, new: Any) -> Weight:
    """The weight of one changed field, by its name and the part of the document it is in."""
    name = where[-1]
    if name in WORDING or where[0] in WORDING:
        return "wording"
    if name in HANDLING or where[0] in HANDLING:
        return "handling"
    growing = isinstance(old, list) and isinstance(new, list) and all(one in new for one in old)
    if name == "class_vocabulary" and growing:
        return "addition"
    return "meaning"


def _weight_of_section(path: tuple[str, ...], otherwise: Weight) -> Weight:
    if any(part in WORDING for part in path):
        return "wording"
    return "handling" if any(part in HANDLING for part in path) else otherwise


def _change(name: str, old: Any, new: Any) -> str:
    seconds = " s" if name.endswith("_s") else ""
    field = name.removesuffix("_s").replace("_", " ")
    if old is _WITHOUT:
        return f"{field} {shown(new)}{seconds} is new"
    if new is _WITHOUT:
        return f"{field} {shown(old)}{seconds} is gone"
    if _of_words(old) and _of_words(new):
        gone = [one for one in old if one not in new]
        fresh = [one for one in new if one not in old]
        said = [f"without {shown(one)}" for one in gone] + [f"with {shown(one)}" for one in fresh]
        return f"{field} {', '.join(said)}" if said else f"{field} in another order"
    before, after = shown_apart(old, new)
    return f"{field} {before}{seconds} → {after}{seconds}"


def _listed(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, Mapping) and ("id" in one or "key" in one) for one in value
    )


def _of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _by_id(items: list[Plain]) -> dict[str, Plain]:
    return {str(one.get("id") or one.get("key")): one for one in items}
