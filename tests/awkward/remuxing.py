"""Files that are made by putting the packets of other files together in odd ways."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av

from awkward.fields import field, parameter_sets
from clips import HEIGHT, WIDTH, encode, numbered_pixels


def copied(
    original: Path,
    path: Path,
    keep: Callable[[int], bool] = lambda ordinal: True,
    pts_of: Callable[[int, int], int] = lambda ordinal, pts: pts,
    container_options: dict[str, str] | None = None,
) -> None:
    """Copy the pictures packet by packet, without some, with other times."""
    with (
        av.open(str(original)) as source,
        av.open(str(path), "w", options=container_options or {}) as target,
    ):
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        for ordinal, packet in enumerate(source.demux(stream)):
            if packet.size and keep(ordinal):
                packet.pts = pts_of(ordinal, packet.pts)
                packet.dts = packet.pts if packet.dts is None else min(packet.dts, packet.pts)
                packet.stream = copy
                target.mux(packet)


def keyframes(path: Path) -> list[int]:
    """The ordinals of the keyframes."""
    with av.open(str(path)) as source:
        packets = [packet for packet in source.demux(source.streams.video[0]) if packet.size]
    return [ordinal for ordinal, packet in enumerate(packets) if packet.is_keyframe]


def fields_as_packets(path: Path, n_frames: int, group: int = 12) -> None:
    """Write a transport stream in which each field of a frame is a picture of its own."""
    with av.open(str(path), "w") as target:
        stream = target.add_mux_stream("h264", rate=25, width=WIDTH, height=HEIGHT)
        stream.time_base = Fraction(1, 90_000)
        for number in range(n_frames):
            luma = numbered_pixels(number)[:, :, 0]
            for bottom in (False, True):
                data = field(luma[int(bottom) :: 2], number, group, bottom=bottom)
                is_key = number % group == 0 and not bottom
                if is_key:
                    data = data[:6] + parameter_sets(WIDTH, HEIGHT) + data[6:]
                packet = av.Packet(data)
                packet.stream = stream
                packet.time_base = Fraction(1, 90_000)
                packet.pts = packet.dts = number * 3600 + bottom * 1800
                packet.is_keyframe = is_key
                target.mux(packet)


def joined_bytes(path: Path, parts: list[Path]) -> None:
    """Put files one behind the other, as people join the pieces of a camera."""
    path.write_bytes(b"".join(part.read_bytes() for part in parts))


def two_sizes(path: Path) -> None:
    """A call recording: in the middle the other side turned the telephone."""
    first, second = (path.with_name(path.stem + end) for end in ("_wide.ts", "_tall.ts"))
    options = {"bf": "0", "g": "10", "preset": "fast"}
    encode(first, ticks=range(40), options=options)
    encode(second, ticks=range(40), options=options, size=(64, 128), first_number=40)
    shift = 40 * 3600
    with av.open(str(path), "w") as target:
        copy = None
        for part, plus in ((first, 0), (second, shift)):
            with av.open(str(part)) as source:
                stream = source.streams.video[0]
                copy = copy or target.add_stream_from_template(stream)
                for packet in source.demux(stream):
                    if packet.size:
                        packet.pts += plus
                        packet.dts += plus
                        packet.stream = copy
                        target.mux(packet)


def packed(original: Path, path: Path) -> None:
    """Pack a P and the B after it into one packet, with an empty one behind, as DivX did.

    ``original`` is MPEG-4 in AVI with one B between references, and begins I P B P B …
    """
    with av.open(str(original)) as source:
        stream = source.streams.video[0]
        packets = [
            (bytes(packet), packet.is_keyframe) for packet in source.demux(stream) if packet.size
        ]
        extra = stream.codec_context.extradata or b""
    mark = b"\0\0\1\xb2DivX503b1393p"  # how a decoder knows
    nothing = b"\0\0\1\xb6\x50\0\0"  # a P that is not coded: the picture stays
    data, place = [], 0
    while place < len(packets):
        first, is_key = packets[place]
        if place + 1 < len(packets) and _is_b(packets[place + 1][0]):
            data += [(first + packets[place + 1][0], is_key), (nothing, False)]
            place += 2
        else:
            data.append((first, is_key))
            place += 1
    with av.open(str(path), "w") as target:
        copy = target.add_mux_stream("mpeg4", rate=25, width=WIDTH, height=HEIGHT)
        copy.time_base = Fraction(1, 25)
        for tick, (body, is_key) in enumerate(data):
            packet = av.Packet((extra + mark if tick == 0 else b"") + body)
            packet.stream, packet.time_base = copy, Fraction(1, 25)
            packet.pts = packet.dts = tick
            packet.is_keyframe = is_key
            target.mux(packet)


def _is_b(packet: bytes) -> bool:
    at = packet.find(b"\0\0\1\xb6")
    return packet[at + 4] >> 6 == 2
