"""Every event says only what its scheme knows, and all that the scheme asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import Event
from imhcode.domain.scheme import Modifier, Scheme, Track

REST_EVERY = 512  #: events between two rests


@dataclass(frozen=True)
class Vocabulary:
    """Unknown codes and answers, and answers that are missing."""

    name: str = "vocabulary"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track."""
        for track in scheme.tracks:
            yield Look((track.id,), partial(_find, track))
        yield Look((), _elsewhere, refused_at_entry=True)


def _find(track: Track, scene: Scene) -> Found:
    offered = {
        code.id: {one.id: one for one in scene.scheme.modifiers_for(track, code)}
        for code in track.codes
    }
    begun = scene.is_being_coded  # what a later pass asks for may still come
    required = {
        code: [one for one in some.values() if one.required and not (one.in_pass and begun)]
        for code, some in offered.items()
    }
    for number, event in enumerate(scene.lane(track.id)):
        if number % REST_EVERY == 0:
            yield None
        known = offered.get(event.code)
        if known is None:
            yield _unknown(event)
            continue
        for modifier in required[event.code]:
            if not event.modifier(modifier.id):
                said = "“{code}” at {at} lacks “{modifier}”"
                label = modifier.label
                yield Finding.about(event, "warning", "modifier-missing", said, modifier=label)
        if event.modifiers:
            yield from _answers(event, known)


def _answers(event: Event, known: dict[str, Modifier]) -> Found:
    for name, values in event.modifiers:
        if name not in known:
            said = "“{code}” at {at} takes no modifier “{modifier}”"
            yield Finding.about(event, "error", "unknown-modifier", said, modifier=name)
            continue
        offered = {value.id for value in known[name].values}
        if offered and not offered.issuperset(values):
            wrong = ", ".join(value for value in values if value not in offered)
            said = "“{code}” at {at}: {modifier} does not offer “{wrong}”"
            yield Finding.about(event, "error", "unknown-choice", said, modifier=name, wrong=wrong)


def _elsewhere(scene: Scene) -> Found:
    """Events on tracks that the scheme does not have."""
    for number, event in enumerate(scene.observation.timeline):
        if number % REST_EVERY == 0:
            yield None
        if scene.scheme.track(event.track) is None:
            yield _unknown(event)


def _unknown(event: Event) -> Finding:
    said = "“{code}” at {at}: the scheme has no such code on a track “{track}”"
    return Finding.about(event, "error", "unknown-code", said, track=event.track)


RULES.add(Vocabulary())
