"""A clip has exactly the frames that were asked for, each once, each at its time."""

import json

import numpy as np
import pytest

from awkward.kinds import make_awkward
from clips import encode, read_number
from imhcode.media.clips import errors
from imhcode.media.clips.export import export_clip
from imhcode.media.clips.pictures import ClipPictures
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot, TitleCard
from imhcode.media.source import open_source
from written_clips import SAMPLES, digest, numbers_of, pictures_of, read_mark

_UPRIGHT = b"".join(n.to_bytes(4, "big") for n in (1 << 16, 0, 0, 0, 1 << 16, 0))
RECORDINGS = {
    one["path"]: one for one in json.loads((SAMPLES / "manifest.json").read_text())["recordings"]
}
KINDS_CUT = (
    *("cfr25", "ntsc_long_gop", "vfr", "vfr_rotated_90", "rotated_180", "rotated_270"),
    *("open_gop_ts", "h264_avi", "mpeg2_interlaced_ts", "vp9_altref_webm", "h264_edit_list"),
    *("h264_ts_wrap", "h264_10_bit", "hevc", "h264_late_start"),
)


def with_matrix(path, *, a, b, c, d):
    """Write a display matrix into an MP4, as front cameras do."""
    data = path.read_bytes()
    place = data.index(_UPRIGHT, data.index(b"tkhd"))
    entries = [a << 16, b << 16, 0, c << 16, d << 16, 0]
    matrix = b"".join(n.to_bytes(4, "big", signed=True) for n in entries)
    path.write_bytes(data[:place] + matrix + data[place + len(matrix) :])


def times_of(path):
    source = open_source(path)
    source.close()
    return source.frame_times


def cut(path, first, last, to, *, offset_us=0, **more):
    """Export from the onset of a frame until the end of another."""
    times = times_of(path)
    end_us = times.end_us if last == times.last_frame else times.time_of(last + 1)
    camera = ClipCamera(path=path, offset_us=offset_us, **more)
    from_us, until_us = times.time_of(first) + offset_us, end_us + offset_us
    return export_clip(ClipPlan((Shot(cameras=(camera,), from_us=from_us, until_us=until_us),)), to)


@pytest.mark.parametrize("kind", KINDS_CUT)
def test_every_frame_asked_for_is_there_once_at_its_time(clip, tmp_path, kind):
    made = clip(kind)
    before = digest(made.path)
    first, last = 13, len(made.numbers) - 7
    done = cut(made.path, first, last, tmp_path / "clip.mp4", offset_us=1_480_000)
    shown = pictures_of(done.path)
    assert [read_number(pixels) for _, pixels in shown] == list(made.numbers[first : last + 1])
    times = times_of(made.path).times_us[first : last + 1]
    assert [time_us for time_us, _ in shown] == (times - times[0]).tolist()
    span = done.spans[0]
    assert (span.first_frame, span.last_frame) == (first, last)
    assert span.from_us == times[0] + 1_480_000
    assert done.duration_us == span.until_us - span.from_us == times_of(done.path).end_us
    assert (done.sha256, done.left_out) == (digest(done.path), ())
    assert digest(made.path) == before


@pytest.mark.parametrize(("first", "last"), [(0, 0), (0, 119), (119, 119), (57, 58)])
def test_the_ends_of_a_recording_and_single_frames_can_be_cut(clip, tmp_path, first, last):
    done = cut(clip("cfr25").path, first, last, tmp_path / "clip.mp4")
    assert numbers_of(done.path) == list(range(first, last + 1))


def test_a_stretch_takes_all_frames_that_are_on_screen_in_it(clip, tmp_path):
    camera = ClipCamera(path=clip("cfr25").path, offset_us=-2_000_000)
    shot = Shot(cameras=(camera,), from_us=-1_010_001, until_us=-960_001)
    done = export_clip(ClipPlan((shot,)), tmp_path / "clip.mp4")
    assert numbers_of(done.path) == [24, 25]
    assert (done.spans[0].from_us, done.spans[0].until_us) == (-1_040_000, -960_000)


def test_edges_that_differ_by_rounding_are_edges_of_frames(clip, tmp_path):
    camera = ClipCamera(path=clip("ntsc_long_gop").path)
    times = times_of(camera.path)
    for slip in (-2, 0, 2):
        shot = Shot(
            cameras=(camera,),
            from_us=times.time_of(100) + slip,
            until_us=times.time_of(103) + slip,
        )
        done = export_clip(ClipPlan((shot,)), tmp_path / f"clip{slip}.mp4")
        assert numbers_of(done.path) == [100, 101, 102]


