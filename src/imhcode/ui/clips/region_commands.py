"""What the keys of the window of clips do about the regions that are hidden."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from imhcode.media.clips.regions import HIDINGS, SHAPES, KeyBox, Region
from imhcode.media.clips.tracking import Proposal
from imhcode.ui.clips.clip_writing import ClipWriting
from imhcode.ui.clips.drawing import Drawing
from imhcode.ui.clips.mask_view import MaskView
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.widgets.message_strip import MessageStrip


class Window(Protocol):
    """What the commands need of the window they act in."""

    study: OpenStudy | None
    view: MaskView
    drawing: Drawing
    writing: ClipWriting
    strip: MessageStrip

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; say what the rules or the world have against it."""

    def go_to_box(self, frame: int | None) -> None:
        """Show the picture with a frame of the chosen region's camera."""

    def alter(self, field: str, value: str) -> None:
        """Change a field of the chosen region."""

    def names(self) -> dict[str, str]:
        """What the cameras that are shown are called, by their id."""


class RegionCommands:
    """One method a command of `imhcode.ui.clips.clip_commands`.

    Parameters
    ----------
    window : Window
        Where they act.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._followed: tuple[str, int, Region] | None = None

    def new_region(self) -> None:
        self._window.attempt(self._window.drawing.new_region)
        self._window.view.setFocus()

    def next_region(self) -> None:
        self._window.drawing.next_region()

    def key_box(self) -> None:
        self._window.attempt(self._window.drawing.key_box)

    def take_box(self) -> None:
        self._window.attempt(self._window.drawing.take_box)

    def take_region(self) -> None:
        draft = self._window.drawing.draft
        if draft is not None:
            self._window.attempt(draft.take_away)

    def undo(self) -> None:
        """Take the last change of the masks back."""
        draft = self._window.drawing.draft
        if draft is not None:
            self._window.attempt(draft.undo)

    def other_shape(self) -> None:
        self._other("shape", SHAPES)

    def other_hiding(self) -> None:
        self._other("hiding", HIDINGS)

    def _other(self, field: str, choices: tuple[str, ...]) -> None:
        draft = self._window.drawing.draft
        if draft is not None and draft.region is not None:
            at = choices.index(getattr(draft.region, field))
            self._window.alter(field, choices[(at + 1) % len(choices)])

    def next_key_box(self) -> None:
        self._window.go_to_box(self._window.drawing.next_key_frame(1))

    def previous_key_box(self) -> None:
        self._window.go_to_box(self._window.drawing.next_key_frame(-1))

    def other_camera(self) -> None:
        """Draw the next region on the other camera."""
        self._window.drawing.camera = (self._window.drawing.camera + 1) % max(
            1, len(self._window.drawing.cameras)
        )
        names = list(self._window.names().values())
        if names:
            self._window.strip.say(
                _tr("A new region is drawn on {camera}.").format(
                    camera=names[self._window.drawing.camera]
                )
            )

    def propose(self) -> None:
        """Follow what the chosen box is drawn around, to the end of the clip."""
        found, shown = self._window.drawing.chosen_box(), self._window.view.preview
        if (
            found is None
            or shown is None
            or self._window.study is None
            or self._window.writing.is_busy
        ):
            return
        draft = self._window.drawing.draft
        if draft is None or draft.chosen is None or draft.region is None:
            return
        camera, frame, _, box = found
        last = shown.last.frames[camera]
        if last is not None and last > frame:
            self._followed = *draft.chosen, draft.region
            self._window.writing.follow(
                shown.plan.shots[0].cameras[camera],
                self._window.study.index_folder(),
                KeyBox(frame, box),
                last,
            )

    def take_proposal(self, found: Proposal) -> None:
        draft = self._window.drawing.draft
        if draft is None or self._followed is None:
            return
        recording, number, region = self._followed
        if region not in draft.masks.get(recording, ())[number : number + 1]:
            self._window.strip.say(_tr("The region was changed meanwhile: follow it again."))
            return
        draft.choose(recording, number)
        self._window.attempt(lambda: self._window.drawing.take_proposal(found))
        if found.is_lost:
            words = _tr("Lost after frame {frame}: go there and draw it on.")
        else:
            words = _tr("Followed to frame {frame}. Look at every picture, and mend it.")
        self._window.strip.say(words.format(frame=found.key_boxes[-1].frame))


def _tr(text: str) -> str:
    return QCoreApplication.translate("clips", text)
