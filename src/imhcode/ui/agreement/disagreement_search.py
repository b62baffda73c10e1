"""The disagreements of pairs, read and found session by session."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from imhcode.analysis.disagreements import disagreements_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.rating_differences import rating_differences
from imhcode.analysis.spans import Union
from imhcode.domain.event import FAR_FUTURE_US
from imhcode.domain.observation import Observation
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.ui.agreement.asked_for import AskedFor, Difference
from imhcode.ui.agreement.deciding import Deciding, Found
from imhcode.ui.agreement.sliced_reading import SlicedReading

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService


class DisagreementSearch(QObject):
    """One search at a time; another one stops it.

    Where a consensus was begun its list counts: what was decided is known by it.

    Signals
    -------
    progressed(float)
        The share of the sessions looked at.
    done(object)
        A list of Found, the weightiest first.
    failed(object)
        The `ImhcodeError`.
    """

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading: SlicedReading | None = None

    def search(
        self,
        study: "StudyService",
        pairs: Sequence[ChosenPair],
        asked: AskedFor,
        deciding: Deciding,
        parameters: Parameters,
    ) -> None:
        """Look for what was asked for in these pairs."""
        self.stop()

        def look(pair: ChosenPair) -> list[Found]:
            begun = deciding.begun(pair)
            every = begun.disagreements if begun else _of(study, pair, parameters)
            session_id = pair.entry.session.id
            return [Found(pair, one) for one in every if asked.takes(session_id, one)]

        self._reading = SlicedReading(pairs, look, self)
        self._reading.progressed.connect(self.progressed)
        self._reading.failed.connect(self.failed)
        self._reading.done.connect(self._finish)
        self._reading.start()

    def stop(self) -> None:
        """Stop, and say nothing more."""
        if self._reading is not None:
            self._reading.stop()
            self._reading.deleteLater()
            self._reading = None

    def _finish(self, lists: list[list[Found]]) -> None:
        self.stop()
        every = [one for some in lists for one in some]
        self.done.emit(sorted(every, key=lambda one: -one.difference.weight))


def _of(study: "StudyService", pair: ChosenPair, parameters: Parameters) -> tuple[Difference, ...]:
    """All of a pair, as a consensus begun now would list them."""
    a, b = study.observation(pair.a), study.observation(pair.b)
    events = disagreements_of(a, b, scored=_both_looked(a, b), parameters=parameters)
    return (*events, *rating_differences(a, b))


def _both_looked(a: Observation, b: Observation) -> Union:
    """Where both coders were to look; who says nothing was to look everywhere."""
    starts = [-FAR_FUTURE_US if one.coded_from_us is None else one.coded_from_us for one in (a, b)]
    ends = [FAR_FUTURE_US if one.coded_until_us is None else one.coded_until_us for one in (a, b)]
    return Union.of(np.array([max(starts)], np.int64), np.array([min(ends)], np.int64))
