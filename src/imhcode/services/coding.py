"""One open observation and its log, kept in step."""

import uuid
from collections.abc import Callable, Iterable
from typing import Protocol

from imhcode.domain import gestures
from imhcode.domain.edit import Cause, Edit
from imhcode.domain.event import Event, Stamp, Values
from imhcode.domain.keys import CodeKey, press
from imhcode.domain.observation import Observation
from imhcode.services.history import History

Listener = Callable[[Observation, Edit, Cause], None]


class Log(Protocol):
    """What coding asks of the edit log."""

    def append(self, cause: Cause, edit: Edit, coder_id: str) -> int:
        """Make one edit safe and return its number."""

    def causes(self) -> list[tuple[int, Cause]]:
        """The number and cause of every line."""

    def edit(self, n: int) -> Edit:
        """The edit on one line."""


def fresh_id() -> str:
    """An id no other event of any study has."""
    return uuid.uuid4().hex


class CodingService:
    """Everything that can be done to one observation.

    The order inside :meth:`_commit` is the whole crash story: work out the new observation (the
    rules may refuse), write the log (the disk may refuse), and only then let go of the old
    observation.  A failure at any point leaves file and memory as they were.

    Parameters
    ----------
    observation : Observation
        As the events table has it.
    log : Log
        Its edit log; undo and redo go on where it stopped.

    Attributes
    ----------
    history : History of int
        What can be undone and redone, by lines of the log.
    """

    def __init__(
        self, observation: Observation, log: Log, *, new_id: Callable[[], str] = fresh_id
    ) -> None:
        self.observation = observation
        self._log = log
        self._new_id = new_id
        self._listeners: list[Listener] = []
        self.history: History[int] = History()
        for n, cause in log.causes():
            self.history.remember(cause, n)

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` after every edit, in the calling thread."""
        self._listeners.append(listener)

    def press(self, meant: CodeKey, at: Stamp, pass_id: str = "") -> Edit:
        """Code ``meant`` at that instant; an edit without steps was not worth a line."""
        edit = press(self.observation, meant, at, new_id=self._new_id(), pass_id=pass_id)
        return self.do(edit)

    def do(self, edit: Edit) -> Edit:
        """Apply an edit and save it; one without steps leaves no trace."""
        if edit.steps:
            self._commit("do", edit)
        return edit

    def add(self, events: Iterable[Event]) -> Edit:
        """Add events that are already made, all or none."""
        return self.do(gestures.adding(events))

    def delete(self, event_ids: Iterable[str]) -> Edit:
        """Take events away."""
        return self.do(gestures.deleting(self.observation, event_ids))

    def set_onset(self, event_id: str, at: Stamp) -> Edit:
        """Let an event begin at ``at``."""
        return self.do(gestures.setting_onset(self.observation, event_id, at))

    def set_offset(self, event_id: str, at: Stamp) -> Edit:
        """Let an event end at ``at``."""
        return self.do(gestures.setting_offset(self.observation, event_id, at))

    def recode(self, event_id: str, code_id: str) -> Edit:
        """Give an event another code of its track."""
        return self.do(gestures.recoding(self.observation, event_id, code_id))

    def modify(self, event_id: str, modifier_id: str, values: Values) -> Edit:
        """Choose values for one modifier of an event."""
        return self.do(gestures.modifying(self.observation, event_id, modifier_id, values))

    def comment(self, event_id: str, text: str) -> Edit:
        """Write a comment on an event."""
        return self.do(gestures.commenting(self.observation, event_id, text))

    def close_all(self, at: Stamp) -> Edit:
        """End every state that runs."""
        return self.do(gestures.closing_all(self.observation, at))

    def undo(self) -> Edit:
        """Take back the latest edit that stands."""
        return self._commit("undo", self._log.edit(self.history.latest_done()).inverse)

    def redo(self) -> Edit:
        """Bring back the latest edit taken back."""
        return self._commit("redo", self._log.edit(self.history.latest_undone()))

    def _commit(self, cause: Cause, edit: Edit) -> Edit:
        changed = self.observation.after(edit)
        n = self._log.append(cause, edit, changed.coder_id)
        self.observation = changed
        self.history.remember(cause, n)
        for listener in self._listeners:
            listener(changed, edit, cause)
        return edit
