"""What a guided pass needs of the workspace: where it plays, shows and asks."""

from collections.abc import Callable
from dataclasses import dataclass

from imhcode.domain.event import Stamp
from imhcode.ui.coding.guide_strip import GuideStrip
from imhcode.ui.coding.modifier_panel import ModifierPanel
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.timeline_view import TimelineView

_BEFORE_US = 200_000  #: the frame shown at an instant may begin so much earlier
_BEHIND_US = 1_000_000  #: and the first one painted while playing may come so much later


@dataclass(frozen=True)
class Stage:
    """The parts of the window on which a walk, or stepping by bins, takes place.

    Attributes
    ----------
    go : callable
        Shows the frame at a session time.
    here : callable
        The frame on screen.
    """

    model: ObservationViewModel
    playback: Playback
    timeline: TimelineView
    strip: GuideStrip
    modifiers: ModifierPanel
    go: Callable[[int], None]
    here: Callable[[], Stamp]

    def show(self, from_us: int, until_us: int, *, plays: bool) -> None:
        """Play a stretch and stand on its last frame; or stand on its first."""
        self.model.is_on_the_way = not _is_at(self.here().time_us, from_us)
        if plays and self.playback.frame_times is not None:
            self.playback.play_stretch(from_us, until_us)
        else:
            self.playback.pause()
            self.go(from_us)
        self.timeline.scroll_to(from_us)

    def arrive(self, time_us: int, from_us: int) -> None:
        """Another frame is on screen: that which was asked for, or wherever one went."""
        if not self.playback.is_playing or _is_at(time_us, from_us):
            self.model.is_on_the_way = False

    def played_us(self, from_us: int) -> int:
        """The first instant of a stretch that there is a picture of."""
        first_us, end_us = self.playback.extent_us()
        return from_us if self.playback.frame_times is None else max(min(from_us, end_us), first_us)


def _is_at(time_us: int, from_us: int) -> bool:
    return from_us - _BEFORE_US <= time_us < from_us + _BEHIND_US