@pytest.mark.parametrize("name", ["two_shot.mp4", "phone.mp4", "camera_infant.mp4"])
def test_the_samples_are_cut_to_the_frame(tmp_path, name):
    first, last = 411, 470
    before = digest(SAMPLES / name)
    done = cut(SAMPLES / name, first, last, tmp_path / "clip.mp4")
    shown = pictures_of(done.path)
    assert [read_mark(pixels) for _, pixels in shown] == list(range(first, last + 1))
    times = times_of(SAMPLES / name).times_us[first : last + 1]
    assert [time_us for time_us, _ in shown] == (times - times[0]).tolist()
    upright = (RECORDINGS[name]["width"], RECORDINGS[name]["height"])
    assert done.size == upright == shown[0][1].shape[1::-1]
    assert digest(SAMPLES / name) == before


def test_two_cameras_of_a_sample_lie_side_by_side_in_step(tmp_path):
    infant = ClipCamera(path=SAMPLES / "camera_infant.mp4")
    caregiver = ClipCamera(path=SAMPLES / "camera_caregiver.mp4", offset_us=1_480_000)
    shot = Shot(cameras=(infant, caregiver), from_us=12_480_000, until_us=14_000_000)
    done = export_clip(ClipPlan((shot,)), tmp_path / "clip.mp4")
    assert done.size == (1280, 480)
    left, right = times_of(infant.path), times_of(caregiver.path)
    first = left.frame_at(12_480_000)
    shown = pictures_of(done.path)
    assert len(shown) == left.frame_at(13_999_999) - first + 1
    for number, (_, pixels) in enumerate(shown):
        frame = first + number
        assert read_mark(pixels[:, :640]) == frame
        seen_us = left.time_of(frame) - 1_480_000
        assert read_mark(pixels[:, 640:]) == right.frame_at(seen_us + 5)


def test_the_leading_cameras_frames_lead_at_another_rate(clip, tmp_path):
    fast, slow = clip("ntsc_long_gop").path, clip("cfr25").path
    for leading, other, n_frames in ((fast, slow, 30), (slow, fast, 25)):
        cameras = (ClipCamera(path=leading), ClipCamera(path=other, offset_us=500_000))
        shot = Shot(cameras=cameras, from_us=0, until_us=1_000_000)
        done = export_clip(ClipPlan((shot,)), tmp_path / f"clip{n_frames}.mp4")
        shown = pictures_of(done.path)
        assert [read_number(pixels[:, :128]) for _, pixels in shown] == list(range(n_frames))
        for time_us, pixels in shown:
            theirs = pixels[:, 128:]
            if time_us < 499_995:  # it has not begun
                assert theirs.max() < 24
            else:
                assert read_number(theirs) == times_of(other).nearest_frame_at(time_us - 499_995)


def test_pictures_of_odd_size_are_made_even_without_being_stretched(tmp_path):
    path = make_awkward(tmp_path, "mjpeg_odd_size").path
    source = open_source(path)
    whole = source.picture(3).pixels.astype(int)
    source.close()
    done = cut(path, 3, 3, tmp_path / "clip.mp4")
    ((_, pixels),) = pictures_of(done.path)
    height, width = whole.shape[:2]
    assert done.size == (width + width % 2, height + height % 2) != (width, height)
    assert np.abs(pixels[:height, :width] - whole).mean() < 6


def test_colours_are_those_of_the_recording(tmp_path):
    for size in ((320, 240), (1280, 720)):
        path = tmp_path / f"{size[0]}.mp4"
        encode(path, ticks=range(3), size=size, colour=(200, 60, 30))
        source = open_source(path)
        wanted = source.picture(1).pixels[10, 10].astype(int)
        source.close()
        done = cut(path, 1, 1, tmp_path / f"clip{size[0]}.mp4")
        made = open_source(done.path)
        assert np.abs(made.picture(0).pixels[10, 10] - wanted).max() <= 3
        made.close()


def test_a_reel_joins_shots_with_title_cards(clip, tmp_path):
    one = ClipCamera(path=clip("cfr25").path)
    other = ClipCamera(path=clip("vfr").path)
    plan = ClipPlan(
        (
            TitleCard(text="Zusammen fröhlich", duration_us=1_000_000),
            Shot(cameras=(one,), from_us=2_000_000, until_us=2_200_000),
            TitleCard(text="You waited, and she came to you", duration_us=500_000),
            Shot(cameras=(other,), from_us=0, until_us=300_000),
            Shot(cameras=(one,), from_us=0, until_us=80_000),
        )
    )
    done = export_clip(plan, tmp_path / "reel.mp4")
    numbers = numbers_of(done.path)
    last = times_of(other.path).nearest_frame_at(299_994)
    assert numbers[:25] == [None] * 25
    assert numbers[25:30] == [50, 51, 52, 53, 54]
    assert numbers[30:43] == [None] * 13
    assert numbers[43:] == [*range(last + 1), 0, 1]
    assert [(span.first_frame, span.last_frame) for span in done.spans] == [
        (50, 54),
        (0, last),
        (0, 1),
    ]
    assert pictures_of(done.path)[25][0] == 1_000_000


