"""Disagreements in words, with the labels of the scheme."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.rating_differences import RatingDifference
from imhcode.domain.decision import Choice
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import Scheme, Track
from imhcode.ui.agreement.asked_for import Difference

US = 1_000_000


def tr(text: str) -> str:
    """Translate a sentence about disagreements."""
    return QCoreApplication.translate("Disagreements", text)


def what_differs(one: Difference, scheme: Scheme, coders: Sequence[str]) -> str:
    """What two coders say, in half a sentence."""
    if isinstance(one, RatingDifference):
        return f"{score_words(one.first)} – {score_words(one.second)}"
    track = scheme.track(one.track_id)
    a, b = (code_label(track, code) for code in (one.code_a, one.code_b))
    second = coders[1]
    if one.kind == "missed":
        return tr("{code} · not coded by {coder}").format(code=a, coder=second)
    if one.kind == "added":
        return tr("{code} · only by {coder}").format(code=b, coder=second)
    if one.kind == "confused":
        return f"{a} – {b}"
    if one.kind == "modifier":
        return tr("{code}, {modifier}: {a} – {b}").format(
            code=a,
            modifier=_modifier_label(scheme, one.modifier),
            a=", ".join(one.values_a) or tr("nothing"),
            b=", ".join(one.values_b) or tr("nothing"),
        )
    return _boundary(one, a, b)


def _boundary(one: Disagreement, a: str, b: str) -> str:
    amount = tr("{s} s").format(s=f"{abs(one.by_us) / US:.3f}")
    if one.by_frames:
        amount = tr("{n} frames").format(n=abs(one.by_frames))
    later = one.by_us > 0
    if one.code_a != one.code_b:  # a stretch between two states: what holds in it
        words = tr("{a} – {b}: boundary {amount} later")
        earlier = tr("{a} – {b}: boundary {amount} earlier")
    elif one.edge == "offset":
        words = tr("{a}: ends {amount} later")
        earlier = tr("{a}: ends {amount} earlier")
    else:
        words = tr("{a}: begins {amount} later")
        earlier = tr("{a}: begins {amount} earlier")
    return (words if later else earlier).format(a=a, b=b, amount=amount)


def where_it_is(one: Difference, scheme: Scheme) -> str:
    """The track or the scale it is about."""
    if isinstance(one, RatingDifference):
        scale = scheme.rating(one.scale)
        label = scale.label if scale else one.scale
        return f"{label} · {one.episode}" if one.episode else label
    track = scheme.track(one.track_id)
    label = track.label if track else one.track_id
    return f"{label} · {one.instance}" if one.instance else label


def code_label(track: Track | None, code_id: str) -> str:
    """The words for a code; for none, that there is none."""
    if not code_id:
        return tr("nothing")
    code = track.code(code_id) if track else None
    return code.label if code else code_id


def decision_words(choice: Choice, coders: Sequence[str]) -> str:
    """What was decided."""
    return {
        "mine": coders[0],
        "theirs": coders[1],
        "both": tr("both"),
        "neither": tr("neither"),
        "third": tr("another"),
        "accept": "",
    }[choice]


def score_words(rating: Rating | None) -> str:
    """What a coder gave on a scale."""
    if rating is None:
        return tr("not rated")
    return tr("no score") if rating.value is None else f"{rating.value:g}"


def rating_lines(one: RatingDifference, coders: Sequence[str]) -> list[str]:
    """What each coder gave, with what they said about it."""
    lines = []
    for coder, rating in zip(coders, (one.first, one.second), strict=True):
        more = (rating.na_reason, rating.confidence, rating.comment) if rating else ()
        lines.append(" · ".join(filter(None, (f"{coder}: {score_words(rating)}", *more))))
    return lines


def _modifier_label(scheme: Scheme, modifier_id: str) -> str:
    return next((one.label for one in scheme.modifiers if one.id == modifier_id), modifier_id)
