"""The goals of a dyad, what was tried for them, and how they become choices of a scheme."""

from dataclasses import replace

from imhcode.domain.codes import Modifier, ModifierValue
from imhcode.domain.dates import as_date
from imhcode.domain.errors import Refused
from imhcode.domain.goal import GOAL_STATUSES, Goal, Strategy
from imhcode.domain.moment import GOALS_OF_THE_DYAD
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Session
from imhcode.domain.text import clean_text
from imhcode.services.values_of_dyad import ValuesOfDyad
from imhcode.store.errors import NoSuchEntry
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile

_KEYS = "123456789"


class NeedsWords(Refused):
    """A goal, or something tried, without any words."""

    sentence = "It needs words."
    next_step = "Write it down as you would say it to the family."


class NoSuchStatus(Refused):
    """Fields: ``status``, ``known``."""

    sentence = "A goal cannot be “{status}”."
    next_step = "It is one of: {known}."


class SomethingWasTried(Refused):
    """A goal that cannot be taken back any more."""

    sentence = "Something was tried for this goal, so that it cannot be undone."
    next_step = "Let it rest instead."


class Goals(ValuesOfDyad[Goal]):
    """The goals of one dyad.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    dyad_id : str
        One that the study has (`NoSuchEntry`).
    coder_id : str
        Who does it, for the log.
    """

    of = Goal

    def add(self, text: str, since: str = "") -> Goal:
        """Write a goal down (`NeedsWords`, `NotADate`)."""
        made = Goal(
            id=self._new_id(), dyad_id=self._dyad_id, text=_words(text), since=as_date(since)
        )
        self.put(made)
        return made

    def reword(self, goal_id: str, text: str) -> Goal:
        """Say a goal in other words."""
        return self._changed(replace(self.get(goal_id), text=_words(text)))

    def set_status(self, goal_id: str, status: str) -> Goal:
        """Say whether a goal is open, resting or reached (`NoSuchStatus`)."""
        for known in GOAL_STATUSES:
            if known == status:
                return self._changed(replace(self.get(goal_id), status=known))
        raise NoSuchStatus(status=status, known=", ".join(GOAL_STATUSES))

    def undo(self) -> None:
        """Take back the latest change; not the coming of a goal that something was tried for."""
        edit = self.history.latest_done()
        come = edit.after.keys() - edit.before.keys()
        if any(one.goal_id in come for one in kept_in(self._file, Strategy)):
            raise SomethingWasTried
        super().undo()

    def _changed(self, goal: Goal) -> Goal:
        self.put(goal)
        return goal


class Strategies(ValuesOfDyad[Strategy]):
    """What was tried for the goals of one dyad."""

    of = Strategy

    def tried(
        self,
        goal_id: str,
        text: str,
        *,
        session_id: str = "",
        on: str = "",
        how_it_went: str = "",
    ) -> Strategy:
        """Write down that something was tried (`NoSuchEntry`, `NeedsWords`, `NotADate`)."""
        goals = goals_of(self._file, self._dyad_id)
        if goal_id not in {one.id for one in goals}:
            known = ", ".join(one.id for one in goals) or "none yet"
            raise NoSuchEntry(what="goal", name=goal_id, known=known)
        if session_id:
            self._file.get(Session, session_id)
        made = Strategy(
            id=self._new_id(),
            dyad_id=self._dyad_id,
            goal_id=goal_id,
            text=_words(text),
            session_id=session_id,
            on=as_date(on),
            how_it_went=clean_text(how_it_went),
        )
        self.put(made)
        return made

    def say_how_it_went(self, strategy_id: str, words: str) -> Strategy:
        """Write down, in plain words, how it went."""
        changed = replace(self.get(strategy_id), how_it_went=clean_text(words))
        self.put(changed)
        return changed


def goals_of(file: StudyFile, dyad_id: str) -> tuple[Goal, ...]:
    """The goals of a dyad: open ones first, then as they came."""
    found = [one for one in kept_in(file, Goal) if one.dyad_id == dyad_id]
    return tuple(sorted(found, key=lambda one: GOAL_STATUSES.index(one.status)))


def goal_called(file: StudyFile, dyad_id: str, word: str) -> Goal:
    """The goal with that id, or the only one whose id begins so (`NoSuchEntry`)."""
    goals = goals_of(file, dyad_id)
    meant = [one for one in goals if one.id == word] or [
        one for one in goals if word and one.id.startswith(word)
    ]
    if len(meant) != 1:
        known = ", ".join(one.id for one in goals) or "none yet"
        raise NoSuchEntry(what="goal", name=word, known=known)
    return meant[0]


def with_goals(scheme: Scheme, file: StudyFile, session_id: str) -> Scheme:
    """The scheme with the goals of the session's dyad where it asks for them.

    It keeps its document and its hash: what may be said grows, what it means does not.
    """
    if not any(one.values_from == GOALS_OF_THE_DYAD for one in scheme.modifiers):
        return scheme
    session = file.get(Session, session_id)
    goals = goals_of(file, session.dyad_id) if session.dyad_id else ()
    values = tuple(
        ModifierValue(id=one.id, label=one.text, key=_KEYS[place] if place < len(_KEYS) else "")
        for place, one in enumerate(goals)
    )
    return replace(scheme, modifiers=tuple(_filled(one, values) for one in scheme.modifiers))


def _filled(modifier: Modifier, values: tuple[ModifierValue, ...]) -> Modifier:
    if modifier.values_from != GOALS_OF_THE_DYAD:
        return modifier
    return replace(modifier, values=values)


def _words(text: str) -> str:
    said = clean_text(text)
    if not said:
        raise NeedsWords
    return said
