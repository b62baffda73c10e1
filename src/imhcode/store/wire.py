"""Events and steps as JSON, for the log and the events table.

Only what differs from the default is written; what is written is canonical, so that the same edit
is the same bytes and can be hashed.
"""

import json
from collections.abc import Mapping
from typing import Any

from imhcode.domain.edit import Step
from imhcode.domain.event import Event, EventIsImpossible, Link

Plain = dict[str, Any]

#: What reading back raises on text that this module did not write.
UNREADABLE = (ValueError, TypeError, RecursionError, EventIsImpossible)

_OPTIONAL = {
    "onset_frame": None,
    "offset_frame": None,
    "recording": "",
    "pass_id": "",
    "comment": "",
}


def text_of(value: object) -> str:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain_event(event: Event) -> Plain:
    """An event as plain values."""
    plain: Plain = {
        "id": event.id,
        "track": event.track,
        "code": event.code,
        "onset_us": event.onset_us,
        "offset_us": event.offset_us,
    }
    for name, default in _OPTIONAL.items():
        value = getattr(event, name)
        if value != default:
            plain[name] = value
    if event.modifiers:
        plain["modifiers"] = plain_modifiers(event)
    if event.links:
        plain["links"] = plain_links(event)
    return plain


def plain_modifiers(event: Event) -> list[list[Any]]:
    """Modifier ids and values as plain lists."""
    return [[name, list(values)] for name, values in event.modifiers]


def plain_links(event: Event) -> list[list[str]]:
    """Links as plain lists of rule and target."""
    return [[link.rule, link.target] for link in event.links]


def event_of(plain: Mapping[str, Any]) -> Event:
    """The event that :func:`plain_event` wrote down."""
    given = dict(plain)
    modifiers = given.pop("modifiers", ())
    links = given.pop("links", ())
    return Event(
        **given,
        modifiers=tuple((name, tuple(values)) for name, values in modifiers),
        links=tuple(Link(rule, target) for rule, target in links),
    )


def text_of_steps(steps: tuple[Step, ...]) -> str:
    """Steps as canonical JSON: pairs of before and after."""
    return text_of(
        [[side and plain_event(side) for side in (step.before, step.after)] for step in steps]
    )


def steps_of(text: str) -> tuple[Step, ...]:
    """The steps that :func:`text_of_steps` wrote down."""
    return tuple(
        Step(*(None if side is None else event_of(side) for side in pair))
        for pair in json.loads(text)
    )
