"""A drawn box is followed, and it is said when what was in it is lost."""

import av
import numpy as np
import pytest

from imhcode.media.clips.regions import Box, KeyBox, Region
from imhcode.media.clips.tracking import propose_boxes, thinned
from imhcode.media.errors import FrameOutOfRange
from imhcode.media.source import open_source

WIDTH, HEIGHT, SIDE = 640, 360, 80


def face_at(number):
    """Goes right and down, then left; it grows by half on the way."""
    x = 60 + 6 * min(number, 40) - 4 * max(0, number - 40)
    return x, 40 + 2 * number, SIDE * (1 + number / 120)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A textured patch in front of a textured wall; behind a pillar at the end."""
    path = tmp_path_factory.mktemp("film") / "face.mp4"
    rng = np.random.default_rng(4)
    wall = np.kron(rng.integers(60, 120, (45, 80)), np.ones((8, 8))).astype(np.uint8)
    face = np.kron(rng.integers(0, 256, (16, 16)), np.ones((10, 10))).astype(np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.options = {"crf": "16", "g": "25"}
        for number in range(100):
            picture = wall.copy()
            x, y, side = face_at(min(number, 79))
            if number < 80:
                rows = (np.arange(round(side)) * 160 / side).astype(int)
                picture[y : y + len(rows), x : x + len(rows)] = face[np.ix_(rows, rows)]
            frame = av.VideoFrame.from_ndarray(np.repeat(picture[:, :, None], 3, axis=2), "rgb24")
            container.mux(stream.encode(frame.reformat(format="yuv420p")))
        container.mux(stream.encode(None))
    return path


@pytest.fixture
def source(film):
    opened = open_source(film)
    yield opened
    opened.close()


def drawn(number):
    x, y, side = face_at(number)
    return KeyBox(number, Box(x, y, side, side))


def overlap(one, other):
    """How much two boxes share of what both cover together."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    shared = max(0, across) * max(0, down)
    return shared / (one.width * one.height + other.width * other.height - shared)


@pytest.mark.parametrize(("begin", "end"), [(0, 79), (79, 0), (30, 60)])
def test_a_box_is_followed_forward_and_back(source, begin, end):
    told = []
    found = propose_boxes(source, drawn(begin), end, on_progress=told.append)
    assert not found.is_lost
    low, high = min(begin, end), max(begin, end)
    assert [one.frame for one in found.key_boxes] == list(range(low, high + 1))
    worst = min(overlap(one.box, drawn(one.frame).box) for one in found.key_boxes)
    assert worst > 0.6  # drift of 79 steps
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_disappears_is_lost_and_not_guessed(source):
    found = propose_boxes(source, drawn(60), 99)
    assert found.is_lost
    assert 78 <= found.key_boxes[-1].frame <= 81


def test_a_plain_wall_is_lost_at_once_and_stopping_keeps_what_was_found(source, tmp_path):
    answers = iter([True] * 5 + [False])
    found = propose_boxes(source, drawn(10), 50, wanted=lambda: next(answers))
    assert found.is_lost
    assert [one.frame for one in found.key_boxes] == [10, 11, 12, 13, 14, 15]
    nothing = KeyBox(0, Box(-60, -60, 50, 50))
    assert propose_boxes(source, nothing, 20).key_boxes == (nothing,)
    with pytest.raises(FrameOutOfRange):
        propose_boxes(source, drawn(10), 100)


def test_few_boxes_are_left_that_lead_the_same_way(source):
    every = propose_boxes(source, drawn(0), 79).key_boxes
    few = thinned(every, within_px=3.0)
    assert len(few) < len(every) / 3
    assert (few[0], few[-1]) == (every[0], every[-1])
    region = Region(key_boxes=few)
    for one in every:
        box = region.box_on(one.frame)
        for side in ("x", "y", "width", "height"):
            assert abs(getattr(box, side) - getattr(one.box, side)) <= 3.0 + 1e-6
    assert thinned(every[:2]) == every[:2]
