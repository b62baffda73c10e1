"""Mirrored, interlaced and high-dynamic-range recordings look right, and are still exact."""

from fractions import Fraction

import av
import numpy as np
import pytest

from clips import encode, even_ticks, numbered_pixels, read_number
from imhcode.media.source import open_source

_UPRIGHT = b"".join(n.to_bytes(4, "big") for n in (1 << 16, 0, 0, 0, 1 << 16, 0))


def with_matrix(path, *, a, b, c, d):
    """Write a display matrix into an MP4, as front cameras do."""
    data = path.read_bytes()
    track = data.index(b"tkhd")
    place = data.index(_UPRIGHT, track)
    entries = [a << 16, b << 16, 0, c << 16, d << 16, 0]
    matrix = b"".join(n.to_bytes(4, "big", signed=True) for n in entries)
    path.write_bytes(data[:place] + matrix + data[place + len(matrix) :])


@pytest.mark.parametrize(
    ("matrix", "undo"),
    [
        ({"a": -1, "b": 0, "c": 0, "d": 1}, lambda p: p[:, ::-1]),
        ({"a": 1, "b": 0, "c": 0, "d": -1}, lambda p: p[::-1]),
        ({"a": 0, "b": 1, "c": 1, "d": 0}, lambda p: p.transpose(1, 0, 2)),
        ({"a": 0, "b": -1, "c": -1, "d": 0}, lambda p: p[::-1, ::-1].transpose(1, 0, 2)),
        ({"a": 0, "b": 1, "c": -1, "d": 0}, lambda p: np.rot90(p, -1)),
    ],
    ids=["left and right", "upside down", "diagonal", "other diagonal", "a quarter"],
)
def test_a_mirrored_recording_is_shown_as_its_matrix_says(tmp_path, matrix, undo):
    path = tmp_path / "mirrored.mp4"
    encode(path, ticks=even_ticks(3))
    source = open_source(path)
    plain = source.picture(2).pixels
    source.close()
    with_matrix(path, **matrix)
    source = open_source(path)
    picture = source.picture(2)
    assert (source.probe.width, source.probe.height) == (picture.width, picture.height)
    assert np.array_equal(picture.pixels, undo(plain))
    source.close()


TAPE = {"suffix": ".mpg", "codec": "mpeg2video", "options": {"g": "6", "b": "8M"}, "first": 1}
CAMERA = {
    "suffix": ".mkv",
    "codec": "libx264",
    "options": {"g": "6", "crf": "10", "x264-params": "tff=1"},
    "first": 0,
}


@pytest.fixture(params=[TAPE, CAMERA], ids=["bottom field first", "top field first"])
def woven(request, tmp_path):
    """A file whose two fields carry different numbers: 2n in the first, 2n + 1 in the second."""
    path = tmp_path / f"woven{request.param['suffix']}"
    interlaced(path, request.param["codec"], request.param["options"], request.param["first"])
    return path, request.param["first"]


def interlaced(path, codec, options, first):
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p"
        stream.codec_context.options = options
        stream.codec_context.flags |= 1 << 18 | 1 << 29
        for number in range(20):
            pixels = np.zeros((64, 128, 3), np.uint8)
            pixels[first::2] = numbered_pixels(2 * number, 128, 32)
            pixels[1 - first :: 2] = numbered_pixels(2 * number + 1, 128, 32)
            frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
            frame = frame.reformat(format="yuv420p", interpolation="POINT")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.mark.parametrize("size", [None, (96, 96), (64, 20)])
def test_an_interlaced_frame_is_shown_as_its_first_field(woven, size):
    source = open_source(woven[0])
    seen = [read_number(source.picture(n, size).pixels) for n in (0, 7, 6, 19)]
    assert seen == [0, 14, 12, 38]
    assert source.picture(3, size).width == {None: 128, (96, 96): 96, (64, 20): 40}[size]
    source.close()


def test_deinterlacing_can_be_switched_off_and_on(woven):
    path, first = woven
    source = open_source(path)
    pixels = source.picture(7, deinterlaced=False).pixels
    fields = [read_number(pixels[line::2]) for line in (first, 1 - first)]
    assert fields == [14, 15]
    assert read_number(source.picture(7).pixels) == 14
    source.close()


def test_a_progressive_frame_is_left_alone(clip):
    source = open_source(clip("cfr25").path)
    on = source.picture(9).pixels
    assert np.array_equal(on, source.picture(9, deinterlaced=False).pixels)
    source.close()


def hdr(path, transfer, level):
    """Write a grey of one level, 10 bit, BT.2020, marked as high dynamic range."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx265", rate=25)
        stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p10le"
        stream.codec_context.options = {
            "x265-params": f"log-level=none:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
        }
        frame = av.VideoFrame(128, 64, "yuv420p10le")
        for plane, value in zip(frame.planes, (level, 512, 512), strict=True):
            np.asarray(memoryview(plane), np.uint8).view(np.uint16)[:] = value
        for number in range(2):
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_high_dynamic_range_becomes_a_sensible_picture(tmp_path, transfer):
    # Paper white is coded at 58 % of PQ and 75 % of HLG, grey cards at 38 % and 38 %.
    white = 64 + round(876 * (0.58 if transfer == "smpte2084" else 0.75))
    grey = 64 + round(876 * 0.38)
    seen = {}
    for name, level in (("black", 64), ("grey", grey), ("white", white), ("sun", 940)):
        path = tmp_path / f"{name}.mkv"
        hdr(path, transfer, level)
        source = open_source(path)
        pixels = source.picture(1).pixels.astype(int)
        assert pixels.std() < 2
        seen[name] = int(pixels.mean())
        source.close()
    assert seen["black"] <= 3
    assert 70 <= seen["grey"] <= 150
    assert 200 <= seen["white"] <= 245
    assert seen["sun"] >= 250
