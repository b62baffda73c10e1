"""How a coder looks at one camera: zoom, place, brightness and contrast; never what is stored."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

LARGEST_ZOOM = 8.0
STRONGEST = 100  #: brightness and contrast go from minus to plus this
_STOPS = 1.5  #: what the strongest setting does, in powers of two


@dataclass(frozen=True, slots=True)
class Look:
    """A way to look at a picture.

    Attributes
    ----------
    zoom : float
        1 shows all of it; up to `LARGEST_ZOOM`.
    x, y : float
        The point of the picture in the middle of the view, as shares of its width and height.
    brightness, contrast : int
        From -`STRONGEST` to `STRONGEST`; 0 leaves the picture as it was filmed.
    """

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5
    brightness: int = 0
    contrast: int = 0

    @property
    def is_natural(self) -> bool:
        """Whether brightness and contrast are as filmed."""
        return self.brightness == 0 and self.contrast == 0

    def curve(self) -> NDArray[np.uint8]:
        """The new level of each of the 256 old ones, shape (256,).

        Brightness bends the curve and clips nothing, so that a dim room opens without the window
        in it going white; contrast turns it around the middle.
        """
        level = np.linspace(0.0, 1.0, 256) ** 2 ** (-_STOPS * self.brightness / STRONGEST)
        level = (level - 0.5) * 2 ** (_STOPS * self.contrast / STRONGEST) + 0.5
        return np.asarray(np.clip(level * 255 + 0.5, 0, 255), dtype=np.uint8)

    def place(self, picture: QSizeF, view: QSizeF) -> QRectF:
        """Where the whole picture lies in the view; it never leaves a needless gap."""
        fitted = min(view.width() / picture.width(), view.height() / picture.height())
        width = picture.width() * fitted * self.zoom
        height = picture.height() * fitted * self.zoom
        left = _start(width, view.width(), self.x)
        return QRectF(left, _start(height, view.height(), self.y), width, height)

    def zoomed(self, factor: float, at: QPointF, picture: QSizeF, view: QSizeF) -> "Look":
        """Zoom so that the point under ``at`` stays there."""
        before = self.place(picture, view)
        zoom = min(LARGEST_ZOOM, max(1.0, self.zoom * factor))
        share_x = (at.x() - before.x()) / before.width()
        share_y = (at.y() - before.y()) / before.height()
        grown = zoom / self.zoom
        x = share_x + (view.width() / 2 - at.x()) / (before.width() * grown)
        y = share_y + (view.height() / 2 - at.y()) / (before.height() * grown)
        return replace(self, zoom=zoom, x=x, y=y).kept_inside(picture, view)

    def panned(self, by: QPointF, picture: QSizeF, view: QSizeF) -> "Look":
        """Drag the picture along."""
        now = self.place(picture, view)
        moved = replace(self, x=self.x - by.x() / now.width(), y=self.y - by.y() / now.height())
        return moved.kept_inside(picture, view)

    def kept_inside(self, picture: QSizeF, view: QSizeF) -> "Look":
        """The same look with its middle where the picture really lies, so that no drag is lost."""
        now = self.place(picture, view)
        return replace(
            self,
            x=(view.width() / 2 - now.x()) / now.width(),
            y=(view.height() / 2 - now.y()) / now.height(),
        )


def _start(length: float, room: float, middle: float) -> float:
    """Where a picture side begins: centred if it fits, else without a gap at either end."""
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - middle * length))
