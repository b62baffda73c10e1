"""Where Qt meets the observation: requests go in, signals come out."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from imhcode.domain.edit import Cause, Edit
from imhcode.domain.errors import Refused, Trouble
from imhcode.domain.event import Event, Stamp, Values
from imhcode.domain.keys import CodeKey, keys_of, tracks_of
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track
from imhcode.services.coding import CodingService
from imhcode.ui.messages import said


class ObservationViewModel(QObject):
    """The open observation as widgets see it.

    Widgets ask and listen; they never hold the service, the store or the clock.

    Signals
    -------
    observation_changed(Observation, Edit, str)
        An edit has happened and is on disk; the cause is do, undo or redo.
    unchanged(str)
        A key was pressed that changes nothing; the words of its code.
    selected(str)
        The event with this id is selected; empty for none.
    pass_changed(str)
        Another pass is coded; empty for all tracks.
    refused(str), trouble(str)
        Nothing has changed, and this is why.
    """

    observation_changed = Signal(object, object, str)
    unchanged = Signal(str)
    selected = Signal(str)
    pass_changed = Signal(str)
    refused = Signal(str)
    trouble = Signal(str)

    def __init__(
        self,
        service: CodingService,
        stamp: Callable[[], Stamp],
        stamp_at: Callable[[int], Stamp],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._stamp = stamp
        self._stamp_at = stamp_at
        self._last: CodeKey | None = None
        self.selected_id = ""
        passes = [one for one in service.observation.scheme.passes if one.tracks]
        self.pass_id = min(passes, key=lambda one: one.order).id if passes else ""
        service.subscribe(self._announce)

    @property
    def observation(self) -> Observation:
        """The observation as it stands."""
        return self._service.observation

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._service.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is something to bring back."""
        return self._service.history.can_redo

    @property
    def n_edits(self) -> int:
        """Edits that stand."""
        return len(self._service.history)

    def tracks(self) -> tuple[Track, ...]:
        """The tracks coded now."""
        return tracks_of(self.observation.scheme, self.pass_id)

    def keys(self) -> dict[str, CodeKey]:
        """What each character codes now."""
        return keys_of(self.observation.scheme, self.pass_id)

    def selected_event(self) -> Event | None:
        """The selected event, if it is still there."""
        return self.observation.timeline.get(self.selected_id) if self.selected_id else None

    # -- choosing ----------------------------------------------------------------------------

    def choose_pass(self, pass_id: str) -> None:
        """Code another pass."""
        if pass_id != self.pass_id:
            self.pass_id = pass_id
            self.pass_changed.emit(pass_id)

    def select(self, event_id: str) -> None:
        """Select an event, or none."""
        if event_id != self.selected_id:
            self.selected_id = event_id
            self.selected.emit(event_id)

    # -- asking for edits --------------------------------------------------------------------

    def press(self, character: str) -> bool:
        """Act on a coding key; ``True`` if the pass knows it."""
        at = self._stamp()  # first of all: time goes on while we think
        meant = self.keys().get(character.lower())
        if meant is None:
            return False
        self._code(meant, at)
        return True

    def code(self, meant: CodeKey) -> None:
        """Code as if its key had been pressed."""
        self._code(meant, self._stamp())

    def again(self) -> None:
        """Code what was coded last, at the frame on screen."""
        at = self._stamp()
        if self._last is not None:
            self._code(self._last, at)

    def set_onset(self, at_us: int | None = None) -> None:
        """Let the selected event begin now, or at a time."""
        self._move(self._service.set_onset, self.selected_id, at_us)

    def set_offset(self, at_us: int | None = None) -> None:
        """Let the selected event end now, or at a time."""
        self._move(self._service.set_offset, self.selected_id, at_us)

    def set_onset_of(self, event_id: str, at_us: int) -> None:
        """Let an event begin at the frame shown at a time."""
        self._move(self._service.set_onset, event_id, at_us)

    def set_offset_of(self, event_id: str, at_us: int | None) -> None:
        """Let an event end at the frame shown at a time."""
        self._move(self._service.set_offset, event_id, at_us)

    def recode(self, event_id: str, code_id: str) -> None:
        """Give an event another code."""
        self._attempt(lambda: self._service.recode(event_id, code_id))

    def modify(self, event_id: str, modifier_id: str, values: Values) -> None:
        """Choose values of a modifier."""
        self._attempt(lambda: self._service.modify(event_id, modifier_id, values))

    def comment(self, event_id: str, text: str) -> None:
        """Write a comment on an event."""
        self._attempt(lambda: self._service.comment(event_id, text))

    def delete(self, event_ids: tuple[str, ...] = ()) -> None:
        """Take events away; the selected one if none is named."""
        gone = event_ids or ((self.selected_id,) if self.selected_id else ())
        if gone:
            self._attempt(lambda: self._service.delete(gone))

    def close_all(self) -> None:
        """End every state that runs, now."""
        at = self._stamp()
        self._attempt(lambda: self._service.close_all(at))

    def undo(self) -> None:
        """Take back one edit."""
        self._attempt(self._service.undo)

    def redo(self) -> None:
        """Bring one edit back."""
        self._attempt(self._service.redo)

    # -- inside ------------------------------------------------------------------------------

    def _code(self, meant: CodeKey, at: Stamp) -> None:
        self._last = meant
        edit = self._attempt(lambda: self._service.press(meant, at, self.pass_id))
        if edit is not None and not edit.steps:
            self.unchanged.emit(meant.code.label)

    def _move(self, act: Callable[[str, Stamp], Edit], event_id: str, at_us: int | None) -> None:
        if event_id:
            at = self._stamp() if at_us is None else self._stamp_at(at_us)
            self._attempt(lambda: act(event_id, at))

    def _attempt(self, action: Callable[[], Edit]) -> Edit | None:
        try:
            return action()
        except Refused as refusal:
            self.refused.emit(said(refusal))
        except Trouble as trouble:
            self.trouble.emit(said(trouble))
        return None

    def _announce(self, observation: Observation, edit: Edit, cause: Cause) -> None:
        self.observation_changed.emit(observation, edit, cause)
        main = edit.main
        if main is not None:
            left = observation.timeline.get(main.id)
            self.select(left.id if left else "")
