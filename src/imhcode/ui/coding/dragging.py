"""From the pointer to an edit: what is in hand is shown, and done once when it is let go."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.gestures import Neighbours
from imhcode.domain.timecode import as_clock
from imhcode.ui.coding.editing_model import EditingModel
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.timeline_grip import Part
from imhcode.ui.coding.timeline_view import TimelineView
from imhcode.ui.messages import said

_NEAR_US = 1_000  #: how near to what is possible a drag that went too far is brought
OTHERWISE: dict[Neighbours, Neighbours] = {"trim": "push", "push": "trim"}


class Dragging(QObject):
    """One drag at a time: the picture follows the edge, the observation waits.

    An edge that cannot go where the pointer is stops at the last frame that can be.

    Signals
    -------
    refused(str)
        A drag came to nothing, and this is why.
    """

    refused = Signal(str)

    def __init__(
        self,
        timeline: TimelineView,
        playback: Playback,
        go: Callable[[int], None],
        here: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._playback = playback
        self._go = go
        self._here = here
        self._model: EditingModel | None = None
        self._edit: Edit | None = None
        self._from_us: int | None = None
        self._possible_us = 0
        self._why = ""
        timeline.drag_moved.connect(self._move)
        timeline.drag_dropped.connect(self._drop)

    def open(self, model: EditingModel | None) -> None:
        """Edit this observation from now on."""
        self.cancel()
        self._model = model

    def cancel(self) -> bool:
        """Leave everything as it was; ``False`` if nothing is in hand."""
        if not self._timeline.is_dragging:
            return False
        self._timeline.let_go()
        if self._from_us is not None:
            self._go(self._from_us)
        self._forget()
        return True

    def _move(self, event_id: str, part: Part, to_us: int, otherwise: bool) -> None:
        model = self._model
        if model is None:
            return
        if self._from_us is None:
            self._playback.pause()
            self._from_us = self._here()
            self._possible_us = to_us
        way = OTHERWISE.get(model.neighbours, "trim") if otherwise else model.neighbours
        edit = self._possible(model, event_id, part, to_us, way)
        if edit is None:
            return
        self._edit = edit
        event = next(
            (one.after for one in edit.steps if one.after and one.after.id == event_id), None
        )
        if event is None:  # it is back where it was
            self._timeline.show_preview(None)
            return
        at_us = event.until_us if part == "offset" else event.onset_us
        self._timeline.show_preview(edit, at_us, self._words(event, part))
        self._go(at_us)

    def _possible(
        self, model: EditingModel, event_id: str, part: Part, to_us: int, way: Neighbours
    ) -> Edit | None:
        """What lies nearest to where the pointer is, of what the rules allow."""
        try:
            edit = model.planned(event_id, part, to_us, way)
        except Refused as refusal:
            self._why = said(refusal)
        else:
            self._possible_us = to_us
            return edit
        best, near_us, far_us = None, self._possible_us, to_us
        while abs(far_us - near_us) > _NEAR_US:
            middle_us = (near_us + far_us) // 2
            try:
                best = model.planned(event_id, part, middle_us, way)
                near_us = middle_us
            except Refused:
                far_us = middle_us
        self._possible_us = near_us
        return best

    def _drop(self) -> None:
        edit, why = self._edit, self._why
        self._timeline.let_go()
        self._forget()
        if self._model is not None and edit:
            self._model.do(edit)
        elif why:
            self.refused.emit(why)

    def _forget(self) -> None:
        self._edit, self._from_us, self._why = None, None, ""

    def _words(self, event: Event, part: Part) -> str:
        at_us, frame = event.onset_us, event.onset_frame
        if part == "offset":
            at_us, frame = event.until_us, event.offset_frame
        if frame is None:
            return as_clock(at_us)
        return self.tr("{time} · frame {frame}").format(time=as_clock(at_us), frame=frame)
