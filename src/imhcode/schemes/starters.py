"""New parts of a scheme, filled in so far that they work at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from imhcode.schemes.known_words import known_words
from imhcode.schemes.meanings import FieldMeaning, Meanings
from imhcode.schemes.place import NOUNS
from imhcode.schemes.source import Steps
from imhcode.schemes.vocabulary import COLORS

LEFT_HAND = "qwertasdfgzxcvb"  #: keys in the order in which they are given away


def starter(meanings: Meanings, plain: Mapping[str, Any], steps: Steps) -> dict[str, Any]:
    """A new item for the list at ``steps``: its required fields, each with a first value."""
    siblings = _listed(plain, steps)
    name = str(steps[-1])
    noun = NOUNS.get(name, name.removesuffix("s"))
    number = len(siblings) + 1
    taken = {one.get("id") for one in siblings if isinstance(one, Mapping)}
    while f"{noun.replace(' ', '_')}_{number}" in taken:
        number += 1
    made: dict[str, Any] = {}
    at = (*steps, len(siblings))
    for one in _wanted(meanings, plain, at):
        made[one.name] = _first_value(meanings, plain, (*at, one.name), one, noun, number)
    if name == "codes" and len(steps) == 3 and steps[0] == "tracks":
        made |= _key_and_color(plain, steps)
    if name == "values" and number < 10:
        made["key"] = str(number)
    if name == "modifiers" and len(steps) == 1:
        made["values"] = [{"id": "value_1", "label": "Value 1", "key": "1"}]
    return made


def _wanted(meanings: Meanings, plain: Mapping[str, Any], at: Steps) -> list[FieldMeaning]:
    """The required fields of a new item; of the first kind where there are several."""
    found = [one for one in meanings.fields(at, plain) if one.required]
    chooser = next((one for one in found if one.name in ("kind", "rule")), None)
    if chooser is None or not chooser.choices or len(at) > 2:
        return found
    listed = [*_listed(plain, at[:-1]), {chooser.name: chooser.choices[0]}]
    return [one for one in meanings.fields(at, {**plain, str(at[0]): listed}) if one.required]


def _first_value(
    meanings: Meanings,
    plain: Mapping[str, Any],
    steps: Steps,
    one: FieldMeaning,
    noun: str,
    number: int,
) -> Any:
    if one.sort == "parts":
        return [starter(meanings, plain, steps)]
    if one.sort == "part":
        return {
            inner.name: _first_value(meanings, plain, (*steps, inner.name), inner, noun, number)
            for inner in meanings.fields(steps, plain)
            if inner.required
        }
    if one.sort in ("id", "ids", "choice"):
        return _first_word(known_words(plain, steps), one, f"{noun.replace(' ', '_')}_{number}")
    simple = {
        "texts": ["…"],
        "yes_no": False,
        "whole": number if one.name == "order" else 1,
        "number": 1 if "max" in one.name else 0,
    }
    words = f"{noun.capitalize()} {number}" if one.name in ("label", "text") else "…"
    return simple.get(one.sort, words)


def _first_word(known: Sequence[str], one: FieldMeaning, new: str) -> Any:
    if one.sort == "choice":
        return "state" if "state" in one.choices else one.choices[0]
    if one.sort == "ids":
        return list((known or one.choices or ("unknown",))[:1])
    if one.name in ("id", "key"):
        return new
    return known[0] if known else "unknown"


def _key_and_color(plain: Mapping[str, Any], steps: Steps) -> dict[str, Any]:
    """A key that is free wherever the track is coded, and a colour that its track has not yet."""
    tracks = [one for one in _listed(plain, ("tracks",)) if isinstance(one, Mapping)]
    mine = tracks[steps[1]] if isinstance(steps[1], int) and steps[1] < len(tracks) else {}
    passes = [one for one in _listed(plain, ("passes",)) if isinstance(one, Mapping)]
    together = {mine.get("id")} if passes else {one.get("id") for one in tracks}
    for one in passes:
        if mine.get("id") in (one.get("tracks") or ()):
            together |= set(one.get("tracks") or ())
    taken = {
        code.get("key")
        for track in (one for one in tracks if one.get("id") in together)
        for code in _listed(track, ("codes",))
        if isinstance(code, Mapping)
    }
    worn = {
        str(code.get("color", "")).upper()
        for code in _listed(mine, ("codes",))
        if isinstance(code, Mapping)
    }
    key = next((one for one in LEFT_HAND if one not in taken), "")
    color = next((one for one in COLORS if one.upper() not in worn), COLORS[0])
    return {**({"key": key} if key else {}), "color": color}


def _listed(plain: Any, steps: Steps) -> list[Any]:
    here = plain
    for step in steps:
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return []
    return here if isinstance(here, list) else []
