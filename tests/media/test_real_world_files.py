"""Recordings as cameras, telephones and editors leave them: exact, or refused with a sentence."""

import json
import os
import random
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import imhcode
from awkward.hostile import HOSTILE
from awkward.kinds import AWKWARD, NEEDS_PROGRAM, make_awkward
from clips import Clip, read_number
from imhcode.media.errors import NotARecording
from imhcode.media.playability import Drawback, playability
from imhcode.media.source import Source, open_source
from imhcode.media.verification import verify

HAS_PROGRAMS = shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None

# ffprobe loses frames that the pixels show to be there: the last of these …
FFPROBE_LOSES_THE_END = {"mpeg1_ps", "mpeg2_vob"}
# … two after a pause of an hour, and it knows no times of a bare stream; where times repeat or
# begin anew in the middle of a file it repeats them as they stand.
FFPROBE_CANNOT_TELL = {
    "gaps_mp4",
    "hevc_bare",
    "duplicate_times_mkv",
    "streams_joined_ts",
    "streams_joined_odd_ts",
    "mpeg4_packed_avi",
    "xvid_avi",
}


def _marked(kind, *others):
    marks = [*others]
    if kind in NEEDS_PROGRAM:
        marks.append(pytest.mark.skipif(not HAS_PROGRAMS, reason="ffmpeg is not installed"))
    return pytest.param(kind, marks=marks)


RIGHT = [_marked(kind) for kind in AWKWARD]


@pytest.fixture(scope="module")
def awkward(tmp_path_factory):
    """Make a clip of a kind, the first time it is asked for."""
    folder = tmp_path_factory.mktemp("awkward")
    made: dict[str, Clip] = {}

    def one(kind: str) -> Clip:
        if kind not in made:
            made[kind] = make_awkward(folder, kind)
        return made[kind]

    return one


