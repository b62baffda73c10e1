"""Where the panels lie at first, for each of the tasks a window is arranged for."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt

_Area = Qt.DockWidgetArea


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How the desk is laid for one task before anybody changes that.

    Attributes
    ----------
    id : str
        What it is called in what is kept.
    shown : frozenset of str
        The panels to be seen among those a person chooses to see.
    beside_px, timeline_px, below_px : int
        Width of what lies beside the picture; heights of the timeline and of what is below it.
    """

    id: str
    shown: frozenset[str] = frozenset()
    beside_px: int = 396
    timeline_px: int = 256
    below_px: int = 106


ARRANGEMENTS: Mapping[str, Arrangement] = {
    one.id: one
    for one in (
        Arrangement(id="code", shown=frozenset({"table"})),
        Arrangement(id="walk", timeline_px=200),
        Arrangement(id="rate", beside_px=460, timeline_px=160),
        Arrangement(
            id="review", shown=frozenset({"table", "findings"}), timeline_px=160, below_px=240
        ),
    )
}
FIRST = "code"

#: where each panel lies, in the order in which they are laid
AREAS: Mapping[str, Qt.DockWidgetArea] = {
    "sessions": _Area.LeftDockWidgetArea,
    "pad": _Area.RightDockWidgetArea,
    "form": _Area.RightDockWidgetArea,
    "history": _Area.RightDockWidgetArea,
    "timeline": _Area.BottomDockWidgetArea,
    "table": _Area.BottomDockWidgetArea,
    "findings": _Area.BottomDockWidgetArea,
}

#: beside which panel of its area each one lies, and in which direction from it
BESIDE: Mapping[str, tuple[str, Qt.Orientation]] = {
    "form": ("pad", Qt.Orientation.Horizontal),
    "history": ("form", Qt.Orientation.Horizontal),
    "table": ("timeline", Qt.Orientation.Vertical),
    "findings": ("table", Qt.Orientation.Horizontal),
}
SESSIONS_PX = 120
HISTORY_PX = 320


def name_of(arrangement: str) -> str:
    """What an arrangement is called in the window."""
    return {
        "code": QCoreApplication.translate("Arrangements", "Coding"),
        "walk": QCoreApplication.translate("Arrangements", "Walking from event to event"),
        "rate": QCoreApplication.translate("Arrangements", "Rating"),
        "review": QCoreApplication.translate("Arrangements", "Reviewing and editing"),
    }[arrangement]


def title_of(panel: str) -> str:
    """What a panel is called in its title."""
    return {
        "sessions": QCoreApplication.translate("Arrangements", "Sessions"),
        "pad": QCoreApplication.translate("Arrangements", "Codes"),
        "form": QCoreApplication.translate("Arrangements", "Ratings"),
        "history": QCoreApplication.translate("Arrangements", "Edit history"),
        "timeline": QCoreApplication.translate("Arrangements", "Timeline"),
        "table": QCoreApplication.translate("Arrangements", "Events"),
        "findings": QCoreApplication.translate("Arrangements", "Findings"),
    }[panel]
