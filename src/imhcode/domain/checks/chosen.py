"""Which events a declared check means."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imhcode.domain.checks.scene import Scene
from imhcode.domain.codes_meant import codes_meant
from imhcode.domain.event import Event
from imhcode.domain.scheme import LinkRule

Times = NDArray[np.int64]


def chosen(scene: Scene, plain: Mapping[str, Any]) -> list[Event]:
    """The events of ``track`` that are meant, in order of onset."""
    codes = codes_meant(scene.scheme, plain["track"], plain)
    modifier, values = plain.get("modifier"), set(plain.get("values", ()))
    return [
        event
        for event in scene.lane(plain["track"])
        if event.code in codes and (not modifier or not values.isdisjoint(event.modifier(modifier)))
    ]


def linked_pairs(scene: Scene, rule: LinkRule | None) -> Iterator[tuple[Event, Event]]:
    """Yield each event that bears a link of a rule, with the one it leads to, if that is there."""
    if rule is None:
        return
    targets = {event.id: event for event in scene.lane(rule.to_track)}
    for event in scene.lane(rule.from_track):
        for link in event.links:
            if link.rule == rule.id and link.target in targets:
                yield event, targets[link.target]


def stretches(scene: Scene, events: Sequence[Event]) -> tuple[Times, Times]:
    """Onsets and offsets of events, shape (n,) each; what runs ends with the coded range."""
    onsets_us = np.array([event.onset_us for event in events], dtype=np.int64)
    offsets_us = np.array([scene.end_us(event) for event in events], dtype=np.int64)
    return onsets_us, offsets_us
