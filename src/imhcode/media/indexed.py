"""All that has to be known of a file before any of its frames can be had."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av

from imhcode.media.container import decodable, open_container, picture_stream
from imhcode.media.display import Display
from imhcode.media.framing import Framing
from imhcode.media.framing_reading import read_framing
from imhcode.media.packet_index import PacketIndex, Progress, read_packet_index
from imhcode.media.picture import Picture
from imhcode.media.probe import AudioFacts, Probe


@dataclass(frozen=True, eq=False)
class IndexedRecording:
    """What one reading of a file has found.

    Attributes
    ----------
    index : PacketIndex
        Where its frames lie.
    framing : Framing
        How they are to be shown.
    audio : AudioFacts or None
        Its first sound track.
    """

    index: PacketIndex
    framing: Framing
    audio: AudioFacts | None

    @property
    def probe(self) -> Probe:
        """The facts a study keeps."""
        width, height = self.framing.upright_size
        times = self.index.times
        return Probe(
            frames=len(times),
            first_us=0,
            last_us=times.last_us,
            variable_frame_rate=times.variable_frame_rate,
            rotation_deg=self.framing.rotation_deg,
            width=width,
            height=height,
            audio=self.audio,
            end_us=times.end_us,
        )


def index_recording(
    path: Path,
    *,
    size: tuple[int, int] | None = None,
    on_progress: Progress = lambda _: None,
    on_first_picture: Callable[[Picture], None] | None = None,
) -> IndexedRecording:
    """Read a checked path through: the first picture, then every packet once.

    Parameters
    ----------
    path : Path
        The checked file.
    size : (int, int) or None
        What the first picture must fit into.
    on_progress : callable
        Gets the share of the file read.
    on_first_picture : callable or None
        Gets a picture to show meanwhile.  It is not marked exact: whether it is frame 0 is known
        only at the end.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    """
    with open_container(path) as container:
        stream = picture_stream(container, path)
        framing, first = read_framing(path)
        if on_first_picture is not None:
            on_first_picture(_first_picture(framing, first, size))
        index = read_packet_index(container, stream, path, on_progress)
        audio = [
            AudioFacts(rate_hz=track.rate, channels=track.channels)
            for track in container.streams.audio
            if decodable(track)
        ]
    return IndexedRecording(index, framing, audio[0] if audio else None)


def _first_picture(
    framing: Framing, decoded: av.VideoFrame, size: tuple[int, int] | None
) -> Picture:
    display = Display(framing)
    decode_size = framing.size_to_decode(size)
    held = display.fitted(decoded, decode_size, deinterlaced=True)
    pixels = display.finished(held, decode_size)
    return Picture(0, 0, pixels.shape[1], pixels.shape[0], pixels, is_exact=False)
