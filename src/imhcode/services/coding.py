"""One open observation and its log, kept in step."""

import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from imhcode.domain import gestures
from imhcode.domain.edit import Cause, Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp, Values
from imhcode.domain.keys import CodeKey, press, releasing
from imhcode.domain.links import linking, unlinking
from imhcode.domain.observation import Observation
from imhcode.domain.rating_rules import clearing, rating
from imhcode.domain.reaction import noted
from imhcode.domain.setting import NOTHING_KNOWN, Setting
from imhcode.domain.walks import answering
from imhcode.services.history import History

if TYPE_CHECKING:  # only for its shape: the store loads the database library
    from imhcode.store.edit_log import Entry

Listener = Callable[[Observation, Edit, Cause], None]


class Log(Protocol):
    """What coding asks of the edit log."""

    def append(self, cause: Cause, edit: Edit, coder_id: str) -> int:
        """Make one edit safe and return its number."""

    def causes(self) -> list[tuple[int, Cause]]:
        """The number and cause of every line."""

    def edit(self, n: int) -> Edit:
        """The edit on one line."""

    def stretch(self, first: int, last: int) -> "list[Entry]":
        """The lines from one to another, both among them."""


def fresh_id() -> str:
    """An id no other event of any study has."""
    return uuid.uuid4().hex


class ObservationIsClosed(Refused):
    """An edit of an observation that has been handed in."""

    sentence = "The observation by {coder} has been submitted and cannot be changed."
    next_step = "Ask for it to be given back, or begin one of your own."


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
    setting : Setting
        What is known of the session; whoever changes its episodes puts another here.
    """

    def __init__(
        self,
        observation: Observation,
        log: Log,
        *,
        new_id: Callable[[], str] = fresh_id,
        setting: Setting = NOTHING_KNOWN,
    ) -> None:
        self.observation = observation
        self.setting = setting
        self._log = log
        self._new_id = new_id
        self._listeners: list[Listener] = []
        self.history: History[int] = History()
        for n, cause in log.causes():
            self.history.remember(cause, n)

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` after every edit, in the calling thread."""
        self._listeners.append(listener)

    def press(
        self, meant: CodeKey, at: Stamp, pass_id: str = "", instance: str = "", *, note: str = ""
    ) -> Edit:
        """Code ``meant`` at that instant; an edit without steps was not worth a line.

        ``note`` goes into the comment of the events that get an edge by it.
        """
        edit = press(
            self.observation,
            meant,
            at,
            new_id=self._new_id(),
            pass_id=pass_id,
            instance=instance,
            setting=self.setting,
        )
        return self.do(noted(edit, note))

    def release(self, event_id: str, at: Stamp, *, note: str = "") -> Edit:
        """Let go of the key that made an event, on a track whose codes hold while it is down."""
        edit = releasing(self.observation, event_id, at, new_id=self._new_id())
        return self.do(noted(edit, note))

    def answer(
        self,
        pass_id: str,
        target_id: str,
        meant: CodeKey,
        at: Stamp,
        *,
        instance: str = "",
        stamp_of: Callable[[int], Stamp] = Stamp,
        another: bool = False,
        note: str = "",
    ) -> Edit:
        """Answer one target of a pass's walk: see :func:`imhcode.domain.walks.answering`."""
        pass_ = self.observation.scheme.pass_(pass_id)
        if pass_ is None:
            return self.press(meant, at, instance=instance, note=note)
        edit = answering(
            self.observation,
            pass_,
            target_id,
            meant,
            at,
            new_id=self._new_id(),
            setting=self.setting,
            instance=instance,
            stamp_of=stamp_of,
            another=another,
        )
        return self.do(noted(edit, note))

    def do(self, edit: Edit) -> Edit:
        """Apply an edit and save it; one that changes nothing leaves no trace."""
        if edit:
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

    def link(self, one_id: str, other_id: str, rule_id: str = "") -> Edit:
        """Link two events; the scheme says which of them answers the other."""
        age_months = self.setting.age_months
        return self.do(
            linking(self.observation, one_id, other_id, rule_id=rule_id, age_months=age_months)
        )

    def unlink(self, event_id: str, other_id: str = "") -> Edit:
        """Take the link between two events off, or every link that one bears."""
        return self.do(unlinking(self.observation, event_id, other_id))

    def rate(
        self,
        scale_id: str,
        episode: str = "",
        *,
        value: float | None = None,
        na_reason: str = "",
        confidence: str = "",
        evidence: Iterable[str] = (),
        comment: str = "",
    ) -> Edit:
        """Give or change a rating; see :func:`imhcode.domain.rating_rules.rating`."""
        edit = rating(
            self.observation,
            scale_id,
            new_id=self._new_id(),
            episode=episode,
            value=value,
            na_reason=na_reason,
            confidence=confidence,
            evidence=evidence,
            comment=comment,
            setting=self.setting,
        )
        return self.do(edit)

    def clear_rating(self, scale_id: str, episode: str = "") -> Edit:
        """Take a rating away."""
        return self.do(clearing(self.observation, scale_id, episode))

    def close_all(self, at: Stamp) -> Edit:
        """End every state that runs."""
        return self.do(gestures.closing_all(self.observation, at))

    def lines(self, first: int, last: int) -> "list[Entry]":
        """Lines of the log from one to another, both among them."""
        return self._log.stretch(first, last)

    def undo(self) -> Edit:
        """Take back the latest edit that stands."""
        return self._commit("undo", self._log.edit(self.history.latest_done()).inverse)

    def redo(self) -> Edit:
        """Bring back the latest edit taken back."""
        return self._commit("redo", self._log.edit(self.history.latest_undone()))

    def _commit(self, cause: Cause, edit: Edit) -> Edit:
        if self.observation.status != "draft":
            raise ObservationIsClosed(coder=self.observation.coder_id)
        changed = self.observation.after(edit)
        n = self._log.append(cause, edit, changed.coder_id)
        self.observation = changed
        self.history.remember(cause, n)
        for listener in self._listeners:
            listener(changed, edit, cause)
        return edit
