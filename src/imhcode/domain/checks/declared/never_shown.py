"""What must never be shown is not repeated in words that are.

Views leave such events out by themselves (:mod:`imhcode.domain.showing`).  What they cannot see
is a private sentence that was copied into something a family may read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme
from imhcode.domain.showing import hidden_codes

SHORTEST = 12  #: characters; anything shorter may be the same by chance


@dataclass(frozen=True)
class NeverShown:
    """Words of what is hidden, in an event that is not."""

    name: str = "never_shown"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Every track: words can have been copied anywhere."""
        return Look(tuple(track.id for track in scheme.tracks), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    """Each event that may be seen in one of the views and repeats what must not be."""
    hidden_events = chosen(scene, check.plain["events"])
    hidden = [
        (_folded(text), event)
        for event in hidden_events
        for text in _written(scene.scheme, event, private=True)
        if len(_folded(text)) >= SHORTEST
    ]
    if not hidden:
        return
    in_no_view = frozenset.intersection(
        *(hidden_codes(scene.scheme, view) for view in check.ids("views"))
    )
    for track in scene.scheme.tracks:
        for event in scene.lane(track.id):
            if (event.track, event.code) in in_no_view:
                continue
            said = [_folded(text) for text in _written(scene.scheme, event, private=False)]
            for secret, source in hidden:
                if any(secret in one for one in said):
                    yield check.about(event, source)
                    break
        yield None


def _written(scheme: Scheme, event: Event, *, private: bool) -> Iterator[str]:
    """What somebody typed into an event; its comment is private and no view shows it."""
    if private:
        yield event.comment
    yield event.transcript
    for name, values in event.modifiers:
        modifier = next((one for one in scheme.modifiers if one.id == name), None)
        if modifier is not None and modifier.type == "text":
            yield from values


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


DECLARED.add(NeverShown())
