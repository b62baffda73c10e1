"""The regions of a session while they are drawn: kept after each change, each can be taken back."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from imhcode.media.clips.regions import Box, KeyBox, Region
from imhcode.services.clip_masks import Masks, masks_from_text, text_of_masks

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService

LEAST_PX = 2.0  #: of a box's sides


class MaskDraft(QObject):
    """What is hidden in the recordings of one session.

    Parameters
    ----------
    study : StudyService
        Where it is kept, as ``masks/<session>``.
    session_id : str
        The session.

    Signals
    -------
    changed()
        A region or box is other than before, or another region is chosen.

    Raises
    ------
    MasksNotUnderstood, RegionWrong
        What is kept there is not what it should be.
    """

    changed = Signal()

    def __init__(self, study: "StudyService", session_id: str, parent: QObject | None) -> None:
        super().__init__(parent)
        self._study, self._name = study, f"masks/{session_id}"
        known = [one.id for one in study.session(session_id).recordings]
        text = study.choice(self._name)
        self.masks: Masks = masks_from_text(text, known) if text else {}
        self.chosen: tuple[str, int] | None = next(((one, 0) for one in self.masks), None)
        self._before: list[Masks] = []

    @property
    def region(self) -> Region | None:
        """The region that is chosen."""
        if self.chosen is None:
            return None
        recording, number = self.chosen
        there = self.masks.get(recording, ())
        return there[number] if number < len(there) else None

    def choose(self, recording: str, number: int) -> None:
        """Work on this region from now on."""
        self.chosen = recording, number
        self.changed.emit()

    def add(self, recording: str, region: Region) -> None:
        """One more region, which is chosen then."""
        there = self.masks.get(recording, ())
        self.chosen = recording, len(there)
        self._keep({**self.masks, recording: (*there, region)})

    def put(self, boxes: Iterable[KeyBox]) -> None:
        """Say where the chosen region lies on some frames."""
        region = self.region
        if region is not None:
            found = {one.frame: one for one in (*region.key_boxes, *boxes)}
            self.change(key_boxes=tuple(found[frame] for frame in sorted(found)))

    def put_run(self, boxes: tuple[KeyBox, ...]) -> None:
        """Say where the chosen region lies from the first of them to the last.

        What was said of the frames between is forgotten.
        """
        region = self.region
        if region is not None:
            first, last = boxes[0].frame, boxes[-1].frame
            others = [one for one in region.key_boxes if not first <= one.frame <= last]
            at = bisect_left(others, first, key=lambda one: one.frame)
            self.change(key_boxes=(*others[:at], *boxes, *others[at:]))

    def take_box(self, frame: int) -> bool:
        """Forget where it lies on a frame; the last box stays, for a region needs one."""
        region = self.region
        if region is None:
            return False
        left = tuple(one for one in region.key_boxes if one.frame != frame)
        if not left or len(left) == len(region.key_boxes):
            return False
        self.change(key_boxes=left)
        return True

    def change(self, **fields: Any) -> None:
        """Change something of the chosen region."""
        region = self.region
        if region is None or self.chosen is None:
            return
        recording, number = self.chosen
        there = list(self.masks[recording])
        there[number] = replace(region, **fields)
        if there[number] != region:
            self._keep({**self.masks, recording: tuple(there)})

    def take_away(self) -> None:
        """Hide nothing there any more."""
        if self.region is None or self.chosen is None:
            return
        recording, number = self.chosen
        there = self.masks[recording]
        left = there[:number] + there[number + 1 :]
        self.chosen = (recording, max(0, number - 1)) if left else None
        self._keep({**self.masks, recording: left})

    def undo(self) -> bool:
        """Take the last change back; whether there was one."""
        if not self._before:
            return False
        self._write(self._before.pop())
        return True

    def _keep(self, masks: Masks) -> None:
        self._before.append(self.masks)
        self._write(masks)

    def _write(self, masks: Masks) -> None:
        self.masks = {recording: there for recording, there in masks.items() if there}
        if self.region is None:
            first = next(iter(self.masks), None)
            self.chosen = None if first is None else (first, 0)
        self.changed.emit()
        self._study.choose(self._name, text_of_masks(self.masks))


def inside(box: Box, width: int, height: int) -> Box:
    """The box with a size, and its middle in the picture: one that is lost cannot be found."""
    wide, high = max(LEAST_PX, box.width), max(LEAST_PX, box.height)
    middle_x = min(max(box.x + box.width / 2, 0.0), float(width))
    middle_y = min(max(box.y + box.height / 2, 0.0), float(height))
    return Box(middle_x - wide / 2, middle_y - high / 2, wide, high)
