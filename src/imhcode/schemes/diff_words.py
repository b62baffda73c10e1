"""What fields and things are called in a difference, and how much their fields weigh."""

from collections.abc import Mapping
from typing import Any

from imhcode.schemes.place import NOUNS

LONGEST = 60  #: characters of a value that are shown

#: lists whose items have ids
ITEMS = frozenset(NOUNS) | {"ratings", "composites", "audiences", "end_reasons", "alternate_scales"}

#: what every version changes
IDENTITY = frozenset({"version", "status", "approval", "imhcode_scheme"})

#: fields and parts that change how one works, not what an event means
HANDLING = frozenset(
    {
        "key", "passes", "profiles", "instructions", "playback", "order", "suggest", "entry",
        "auto", "default", "reliability", "checks", "flag", "in_pass", "parameters", "derived",
        "recommended_sample_s",
    }
)  # fmt: skip

#: fields and parts that only look or read otherwise
WORDING = frozenset(
    {
        "label", "short_title", "title", "color", "pattern", "examples", "example_clip",
        "example_still", "help", "summary", "citations", "provenance", "language", "note",
        "parent_text", "contexts", "message", "translations",
    }
)  # fmt: skip

_NOUNS = {
    **NOUNS,
    "ratings": "rating",
    "composites": "composite",
    "audiences": "audience",
    "end_reasons": "end reason",
    "alternate_scales": "scale",
}


def called(path: tuple[str, ...], top: Mapping[str, Any]) -> str:
    """What to call a spot: ``Code “Attuned” on Dyad state``, ``Window of link “Answers bid”``."""
    things = _things(path, top)
    if not things:
        fields = ".".join(path)
        return f"The scheme's {fields.replace('_', ' ')}" if fields else "The scheme"
    depth, noun, name, _ = things[-1]
    said = f"{noun} {name}"
    if len(things) > 1:
        said += f" {'on' if noun == 'code' else 'of'} {things[-2][3]}"
    fields = " ".join(part.removesuffix("_s") for part in path[depth:]).replace("_", " ")
    said = f"{fields} of {said}" if fields else said
    return said[0].upper() + said[1:]


def named(thing_id: str, thing: Mapping[str, Any]) -> str:
    """A thing by its label, and its id where the label does not say it."""
    label = str(thing.get("label") or thing_id)
    plain = label.lower().replace(" ", "_")
    return f"“{label}”" if plain == thing_id else f"“{label}” ({thing_id})"


def shown(value: Any) -> str:
    """A value as it is quoted in a sentence."""
    if value is True or value is False:
        return "yes" if value else "no"
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        said = ", ".join(f"{name} {shown(one)}" for name, one in value.items())
    elif isinstance(value, list):
        said = ", ".join(shown(one) for one in value)
    else:
        said = str(value)
    said = said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
    return f"“{said}”" if isinstance(value, str) and (" " in said or not said) else said


def shown_apart(old: Any, new: Any) -> tuple[str, str]:
    """Two values as they are quoted; of long texts, the words in which they differ."""
    if not (isinstance(old, str) and isinstance(new, str)):
        return shown(old), shown(new)
    if max(len(old), len(new)) <= LONGEST:
        quoted = " " in old + new or not (old and new)
        return (f"“{old}”", f"“{new}”") if quoted else (old, new)
    one, other = old.split(), new.split()
    shorter = min(len(one), len(other))
    front = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    room = shorter - front
    back = next((n for n in range(room) if one[-1 - n] != other[-1 - n]), room)
    first = max(front - 1, 0)  # one word of what stays, so that an insertion has a place
    return _excerpt(one, first, len(one) - back), _excerpt(other, first, len(other) - back)


def _excerpt(words: list[str], first: int, end: int) -> str:
    last = min(end + 1, len(words))
    said = " ".join(words[first:last])
    cut = len(said) > 2 * LONGEST
    said = said[: 2 * LONGEST].rstrip() if cut else said
    return f"“{'… ' if first else ''}{said}{' …' if cut or last < len(words) else ''}”"


def _things(path: tuple[str, ...], top: Mapping[str, Any]) -> list[tuple[int, str, str, str]]:
    """The things with ids on the way, each with how far the path has come, noun, name, label."""
    found = []
    here: Any = top
    step = 0
    while step < len(path):
        here = here.get(path[step]) if isinstance(here, Mapping) else None
        step += 1
        if isinstance(here, list) and path[step - 1] in _NOUNS and step < len(path):
            thing_id = path[step]
            here = next((one for one in here if (one.get("id") or one.get("key")) == thing_id), {})
            step += 1
            label = str(here.get("label") or thing_id)
            found.append((step, _NOUNS[path[step - 2]], named(thing_id, here), label))
    return found
