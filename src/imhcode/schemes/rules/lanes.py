"""What a track promises, and whether it can keep it."""

from collections.abc import Iterator

from imhcode.domain.tracks import KINDS
from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, words
from imhcode.schemes.nearest import hint
from imhcode.schemes.place import Place

#: kinds of which one code may hold at every instant
FILLS_TIME = ("state", "interval")


def lanes(index: Index) -> Iterator[Finding]:
    """Unknown kinds, impossible promises, and missing "cannot see" codes."""
    for track in index.top.each("tracks"):
        kind = track.at("kind")
        if kind.word and kind.word not in KINDS:
            message = f'unknown track kind "{kind.word}" in {track.name}'
            yield kind.error("unknown-track-kind", message + hint(kind.word, KINDS.names()))
        elif kind.word:
            yield from _fits_kind(track, kind.word)
        if track.at("exhaustive").value is True:
            yield from _can_exhaust(track)
        elif track.at("default_code").word:
            message = f"{track.name} is not exhaustive, so that no code begins it by itself"
            yield track.at("default_code").error("default-code", message)
        if _must_say_unseen(index, track) and not _says_unseen(track):
            message = (
                f'{track.name} has no uncodable code on key "u"; '
                "what cannot be seen would be coded as something else"
            )
            yield track.warning("no-uncodable-code", message)


def _fits_kind(track: Place, kind: str) -> Iterator[Finding]:
    """Fields that belong to another kind of track, and bins that are missing."""
    if kind == "interval" and track.at("interval").value is None:
        message = f'{track.name} is of bins but lacks "interval", which says how long they are'
        yield track.at("kind").error("no-bins", message)
    if kind != "interval" and track.at("interval").value is not None:
        yield _misplaced(track, "interval", "only kind interval has bins")
    if kind != "point" and track.at("duration").word == "optional":
        yield _misplaced(track, "duration", "only a point may be given a length")
    if kind == "range" and track.at("exclusive").value is True:
        yield _misplaced(track, "exclusive", "ranges may overlap")
    instant = kind == "point" and track.at("duration").word != "optional"
    if track.at("entry").word == "hold" and (kind == "interval" or instant):
        yield _misplaced(track, "entry", "only what lasts can be held")


def _misplaced(track: Place, name: str, why: str) -> Finding:
    place = track.at(name)
    shown = f'"{name}"' if place.word == "" else f'"{name}: {place.word}"'
    return place.error("other-kind", f"{track.name} cannot have {shown}: {why}")


def _can_exhaust(track: Place) -> Iterator[Finding]:
    place = track.at("exhaustive")
    if track.at("kind").word not in ("", *FILLS_TIME):
        message = f"{track.name} cannot be exhaustive: only states and bins fill the time"
        yield place.error("exhaustive", message)
    elif track.at("exclusive").value is not True:
        message = f"{track.name} is exhaustive and so must be exclusive too"
        yield place.error("exhaustive", message)


def _must_say_unseen(index: Index, track: Place) -> bool:
    """Whether "nothing seen" would count: where time is filled, or another track is answered.

    Links inside one track are left alone; there the state tracks say what could not be seen.
    """
    if track.at("exhaustive").value is True:
        return True
    links = (index.links.get(name) for name in words(track, "links"))
    return any(link is not None and link.at("to_track").word != track.id for link in links)


def _says_unseen(track: Place) -> bool:
    return any(
        code.at("uncodable").value is True and code.at("key").word.lower() == "u"
        for code in track.each("codes")
    )
