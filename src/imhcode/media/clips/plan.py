"""What a clip is to show: stretches of a session, one camera or two, sound, hidden regions."""

from dataclasses import dataclass
from pathlib import Path

from imhcode.domain.timecode import US_PER_S, as_decimal
from imhcode.media.clips.errors import EmptyPlan, NothingToShow, TooManyCameras
from imhcode.media.clips.regions import Region

_MOST_CAMERAS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipCamera:
    """A recording, and what of its picture is hidden.

    Attributes
    ----------
    path : Path
        The film, or the folder of stills.
    offset_us : int
        Session time = recording time + ``offset_us``.
    interval_us : int
        How long each still of a folder is shown; 0 for a film.
    deinterlaced : bool
        Whether interlaced pictures are shown without combs.
    regions : tuple of Region
        Hidden before anything else is done to the picture.
    """

    path: Path
    offset_us: int = 0
    interval_us: int = 0
    deinterlaced: bool = True
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A stretch of the session, shown.

    The frames are those of the first camera: all that are on screen at some time of the stretch,
    each for as long as it was.  The other camera shows what it saw when each of them began.

    Attributes
    ----------
    cameras : tuple of ClipCamera
        One, or two side by side.
    from_us, until_us : int
        ``[from_us, until_us)`` on the session clock.
    sound_from : ClipCamera or None
        Whose sound is heard, also if it is not seen; ``None`` for silence.
    muted : tuple of (int, int)
        Stretches ``[from, until)`` of the session clock without sound.

    Raises
    ------
    NothingToShow, TooManyCameras
        Refused.
    """

    cameras: tuple[ClipCamera, ...]
    from_us: int
    until_us: int
    sound_from: ClipCamera | None = None
    muted: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.cameras) <= _MOST_CAMERAS:
            raise TooManyCameras(count=len(self.cameras))
        for from_us, until_us in ((self.from_us, self.until_us), *self.muted):
            if until_us <= from_us:
                raise NothingToShow(
                    from_s=as_decimal(from_us, US_PER_S), until_s=as_decimal(until_us, US_PER_S)
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleCard:
    """Words on a plain ground between two shots.

    Attributes
    ----------
    text : str
        What it says; lines are broken where it says so, and where they would be too long.
    duration_us : int
        How long it stands.
    """

    text: str
    duration_us: int = 3_000_000

    def __post_init__(self) -> None:
        if self.duration_us <= 0:
            raise NothingToShow(
                from_s=as_decimal(0, US_PER_S), until_s=as_decimal(self.duration_us, US_PER_S)
            )


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """A whole clip: a shot, or several with title cards between them.

    Attributes
    ----------
    parts : tuple of Shot and TitleCard
        One after the other, at least one shot among them.

    Raises
    ------
    EmptyPlan
        There is no shot.
    """

    parts: tuple[Shot | TitleCard, ...]

    def __post_init__(self) -> None:
        if not self.shots:
            raise EmptyPlan

    @property
    def shots(self) -> tuple[Shot, ...]:
        """The shots alone."""
        return tuple(one for one in self.parts if isinstance(one, Shot))

    @property
    def has_sound(self) -> bool:
        """Whether anything is to be heard."""
        return any(one.sound_from is not None for one in self.shots)

    @property
    def has_masks(self) -> bool:
        """Whether anything is hidden in any picture."""
        return any(camera.regions for shot in self.shots for camera in shot.cameras)
