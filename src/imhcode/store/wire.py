"""Events, ratings and edits as JSON, for the log and the tables.

Only what differs from the default is written; what is written is canonical, so that the same edit
is the same bytes and can be hashed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from imhcode.domain.decision import Decision
from imhcode.domain.edit import Edit, Gesture, Step
from imhcode.domain.episode import Episode
from imhcode.domain.event import Event, EventIsImpossible, Link
from imhcode.domain.rating import Rating, RatingStep

Plain = dict[str, Any]

#: What reading back raises on text that this module did not write.
UNREADABLE = (ValueError, TypeError, KeyError, RecursionError, EventIsImpossible)

_OPTIONAL = {
    "onset_frame": None,
    "offset_frame": None,
    "recording": "",
    "pass_id": "",
    "comment": "",
    "instance": "",
    "transcript": "",
    "onset_reviewed": False,
    "offset_reviewed": False,
    "flagged": False,
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


def text_of_edit(edit: Edit) -> str:
    """What an edit does, as canonical JSON: pairs of before and after.

    An edit of events alone is a list of pairs; one with ratings or a decision names its parts.
    """
    steps = [[side and plain_event(side) for side in (one.before, one.after)] for one in edit.steps]
    if not edit.ratings and edit.decision is None:
        return text_of(steps)
    ratings = [
        [side and plain_rating(side) for side in (one.before, one.after)] for one in edit.ratings
    ]
    plain: Plain = {"steps": steps, "ratings": ratings}
    if edit.decision is not None:
        plain["decision"] = asdict(edit.decision)
    return text_of(plain)


def edit_of(gesture: Gesture, text: str) -> Edit:
    """The edit that :func:`text_of_edit` wrote down."""
    plain = json.loads(text)
    steps, ratings = (plain, ()) if isinstance(plain, list) else (plain["steps"], plain["ratings"])
    decision = None if isinstance(plain, list) else plain.get("decision")
    return Edit(
        gesture,
        tuple(Step(*(side and event_of(side) for side in pair)) for pair in steps),
        tuple(RatingStep(*(side and rating_of(side) for side in pair)) for pair in ratings),
        decision and Decision(**{**decision, "accepted": tuple(decision["accepted"])}),
    )


def plain_rating(rating: Rating) -> Plain:
    """A rating as plain values; only what differs from the default."""
    plain = {name: value for name, value in asdict(rating).items() if value not in (None, "", ())}
    plain |= {"id": rating.id, "scale": rating.scale}
    if rating.evidence:
        plain["evidence"] = list(rating.evidence)
    return plain


def rating_of(plain: Mapping[str, Any]) -> Rating:
    """The rating that :func:`plain_rating` wrote down."""
    return Rating(**{**plain, "evidence": tuple(plain.get("evidence", ()))})


def plain_episode(episode: Episode) -> Plain:
    """An episode as plain values, all of them."""
    return asdict(episode)
