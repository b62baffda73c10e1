"""What keys do to the view of the timeline."""

from PySide6.QtCore import Qt

from imhcode.ui.coding.timeline_scale import Extent, TimeScale

ZOOM_STEP = 1.25  #: one notch of the wheel; a key is worth two
_PAGE_SHARE = 0.9  #: how much further a page is; the rest stays for the eye to hold on to


def scale_after(key: Qt.Key, scale: TimeScale, extent: Extent, centre: float) -> TimeScale | None:
    """What is on show once a key was pressed; ``None`` if the key means nothing here.

    Coding letters and arrows mean nothing here, so that they reach the window: an arrow is one
    frame wherever the focus is.

    Parameters
    ----------
    centre : float
        The place that zooming keeps still, in pixels.
    """
    page = scale.width_px * _PAGE_SHARE
    match key:
        case Qt.Key.Key_PageUp:
            return scale.panned(-page, extent)
        case Qt.Key.Key_PageDown:
            return scale.panned(page, extent)
        case Qt.Key.Key_Plus:
            return scale.zoomed(ZOOM_STEP**2, centre, extent)
        case Qt.Key.Key_Minus:
            return scale.zoomed(ZOOM_STEP**-2, centre, extent)
        case Qt.Key.Key_0:
            return TimeScale.fitting(extent, scale.width_px)
        case _:
            return None
