"""Paths of ids that lead to one spot of a document: ``links.answers.window_s.max``."""

from imhcode.schemes.place import Place


def follow(top: Place, path: str) -> Place:
    """The spot that a path leads to; empty if it leads nowhere.

    Items of a list are called by their ids, those without an id by their number from 0.
    """
    here = top
    for step in path.split("."):
        here = next((inner for name, inner in _inside(here) if name == step), here.at(step))
    return here


def _inside(place: Place) -> list[tuple[str, Place]]:
    if not isinstance(place.value, list):
        return []
    return [(item.id or number, item) for number, item in place.fields()]