def test_title_cards_say_their_words_in_the_middle(tmp_path, clip):
    camera = ClipCamera(path=SAMPLES / "two_shot.mp4")
    shot = Shot(cameras=(camera,), from_us=0, until_us=40_000)

    def card(text):
        with ClipPictures(ClipPlan((TitleCard(text=text), shot))) as pictures:
            return pictures.picture(0)

    empty, short, long = card(" "), card("Grüße $5 \\alpha"), card("She looked back at you. " * 9)
    for words in (short, long):
        rows, columns = np.nonzero((words != empty).any(axis=2))
        assert abs((rows.min() + rows.max()) / 2 - 270) < 25
        assert abs((columns.min() + columns.max()) / 2 - 480) < 25
        assert rows.min() > 10
        assert columns.min() > 10
    assert (card("Grüße") != card("Grusse")).any()


def test_the_preview_is_what_the_encoder_gets(clip, tmp_path):
    camera = ClipCamera(path=clip("vfr_rotated_90").path)
    plan = ClipPlan((Shot(cameras=(camera,), from_us=0, until_us=2_000_000),))
    shown = pictures_of(export_clip(plan, tmp_path / "clip.mp4").path)
    with ClipPictures(plan, cache_bytes=1 << 24) as pictures:
        assert len(pictures) == len(shown)
        for number in (len(shown) - 1, 0, 17, 16, 3):  # in any order
            preview = pictures.picture(number).astype(int)
            assert np.abs(preview - shown[number][1]).mean() < 4
            assert pictures.schedule.frame(number).time_us == shown[number][0]


@pytest.mark.parametrize(
    ("from_us", "until_us"), [(-1_000_000, 1_000_000), (4_000_000, 5_000_000), (9 * 10**6, 10**7)]
)
def test_what_the_recording_does_not_have_is_refused(clip, tmp_path, from_us, until_us):
    shot = Shot(cameras=(ClipCamera(path=clip("cfr25").path),), from_us=from_us, until_us=until_us)
    with pytest.raises(errors.StretchOutside, match=r"0 s until 4\.8 s"):
        export_clip(ClipPlan((shot,)), tmp_path / "clip.mp4")
    assert list(tmp_path.iterdir()) == []


def test_plans_that_show_nothing_are_refused(clip):
    camera = ClipCamera(path=clip("cfr25").path)
    with pytest.raises(errors.NothingToShow):
        Shot(cameras=(camera,), from_us=1, until_us=1)
    with pytest.raises(errors.EmptyPlan):
        ClipPlan((TitleCard(text="alone"),))
    with pytest.raises(errors.TooManyCameras):
        Shot(cameras=(camera,) * 3, from_us=0, until_us=1)


def test_damaged_frames_are_left_out_and_named(tmp_path):
    path = tmp_path / "damaged.mp4"
    encode(path, "mjpeg", ticks=range(30), pix_fmt="yuvj420p")
    whole = open_source(path)
    data = bytearray(path.read_bytes())
    for frame in (5, 12, 20):
        at = int(whole.index.position[frame])
        data[at : at + int(whole.index.size[frame])] = bytes(int(whole.index.size[frame]))
    whole.close()
    path.write_bytes(data)
    done = cut(path, 3, 20, tmp_path / "clip.mp4")
    assert numbers_of(done.path) == [n for n in range(3, 20) if n not in (5, 12)]
    assert done.left_out == ((path, 5), (path, 12), (path, 20))
    assert [time for time, _ in pictures_of(done.path)] == [
        (n - 3) * 40_000 for n in range(3, 20) if n not in (5, 12)
    ]
    assert done.duration_us == times_of(done.path).end_us == 18 * 40_000


@pytest.mark.parametrize("matrix", [(-1, 0, 0, 1), (1, 0, 0, -1), (0, 1, 1, 0)])
def test_mirrored_recordings_are_written_as_they_are_seen(tmp_path, matrix):
    path = tmp_path / "front_camera.mp4"
    encode(path, ticks=range(9), options={"crf": "4"})
    with_matrix(path, **dict(zip("abcd", matrix, strict=True)))
    source = open_source(path)
    seen = [source.picture(number).pixels.astype(int) for number in range(2, 7)]
    source.close()
    shown = pictures_of(cut(path, 2, 6, tmp_path / "clip.mp4").path)
    assert len(shown) == 5
    for (_, pixels), wanted in zip(shown, seen, strict=True):
        assert np.abs(pixels - wanted).mean() < 4
