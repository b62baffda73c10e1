"""The sound of a converted copy: the same packets where MP4 takes them, else lossless FLAC."""

from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Literal, TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet

from imhcode.media.container import decodable, open_container

AnyPacket: TypeAlias = "Packet[AudioStream]"
SoundKept = Literal["copied", "lossless"]

_COPIED = frozenset({"aac", "alac", "mp3", "ac3", "eac3", "flac", "opus"})
# Elsewhere packets lack the header that MP4 wants, or times.
_COPIED_FROM = ("mp4", "matroska")
_WIDE = ("s32", "s32p")


class SoundTrack:
    """One sound track on its way into a copy.

    Attributes
    ----------
    kept : str
        ``"copied"``: the same packets; ``"lossless"``: decoded and compressed without loss.
    """

    def __init__(
        self, kept: SoundKept, target: OutputContainer, packets: Iterator[AnyPacket]
    ) -> None:
        self.kept = kept
        self._target = target
        self._packets = packets
        self._next: AnyPacket | None = next(packets, None)

    def write_until(self, time_us: int) -> None:
        """Write what begins before ``time_us`` of the copy."""
        while self._next is not None:
            packet = self._next
            ticks = packet.dts if packet.dts is not None else packet.pts or 0
            if ticks * packet.time_base * 1_000_000 >= time_us:
                return
            self._target.mux(packet)
            self._next = next(self._packets, None)


def sound_tracks(
    original: Path, target: OutputContainer, starts_s: Fraction, stack: ExitStack
) -> list[SoundTrack]:
    """Add every sound track that can be decoded to the copy.

    Parameters
    ----------
    original : Path
        The checked recording.
    target : OutputContainer
        The copy, nothing written to it yet.
    starts_s : Fraction
        The time of the first picture in the original, which becomes 0.
    stack : ExitStack
        Closes the files afterwards.
    """
    with open_container(original) as container:
        numbers = [number for number, one in enumerate(container.streams.audio) if decodable(one)]
    tracks = []
    for number in numbers:
        container = stack.enter_context(open_container(original))
        stream = container.streams.audio[number]
        if _can_be_copied(container, stream):
            copy = target.add_stream_from_template(stream)
            tracks.append(SoundTrack("copied", target, _copied(container, stream, copy, starts_s)))
            continue
        first = next(_decoded(container, stream), None)
        if first is None:
            continue
        container = stack.enter_context(open_container(original))
        stream = container.streams.audio[number]
        packets = _compressed(container, stream, target, starts_s, first)
        tracks.append(SoundTrack("lossless", target, packets))
    return tracks


def _can_be_copied(container: InputContainer, stream: AudioStream) -> bool:
    from_there = any(name in container.format.name for name in _COPIED_FROM)
    return from_there and stream.codec_context.name in _COPIED


def _packets(container: InputContainer, stream: AudioStream) -> Iterator[AnyPacket]:
    """Demux until the end or the first place where the file cannot be read any further."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, IndexError, av.error.FFmpegError):
            return
        if packet.size:
            yield packet


def _copied(
    container: InputContainer, stream: AudioStream, copy: AudioStream, starts_s: Fraction
) -> Iterator[AnyPacket]:
    for packet in _packets(container, stream):
        if packet.pts is None or packet.time_base is None:
            continue
        shift = round(starts_s / packet.time_base)
        packet.pts -= shift
        packet.dts = packet.pts  # sound is never reordered
        packet.stream = copy
        yield packet


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    for packet in _packets(container, stream):
        try:
            yield from stream.codec_context.decode(packet)
        except av.error.FFmpegError:
            continue  # a damaged packet: the gap is filled with silence
    try:
        yield from stream.codec_context.decode(None)
    except av.error.FFmpegError:
        return


def _compressed(
    container: InputContainer,
    stream: AudioStream,
    target: OutputContainer,
    starts_s: Fraction,
    first: AudioFrame,
) -> Iterator[AnyPacket]:
    """Decode, fill gaps with silence so that every sample stands at its time, compress."""
    wide = first.format.name in _WIDE
    copy = target.add_stream("flac", rate=first.sample_rate, layout=first.layout.name)
    copy.codec_context.format = "s32" if wide else "s16"
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=first.sample_rate,
        format=first.format.name,
        layout=first.layout.name,
        time_base=Fraction(1, first.sample_rate),
    )
    filled = graph.add("aresample", "async=1:first_pts=0")
    form = graph.add("aformat", f"sample_fmts={'s32' if wide else 's16'}")
    graph.link_nodes(source, filled, form, graph.add("abuffersink")).configure()

    def pulled() -> Iterator[AudioFrame]:
        while True:
            try:
                ready = graph.pull()
                if isinstance(ready, AudioFrame):
                    yield ready
            except (av.error.BlockingIOError, av.error.EOFError):
                return

    def written() -> Iterator[AnyPacket]:
        samples = 0
        for frame in _decoded(container, stream):
            if frame.pts is None or frame.time_base is None:
                ticks = samples
            else:
                ticks = round((frame.pts * frame.time_base - starts_s) * first.sample_rate)
            frame.pts, frame.time_base = ticks, Fraction(1, first.sample_rate)
            samples = ticks + frame.samples
            graph.push(frame)
            for ready in pulled():
                yield from copy.encode(ready)
        graph.push(None)
        for ready in pulled():
            yield from copy.encode(ready)
        yield from copy.encode(None)

    return written()
