"""Ratings in words: what was given, what is missing, what speaks for them."""

from PySide6.QtCore import QCoreApplication

from imhcode.domain.edit import Edit
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale
from imhcode.domain.timecode import as_clock
from imhcode.ui.coding.rating_values import score_in_words

_LACKS = {
    "rating": "not rated",
    "value": "no score",
    "evidence": "evidence",
    "confidence": "confidence",
}


def given_in_words(rating: Rating | None) -> str:
    """The score, or that there is none and why, in a word or two."""
    if rating is None:
        return ""
    if rating.na_reason:
        return _tr("n/a")
    return "–" if rating.value is None else score_in_words(rating.value)


def lacks_in_words(lacks: set[str]) -> str:
    """What a rating still needs; empty if nothing."""
    if not lacks or lacks == {"rating"}:
        return ""
    said = ", ".join(_tr(words) for lack, words in _LACKS.items() if lack in lacks)
    return _tr("needs {what}").format(what=said)


def edit_in_words(observation: Observation, edit: Edit) -> str:
    """What an edit of ratings did, for the line that says what was done last."""
    step = edit.ratings[-1]
    rating = step.after or step.before
    scale = observation.scheme.rating(rating.scale) if rating else None
    if rating is None or scale is None:
        return ""
    before, after = step.before, step.after
    if after is None:
        return _tr("{scale}: rating taken away").format(scale=scale.label)
    had = before or Rating(id="", scale=after.scale)
    if after.value != had.value or after.na_reason != had.na_reason:
        return _tr("{scale}: {given}").format(scale=scale.label, given=given_in_words(after))
    if after.confidence != had.confidence:
        said = _tr("{scale}: confidence {given}")
        return said.format(scale=scale.label, given=after.confidence)
    if after.evidence != had.evidence:
        return _tr("{scale}: {n} moments speak for it").format(
            scale=scale.label, n=len(after.evidence)
        )
    return _tr("{scale}: comment").format(scale=scale.label)


def evidence_in_words(observation: Observation, event_id: str, event: Event | None) -> str:
    """When a moment was and what it was called."""
    if event is None:
        return _tr("a moment that is no longer there ({event})").format(event=event_id[:8])
    code = observation.scheme.code(event.track, event.code)
    words = f"{as_clock(event.onset_us)} · {code.label if code else event.code}"
    return f"{words} · {event.comment}" if event.comment else words


def direction_in_words(scale: RatingScale) -> str:
    """Which end is the better one."""
    return {
        "higher_is_better": _tr("higher is better"),
        "higher_is_worse": _tr("higher is worse"),
        "neutral": "",
    }[scale.direction]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Ratings", text)
