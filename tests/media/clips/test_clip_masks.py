"""What a region hides is in no picture of a clip, and everything else is."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clips import encode
from imhcode.media.clips.errors import RegionWrong
from imhcode.media.clips.export import NOT_DEIDENTIFIED, export_clip
from imhcode.media.clips.masking import masked
from imhcode.media.clips.pictures import ClipPictures
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot
from imhcode.media.clips.regions import HIDINGS, SHAPES, Box, KeyBox, Region
from written_clips import SAMPLES, pictures_of

WIDTH, HEIGHT, FACE = 320, 192, 64
PINK, GREEN = (240, 20, 160), (20, 220, 60)


def face_at(number):
    """Where a checkered face is on a frame: it wanders evenly across the picture."""
    return 20 + 3 * number, 10 + number


def picture_with_a_face(number):
    pixels = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    x, y = face_at(number)
    checks = (np.add.outer(np.arange(FACE) // 4, np.arange(FACE) // 4) % 2).astype(bool)
    pixels[y : y + FACE, x : x + FACE] = np.where(checks[:, :, None], PINK, GREEN)
    return pixels


def make_faces(path, turn_clockwise=0, n_frames=50):
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        sideways = turn_clockwise in (90, 270)
        stream.width, stream.height = (HEIGHT, WIDTH) if sideways else (WIDTH, HEIGHT)
        stream.pix_fmt = "yuv444p"
        stream.codec_context.options = {"crf": "4", "g": "12"}
        if turn_clockwise:
            stream.set_display_rotation(-turn_clockwise)
        for number in range(n_frames):
            pixels = np.rot90(picture_with_a_face(number), turn_clockwise // 90)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
            container.mux(stream.encode(frame.reformat(format="yuv444p")))
        container.mux(stream.encode(None))
    return path


def pattern_in(pixels):
    """The strength of the checks' colours anywhere in a picture: pixels nearly of one of them."""
    far = [np.abs(pixels.astype(int) - colour).max(axis=2) for colour in (PINK, GREEN)]
    return int((np.minimum(*far) < 60).sum())


def moving_region(hiding, shape="rectangle", margin=0, frames=(0, 49)):
    boxes = []
    for number in frames:
        x, y = face_at(number)
        box = Box(x - margin, y - margin, FACE + 2 * margin, FACE + 2 * margin)
        boxes.append(KeyBox(number, box))
    return Region(key_boxes=tuple(boxes), hiding=hiding, shape=shape)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("hiding", HIDINGS)
def test_a_hidden_face_is_in_no_picture(tmp_path, turn, hiding):
    path = make_faces(tmp_path / "faces.mp4", turn)
    bare = ClipCamera(path=path)
    hidden = ClipCamera(path=path, regions=(moving_region(hiding),))
    stretch = {"from_us": 200_000, "until_us": 1_800_000}
    seen = export_clip(ClipPlan((Shot(cameras=(bare,), **stretch),)), tmp_path / "seen.mp4")
    made = export_clip(ClipPlan((Shot(cameras=(hidden,), **stretch),)), tmp_path / "clip.mp4")
    assert min(pattern_in(pixels) for _, pixels in pictures_of(seen.path)) > 1000
    shown = pictures_of(made.path)
    assert len(shown) == 40
    assert max(pattern_in(pixels) for _, pixels in shown) == 0
    for number, (_, pixels) in enumerate(shown, 5):
        x, y = face_at(number)
        face = (slice(y, y + FACE), slice(x, x + FACE))
        apart = np.abs(pixels[face].astype(int) - picture_with_a_face(number)[face])
        assert (apart.max(axis=2) > 40).mean() > 0.98  # hardly a pixel is what it was
        outside = pixels[150:, :].astype(int)
        assert np.abs(outside - 120).max() < 12  # and nothing else has changed
    assert (seen.warnings, made.warnings) == ((), (NOT_DEIDENTIFIED,))


def test_an_ellipse_hides_what_it_touches_and_no_corners(tmp_path):
    path = make_faces(tmp_path / "faces.mp4")
    # an ellipse around the square: its diagonal across
    margin = FACE * (math.sqrt(2) - 1) / 2 + 1
    camera = ClipCamera(path=path, regions=(moving_region("blur", "ellipse", margin),))
    plan = ClipPlan((Shot(cameras=(camera,), from_us=800_000, until_us=1_600_000),))
    made = export_clip(plan, tmp_path / "clip.mp4")
    assert max(pattern_in(pixels) for _, pixels in pictures_of(made.path)) == 0
    inside = ClipCamera(path=path, regions=(moving_region("black", "ellipse"),))
    with ClipPictures(ClipPlan((Shot(cameras=(inside,), from_us=0, until_us=400_000),))) as one:
        assert pattern_in(one.picture(0)) > 100  # the corners of the square are still there


def test_each_camera_has_its_own_regions_before_it_is_scaled(tmp_path):
    left = make_faces(tmp_path / "left.mp4")
    right = tmp_path / "right.mp4"
    encode(right, ticks=range(60), size=(160, 96))
    region = moving_region("pixelate")
    shot = {"from_us": 0, "until_us": 1_000_000}
    cameras = (ClipCamera(path=left, regions=(region,)), ClipCamera(path=right))
    made = export_clip(ClipPlan((Shot(cameras=cameras, **shot),)), tmp_path / "one.mp4")
    assert made.size == (320, 96)
    assert max(pattern_in(pixels) for _, pixels in pictures_of(made.path)) == 0
    second = export_clip(ClipPlan((Shot(cameras=cameras[::-1], **shot),)), tmp_path / "two.mp4")
    shown = pictures_of(second.path)
    assert max(pattern_in(pixels) for _, pixels in shown) == 0
    wrong = (ClipCamera(path=left), ClipCamera(path=right, regions=(region,)))
    with ClipPictures(ClipPlan((Shot(cameras=wrong, **shot),))) as bare:
        assert pattern_in(bare.picture(0)) > 100


