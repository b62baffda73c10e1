"""Where Qt meets the observation: requests go in, signals come out."""

from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from imhcode.domain.edit import Cause, Edit
from imhcode.domain.errors import Refused, Trouble
from imhcode.domain.event import Event, Stamp, Values
from imhcode.domain.keys import CodeKey, keys_of, tracks_of
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track
from imhcode.domain.setting import Setting
from imhcode.services.coding import CodingService
from imhcode.services.edit_history import EditHistory
from imhcode.services.editing import Editing
from imhcode.ui.coding.editing_model import EditingModel
from imhcode.ui.messages import said

_STEPS_AT_ONCE = 20  #: of a jump in the history, between two rounds of painting


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
    chosen(tuple of str)
        These events are selected, the one that :attr:`selected` names among them.
    pass_changed(str)
        Another pass is coded; empty for all tracks.
    instance_changed(str)
        Another of several persons is coded; empty for nobody in particular.
    coded(Edit)
        A code was given and is on disk; told after everything else of that edit.
    refused(str), trouble(str)
        Nothing has changed, and this is why.

    Attributes
    ----------
    target_id : str
        The event that the next code answers; empty where codes answer nothing by themselves.
    instance : str
        Which of several persons of one role is coded.
    is_on_the_way : bool
        Whether the screen still shows what was there before: a code would be for the wrong frame.
    late_us : callable
        How much earlier than it came a press counts at this moment, in microseconds.
    """

    observation_changed = Signal(object, object, str)
    unchanged = Signal(str)
    selected = Signal(str)
    chosen = Signal(object)
    pass_changed = Signal(str)
    instance_changed = Signal(str)
    coded = Signal(object)
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
        self._held: dict[str, str] = {}  # events whose code's key is down, by its character
        self.target_id = ""
        self.instance = ""
        self.is_on_the_way = False
        self.late_us: Callable[[], int] = lambda: 0
        self.selected_id = ""
        self.chosen_ids: tuple[str, ...] = ()
        self.editing = EditingModel(self, Editing(service, stamp_at), stamp, stamp_at)
        self.edit_history = EditHistory(service)
        passes = [one for one in service.observation.scheme.passes if one.tracks]
        self.pass_id = min(passes, key=lambda one: one.order).id if passes else ""
        service.subscribe(self._announce)

    @property
    def observation(self) -> Observation:
        """The observation as it stands."""
        return self._service.observation

    @property
    def setting(self) -> Setting:
        """What is known of the session."""
        return self._service.setting

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

    def choose_instance(self, instance: str) -> None:
        """Code another person."""
        if instance != self.instance:
            self.instance = instance
            self.instance_changed.emit(instance)

    def select(self, event_id: str) -> None:
        """Select one event, or none."""
        self.choose((event_id,) if event_id else ())

    def choose(self, event_ids: tuple[str, ...]) -> None:
        """Select several events; the last one is the one that is asked about."""
        last = event_ids[-1] if event_ids else ""
        if last != self.selected_id:
            self.selected_id = last
            self.selected.emit(last)
        if event_ids != self.chosen_ids:
            self.chosen_ids = event_ids
            self.chosen.emit(event_ids)

    def toggle(self, event_id: str) -> None:
        """Add an event to the selection, or take it off."""
        others = tuple(one for one in self.chosen_ids if one != event_id)
        self.choose(others if event_id in self.chosen_ids else (*others, event_id))

    # -- asking for edits --------------------------------------------------------------------

    def press(self, character: str, *, another: bool = False) -> bool:
        """Act on a coding key; ``True`` if the pass knows it.

        In a walk, ``another`` adds an answer to those the target has.
        """
        at = self._stamp()  # first of all: time goes on while we think
        meant = self.keys().get(character.lower())
        if meant is None:
            return False
        if self.is_on_the_way:
            self.refused.emit(self.tr("The next one is not on screen yet; press again."))
            return True
        edit = self.code_at(meant, at, another=another)
        if edit and edit.main and meant.track.entry == "hold":
            self._held[character] = edit.main.id
        return True

    def release(self, character: str) -> None:
        """Let go of a coding key: what holds while it is down ends on the frame on screen."""
        at = self._stamp()
        event_id = self._held.pop(character, "")
        if event_id:
            at, note = self._as_meant(at)
            self.attempt(lambda: self._service.release(event_id, at, note=note))

    def code(self, meant: CodeKey) -> None:
        """Code as if its key had been pressed."""
        self.code_at(meant, self._stamp())

    def again(self) -> None:
        """Code what was coded last, at the frame on screen."""
        at = self._stamp()
        if self._last is not None:
            self.code_at(self._last, at)

    def code_at(self, meant: CodeKey, at: Stamp, *, another: bool = False) -> Edit | None:
        """Code what was seen at an instant; ``None`` if that was refused."""
        at, note = self._as_meant(at)
        return self._code(meant, at, another=another, note=note)

    def code_then(self, meant: CodeKey, at: Stamp) -> Edit | None:
        """Code at an instant that was chosen, not caught: nobody was late."""
        return self._code(meant, at)

    def link(self) -> None:
        """Link the two selected events; the scheme says which answers which."""
        if len(self.chosen_ids) == 2:
            self.attempt(lambda: self._service.link(*self.chosen_ids))
        else:
            self.refused.emit(
                self.tr("Select the two events to link: click one, Ctrl+click the other.")
            )

    def unlink(self) -> None:
        """Take the link between the two selected events off; of one, all that it bears."""
        if self.chosen_ids:
            self.attempt(lambda: self._service.unlink(*self.chosen_ids[:2]))

    def set_onset(self, at_us: int | None = None) -> None:
        """Let the selected event begin now, or at a time."""
        self.editing.set_edge(self.selected_id, "onset", at_us)

    def set_offset(self, at_us: int | None = None) -> None:
        """Let the selected event end now, or at a time."""
        self.editing.set_edge(self.selected_id, "offset", at_us)

    def set_onset_of(self, event_id: str, at_us: int) -> None:
        """Let an event begin at the frame shown at a time."""
        self.editing.set_edge(event_id, "onset", at_us)

    def set_offset_of(self, event_id: str, at_us: int | None) -> None:
        """Let an event end at the frame shown at a time."""
        self.editing.set_edge(event_id, "offset", at_us)

    def recode(self, event_id: str, code_id: str) -> None:
        """Give an event another code."""
        self.attempt(lambda: self._service.recode(event_id, code_id))

    def modify(self, event_id: str, modifier_id: str, values: Values) -> None:
        """Choose values of a modifier."""
        self.attempt(lambda: self._service.modify(event_id, modifier_id, values))

    def comment(self, event_id: str, text: str) -> None:
        """Write a comment on an event."""
        self.attempt(lambda: self._service.comment(event_id, text))

    def delete(self, event_ids: tuple[str, ...] = ()) -> None:
        """Take events away; the selected ones if none is named."""
        gone = event_ids or self.chosen_ids
        if gone:
            self.attempt(lambda: self._service.delete(gone))

    def close_all(self) -> None:
        """End every state that runs, now."""
        at = self._stamp()
        self.attempt(lambda: self._service.close_all(at))

    def undo(self) -> None:
        """Take back one edit."""
        self.attempt(self._service.undo)

    def redo(self) -> None:
        """Bring one edit back."""
        self.attempt(self._service.redo)

    def go_to_edit(self, line: int) -> None:
        """Undo or redo until the edit on this line of the log is the last that stands."""
        self._jump_on(self.edit_history.steps_to(line))

    # -- inside ------------------------------------------------------------------------------

    def _jump_on(self, steps: Iterator[None]) -> None:
        """Take a few steps and let the window breathe: each one is safe on the disk."""
        try:
            if sum(1 for _ in islice(steps, _STEPS_AT_ONCE)):
                QTimer.singleShot(0, self, lambda: self._jump_on(steps))
        except Refused as refusal:
            self.refused.emit(said(refusal))
        except Trouble as trouble:
            self.trouble.emit(said(trouble))

    def _as_meant(self, at: Stamp) -> tuple[Stamp, str]:
        """The frame that a press was for, and the note on it if it is not the one on screen."""
        late_us = self.late_us()
        if not late_us:
            return at, ""
        meant = self._stamp_at(at.time_us - late_us)
        words = self.tr("reaction −{ms} ms")
        return meant, words.format(ms=round((at.time_us - meant.time_us) / 1000))

    def instance_for(self, track: Track) -> str:
        """Whom an event on that track is about; empty if there is only one."""
        subjects = {one.id: one for one in self.observation.scheme.subjects}
        found = subjects.get(track.subject)
        return self.instance if found is not None and found.allow_instances else ""

    def _code(
        self, meant: CodeKey, at: Stamp, *, another: bool = False, note: str = ""
    ) -> Edit | None:
        self._last = meant
        instance, target_id = self.instance_for(meant.track), self.target_id
        service = self._service

        def act() -> Edit:
            if not target_id:
                return service.press(meant, at, self.pass_id, instance, note=note)
            return service.answer(
                self.pass_id,
                target_id,
                meant,
                at,
                instance=instance,
                stamp_of=self._stamp_at,
                another=another,
                note=note,
            )

        edit = self.attempt(act)
        if edit:
            self.coded.emit(edit)
        elif edit is not None:
            self.unchanged.emit(meant.code.label)
        return edit

    def attempt(self, action: Callable[[], Edit]) -> Edit | None:
        """Do something; what the rules or the world have against it is said."""
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
        if main is None:
            return
        there = observation.timeline.ids_among(self.chosen_ids)
        left = tuple(one for one in self.chosen_ids if one in there)
        if main.id in left and len(left) > 1:
            self.choose(left)  # several were changed at once, and stay selected
        else:
            self.select(main.id if observation.timeline.get(main.id) else "")
