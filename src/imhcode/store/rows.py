"""Events and ratings as rows of their tables, and back."""

import json
from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import Any

from imhcode.domain.event import Event, Link, Values
from imhcode.domain.rating import Rating
from imhcode.store.wire import plain_links, plain_modifiers, text_of


def row_of_event(event: Event, number: int) -> dict[str, Any]:
    """An event as a row of the events table; ``number`` is that of its observation."""
    return {
        "observation": number,
        "id": event.id,
        "track": event.track,
        "code": event.code,
        "onset_us": event.onset_us,
        "offset_us": event.offset_us,
        "onset_frame": event.onset_frame,
        "offset_frame": event.offset_frame,
        "recording": event.recording,
        "modifiers": text_of(plain_modifiers(event)) if event.modifiers else "",
        "links": text_of(plain_links(event)) if event.links else "",
        "pass_id": event.pass_id,
        "comment": event.comment,
        "instance": event.instance,
        "transcript": event.transcript,
        "onset_reviewed": event.onset_reviewed,
        "offset_reviewed": event.offset_reviewed,
        "flagged": event.flagged,
    }


def event_of_row(row: Sequence[Any]) -> Event:
    """The event that a row is, by the columns behind its observation, in their order."""
    # fmt: off
    (
        event_id, track, code, onset_us, offset_us, onset_frame, offset_frame, recording,
        modifiers, links, pass_id, comment, instance, transcript, onset_reviewed,
        offset_reviewed, flagged,
    ) = row
    # fmt: on
    return Event(
        id=event_id,
        track=intern(track),  # a few names, said a hundred thousand times
        code=intern(code),
        onset_us=onset_us,
        offset_us=offset_us,
        onset_frame=onset_frame,
        offset_frame=offset_frame,
        recording=intern(recording),
        modifiers=_modifiers_of(modifiers) if modifiers else (),
        links=tuple(Link(*pair) for pair in json.loads(links)) if links else (),
        pass_id=intern(pass_id),
        comment=comment,
        instance=intern(instance),
        transcript=transcript,
        onset_reviewed=onset_reviewed,
        offset_reviewed=offset_reviewed,
        flagged=flagged,
    )


@lru_cache(maxsize=4096)
def _modifiers_of(text: str) -> tuple[tuple[str, Values], ...]:
    """Modifiers as they were written down; a scheme has few combinations."""
    return tuple((name, tuple(values)) for name, values in json.loads(text))


def row_of_rating(rating: Rating, number: int) -> dict[str, Any]:
    """A rating as a row of the ratings table; ``number`` is that of its observation."""
    return {
        "observation": number,
        "id": rating.id,
        "scale": rating.scale,
        "episode": rating.episode,
        "value": rating.value,
        "na_reason": rating.na_reason,
        "confidence": rating.confidence,
        "evidence": text_of(rating.evidence) if rating.evidence else "",
        "comment": rating.comment,
    }


def rating_of_row(row: Sequence[Any]) -> Rating:
    """The rating that a row is, by the columns behind its observation, in their order."""
    rating_id, scale, episode, value, na_reason, confidence, evidence, comment = row
    return Rating(
        id=rating_id,
        scale=scale,
        episode=episode,
        value=value,
        na_reason=na_reason,
        confidence=confidence,
        evidence=tuple(json.loads(evidence)) if evidence else (),
        comment=comment,
    )
