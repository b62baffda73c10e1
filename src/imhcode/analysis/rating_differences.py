"""Ratings on which two coders of one session differ, and what a decision about one does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from imhcode.domain.decision import Choice
from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating, RatingStep


class CannotRateSo(Refused):
    """Fields: ``choice``."""

    sentence = "A rating cannot be decided as “{choice}” without a value."
    next_step = "Choose mine, theirs or neither, or say the value that both agree on."


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingDifference:
    """One scale, for a session or an episode; ``None`` where a coder gave nothing at all."""

    scale: str
    episode: str
    first: Rating | None
    second: Rating | None

    @property
    def key(self) -> str:
        """What a decision about it is kept under."""
        return f"rating|{self.scale}|{self.episode}"

    @property
    def differs(self) -> bool:
        """Whether they gave something else, or only one of them gave anything."""
        a, b = self.first, self.second
        return a is None or b is None or (a.value, a.na_reason) != (b.value, b.na_reason)

    @property
    def weight(self) -> float:
        """How many points they are apart; 1 where one of them gave no score."""
        values = [one.value for one in (self.first, self.second) if one and one.value is not None]
        return abs(values[0] - values[1]) if len(values) == 2 else 1.0


def side_by_side(first: Iterable[Rating], second: Iterable[Rating]) -> tuple[RatingDifference, ...]:
    """What both coders gave on every scale that either used, differing or not, by scale."""
    sides = [{(one.scale, one.episode): one for one in side} for side in (first, second)]
    return tuple(
        RatingDifference(
            scale=scale,
            episode=episode,
            first=sides[0].get((scale, episode)),
            second=sides[1].get((scale, episode)),
        )
        for scale, episode in sorted(sides[0].keys() | sides[1].keys())
    )


def rating_differences(first: Observation, second: Observation) -> tuple[RatingDifference, ...]:
    """Every scale on which the scores differ, or which only one of the two rated."""
    every = side_by_side(first.ratings.values(), second.ratings.values())
    return tuple(one for one in every if one.differs)


def deciding_rating(
    consensus: Observation,
    about: RatingDifference,
    choice: Choice,
    *,
    value: float | None = None,
    id_of: Callable[[str], str],
) -> Edit:
    """The edit that carries out a decision about a rating.

    Parameters
    ----------
    value : float
        For ``third``.
    id_of : callable
        Under which id an event of the second coder stands in the consensus: for evidence.
    """
    now = next(
        (
            one
            for one in consensus.ratings.values()
            if (one.scale, one.episode) == (about.scale, about.episode)
        ),
        None,
    )
    second = about.second
    if second is not None:
        evidence = tuple(id_of(one) for one in second.evidence)
        name = about.first.id if about.first else f"{second.id}'"
        second = replace(second, id=name, evidence=evidence)
    match choice:
        case "mine":
            wanted = about.first
        case "theirs":
            wanted = second
        case "neither":
            wanted = None
        case "third" if value is not None:
            model = now or about.first or second
            wanted = model and replace(model, value=value, na_reason="")
        case _:
            raise CannotRateSo(choice=choice)
    if wanted == now:
        return Edit("consensus", ())
    return Edit("consensus", (), (RatingStep(now, wanted),))
