"""What a recording is, in a handful of facts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AudioFacts:
    """The first sound track: samples a second and number of channels."""

    rate_hz: int
    channels: int


@dataclass(frozen=True)
class Probe:
    """The facts a study keeps about a recording.

    Attributes
    ----------
    frames : int
        Number of shown frames (containers often claim another).
    first_us, last_us : int
        Onset of the first (always 0) and of the last frame, µs on the recording's own clock.
    variable_frame_rate : bool
        Whether the frames leave an even grid.
    rotation_deg : int
        Clockwise turn that makes the stored picture upright.
    width, height : int
        Size of the upright picture, pixels.
    audio : AudioFacts or None
        The first sound track, if there is one.
    end_us : int
        End of the last frame, µs.
    """

    frames: int
    first_us: int
    last_us: int
    variable_frame_rate: bool
    rotation_deg: int
    width: int
    height: int
    audio: AudioFacts | None
    end_us: int