def test_the_marks_of_a_sample_can_be_hidden_on_a_turned_telephone_film(tmp_path):
    box = Box(0, 834, 480, 20)
    region = Region(key_boxes=(KeyBox(0, box),), hiding="black")
    camera = ClipCamera(path=SAMPLES / "phone.mp4", regions=(region,))
    plan = ClipPlan((Shot(cameras=(camera,), from_us=3_000_000, until_us=4_000_000),))
    for _, pixels in pictures_of(export_clip(plan, tmp_path / "clip.mp4").path):
        assert pixels.shape == (854, 480, 3)
        assert pixels[836:].max() < 24
        assert pixels[:832].mean() > 60


# ---- regions -----------------------------------------------------------------------------------


def test_between_key_boxes_it_moves_evenly_and_beyond_them_it_stays():
    region = Region(
        key_boxes=(KeyBox(10, Box(0, 0, 10, 20)), KeyBox(20, Box(100, 50, 30, 20))),
        first_frame=5,
        last_frame=2_000,
    )
    assert region.box_on(4) is None
    assert region.box_on(2_001) is None
    assert region.box_on(5) == region.box_on(10) == Box(0, 0, 10, 20)
    assert region.box_on(15) == Box(50, 25, 20, 20)
    assert region.box_on(20) == region.box_on(2_000) == Box(100, 50, 30, 20)


@given(
    x=st.floats(-50, 90),
    y=st.floats(-50, 70),
    width=st.floats(0.1, 90),
    height=st.floats(0.1, 90),
    shape=st.sampled_from(SHAPES),
    hiding=st.sampled_from(HIDINGS),
)
def test_every_pixel_that_a_shape_touches_is_hidden_and_no_other(
    x, y, width, height, shape, hiding
):
    rng = np.random.default_rng(5)
    pixels = rng.integers(100, 256, (48, 64, 3)).astype(np.uint8)
    before = pixels.copy()
    region = Region(key_boxes=(KeyBox(0, Box(x, y, width, height)),), shape=shape, hiding=hiding)
    found = masked(pixels, [region], 7)
    assert (pixels == before).all()
    # the point of each pixel that lies nearest to the middle of the shape
    middle_x, middle_y = x + width / 2, y + height / 2
    columns, rows = np.arange(64), np.arange(48)
    across = np.abs(np.clip(middle_x, columns, columns + 1) - middle_x)[None, :] / (width / 2)
    down = np.abs(np.clip(middle_y, rows, rows + 1) - middle_y)[:, None] / (height / 2)
    far = np.maximum(across, down) if shape == "rectangle" else np.hypot(across, down)
    changed = (found != before).any(axis=2)
    assert not changed[far > 1 + 1e-6].any()
    if hiding == "black":
        assert changed[far < 1 - 1e-6].all()


@pytest.mark.parametrize("size", [3, 7, 9, 20, 200])
@pytest.mark.parametrize("hiding", ["blur", "pixelate"])
def test_few_means_of_large_fields_are_left_of_what_is_hidden(size, hiding):
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 256, (220, 220, 3)).astype(np.uint8)
    region = Region(key_boxes=(KeyBox(0, Box(4, 4, size, size)),), hiding=hiding)
    hidden = masked(pixels, [region], 0)[4 : 4 + size, 4 : 4 + size]
    if hiding == "pixelate":
        assert len(np.unique(hidden.reshape(-1, 3), axis=0)) <= 36
    if size < 8:
        assert len(np.unique(hidden.reshape(-1, 3), axis=0)) == 1
    apart = np.abs(hidden.astype(int) - pixels[4 : 4 + size, 4 : 4 + size])
    assert (apart.max(axis=2) > 8).mean() > 0.8


@pytest.mark.parametrize(
    "given_wrong",
    [
        {"key_boxes": ()},
        {"key_boxes": (KeyBox(-1, Box(0, 0, 1, 1)),)},
        {"key_boxes": (KeyBox(3, Box(0, 0, 1, 1)), KeyBox(3, Box(0, 0, 1, 1)))},
        {"key_boxes": (KeyBox(0, Box(0, 0, 0, 1)),)},
        {"key_boxes": (KeyBox(0, Box(math.nan, 0, 1, 1)),)},
        {"key_boxes": (KeyBox(0, Box(0, math.inf, 1, 1)),)},
        {"key_boxes": (KeyBox(0, Box(0, 0, 1, 1)),), "hiding": "veil"},
        {"key_boxes": (KeyBox(0, Box(0, 0, 1, 1)),), "shape": "star"},
        {"key_boxes": (KeyBox(0, Box(0, 0, 1, 1)),), "first_frame": 9, "last_frame": 8},
    ],
)
def test_regions_that_could_not_hide_are_refused(given_wrong):
    with pytest.raises(RegionWrong):
        Region(**given_wrong)
