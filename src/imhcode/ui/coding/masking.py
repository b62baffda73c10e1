"""Hiding a person in every camera's picture, where a pass asks for it."""

from typing import Protocol

from PySide6.QtCore import QObject

from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.picture_cover import region_in, text_of
from imhcode.ui.coding.picture_view import PictureView


class Kept(Protocol):
    """Where regions are kept."""

    def choice(self, name: str) -> str:
        """What was chosen last under a name."""

    def choose(self, name: str, value: str) -> None:
        """Remember a choice."""


class Masking(QObject):
    """Covers a region of each camera's picture; drawn once, kept with the recording.

    It covers the view only: the recording, its sound and what is exported stay as they are.

    Parameters
    ----------
    wall : CameraWall
        Where the cameras hang.
    """

    def __init__(self, wall: CameraWall, parent: QObject) -> None:
        super().__init__(parent)
        self._wall = wall
        self._subject = ""
        self._kept: Kept | None = None
        self._joined: set[PictureView] = set()

    def cover(self, subject: str, kept: Kept | None = None) -> bool:
        """Hide one person, or nobody; ``False`` if nobody has said yet where that person is."""
        self._subject, self._kept = subject, kept
        known = not subject
        for recording_id, view in self._wall.views():
            if view not in self._joined:
                self._joined.add(view)
                view.cover_changed.connect(self._keep)
                view.destroyed.connect(lambda _=None, gone=view: self._joined.discard(gone))
            region = None
            if subject and kept is not None:
                region = region_in(kept.choice(self._name(recording_id)))
            view.set_cover(region)
            known = known or region is not None
        return known

    @property
    def is_placed(self) -> bool:
        """Whether regions can be drawn now."""
        return any(view.cover.is_placed for _, view in self._wall.views())

    def place(self, on: bool) -> bool:
        """Let the mouse draw the region, or no longer; ``False`` if the pass hides nobody."""
        for _, view in self._wall.views():
            view.place_cover(on and bool(self._subject))
        return bool(self._subject)

    def _keep(self) -> None:
        if self._kept is None or not self._subject:
            return
        for recording_id, view in self._wall.views():
            self._kept.choose(self._name(recording_id), text_of(view.cover.region))

    def _name(self, recording_id: str) -> str:
        return f"cover/{recording_id}/{self._subject}"
