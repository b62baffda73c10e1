"""What a player asks of a recording, whether it is a film or a folder of stills."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from imhcode.media.frame_times import FrameTimes
from imhcode.media.picture import Picture
from imhcode.media.probe import Probe
from imhcode.media.sound_track import SoundTrack


class PictureSource(Protocol):
    """Exact pictures of one recording; belongs to one thread at a time but for `check_there`.

    See `imhcode.media.source.Source` for what each promises.
    """

    @property
    def path(self) -> Path:
        """The file or folder, absolute."""

    @property
    def probe(self) -> Probe:
        """What it is."""

    @property
    def frame_times(self) -> FrameTimes:
        """When each frame is shown."""

    @property
    def sound_track(self) -> SoundTrack | None:
        """Its sound, if it has any."""

    def picture(
        self,
        frame: int,
        size: tuple[int, int] | None = None,
        *,
        deinterlaced: bool = True,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Picture:
        """Return exactly the picture of a frame."""

    def coarse_picture(
        self, frame: int, size: tuple[int, int] | None = None, *, deinterlaced: bool = True
    ) -> Picture | None:
        """Return at once some picture near a frame that takes a while."""

    def prefetch(
        self, *, wanted: Callable[[], bool], only_next: bool = False, for_scrubbing: bool = False
    ) -> None:
        """Make ready what will be asked for next."""

    def check_there(self) -> None:
        """Raise what is the matter when the recording is gone; used by any thread."""

    def close(self) -> None:
        """Let go of everything."""
