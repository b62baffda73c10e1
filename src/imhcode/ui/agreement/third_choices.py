"""What can hold where neither coder is right, and what else can be right."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.rating_differences import RatingDifference
from imhcode.analysis.reconciling import Third
from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme, Track
from imhcode.ui.agreement.asked_for import Difference

_KEYS = "abcdefghijklmnopqrstuvwxyz0123456789"
_MOST_POINTS = len(_KEYS)


@dataclass(frozen=True, slots=True)
class ThirdChoice:
    """One of them, with the character that chooses it."""

    key: str
    words: str
    third: Third | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class AlsoChoice:
    """Another code of the track, or nothing at all, with the character that chooses it."""

    key: str
    words: str
    value: str


def also_choices(event: Event, scheme: Scheme) -> list[AlsoChoice]:
    """What else may be accepted of an event: codes of its track; an empty one: it may be missed."""
    track = scheme.track(event.track)
    codes = [code for code in track.codes if code.id != event.code] if track else []
    words = QCoreApplication.translate("Disagreements", "may be left out")
    keys = _keys([*(code.key for code in codes), "0"])
    return [
        AlsoChoice(key, label, value)
        for key, (label, value) in zip(
            keys, [*((code.label, code.id) for code in codes), (words, "")], strict=True
        )
    ]


def is_boundary(one: Difference) -> bool:
    """Whether the picture on the screen is the answer: where the boundary lies."""
    return isinstance(one, Disagreement) and one.kind in ("early", "late")


def third_choices(one: Difference, scheme: Scheme) -> list[ThirdChoice]:
    """What else can hold; none for a boundary."""
    if isinstance(one, RatingDifference):
        return _points(one, scheme)
    track = scheme.track(one.track_id)
    if track is None or is_boundary(one):
        return []
    if one.kind == "modifier":
        return _values(one, scheme, track)
    said = (one.code_a, one.code_b)
    codes = [code for code in track.codes if code.id not in said]
    keys = _keys([code.key for code in codes])
    return [
        ThirdChoice(key, code.label, Third(code=code.id))
        for key, code in zip(keys, codes, strict=True)
    ]


def _values(one: Disagreement, scheme: Scheme, track: Track) -> list[ThirdChoice]:
    code = track.code(one.code_a)
    asked = scheme.modifiers_for(track, code) if code else ()
    modifier = next((each for each in asked if each.id == one.modifier), None)
    values = modifier.values if modifier else ()
    said = (one.values_a, one.values_b)
    others = [value for value in values if (value.id,) not in said]
    keys = _keys([value.key for value in others])
    return [
        ThirdChoice(key, value.label, Third(values=(value.id,)))
        for key, value in zip(keys, others, strict=True)
    ]


def _points(one: RatingDifference, scheme: Scheme) -> list[ThirdChoice]:
    rated = scheme.rating(one.scale)
    if rated is None:
        return []
    scale = rated.scale
    step = 0.5 if scale.allow_half else scale.step
    n = min(round((scale.maximum - scale.minimum) / step) + 1, _MOST_POINTS)
    said = [each.value for each in (one.first, one.second) if each is not None]
    points = [scale.minimum + step * place for place in range(n)]
    others = [point for point in points if point not in said]
    return [
        ThirdChoice(key, f"{point:g}", value=point)
        for key, point in zip(_keys([""] * len(others)), others, strict=True)
    ]


def _keys(wanted: list[str]) -> list[str]:
    """A character each: its own where no other has it, else the first that is free."""
    kept: list[str] = []
    for key in wanted:
        taken = {*kept, *wanted} if not key or key in kept else set(kept)
        kept.append(key if key and key not in kept else next(c for c in _KEYS if c not in taken))
    return kept
