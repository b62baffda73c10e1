"""Third observations of the pairs that are walked through, begun when first decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.disagreements import is_swept
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme
from imhcode.services import gold
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.services.consensus import ConsensusService, Decided, NotAPair
from imhcode.ui.agreement.asked_for import Difference

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A disagreement and whose it is."""

    pair: ChosenPair
    difference: Difference

    @property
    def session_id(self) -> str:
        """The session it is in."""
        return self.pair.entry.session.id

    @property
    def coders(self) -> tuple[str, str]:
        """The first and the second coder."""
        return self.pair.a.coder_id, self.pair.b.coder_id

    @property
    def stretch_us(self) -> tuple[int, int] | None:
        """From when to when; ``None`` for a rating."""
        from_us = getattr(self.difference, "from_us", None)
        return None if from_us is None else (from_us, getattr(self.difference, "until_us", from_us))


class Deciding:
    """What one person decides about pairs of observations of a study.

    Parameters
    ----------
    coder_id : str
        Who leads the consensus, and so stands in its log.
    tolerance_us : int or None
        For a consensus that is begun; one that was begun keeps its own.
    role : str
        What comes of it: a ``consensus``, or a ``gold`` standard.
    """

    def __init__(
        self,
        study: "StudyService",
        coder_id: str,
        tolerance_us: int | None,
        role: Literal["consensus", "gold"] = "consensus",
    ) -> None:
        self._study = study
        self._role = role
        self._coder_id = coder_id
        self._tolerance_us = tolerance_us
        self._open: dict[tuple[str, str], ConsensusService] = {}
        self._looked: set[tuple[str, str]] = set()

    @property
    def is_gold(self) -> bool:
        """Whether a gold standard comes of it."""
        return self._role == "gold"

    def scheme_of(self, one: Found) -> Scheme:
        """The version that both coders used."""
        return self._study.schemes()[one.pair.a.scheme_hash]

    def begun(self, pair: ChosenPair) -> ConsensusService | None:
        """The consensus of a pair that this person has begun, if there is one."""
        key = pair.a.id, pair.b.id
        if key not in self._looked:
            self._looked.add(key)
            scheme = self._study.schemes()[pair.a.scheme_hash]
            session_id = pair.entry.session.id
            entry = self._study.entry(session_id, self._coder_id, self._role, scheme)
            found = None
            if entry is not None:
                try:
                    found = ConsensusService.resume(self._study, entry)
                except NotAPair:
                    found = None
            if found is not None and (found.first.id, found.second.id) == key:
                self._open[key] = found
        return self._open.get(key)

    def begin(self, pair: ChosenPair) -> ConsensusService:
        """The consensus of a pair, begun if it was not yet."""
        found = self.begun(pair)
        if found is None:
            begin = gold.begin if self.is_gold else ConsensusService.begin
            found = begin(
                self._study, pair.a, pair.b, self._coder_id, tolerance_us=self._tolerance_us
            )
            self._open[pair.a.id, pair.b.id] = found
        return found

    def finish(self, pair: ChosenPair) -> None:
        """Hand the consensus of a pair in, or freeze its gold standard.

        Raises
        ------
        Refused
            Something is left.
        """
        made = self.begin(pair)
        if not self.is_gold:
            made.finish()
            return
        entries = {one.id: one for one in self._study.file.observations()}
        gold.freeze(self._study, entries[made.coding.observation.id], self._coder_id)
        self.look_again()

    def event_of(self, one: Found) -> Event | None:
        """The event of the third observation that a disagreement is about now, if one stands."""
        made = self.begun(one.pair)
        difference = one.difference
        if made is None or not isinstance(difference, Disagreement):
            return None
        timeline = made.coding.observation.timeline
        track = self.scheme_of(one).track(difference.track_id)
        if track is not None and is_swept(track):  # a stretch was painted: what holds in it
            some = timeline.lane(track.id).covering(difference.from_us)
            return next((event for event in some if event.instance == difference.instance), None)
        ids = made.events_of(difference.key)
        return next((event for each in ids if (event := timeline.get(each)) is not None), None)

    def accepted(self, one: Found) -> tuple[str, ...]:
        """What else is accepted of the event that a disagreement is about."""
        made, event = self.begun(one.pair), self.event_of(one)
        if made is None or event is None or not self.is_gold:
            return ()
        found = gold.accepted_by(made.coding).get(event.id)
        return found.accepted if found else ()

    def accept(self, one: Found, codes: tuple[str, ...]) -> None:
        """Say what else is accepted of it; none takes it all back.

        Raises
        ------
        Refused, Trouble
            As :func:`imhcode.services.gold.accept` says.
        """
        event, decided = self.event_of(one), self.decided(one)
        if event is not None:
            note = decided.decision.note if decided else ""
            gold.accept(self.begin(one.pair).coding, event.id, codes, note)

    def look_again(self) -> None:
        """Take every consensus as the study has it now: it may have been coded elsewhere."""
        entries = {one.id: one for one in self._study.file.observations()} if self._open else {}
        for key, service in tuple(self._open.items()):
            entry = entries[service.coding.observation.id]
            self._open[key] = ConsensusService.resume(self._study, entry)

    def decided(self, one: Found) -> Decided | None:
        """What was decided about a disagreement."""
        service = self._open.get((one.pair.a.id, one.pair.b.id))
        return None if service is None else service.decided.get(one.difference.key)

    def consensus(self, pair: ChosenPair) -> Observation | None:
        """The third observation as it stands."""
        service = self._open.get((pair.a.id, pair.b.id))
        return None if service is None else service.coding.observation

    def left(self, some: Sequence[Found]) -> int:
        """How many of these are not decided yet."""
        return sum(self.decided(one) is None for one in some)
