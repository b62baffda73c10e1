"""Which ids of a document a field may name: what its author is offered."""

from collections.abc import Iterable, Mapping
from typing import Any

from imhcode.schemes.source import Steps

#: list of the document that a field of this name refers to
_LISTS: Mapping[str, str] = {
    "subject": "subjects",
    "members": "subjects",
    "hide_subject_view": "subjects",
    "track": "tracks",
    "tracks": "tracks",
    "over_track": "tracks",
    "from_track": "tracks",
    "to_track": "tracks",
    "modifiers": "modifiers",
    "modifier": "modifiers",
    "links": "links",
    "link": "links",
    "passes": "passes",
    "in_pass": "passes",
    "requires_passes": "passes",
    "ratings": "ratings",
    "audience": "audiences",
}
_CODES = frozenset(
    {"codes", "from_codes", "to_codes", "applies_to_bids", "default_code", "not_for"}
)
#: the field beside it that says on which track the codes are
_TRACK_OF: Mapping[str, tuple[str, ...]] = {
    "from_codes": ("from_track",),
    "to_codes": ("to_track",),
    "codes": ("track", "over_track"),
}


def known_words(plain: Mapping[str, Any], steps: Steps) -> list[str]:
    """The ids that the field at ``steps`` may name; none where it names nothing known."""
    name = str(steps[-1]) if steps else ""
    holder = _at(plain, steps[:-1])
    if name in _LISTS and not (name == "tracks" and len(steps) == 1):
        return _ids(plain.get(_LISTS[name]))
    if name in ("only_in_episodes", "episodes"):
        episodes = plain.get("episodes")
        return _ids(episodes.get("set") if isinstance(episodes, Mapping) else None)
    if name == "classes":
        words = plain.get("class_vocabulary")
        return [one for one in words if isinstance(one, str)] if isinstance(words, list) else []
    if name == "default" and isinstance(holder, Mapping) and "values" in holder:
        return _ids(holder["values"])
    if name == "default_code" and isinstance(holder, Mapping):
        return _ids(holder.get("codes"))
    if name in _CODES:
        return _codes(plain, holder, _TRACK_OF.get(name, ()))
    return []


def _codes(plain: Mapping[str, Any], holder: Any, beside: Iterable[str]) -> list[str]:
    tracks = [one for one in _listed(plain.get("tracks")) if isinstance(one, Mapping)]
    named = {holder.get(one) for one in beside} if isinstance(holder, Mapping) else set()
    chosen = [track for track in tracks if track.get("id") in named] or tracks
    return list(dict.fromkeys(code for track in chosen for code in _ids(track.get("codes"))))


def _ids(items: Any) -> list[str]:
    found = (one.get("id") for one in _listed(items) if isinstance(one, Mapping))
    return [one for one in found if isinstance(one, str)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(plain: Any, steps: Steps) -> Any:
    here = plain
    for step in steps:
        if isinstance(here, Mapping):
            here = here.get(str(step))
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here
