"""What two coders' records give for each measure, session by session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imhcode.analysis.measure_rows import Asked, numbers_compared
from imhcode.analysis.measured import Number
from imhcode.domain.scheme import Scheme
from imhcode.services.agreement_measures import MeasuredPair
from imhcode.services.agreement_pairs import ChosenPair


@dataclass(frozen=True, slots=True)
class BothMeasured:
    """One statistic of one measure in one session or episode.

    Attributes
    ----------
    place : int
        That of the episode among those of its kind, from 1.
    first, second : Number or None
        ``None`` if the record has no such number at all.
    """

    pair: ChosenPair
    place: int
    first: Number | None = None
    second: Number | None = None

    @property
    def apart(self) -> float | None:
        """How far apart they lie; ``None`` where one has no value."""
        a, b = (one.value if one else None for one in (self.first, self.second))
        return None if a is None or b is None else abs(float(a) - float(b))


def measured_by_both(
    scheme: Scheme, pairs: Sequence[ChosenPair], measured: Sequence[MeasuredPair]
) -> Mapping[Asked, Sequence[BothMeasured]]:
    """What is compared of each measure, in the scheme's order; of each session its first pair."""
    found: dict[Asked, dict[tuple[str, int], BothMeasured]] = {}
    seen: set[str] = set()
    for pair, both in zip(pairs, measured, strict=True):
        session_id = pair.entry.session.id
        if session_id in seen:
            continue
        seen.add(session_id)
        for is_second, some in enumerate(both):
            for asked, place, number in numbers_compared(some):
                of_it = found.setdefault(asked, {})
                one = of_it.get((session_id, place)) or BothMeasured(pair, place)
                one = replace(one, second=number) if is_second else replace(one, first=number)
                of_it[session_id, place] = one
    order = {one["id"]: n for n, one in enumerate(scheme.document.get("derived", ()))}
    names = sorted(found, key=lambda asked: order.get(asked[0], len(order)))
    return {asked: tuple(found[asked].values()) for asked in names}
