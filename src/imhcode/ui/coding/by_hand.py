"""Editing by hand: selection, dragging, the marked stretch, and keys that wait for a code."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Signal

from imhcode.domain.boundaries import edge_us
from imhcode.domain.edit import Edit
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures import Edge
from imhcode.domain.keys import CodeKey
from imhcode.ui.coding.boundary_review import BoundaryReview
from imhcode.ui.coding.dragging import OTHERWISE, Dragging
from imhcode.ui.coding.event_table import EventTable
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.timeline_view import TimelineView

Waiting = Literal["", "recode", "copy", "insert"]


class ByHand(QObject):
    """Joins timeline, table and keys to the direct edits of the open observation.

    Signals
    -------
    said(str, str)
        A sentence for the message strip, and its tone.

    Attributes
    ----------
    stretch : tuple of (int, int) or None
        The marked stretch, in microseconds.
    waiting : str
        What the next code key will do instead of coding.
    """

    said = Signal(str, str)

    def __init__(
        self,
        timeline: TimelineView,
        table: EventTable,
        playback: Playback,
        go: Callable[[int], None],
        here: Callable[[], Stamp],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._table = table
        self._playback = playback
        self._go = go
        self._here = here
        self._model: ObservationViewModel | None = None
        self._ends: tuple[int | None, int | None] = (None, None)
        self.stretch: tuple[int, int] | None = None
        self.waiting: Waiting = ""
        self.dragging = Dragging(timeline, playback, go, self._here_us, self)
        self.review = BoundaryReview(timeline, playback, go, self._here_us, self)
        self.dragging.refused.connect(lambda words: self.said.emit(words, "refused"))
        self.review.reached.connect(self._choose_one)
        self.review.finished.connect(
            lambda: self.said.emit(self.tr("Every boundary of this pass is reviewed."), "info")
        )
        timeline.event_selected.connect(self._choose_one)
        timeline.event_toggled.connect(self._toggle)
        timeline.events_boxed.connect(self._choose_boxed)
        timeline.corner_clicked.connect(self.change_way)
        table.events_chosen.connect(self._choose_all)

    def open(self, model: ObservationViewModel) -> None:
        """Edit this observation from now on."""
        self._model = model
        model.chosen.connect(self._show_chosen)
        model.observation_changed.connect(self._follow)
        model.pass_changed.connect(lambda _: self.review.end())
        self.dragging.open(model.editing)
        self.review.open(model.editing)
        self.forget_stretch()
        self.waiting = ""
        self._show_way()

    def close(self) -> None:
        """Let go of the observation."""
        self._model = None
        self.dragging.open(None)
        self.review.open(None)

    def escape(self) -> bool:
        """Put away what is on top; ``False`` if nothing is."""
        if self.dragging.cancel():
            return True
        if self.waiting:
            self._wait_for("")
            return True
        return self.forget_stretch() or self.review.end()

    # -- keys that wait for a code -----------------------------------------------------------

    def wait_for(self, verb: Waiting) -> None:
        """Let the next code key do this with the selection, or with the stretch."""
        if self._model is None:
            return
        if verb == "insert" and self.stretch is None:
            self.said.emit(
                self.tr("Mark a stretch first: Alt+[ begins it, Alt+] ends it."), "refused"
            )
            return
        if verb != "insert" and not self._model.chosen_ids:
            self.said.emit(self.tr("Select an event first."), "refused")
            return
        self._wait_for(verb)

    def _wait_for(self, verb: Waiting) -> None:
        self.waiting = verb
        words = {
            "": "",
            "recode": self.tr("Press the key of the new code · Esc leaves it"),
            "copy": self.tr("Copy: press the key of the code it becomes · Esc leaves it"),
            "insert": self.tr("Press the key of the code for the marked stretch · Esc leaves it"),
        }[verb]
        self._timeline.set_note(words)
        self.review.count()

    def take(self, character: str) -> bool:
        """Use a code key for what waits; ``False`` if nothing does or the pass lacks the key."""
        meant = self._model.keys().get(character.lower()) if self._model and self.waiting else None
        return meant is not None and self.take_code(meant)

    def take_code(self, meant: CodeKey) -> bool:
        """Use a code for what waits; ``False`` if nothing does."""
        model, verb = self._model, self.waiting
        if model is None or not verb:
            return False
        self._wait_for("")
        if verb == "recode":
            model.editing.recode(meant)
        elif verb == "copy":
            model.editing.copy(meant)
        elif self.stretch is not None:
            model.editing.insert(meant, self.stretch)
            self.forget_stretch()
        return True

    def code(self, meant: CodeKey) -> None:
        """Use a code that was clicked for what waits, or code it here."""
        if self._model is not None and not self.take_code(meant):
            self._model.code(meant)

    # -- the marked stretch ------------------------------------------------------------------

    def mark_end(self, which: Edge) -> None:
        """Let the stretch begin, or end, at the frame on screen."""
        at_us = self._here_us()
        from_us, until_us = self._ends
        self._ends = (at_us, until_us) if which == "onset" else (from_us, at_us)
        from_us, until_us = self._ends
        if from_us is not None and until_us is not None:
            self.stretch = (min(from_us, until_us), max(from_us, until_us))
        else:
            self.stretch = None
        only = from_us if from_us is not None else until_us
        self._timeline.set_stretch(self.stretch or ((only, only) if only is not None else None))

    def forget_stretch(self) -> bool:
        """Mark nothing; ``False`` if nothing was marked."""
        was_marked, self._ends, self.stretch = self._ends != (None, None), (None, None), None
        self._timeline.set_stretch(None)
        return was_marked

    def select_stretch(self) -> None:
        """Select every event of the pass that touches the stretch."""
        if self._model is not None and self.stretch is not None:
            self._model.choose(self._model.editing.within(self.stretch))

    def select_shown(self) -> None:
        """Select every event that the table shows."""
        if self._model is not None:
            shown, current = self._table.shown_ids(), self._model.selected_id
            if current in shown:  # it stays the one that is asked about, and where the table is
                shown = (*(one for one in shown if one != current), current)
            self._model.choose(shown)

    # -- edges -------------------------------------------------------------------------------

    def nudge_edge(self, frames: int) -> None:
        """Move the boundary under review, or the selected event's edge nearest to the frame."""
        model, found = self._model, self._edge_in_question()
        if model is None or found is None:
            return
        event, edge = found
        to_us = self._playback.beside(edge_us(event, edge), frames)
        shared = self.review.boundary is not None
        if model.editing.nudge(event.id, edge, to_us, shared=shared):
            moved = model.observation.timeline.get(event.id)
            if moved is not None:
                self._go(edge_us(moved, edge))

    def nudge(self, edge: Edge, frames: int) -> None:
        """Move an edge of the selected event; the picture stays where it is."""
        event = self._model.selected_event() if self._model else None
        if self._model is not None and event and not (edge == "offset" and event.is_running):
            to_us = self._playback.beside(edge_us(event, edge), frames)
            self._model.editing.nudge(event.id, edge, to_us)

    def _edge_in_question(self) -> tuple[Event, Edge] | None:
        model, boundary = self._model, self.review.boundary
        if model is None:
            return None
        if boundary is not None:
            event = model.observation.timeline.get(boundary.event_id)
            return None if event is None else (event, boundary.edge)
        event = model.selected_event()
        if event is None:
            return None
        at_us = self._here_us()
        later = not event.is_running and abs(event.until_us - at_us) < abs(event.onset_us - at_us)
        return (event, "offset" if later else "onset")

    def change_way(self) -> None:
        """Trim neighbours, or push them."""
        if self._model is not None:
            editing = self._model.editing
            editing.choose_neighbours(OTHERWISE[editing.neighbours])
            self._show_way()

    def _show_way(self) -> None:
        if self._model is None:
            return
        push = self._model.editing.neighbours == "push"
        self._timeline.set_corner(
            self.tr("Neighbours: pushed") if push else self.tr("Neighbours: trimmed"),
            self.tr(
                "What becomes of the event next to one that you move or lengthen.\n"
                "Click, or Ctrl+Shift+U, to change; hold Alt while dragging for the other.\n"
                "Where a code is needed at every instant, the shared edge always moves along."
            ),
        )

    # -- selection ---------------------------------------------------------------------------

    def _toggle(self, event_id: str) -> None:
        if self._model is not None:
            self._model.toggle(event_id)

    def _choose_one(self, event_id: str) -> None:
        if self._model is not None:
            self._model.select(event_id)

    def _choose_all(self, event_ids: tuple[str, ...]) -> None:
        if self._model is not None:
            self._model.choose(event_ids)

    def _choose_boxed(self, event_ids: tuple[str, ...], adding: bool) -> None:
        if self._model is not None:
            before = self._model.chosen_ids if adding else ()
            self._model.choose(tuple(dict.fromkeys((*before, *event_ids))))

    def _show_chosen(self, event_ids: tuple[str, ...]) -> None:
        self._timeline.set_chosen(event_ids)
        self._table.set_chosen(event_ids)

    def _follow(self, observation: object, edit: Edit, cause: str) -> None:
        """A boundary under review goes with its event."""
        del observation, edit, cause
        if self._model is not None and self.review.boundary is not None:
            self.review.look_up(self.review.boundary.now_in(self._model.observation))

    def _here_us(self) -> int:
        return self._here().time_us
