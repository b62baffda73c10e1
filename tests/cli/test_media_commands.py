"""``imhcode media``: the contract that scripts rely on."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from clips import Clip, encode, even_ticks, make_clip, read_number
from imhcode.cli.media import app
from imhcode.media import errors


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def clip(folder) -> Clip:
    return make_clip(folder, "vfr_rotated_90")


def run(*words, exit_code=0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exit_code != exit_code and result.exception:
        raise result.exception
    assert result.exit_code == exit_code
    return result


def told(*words, exit_code=0):
    return json.loads(run(*words, "--json", exit_code=exit_code).stdout)


def png_pixels(path):
    from imhcode.media.opencv import cv2

    return cv2.cvtColor(cv2.imdecode(np.fromfile(path, np.uint8), 1), cv2.COLOR_BGR2RGB)


def test_probe_tells_the_agreed_facts(clip):
    facts = told("probe", clip.path)
    assert (
        facts.items()
        >= {
            "frames": 90,
            "first_us": 0,
            "last_us": clip.times_us[-1],
            "variable_frame_rate": True,
            "rotation_deg": 90,
            "width": 128,
            "height": 64,
            "audio": None,
        }.items()
    )


def test_probe_tells_of_sound(folder):
    facts = told("probe", make_clip(folder, "with_sound").path)
    assert facts["audio"] == {"rate_hz": 48_000, "channels": 2}


def test_times_are_all_times(clip):
    assert told("times", clip.path) == {"times_us": clip.times_us}


@pytest.mark.parametrize("number", [0, 41, 89])
def test_frame_by_number_writes_that_picture_upright(clip, tmp_path, number):
    png = tmp_path / "Bild ä.png"
    answer = told("frame", clip.path, "--frame", number, "--to", png)
    assert answer == {"frame": number, "time_us": clip.times_us[number]}
    pixels = png_pixels(png)
    assert pixels.shape == (64, 128, 3)
    assert read_number(pixels) == number


def test_frame_by_time_is_the_frame_on_screen_then_rounded_to_the_microsecond(clip, tmp_path):
    onset = clip.times_us[41]
    for us, frame in [(onset, 41), (onset - 1, 40), (clip.times_us[42] - 1, 41)]:
        seconds = f"{us // 10**6}.{us % 10**6:06d}"
        answer = told("frame", clip.path, "--at", seconds, "--to", tmp_path / "a.png")
        assert answer == {"frame": frame, "time_us": clip.times_us[frame]}
    almost = f"{(onset - 1) // 10**6}.{(onset - 1) % 10**6:06d}5"
    answer = told("frame", clip.path, "--at", almost, "--to", tmp_path / "a.png")
    assert answer["frame"] == 41


def test_colours_are_not_exchanged_on_the_way_into_the_png(tmp_path):
    encode(tmp_path / "red.mp4", ticks=even_ticks(1), colour=(200, 30, 30))
    run("frame", tmp_path / "red.mp4", "--frame", 0, "--to", tmp_path / "red.png")
    red, green, blue = png_pixels(tmp_path / "red.png")[32, 64].astype(int)
    assert red > 180
    assert max(green, blue) < 60


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--frame", "90"), errors.FrameOutOfRange),
        (("--frame", "-1"), errors.FrameOutOfRange),
        (("--at", "-0.001"), errors.TimeOutOfRange),
        (("--at", "600"), errors.TimeOutOfRange),
    ],
)
def test_out_of_range_is_refused_and_writes_nothing(clip, tmp_path, words, refusal):
    with pytest.raises(refusal):
        run("frame", clip.path, *words, "--to", tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


def test_the_end_itself_is_out_of_range(clip, tmp_path):
    end_us = told("probe", clip.path)["end_us"]
    with pytest.raises(errors.TimeOutOfRange):
        run("frame", clip.path, "--at", f"{end_us / 1e6:.6f}", "--to", tmp_path / "a.png")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--frame", "1", "--at", "1"),
        ("--at", "soon"),
        ("--at", "nan"),
        ("--at", "inf"),
        ("--at", "1e400"),
        ("--at", "1e999999999999"),
        ("--frame", "1.5"),
    ],
)
def test_wrong_usage_exits_2(clip, tmp_path, words):
    run("frame", clip.path, *words, "--to", tmp_path / "a.png", exit_code=2)


def test_a_folder_that_is_not_there_is_trouble_with_a_sentence(clip, tmp_path):
    with pytest.raises(errors.PictureNotWritten, match="No such file"):
        run("frame", clip.path, "--frame", 0, "--to", tmp_path / "none" / "a.png")


def test_verify_of_a_sound_recording_finds_nothing(clip):
    assert told("verify", clip.path) == {"frames": 90, "mismatches": [], "damaged": []}


def test_verify_of_a_recording_cut_off_finds_the_damage_and_exits_1(folder):
    found = told("verify", make_clip(folder, "cut_off_faststart").path, exit_code=1)
    assert found["mismatches"] == []
    assert found["damaged"] == [{"from_us": found["frames"] * 40_000, "to_us": 4_800_000}]


@pytest.mark.parametrize("command", ["probe", "times", "verify"])
def test_without_json_people_can_read_it(clip, command):
    assert run(command, clip.path).stdout.count("\n") >= 2


@pytest.mark.parametrize("command", ["probe", "times", "verify"])
def test_errors_escape_for_the_one_place_that_says_them(tmp_path, command):
    with pytest.raises(errors.MissingRecording):
        run(command, tmp_path / "none.mp4")
