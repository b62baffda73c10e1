"""Scores of a scale as lines of a form: which digit gives which, and what stands beside it."""

from dataclasses import dataclass

from imhcode.domain.rating_rules import values_of
from imhcode.domain.scheme import RatingScale

CONFIDENCE_KEYS = "qwert"
_MOST_LINES = 11  #: scores that are all listed; of a longer scale only the anchors


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score: the digit that gives it, and its anchor, empty between two anchors."""

    value: float
    digit: str
    anchor: str


def digits_of(scale: RatingScale) -> dict[str, float]:
    """Which digit gives which score.

    A digit gives the score that it is; 0 stands for 10 where there is no 0.  Where scores cannot be
    written with one digit, 1 is the lowest.
    """
    whole = [one for one in values_of(scale.scale) if one == int(one)]
    if all(0 <= one <= 9 for one in whole):
        return {str(int(one)): one for one in whole}
    if all(1 <= one <= 10 for one in whole):
        return {str(int(one) % 10): one for one in whole}
    if len(whole) <= 9:
        return {str(at): one for at, one in enumerate(whole, 1)}
    return {}


def lines_of(scale: RatingScale, given: float | None) -> list[ScoreLine]:
    """The scores that a form lists, lowest first; a score between them where it is given."""
    anchors = {one.value: one.text for one in scale.anchors}
    values = values_of(scale.scale)
    digits = {value: digit for digit, value in digits_of(scale).items()}
    if len(values) <= _MOST_LINES and not scale.scale.allow_half:
        shown = set(values)
    else:
        shown = set(digits) | set(anchors)
    if given is not None:
        shown.add(given)
    return [
        ScoreLine(value, digits.get(value, ""), anchors.get(value, "")) for value in sorted(shown)
    ]


def beside(scale: RatingScale, given: float | None, by: int) -> float | None:
    """The score one step up (1) or down (-1); the middle of the scale where none is given."""
    values = values_of(scale.scale)
    if not values:
        return None
    if given not in values:
        return values[(len(values) - 1) // 2]
    at = min(max(values.index(given) + by, 0), len(values) - 1)
    return values[at]


def score_in_words(value: float) -> str:
    """A score as people write it: 4, 3.5."""
    return f"{value:g}"
