"""Upright, square-pixelled, the right size and colour, and cheap to step back to."""

import random
from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.frame import PictureType

from clips import encode, even_ticks, read_number
from imhcode.media.errors import DamagedFrame, FrameOutOfRange
from imhcode.media.source import open_source
from imhcode.media.superseded import Superseded
from imhcode.media.verification import DamagedStretch, verify


@pytest.fixture
def opened(clip):
    made = []

    def one(name, **given):
        made.append(open_source(clip(name).path, **given))
        return made[-1]

    yield one
    for source in made:
        source.close()


@pytest.mark.parametrize(
    ("kind", "degrees"), [("vfr_rotated_90", 90), ("rotated_180", 180), ("rotated_270", 270)]
)
def test_a_turned_recording_comes_upright(opened, kind, degrees):
    source = opened(kind)
    picture = source.picture(5)
    assert source.probe.rotation_deg == degrees
    assert (source.probe.width, source.probe.height) == (128, 64)
    assert picture.pixels.shape == (64, 128, 3)
    assert read_number(picture.pixels) == 5


@pytest.mark.parametrize("kind", ["cfr25", "vfr_rotated_90"])
def test_a_picture_fits_the_size_asked_for_and_keeps_its_proportions(opened, kind):
    source = opened(kind)
    sizes = [source.picture(3, box).pixels.shape[1::-1] for box in [(64, 500), (500, 16), (1, 1)]]
    assert sizes == [(64, 32), (32, 16), (1, 1)]
    assert read_number(source.picture(3, (64, 64)).pixels) == 3


def test_a_picture_is_never_enlarged(opened):
    assert opened("cfr25").picture(0, (4000, 4000)).width == 128


def test_a_larger_size_is_decoded_anew_and_not_blown_up_from_a_small_one(opened):
    source = opened("cfr25")
    small, full = source.picture(7, (32, 16)), source.picture(7)
    assert (small.width, full.width) == (32, 128)
    assert np.array_equal(full.pixels, opened("cfr25").picture(7).pixels)


def test_pixels_that_are_not_square_are_made_square(tmp_path):
    path = tmp_path / "dv.mp4"
    encode(path, ticks=even_ticks(3), pixel_aspect=Fraction(3, 2))
    source = open_source(path)
    picture = source.picture(2)
    assert (picture.width, picture.height) == (source.probe.width, source.probe.height) == (192, 64)
    assert read_number(picture.pixels) == 2
    source.close()


@pytest.mark.parametrize("colour", [(200, 30, 30), (30, 180, 40), (30, 40, 200)])
def test_red_is_red(tmp_path, colour):
    path = tmp_path / "colour.mp4"
    encode(path, ticks=even_ticks(2), colour=colour)
    source = open_source(path)
    middle = source.picture(1).pixels[32, 64].astype(int)
    assert np.abs(middle - colour).max() <= 6
    source.close()


def test_a_picture_cannot_be_written_to(opened):
    with pytest.raises(ValueError, match="read-only"):
        opened("cfr25").picture(0).pixels[0, 0] = 1


def test_stepping_back_decodes_the_group_once(opened):
    source = opened("ntsc_long_gop")
    for frame in range(200, 180, -1):
        source.picture(frame)
    fed = []
    feed = source._readers.ahead._feed
    source._readers.ahead._feed = lambda *given, **named: (fed.append(1), feed(*given, **named))
    for frame in range(180, 50, -1):
        assert read_number(source.picture(frame).pixels) == frame
    assert fed == []


def test_the_cache_keeps_to_its_budget(opened):
    source = opened("ntsc_long_gop", cache_bytes=300_000)
    for frame in range(120):
        source.picture(frame)
    assert 150_000 < source._cache.held_bytes <= 300_000


@pytest.mark.parametrize("frame", [-1, 120, 10**12])
def test_a_frame_that_is_not_there_is_refused(opened, frame):
    with pytest.raises(FrameOutOfRange, match="0 to 119"):
        opened("cfr25").picture(frame)


