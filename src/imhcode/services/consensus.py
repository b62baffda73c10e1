"""From two observations to a third one on which both coders agree; the two stay as they are.

Agreement is computed on the originals, always: the consensus is what is analysed, not what is
compared.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.disagreements import disagreements_of, partners_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.rating_differences import (
    RatingDifference,
    deciding_rating,
    rating_differences,
)
from imhcode.analysis.reconciling import Originals, Third, beginning, deciding
from imhcode.analysis.spans import Union
from imhcode.domain.decision import Choice, Decision
from imhcode.domain.edit import Cause, Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import FAR_FUTURE_US
from imhcode.domain.observation import Observation
from imhcode.domain.study import ObservationEntry
from imhcode.domain.text import clean_text
from imhcode.services import submitting
from imhcode.services.coding import CodingService, fresh_id
from imhcode.services.history import NothingToUndo
from imhcode.services.studies import StudyService
from imhcode.store.study_file import StudyFile

Difference = Disagreement | RatingDifference


class StillADraft(Refused):
    """Fields: ``coder``, ``session``."""

    sentence = "The observation of {session} by {coder} is still a draft."
    next_step = "It must be submitted first, so that it cannot change under the discussion."


class NotAPair(Refused):
    """Fields: ``why``."""

    sentence = "A consensus cannot be made of these two: {why}."
    next_step = "Choose two coders' observations of one session with the same scheme version."


class OtherPair(Refused):
    """Fields: ``coder``, ``session``."""

    sentence = "The consensus of {session} by {coder} was begun from two other observations."
    next_step = "Let another coder lead this one."


class NoSuchDisagreement(Refused):
    """Fields: ``key``."""

    sentence = "The two observations do not differ in “{key}”."
    next_step = "Look at the list again: an original may have changed."


class NotAllDecided(Refused):
    """Fields: ``left``."""

    sentence = "{left} disagreements are not decided yet."
    next_step = "Decide them, or leave the consensus a draft and go on later."


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that stands, with who took it and when."""

    decision: Decision
    coder_id: str
    at_utc: str


