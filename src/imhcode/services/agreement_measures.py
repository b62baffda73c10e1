"""What each coder's record gives as measures, for the pairs that are compared."""

from collections.abc import Iterator, Sequence

from imhcode.analysis.measuring import Measured
from imhcode.domain.study import ObservationEntry
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.services.chosen_observations import ChosenObservations
from imhcode.services.measures import Measuring
from imhcode.services.studies import SessionEntry, StudyService

MeasuredPair = tuple[tuple[Measured, ...], tuple[Measured, ...]]


class MeasuresOfPairs:
    """Measures pairs of observations of one scheme, with the lab's parameters.

    Parameters
    ----------
    scheme_hash : str
        Of the scheme that all of them were coded with.
    """

    def __init__(self, study: StudyService, scheme_hash: str) -> None:
        self._measuring = Measuring(study, chosen=ChosenObservations(scheme_hash=scheme_hash))
        self.digest = self._measuring.schemes[scheme_hash].digest  #: of the lab's parameters

    def of(self, pairs: Sequence[ChosenPair]) -> Iterator[MeasuredPair]:
        """Yield what both coders' records give, pair by pair; each record is measured once."""
        kept: dict[str, tuple[Measured, ...]] = {}
        session = ""
        for pair in pairs:
            if pair.entry.session.id != session:  # a session's pairs stand together
                kept, session = {}, pair.entry.session.id
            for one in (pair.a, pair.b):
                if one.id not in kept:
                    kept[one.id] = self._measured(pair.entry, one)
            yield kept[pair.a.id], kept[pair.b.id]

    def _measured(self, entry: SessionEntry, one: ObservationEntry) -> tuple[Measured, ...]:
        return self._measuring.measure(self._measuring.read(entry, one)).measured