def test_a_picture_no_longer_wanted_stops_decoding_and_the_next_one_is_right(opened):
    source = opened("ntsc_long_gop")
    asked = iter([True] * 20 + [False] * 1000)
    with pytest.raises(Superseded):
        source.picture(240, wanted=lambda: next(asked))
    assert read_number(source.picture(239).pixels) == 239
    assert read_number(source.picture(3).pixels) == 3


def test_damage_in_the_middle_is_told_and_all_other_frames_stay_exact(clip, tmp_path):
    intact = open_source(clip("mjpeg_mov").path)
    place, size = int(intact.index.position[40]), int(intact.index.size[40])
    intact.close()
    data = bytearray(clip("mjpeg_mov").path.read_bytes())
    data[place : place + size] = bytes(size)
    path = tmp_path / "damaged.mov"
    path.write_bytes(data)

    source = open_source(path)
    with pytest.raises(DamagedFrame, match="Frame 40 "):
        source.picture(40)
    others = [n for n in range(60) if n != 40]
    assert [read_number(source.picture(n).pixels) for n in others] == others
    source.close()
    assert verify(path).damaged == (DamagedStretch(1_600_000, 1_640_000),)


@pytest.mark.parametrize("kind", ["cfr25", "ntsc_long_gop"])
def test_what_is_built_on_a_damaged_frame_counts_as_damaged(clip, tmp_path, kind):
    intact = open_source(clip(kind).path)
    index, times = intact.index, intact.frame_times
    ordinal = int(index.ordinals[60])
    place, size = int(index.position[ordinal]), int(index.size[ordinal])
    intact.close()
    data = bytearray(clip(kind).path.read_bytes())
    data[place + 8 : place + size] = b"\xa5" * (size - 8)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(data)

    (stretch,) = verify(path).damaged
    source = open_source(path)
    wrong = []
    for frame in range(len(times)):
        try:
            if read_number(source.picture(frame).pixels) != frame:
                wrong.append(frame)
        except DamagedFrame:
            wrong.append(frame)
    source.close()
    assert 60 in wrong
    assert stretch.from_us <= times.time_of(wrong[0])
    assert times.time_of(wrong[-1]) < stretch.to_us
    keyframes = {*index.frames[index.start[index.ordinals]].tolist(), len(times)}
    assert stretch.to_us in {*(times.time_of(k) for k in keyframes if k < len(times)), times.end_us}


@pytest.mark.parametrize("kind", ["cfr25", "ntsc_long_gop"])
def test_a_picture_built_on_a_damaged_one_says_so_once_that_was_passed(clip, tmp_path, kind):
    intact = open_source(clip(kind).path)
    with av.open(str(clip(kind).path)) as container:
        kinds = [one.pict_type for one in container.decode(video=0)]
    # What is predicted from the past is built on; what no other needs may be passed over.
    predicted = next(n for n in range(8, 40) if kinds[n] == PictureType.P)
    ordinal = int(intact.index.ordinals[predicted])
    place, size = int(intact.index.position[ordinal]), int(intact.index.size[ordinal])
    last = intact.frame_times.last_frame
    intact.close()
    data = bytearray(clip(kind).path.read_bytes())
    data[place + 8 : place + size] = b"\xa5" * (size - 8)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(data)
    (stretch,) = verify(path).damaged
    source = open_source(path, cache_bytes=0)
    told, right = set(), set()
    for frame in (*range(last + 1), *random.Random(6).sample(range(last), 20)):
        try:
            picture = source.picture(frame)
        except DamagedFrame:
            continue
        if stretch.from_us <= picture.time_us < stretch.to_us:
            right.add(frame)
        if picture.is_damaged:
            told.add(frame)
    source.close()
    # With threads the decoder tells of it a few packets late.
    assert {frame for frame in right if frame > predicted + 4} <= told
    assert all(predicted - 8 < frame for frame in told)
    assert len(right) > 10
