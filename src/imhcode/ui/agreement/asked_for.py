"""Which disagreements a door opens: those of a cell, a bar, a point, or all of them."""

from dataclasses import dataclass

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.rating_differences import RatingDifference

Difference = Disagreement | RatingDifference


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """What has to be so of a disagreement.

    Attributes
    ----------
    words : str
        Where it was asked, for the heading of the list.
    sessions : tuple of str
        Only these; none: all.
    codes : tuple of str or None
        What the two coders say; an empty one: nothing.  Where both are one code: what they still
        differ in, boundaries and modifiers.
    by_us : tuple of int or None
        Boundaries that differ by so much, half-open.
    beyond_us : int or None
        What remains at this tolerance: boundaries further apart, and everything else.
    scale, episode : str
        Of ratings; an empty scale: all of them, and events too.
    scores : tuple of float or None
        What the two coders gave.
    """

    words: str = ""
    track_id: str = ""
    sessions: tuple[str, ...] = ()
    codes: tuple[str, str] | None = None
    by_us: tuple[int, int] | None = None
    beyond_us: int | None = None
    scale: str = ""
    episode: str | None = None
    scores: tuple[float, float] | None = None

    def takes(self, session_id: str, one: Difference) -> bool:
        """Whether a disagreement is among them."""
        if self.sessions and session_id not in self.sessions:
            return False
        if isinstance(one, RatingDifference):
            return self._takes_rating(one)
        if self.scale:
            return False
        moved = one.kind in ("early", "late")
        return (
            (not self.track_id or self.track_id == one.track_id)
            and (self.codes is None or _is_in_cell(self.codes, one))
            and (self.by_us is None or (moved and self.by_us[0] <= one.by_us < self.by_us[1]))
            and (self.beyond_us is None or not moved or abs(one.by_us) > self.beyond_us)
        )

    def _takes_rating(self, one: RatingDifference) -> bool:
        given = tuple(each.value if each else None for each in (one.first, one.second))
        return (
            not self.track_id
            and self.scale in ("", one.scale)
            and self.episode in (None, one.episode)
            and (self.scores is None or given == self.scores)
        )


def _is_in_cell(codes: tuple[str, str], one: Disagreement) -> bool:
    a, b = codes
    moved = one.kind in ("early", "late")
    if a == b:
        return (moved or one.kind == "modifier") and a in (one.code_a, one.code_b)
    if one.kind == "modifier":
        return False
    if (one.code_a, one.code_b) == codes:
        return True
    if "" in codes and not moved:  # an event without a partner, while the other says another thing
        return (one.code_a if a else one.code_b) == (a or b)
    return False