class ConsensusService:
    """One consensus in the making; make it with :meth:`begin`, which also resumes one.

    Attributes
    ----------
    coding : CodingService
        The third observation; every decision is one edit of its log, and undo there takes one
        back.
    first, second : Observation
        The originals.
    disagreements : tuple of Disagreement or RatingDifference
        All of them, decided or not, the weightiest first.
    """

    def __init__(
        self,
        study: StudyService,
        coding: CodingService,
        first: Observation,
        second: Observation,
        tolerance_us: int | None,
    ) -> None:
        self._study = study
        self.coding = coding
        self.first = first
        self.second = second
        scored = _both_coded(first, second)
        parameters = Parameters(tolerance_us=tolerance_us)
        pairs = partners_of(first, second, scored=scored, parameters=parameters)
        self._originals = Originals(first, second, pairs)
        events: tuple[Difference, ...] = disagreements_of(
            first, second, scored=scored, parameters=parameters
        )
        every = (*events, *rating_differences(first, second))
        self.disagreements: tuple[Difference, ...] = tuple(
            sorted(every, key=lambda one: -one.weight)
        )
        self._by_key = {one.key: one for one in self.disagreements}
        self._until_us = max(
            [
                study.extent_us(first.session_id)[1],
                *(one.timeline.last_us() or 0 for one in (first, second)),
            ]
        )
        self._decided: dict[str, Decided] | None = None
        coding.subscribe(self._note)

    @classmethod
    def begin(
        cls,
        study: StudyService,
        first: ObservationEntry,
        second: ObservationEntry,
        coder_id: str,
        *,
        role: Literal["consensus", "gold"] = "consensus",
        tolerance_us: int | None = None,
    ) -> "ConsensusService":
        """Begin a consensus of two observations, or go on with the one that was begun.

        Parameters
        ----------
        coder_id : str
            Who leads it, and so who stands in the log.
        role : str
            ``gold`` for a gold standard; see :mod:`imhcode.services.gold`.
        tolerance_us : int, optional
            For events to be partners; what the scheme says if not given.  One that was begun
            keeps its own.

        Raises
        ------
        NotAPair, StillADraft, OtherPair
            As their sentences say.
        """
        if first.session_id != second.session_id:
            raise NotAPair(why="they are of two sessions")
        if first.id == second.id:
            raise NotAPair(why="they are one")
        if first.scheme_hash != second.scheme_hash:
            raise NotAPair(why="they were made with different versions of a scheme")
        for one in (first, second):
            if one.status == "draft":
                raise StillADraft(coder=one.coder_id, session=one.session_id)
        scheme = study.schemes()[first.scheme_hash]
        coding = study.coding(first.session_id, coder_id, role=role, scheme=scheme)
        text = study.file.note(_key(coding.observation.id))
        if text:
            begun = json.loads(text)
            if [begun["first"], begun["second"]] != [first.id, second.id]:
                raise OtherPair(coder=coder_id, session=first.session_id)
            tolerance_us = begun["tolerance_us"]
        elif coding.history.n_lines or len(coding.observation.timeline):
            raise OtherPair(coder=coder_id, session=first.session_id)
        else:
            begun = {"first": first.id, "second": second.id, "tolerance_us": tolerance_us}
            study.file.remember(_key(coding.observation.id), json.dumps(begun))
        originals = study.observation(first), study.observation(second)
        made = cls(study, coding, *originals, tolerance_us)
        if not coding.history.can_undo and coding.observation.status == "draft":
            coding.do(beginning(made._originals))
        return made

    @classmethod
    def resume(cls, study: StudyService, entry: ObservationEntry) -> "ConsensusService":
        """Go on with a consensus or a gold standard that was begun.

        Raises
        ------
        NotAPair
            That observation was not made of two others.
        """
        text = study.file.note(_key(entry.id))
        if not text:
            raise NotAPair(why="it was not begun from two observations")
        begun = json.loads(text)
        entries = {one.id: one for one in study.file.observations()}
        role: Literal["consensus", "gold"] = "gold" if entry.role == "gold" else "consensus"
        return cls.begin(
            study, entries[begun["first"]], entries[begun["second"]], entry.coder_id, role=role
        )

    # -- what was decided --------------------------------------------------------------------

    def _note(self, _: Observation, edit: Edit, cause: Cause) -> None:
        """Keep up with the log: a new decision is added, after undo all are read anew."""
        if cause != "do":
            self._decided = None
        elif self._decided is not None and edit.decision is not None:
            last = self.coding.history.n_lines
            self._decided |= _about_differences(self.coding, {last})

    @property
    def decided(self) -> Mapping[str, Decided]:
        """What was decided, by the key of the disagreement; the latest one stands."""
        if self._decided is None:
            self._decided = _about_differences(self.coding)
        return self._decided

    @property
    def left(self) -> tuple[Difference, ...]:
        """What is not decided yet, the weightiest first."""
        return tuple(one for one in self.disagreements if one.key not in self.decided)

    def next_left(self, key: str = "") -> Difference | None:
        """The next one not decided after that one, round to the beginning; ``None`` if none is."""
        keys = [one.key for one in self.disagreements]
        start = keys.index(key) + 1 if key in keys else 0
        turned = self.disagreements[start:] + self.disagreements[:start]
        return next((one for one in turned if one.key not in self.decided), None)

    def events_of(self, key: str) -> tuple[str, ...]:
        """The ids under which the events of a disagreement stand here, if they do."""
        about = self._by_key.get(key)
        if about is None or isinstance(about, RatingDifference):
            return ()
        second = self._originals.id_of(about.event_b) if about.event_b else ""
        return tuple(dict.fromkeys(one for one in (about.event_a, second) if one))

    # -- deciding ----------------------------------------------------------------------------

    def decide(
        self,
        key: str,
        choice: Choice,
        note: str = "",
        *,
        third: Third | None = None,
        value: float | None = None,
    ) -> Edit:
        """Decide one disagreement, or decide it anew: one edit, on the disk when this returns.

        Parameters
        ----------
        key : str
            Of the disagreement.
        choice : str
            ``mine`` is the first coder's, ``theirs`` the second one's.
        note : str
            What was said about it.
        third : Third, optional
            What holds instead, for an event.
        value : float, optional
            What holds instead, for a rating.

        Raises
        ------
        NoSuchDisagreement, CannotDecideSo, CannotRateSo, ObservationIsClosed
            As their sentences say.
        """
        about = self._by_key.get(key)
        if about is None:
            raise NoSuchDisagreement(key=key)
        now = self.coding.observation
        if isinstance(about, RatingDifference):
            edit = deciding_rating(now, about, choice, value=value, id_of=self._originals.id_of)
        else:
            edit = deciding(
                now,
                self._originals,
                about,
                choice,
                third=third,
                until_us=self._until_us,
                new_id=fresh_id,
            )
        decision = Decision(about=key, choice=choice, note=clean_text(note).strip())
        return self.coding.do(replace(edit, decision=decision))

    def undo(self) -> Edit:
        """Take the latest decision back, but never what the consensus began with.

        Raises
        ------
        NothingToUndo
            Nothing has been decided.
        """
        if len(self.coding.history) <= 1 and not self.decided:
            raise NothingToUndo
        return self.coding.undo()

    def redo(self) -> Edit:
        """Bring back the latest decision taken back."""
        return self.coding.redo()

    def finish(self) -> None:
        """Hand the consensus in.

        Raises
        ------
        NotAllDecided
            Something is left.
        """
        if self.left:
            raise NotAllDecided(left=len(self.left))
        submitting.submit(self._study.file, self.coding, self.coding.observation.coder_id)


def originals_of(file: StudyFile, observation_id: str) -> tuple[str, ...]:
    """The ids of the two observations that one was made of; none if it was not."""
    text = file.note(_key(observation_id))
    return (json.loads(text)["first"], json.loads(text)["second"]) if text else ()


def standing_decisions(coding: CodingService, among: set[int] | None = None) -> list[Decided]:
    """Every decision of an observation's log that was not taken back, in order.

    Parameters
    ----------
    among : set of int, optional
        Lines that stand, where the caller knows them.
    """
    if among is None:
        among = {coding.history.at(row) for row in range(len(coding.history))}
    if not among:
        return []
    return [
        Decided(line.edit.decision, line.coder_id, line.at_utc)
        for line in coding.lines(min(among), max(among))
        if line.n in among and line.edit.decision is not None
    ]


def _about_differences(coding: CodingService, lines: set[int] | None = None) -> dict[str, Decided]:
    found = standing_decisions(coding, lines)
    return {one.decision.about: one for one in found if one.decision.choice != "accept"}


def _key(observation_id: str) -> str:
    return f"consensus/{observation_id}"


def _both_coded(first: Observation, second: Observation) -> Union:
    """Where both coders were to look; an observation that says nothing was to look everywhere."""
    pair = (first, second)
    starts = [-FAR_FUTURE_US if one.coded_from_us is None else one.coded_from_us for one in pair]
    ends = [FAR_FUTURE_US if one.coded_until_us is None else one.coded_until_us for one in pair]
    return Union.of(np.array([max(starts)], np.int64), np.array([min(ends)], np.int64))
