"""One rating: a score on an anchored scale for a session or an episode."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a coder gave on one scale.

    Attributes
    ----------
    id : str
        Unique in its observation and never reused there.
    scale : str
        Id of the scheme's rating scale.
    episode : str
        Id of the session's episode; empty for the whole session.
    value : float or None
        The score; ``None`` while it is missing or not applicable.
    na_reason : str
        Why there is no score, where the scale allows that; empty otherwise.
    confidence : str
        One of the scale's words.
    evidence : tuple of str
        Ids of events that speak for it.
    """

    id: str
    scale: str
    episode: str = ""
    value: float | None = None
    na_reason: str = ""
    confidence: str = ""
    evidence: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RatingStep:
    """One rating before and after; the same shape as a step of events."""

    before: Rating | None
    after: Rating | None

    @property
    def inverse(self) -> "RatingStep":
        """The step that puts things back."""
        return RatingStep(self.after, self.before)
