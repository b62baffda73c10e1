"""What the page of visits shows of one family, in words: counts at most, never a score."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imhcode.domain.goal import GOAL_STATUSES
from imhcode.domain.moment import Moment, conversation_track
from imhcode.domain.visit import PARENT_STANCE
from imhcode.services.across_visits import SessionMoments, VisitSaid, across
from imhcode.services.blinding import Blinding
from imhcode.ui.family.rows import Row
from imhcode.ui.family.words import clock_words, counted, moment_status_words, status_words

if TYPE_CHECKING:
    from imhcode.ui.family.record import FamilyRecord


@dataclass(frozen=True, slots=True)
class Meeting:
    """One day on which was filmed, or watched together.

    Attributes
    ----------
    session_id : str
        Of the session that was filmed; empty for a visit in which was watched.
    by_kind, by_status : str
        How many moments or notes of which kind there are, and how far the moments have come.
    """

    day: str
    label: str
    session_id: str
    by_kind: str
    by_status: str
    moments: tuple[Moment, ...]


class OverTime:
    """A family over time, as far as this person may see it.

    Attributes
    ----------
    meetings : list of Meeting
        In order of their days.
    said : list of Row
        What the parent said: day, visit, words.
    goals : list of Row
        Each goal, and below it what was tried.
    """

    def __init__(self, record: "FamilyRecord") -> None:
        self._record = record
        study = record.study
        self._across = across(study, record.dyad_id)
        blinding = Blinding(study, record.coder_id)
        self._hidden = {
            one.id
            for entry in study.sessions()
            for one in entry.observations
            if not blinding.may_open(one)
        }
        self._labels: dict[str, str] = {}
        for scheme in study.schemes().values():
            track = conversation_track(scheme)
            if track is not None:
                self._labels |= {one.id: one.label for one in track.codes}
                self._labels |= {
                    value.id: value.label
                    for modifier in scheme.modifiers
                    if modifier.id == PARENT_STANCE
                    for value in modifier.values
                }
        found = [
            *map(self._filmed, self._across.sessions),
            *map(self._watched, self._across.visits),
        ]
        self.meetings = sorted(found, key=lambda one: one.day)
        self.said = list(self._said())
        self.goals = list(self._goals())

    def moment(self, moment_id: str) -> Moment | None:
        """The moment with that id."""
        return next(
            (one for meeting in self.meetings for one in meeting.moments if one.id == moment_id),
            None,
        )

    def _filmed(self, one: SessionMoments) -> Meeting:
        seen = tuple(found for found in one.moments if found.observation_id not in self._hidden)
        kinds = {found.kind: found.code_label for found in seen}
        by_status = Counter(moment_status_words(found.status) for found in seen)
        session = one.session
        return Meeting(
            session.date,
            session.visit,
            session.id,
            counted(Counter(found.kind for found in seen), kinds),
            counted(by_status, {}),
            seen,
        )

    def _watched(self, one: VisitSaid) -> Meeting:
        day = one.visit.date or one.visit.began_utc[:10]
        return Meeting(day, one.visit.label, "", counted(one.by_code, self._labels), "", ())

    def _said(self) -> Iterator[Row]:
        for one in self._across.visits:
            day = one.visit.date or one.visit.began_utc[:10] or "–"
            for entry in one.words:
                stance = self._labels.get(entry.stance, entry.stance)
                yield Row(entry.id, (day, one.visit.label, f"“{entry.words}”", stance))

    def _goals(self) -> Iterator[Row]:
        words = status_words()
        for goal in sorted(self._across.goals, key=lambda one: GOAL_STATUSES.index(one.status)):
            yield Row(goal.id, (goal.since or "–", goal.text, words[goal.status]))
            for one in self._across.strategies:
                if one.goal_id == goal.id:
                    yield Row(
                        one.id, (one.on or "–", f"    {one.text}", one.how_it_went or "–"), True
                    )


def moment_words(moment: Moment, day: str = "") -> str:
    """A moment in one line: when, what it is called, where it lies."""
    end_us = moment.onset_us if moment.offset_us is None else moment.offset_us
    where = f"{clock_words(moment.onset_us)}–{clock_words(end_us)}"
    return " · ".join(part for part in (day, moment.session_id, moment.title, where) if part)
