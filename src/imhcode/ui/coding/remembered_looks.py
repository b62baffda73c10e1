"""How each recording is looked at, kept in the study from one day to the next."""

import json
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from imhcode.domain.study import Recording
from imhcode.ui.coding.camera_look import LARGEST_ZOOM, STRONGEST, Look
from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.picture_view import PictureView

_SETTLES_MS = 500  #: a slider that is moved is written down once it rests
_NAME = "imhcode_look"  #: property of a view: the name its look is kept under


class Study(Protocol):
    """Where looks are kept."""

    def choice(self, name: str) -> str:
        """What was chosen last under a name."""

    def choose(self, name: str, value: str) -> None:
        """Remember a choice."""


class RememberedLooks(QObject):
    """Gives each camera the look it had last, and notes when it gets another.

    Parameters
    ----------
    wall : CameraWall
        Where the cameras hang.
    """

    def __init__(self, wall: CameraWall, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wall = wall
        self._study: Study | None = None
        self._unwritten: dict[str, Look] = {}
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLES_MS)
        self._settling.timeout.connect(self.write)

    def attend(self, study: Study, recordings: Sequence[Recording]) -> None:
        """Follow the cameras of a session that has just been opened."""
        self.write()
        self._study = study
        for recording in recordings:
            frame = self._wall.frame(recording.id)
            if frame is None:
                continue
            view, name = frame.view, f"look/{recording.id}"
            if view.property(_NAME) is None:
                view.look_changed.connect(self._note)
            if view.property(_NAME) != name:
                view.setProperty(_NAME, name)
                view.set_look(look_in(study.choice(name)))
                self._unwritten.pop(name, None)  # it was read, not chosen

    def write(self) -> None:
        """Write down what has changed; to be asked before the study closes."""
        self._settling.stop()
        for name, look in self._unwritten.items():
            if self._study is not None:
                self._study.choose(name, text_of(look))
        self._unwritten = {}

    def let_go(self) -> None:
        """The study closes."""
        self.write()
        self._study = None

    def _note(self) -> None:
        view = self.sender()
        if not isinstance(view, PictureView) or self._study is None:
            return
        self._unwritten[str(view.property(_NAME))] = view.look
        self._settling.start()


def text_of(look: Look) -> str:
    """A look as it is kept; the usual one leaves nothing."""
    if look == Look():
        return ""
    return json.dumps([look.zoom, look.x, look.y, look.brightness, look.contrast])


def look_in(text: str) -> Look:
    """The look that was kept; anything strange means the usual one."""
    try:
        zoom, x, y, brightness, contrast = json.loads(text)
        look = Look(float(zoom), float(x), float(y), int(brightness), int(contrast))
    except (ValueError, TypeError):
        return Look()
    inside = 1 <= look.zoom <= LARGEST_ZOOM and 0 <= look.x <= 1 and 0 <= look.y <= 1
    lit = abs(look.brightness) <= STRONGEST and abs(look.contrast) <= STRONGEST
    return look if inside and lit else Look()
