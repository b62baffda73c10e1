"""What a track promises, and whether it can keep it."""

from collections.abc import Iterator

from imhcode.domain.tracks import KINDS
from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, words
from imhcode.schemes.nearest import hint
from imhcode.schemes.place import Place


def lanes(index: Index) -> Iterator[Finding]:
    """Unknown kinds, impossible promises, and missing "cannot see" codes."""
    for track in index.top.each("tracks"):
        kind = track.at("kind")
        if kind.word and kind.word not in KINDS:
            message = f'unknown track kind "{kind.word}" in {track.name}'
            yield kind.error("unknown-track-kind", message + hint(kind.word, KINDS.names()))
        if track.at("exhaustive").value is True:
            yield from _can_exhaust(track)
        if _must_say_unseen(index, track) and not _says_unseen(track):
            message = (
                f'{track.name} has no uncodable code on key "u"; '
                "what cannot be seen would be coded as something else"
            )
            yield track.warning("no-uncodable-code", message)


def _can_exhaust(track: Place) -> Iterator[Finding]:
    place = track.at("exhaustive")
    if track.at("kind").word not in ("", "state"):
        message = f"{track.name} cannot be exhaustive: only states fill the time"
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