def numbers_of(clip: Clip, source: Source) -> list[int]:
    """The number of each frame; where frames are hidden somewhere, by its time at 25 a second."""
    if clip.numbers:
        return list(clip.numbers)
    first = read_number(source.picture(0).pixels)
    assert first is not None
    return [first + time_us // 40_000 for time_us in source.frame_times.times_us.tolist()]


@pytest.mark.parametrize("kind", RIGHT)
def test_each_frame_by_number(awkward, kind):
    clip = awkward(kind)
    source = open_source(clip.path, cache_bytes=0)
    numbers = numbers_of(clip, source)
    seen = [read_number(source.picture(n).pixels) for n in range(len(source.frame_times))]
    source.close()
    assert seen == numbers


@pytest.mark.parametrize("kind", RIGHT)
def test_an_intact_recording_is_never_called_damaged(awkward, kind):
    made = awkward(kind)
    source = open_source(made.path)
    last = source.frame_times.last_frame
    asked = [
        *range(last + 1),
        *random.Random(kind).choices(range(last + 1), k=20),
        *range(last, 0, -1),
    ]
    called = {frame for frame in asked if source.picture(frame).is_damaged}
    source.close()
    assert called == set()


@pytest.mark.parametrize("kind", RIGHT)
def test_a_hundred_random_times_show_the_frame_of_that_time(awkward, kind):
    clip = awkward(kind)
    source = open_source(clip.path, cache_bytes=0)
    numbers = numbers_of(clip, source)
    times_us = source.frame_times.times_us.tolist()
    chance = random.Random(kind)
    for _ in range(100):
        at_us = chance.randrange(source.frame_times.end_us)
        frame = source.frame_times.frame_at(at_us)
        on_screen = max(n for n, onset_us in enumerate(times_us) if onset_us <= at_us)
        picture = source.picture(frame)
        assert (frame, read_number(picture.pixels)) == (on_screen, numbers[on_screen])
        assert picture.time_us == times_us[on_screen]
    source.close()


@pytest.mark.parametrize("kind", RIGHT)
def test_sixty_steps_back_and_sixty_jumps(awkward, kind):
    clip = awkward(kind)
    source = open_source(clip.path)
    numbers = numbers_of(clip, source)
    chance = random.Random(kind)
    back = list(range(len(numbers) - 1, -1, -1))[:61]
    jumps = [chance.randrange(len(numbers)) for _ in range(60)]
    seen = [read_number(source.picture(frame).pixels) for frame in back + jumps]
    source.close()
    assert seen == [numbers[frame] for frame in back + jumps]


@pytest.mark.parametrize("kind", RIGHT)
def test_the_times_are_those_that_were_written(awkward, kind):
    clip = awkward(kind)
    if clip.times_us is None:
        pytest.skip("only ffprobe can tell")
    source = open_source(clip.path)
    source.close()
    assert source.frame_times.times_us.tolist() == list(clip.times_us)


@pytest.mark.skipif(not HAS_PROGRAMS, reason="the ffprobe program is not installed")
@pytest.mark.parametrize("kind", [kind for kind in AWKWARD if kind not in FFPROBE_CANNOT_TELL])
def test_the_times_are_those_of_ffprobe(awkward, kind):
    path = awkward(kind).path
    asked = "stream=time_base:frame=best_effort_timestamp"
    words = ["ffprobe", "-v", "quiet", "-select_streams", "v:0", "-show_entries", asked]
    answer = subprocess.run([*words, "-of", "json", path], capture_output=True, check=True)
    told = json.loads(answer.stdout)
    time_base = Fraction(told["streams"][0]["time_base"])
    ticks = [frame.get("best_effort_timestamp") for frame in told["frames"]]
    ticks = [int(tick) for tick in ticks if tick is not None]
    theirs = [int((t - ticks[0]) * time_base * 1_000_000 + Fraction(1, 2)) for t in ticks]
    source = open_source(path)
    source.close()
    ours = source.frame_times.times_us.tolist()
    if kind in FFPROBE_LOSES_THE_END:
        assert len(ours) - len(theirs) == 1
        ours = ours[: len(theirs)]
    assert ours == theirs


@pytest.mark.parametrize("kind", RIGHT)
def test_decoding_it_all_finds_what_the_index_says(awkward, kind):
    found = verify(awkward(kind).path)
    source = open_source(awkward(kind).path)
    source.close()
    assert (found.frames, found.mismatches, found.damaged) == (len(source.frame_times), (), ())


@pytest.mark.parametrize("kind", ["streams_joined_ts", "duplicate_times_mkv"])
def test_where_times_repeat_frames_are_counted_on_at_an_even_rate(awkward, kind):
    clip = awkward(kind)
    source = open_source(clip.path)
    source.close()
    assert source.frame_times.times_us.tolist() == [40_000 * n for n in range(len(clip.numbers))]


LETTING_GO = """
import random, sys
from imhcode.media.source import open_source
chance = random.Random(3)
for _ in range(60):
    source = open_source(sys.argv[1], cache_bytes=0)
    for _ in range(6):
        source.picture(chance.randrange(len(source.frame_times)))
    source.close()
"""


def test_a_decoder_in_the_middle_of_its_work_can_be_let_go(awkward):
    words = [sys.executable, "-c", LETTING_GO, str(awkward("hevc_leading_mkv").path)]
    subprocess.run(words, check=True, timeout=120, env=child_environment())


# ---- what can be said beforehand ---------------------------------------------------------------


def test_what_plays_well_has_no_drawback(awkward):
    found = playability(awkward("h264_pyramid").path)
    assert (found.can_play, found.why_not, found.drawbacks) == (True, None, ())
    assert not found.conversion_helps


def test_what_has_no_times_says_so(awkward):
    found = playability(awkward("hevc_bare").path)
    assert found.can_play
    assert found.drawbacks == (Drawback.NO_TIMES,)


def test_few_keyframes_and_many_pixels_call_for_a_copy(awkward, monkeypatch):
    path = awkward("h264_endless_group").path
    assert not playability(path).conversion_helps
    # what 400 small pictures without a keyframe are here, 250 large ones are in a lab
    monkeypatch.setattr("imhcode.media.playability._MANY_PIXELS", 300 * 128 * 64)
    assert playability(path).drawbacks == (Drawback.LONG_JUMPS,)
    assert playability(path).conversion_helps


def test_what_cannot_be_played_says_why(tmp_path):
    path = tmp_path / "notes.mp4"
    path.write_text("09:14 baby turns away\n" * 100)
    found = playability(path)
    assert not found.can_play
    assert isinstance(found.why_not, NotARecording)
    assert str(path) in found.why_not.text()
    assert not found.conversion_helps


# ---- hostile and damaged files -------------------------------------------------------------------

CHILD = Path(__file__).parents[1] / "awkward" / "opening.py"


def child_environment() -> dict[str, str]:
    """The same program and test modules as here."""
    places = [str(Path(imhcode.__file__).parents[1]), str(CHILD.parents[1])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}


def opened_in_a_child(folder: Path, timeout_s: float) -> dict:
    """Open every file of a folder in a process of its own; what it found out."""
    done = subprocess.run(
        [sys.executable, str(CHILD), str(folder)],
        capture_output=True,
        timeout=timeout_s,
        check=False,
        env=child_environment(),
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return json.loads(done.stdout)


def test_lists_and_addresses_dressed_as_films_are_refused_and_nobody_is_called(tmp_path, awkward):
    for name, make in HOSTILE.items():
        (tmp_path / name).write_bytes(make(awkward("h264_flv").path))
    found = opened_in_a_child(tmp_path, 120)
    assert found["calls"] == 0
    assert set(found["files"]) == set(HOSTILE)
    assert {name: one["said"] for name, one in found["files"].items()} == dict.fromkeys(
        HOSTILE, "NotARecording"
    )


DAMAGED_KINDS = (
    *("h264_pyramid", "h264_pyramid_ts", "hevc_leading_mkv", "mpeg2_vob", "wmv2_asf", "h264_flv"),
    *("prores_mov", "svq1_mov", "dv_avi", "vp9_odd_size", "fragmented_b", "edits_several"),
    *("msmpeg4_avi", "rv20_rm", "h264_fields_mts", "jpeg2000_mov"),
)


def scattered(data: bytearray, chance: random.Random, first: int, stop: int, count: int) -> None:
    for _ in range(count):
        data[chance.randrange(first, stop)] = chance.randrange(256)


def damaged(whole: bytes, turn: int, chance: random.Random) -> bytes:
    data, size = bytearray(whole), len(whole)
    at = chance.randrange(100, size)
    match turn:
        case 0:  # anywhere
            scattered(data, chance, 0, size, 40)
        case 1:  # the beginning
            scattered(data, chance, 0, min(size, 600), 20)
        case 2:  # the end, where many formats keep their tables
            scattered(data, chance, max(0, size - 2_000), size, 30)
        case 3:  # cut off
            del data[at:]
        case 4:  # a bad sector
            data[at : at + 4096] = bytes(len(data[at : at + 4096]))
        case 5:  # a piece that is missing
            del data[at : at + chance.randrange(1, 3000)]
        case _:  # a piece that is there twice
            data[at:at] = data[at : at + 2000]
    return bytes(data)


def test_a_hundred_and_twelve_damaged_files_neither_crash_nor_hang(tmp_path, awkward):
    chance = random.Random(11)
    for kind in DAMAGED_KINDS:
        whole = awkward(kind).path
        for turn in range(7):
            (tmp_path / f"{kind}_{turn}{whole.suffix}").write_bytes(
                damaged(whole.read_bytes(), turn, chance)
            )
    found = opened_in_a_child(tmp_path, 280)
    assert len(found["files"]) == 112
    assert found["calls"] == 0
    slow = {name: one["seconds"] for name, one in found["files"].items() if one["seconds"] > 20}
    assert slow == {}
    # damage is mostly local: far more of them open than not
    assert sum(one["said"] == "" for one in found["files"].values()) > 56
