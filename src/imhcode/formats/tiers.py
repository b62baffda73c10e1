"""Events laid out in tiers in which nothing overlaps, as programs with tiers want them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track


@dataclass(slots=True)
class Placed:
    """An event, and where it stands in its tier: half-open, in the unit of the format."""

    event: Event
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class OutTier:
    """Events of one track that do not overlap.

    Attributes
    ----------
    code : str
        The only code of the tier, where those of the track do not exclude each other.
    instance : str
        Which of several persons of one role; empty if there is one.
    instants : bool
        Whether its events are instants, drawn with a length so that they can be seen.
    n : int
        From 1; above it, it takes what would overlap in the one before.
    """

    track: str
    code: str
    instance: str
    instants: bool
    n: int
    placed: list[Placed] = field(default_factory=list)

    def name(self, track: Track | None) -> str:
        """``bid``, ``bid/look``, ``bid (mother)``, ``bid #2``."""
        code = f"/{self.code}" if self.code else ""
        instance = f" ({self.instance})" if self.instance else ""
        natural = track is None or (track.kind == "point") == self.instants
        sort = "" if natural else " instants" if self.instants else " lengths"
        return f"{self.track}{code}{instance}{sort}" + (f" #{self.n}" if self.n > 1 else "")

    def take(self, placed: Placed) -> bool:
        """Add what comes next, if there is room; a drawn length gives way to it."""
        last = self.placed[-1] if self.placed else None
        if last is not None and last.end > placed.start:
            if not self.instants or last.start >= placed.start:
                return False
            last.end = placed.start
        self.placed.append(placed)
        return True


def tiers_of(
    observation: Observation,
    span: Callable[[Event], tuple[int, int]],
    *,
    by_instance: bool = True,
) -> list[OutTier]:
    """All events of an observation in tiers, in the order of the scheme's tracks and codes.

    An exclusive track is one tier for each person; of any other, each code is.  What overlaps
    all the same, or is an instant among stretches, gets tiers of its own.

    Parameters
    ----------
    span : callable
        Start and end of an event in the tier; the end comes after the start.
    by_instance : bool
        Whether the tier says of whom its events are.
    """
    rows: dict[tuple[str, str, str, bool], list[OutTier]] = {}
    for event in observation.timeline.in_order():
        track = observation.scheme.track(event.track)
        code = "" if track is not None and track.exclusive else event.code
        key = (event.track, code, event.instance if by_instance else "", event.is_instant)
        tiers = rows.setdefault(key, [])
        placed = Placed(event, *span(event))
        if not any(tier.take(placed) for tier in tiers):
            tiers.append(_begun(key, len(tiers) + 1, placed))
    return sorted((tier for tiers in rows.values() for tier in tiers), key=_place_in(observation))


def _begun(key: tuple[str, str, str, bool], n: int, first: Placed) -> OutTier:
    track, code, instance, instants = key
    return OutTier(
        track=track, code=code, instance=instance, instants=instants, n=n, placed=[first]
    )


def _place_in(observation: Observation) -> Callable[[OutTier], tuple[object, ...]]:
    """The order of tiers: that of the scheme, then what the scheme does not know."""
    tracks = {track.id: n for n, track in enumerate(observation.scheme.tracks)}
    codes = dict(_codes(observation))

    def place(tier: OutTier) -> tuple[object, ...]:
        last = len(codes)
        return (
            tracks.get(tier.track, last),
            tier.track,
            codes.get((tier.track, tier.code), last) if tier.code else -1,
            tier.code,
            tier.instance,
            tier.instants,
            tier.n,
        )

    return place


def _codes(observation: Observation) -> Iterator[tuple[tuple[str, str], int]]:
    for track in observation.scheme.tracks:
        for n, code in enumerate(track.codes):
            yield (track.id, code.id), n
