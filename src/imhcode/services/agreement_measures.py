"""What each coder's record gives as measures, for the pairs that are compared."""

from collections.abc import Iterator, Mapping, Sequence

from imhcode.analysis.measuring import Measured
from imhcode.domain.study import ObservationEntry
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.services.chosen_observations import ChosenObservations
from imhcode.services.measures import Measuring, Reading
from imhcode.services.studies import SessionEntry, StudyService

Place = tuple[SessionEntry, ObservationEntry]
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

    def places(self, pairs: Sequence[ChosenPair]) -> list[Place]:
        """Every record of these pairs, once."""
        found = {one.id: (pair.entry, one) for pair in pairs for one in (pair.a, pair.b)}
        return list(found.values())

    def read(self, place: Place) -> Reading:
        """Read one record; on the thread that opened the study."""
        return self._measuring.read(*place)

    def of(
        self, pairs: Sequence[ChosenPair], readings: Mapping[str, Reading] | None = None
    ) -> Iterator[MeasuredPair]:
        """Yield what both coders' records give, pair by pair; each record is measured once.

        Parameters
        ----------
        readings : Mapping of str to Reading, optional
            The records by their ids, read before: then any thread may ask for their measures.
        """
        kept: dict[str, tuple[Measured, ...]] = {}
        session = ""
        for pair in pairs:
            if pair.entry.session.id != session:  # a session's pairs stand together
                kept, session = {}, pair.entry.session.id
            for one in (pair.a, pair.b):
                if one.id not in kept:
                    reading = readings[one.id] if readings else self.read((pair.entry, one))
                    kept[one.id] = self._measuring.measure(reading).measured
            yield kept[pair.a.id], kept[pair.b.id]
