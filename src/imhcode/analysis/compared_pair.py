"""Two coders of one session, ready to be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imhcode.analysis.codable_time import codable_time
from imhcode.analysis.coded_lane import CodedLane, lanes_of
from imhcode.analysis.spans import Union
from imhcode.domain.episode import Episode
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating

Lanes = Mapping[str, CodedLane]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComparedPair:
    """What two coders said of one session, with the same version of one scheme.

    Attributes
    ----------
    window_us : tuple of int
        The intersection of both coded ranges.
    scored : Union
        The window without what either could not see and without excluded episodes.
    a, b : Mapping of str to CodedLane
        Lanes by track.
    ratings_a, ratings_b : tuple of Rating
    """

    session_id: str
    dyad_id: str = ""
    coder_a: str
    coder_b: str
    window_us: tuple[int, int]
    scored: Union
    a: Lanes
    b: Lanes
    ratings_a: tuple[Rating, ...] = field(default=())
    ratings_b: tuple[Rating, ...] = field(default=())


def pair_of(
    a: Observation,
    b: Observation,
    window_us: tuple[int, int],
    *,
    dyad_id: str = "",
    episodes: Iterable[Episode] = (),
) -> ComparedPair:
    """Two observations of one session as a pair; the scheme is that of the first."""
    lanes = [lanes_of(one, a.scheme) for one in (a, b)]
    return ComparedPair(
        session_id=a.session_id,
        dyad_id=dyad_id,
        coder_a=a.coder_id,
        coder_b=b.coder_id,
        window_us=window_us,
        scored=codable_time(lanes, a.scheme, window_us, episodes),
        a=lanes[0],
        b=lanes[1],
        ratings_a=tuple(a.ratings.values()),
        ratings_b=tuple(b.ratings.values()),
    )
