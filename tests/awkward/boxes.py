"""MP4 files with edit lists that no muxer at hand writes."""

import struct
from pathlib import Path

_CONTAINERS = (b"moov", b"trak", b"edts", b"mdia")
EMPTY = -1  # the media time of an edit that shows nothing


def with_edits(original: Path, path: Path, edits: list[tuple[int, int]]) -> None:
    """Copy an MP4 whose table of contents stands last, with these edits on its first track.

    ``edits`` are pairs of duration (ticks of the whole film) and media time (ticks of the track).
    """
    data = original.read_bytes()
    boxes = list(_boxes(data))
    kind, start, end = boxes[-1]
    assert kind == b"moov", "the table of contents must stand last, or all offsets would move"
    path.write_bytes(data[:start] + _box(b"moov", _moov(data[start + 8 : end], edits)))


def timescales(path: Path) -> tuple[int, int]:
    """Ticks a second of the whole film and of its first track."""
    data = path.read_bytes()
    film = data.index(b"mvhd") + 4
    track = data.index(b"mdhd") + 4
    assert data[film] == data[track] == 0
    return struct.unpack_from(">I", data, film + 12)[0], struct.unpack_from(">I", data, track + 12)[
        0
    ]


def _boxes(data: bytes):
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        size = size or len(data) - at
        assert size != 1, "no large boxes here"
        yield kind, at, at + size
        at += size


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _moov(body: bytes, edits: list[tuple[int, int]]) -> bytes:
    out, done = b"", False
    for kind, start, end in _boxes(body):
        inner = body[start + 8 : end]
        if kind == b"trak" and not done:
            inner, done = _trak(inner, edits), True
        if kind == b"mvhd":
            inner = inner[:16] + struct.pack(">I", sum(length for length, _ in edits)) + inner[20:]
        out += _box(kind, inner)
    return out


def _trak(body: bytes, edits: list[tuple[int, int]]) -> bytes:
    total = sum(length for length, _ in edits)
    listed = b"".join(struct.pack(">IiI", length, media, 1 << 16) for length, media in edits)
    elst = _box(b"elst", struct.pack(">II", 0, len(edits)) + listed)
    out = b""
    for kind, start, end in _boxes(body):
        inner = body[start + 8 : end]
        if kind == b"tkhd":
            inner = inner[:20] + struct.pack(">I", total) + inner[24:]
        if kind != b"edts":
            out += _box(kind, inner)
        if kind == b"tkhd":
            out += _box(b"edts", elst)
    return out
