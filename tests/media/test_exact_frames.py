"""The promise: the frame asked for is the frame seen, in every kind of file."""

import json
import random
import shutil
import subprocess
from fractions import Fraction

import pytest

from clips import KINDS, Clip, read_number
from imhcode.media.source import Source, open_source
from imhcode.media.verification import verify

# ffprobe itself loses the last frames of these, which the pixels show to be there.
FFPROBE_LOSES_THE_END = {"mpeg4_b_avi", "h264_avi", "h264_open_gop_avi", "mpeg2_ps"}


def numbers_of(clip: Clip, source: Source) -> list[int | None]:
    """The number of each frame; in a file cut somewhere, by its time at 25 frames a second."""
    if clip.numbers:
        return list(clip.numbers)
    first = read_number(source.picture(0).pixels)
    assert first is not None
    return [first + time_us // 40_000 for time_us in source.frame_times.times_us.tolist()]


@pytest.mark.parametrize("kind", KINDS)
def test_each_frame_by_number(clip, kind):
    made = clip(kind)
    source = open_source(made.path, cache_bytes=0)
    numbers = numbers_of(made, source)
    seen = [read_number(source.picture(n).pixels) for n in range(len(source.frame_times))]
    source.close()
    assert seen == numbers


@pytest.mark.parametrize("kind", KINDS)
def test_an_intact_recording_is_never_called_damaged(clip, kind):
    made = clip(kind)
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


@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_jumps_without_a_cache(clip, kind):
    made = clip(kind)
    source = open_source(made.path, cache_bytes=0)
    numbers = numbers_of(made, source)
    chance = random.Random(kind)
    asked = [chance.randrange(len(numbers)) for _ in range(100)]
    seen = [read_number(source.picture(frame).pixels) for frame in asked]
    source.close()
    assert seen == [numbers[frame] for frame in asked]


@pytest.mark.parametrize("cache_bytes", [0, 200_000, 256 << 20])
@pytest.mark.parametrize("kind", KINDS)
def test_sixty_steps_back_from_the_end(clip, kind, cache_bytes):
    made = clip(kind)
    source = open_source(made.path, cache_bytes=cache_bytes)
    numbers = numbers_of(made, source)
    asked = list(range(len(numbers) - 1, -1, -1))[:61]
    seen = [read_number(source.picture(frame).pixels) for frame in asked]
    source.close()
    assert seen == [numbers[frame] for frame in asked]


@pytest.mark.parametrize("kind", KINDS)
def test_a_wild_walk_with_changing_sizes(clip, kind):
    made = clip(kind)
    source = open_source(made.path, cache_bytes=200_000)
    numbers = numbers_of(made, source)
    chance = random.Random(kind)
    frame, size = 0, None
    for _ in range(120):
        move = chance.choice([1, 1, 1, 2, -1, -1, -3, 12, -20, 1000])
        frame = chance.randrange(len(numbers)) if move == 1000 else frame + move
        frame = min(max(frame, 0), len(numbers) - 1)
        if chance.random() < 0.05:
            size = chance.choice([None, (96, 96), (80, 400)])
        picture = source.picture(frame, size)
        assert (picture.frame, read_number(picture.pixels)) == (frame, numbers[frame])
    source.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_times_are_those_that_were_written(clip, kind):
    made = clip(kind)
    if made.times_us is None:
        pytest.skip("a file cut somewhere is held against ffprobe only")
    source = open_source(made.path)
    source.close()
    assert source.frame_times.times_us.tolist() == list(made.times_us)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="the ffprobe program is not installed")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "bare_h264"])
def test_the_times_are_those_of_ffprobe(clip, kind):
    path = clip(kind).path
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
        assert 0 < len(ours) - len(theirs) <= 2
        ours = ours[: len(theirs)]
    assert ours == theirs


@pytest.mark.parametrize("kind", KINDS)
def test_decoding_it_all_finds_what_the_index_says(clip, kind):
    found = verify(clip(kind).path)
    source = open_source(clip(kind).path)
    source.close()
    assert found.frames == len(source.frame_times)
    assert found.mismatches == ()
    if kind == "cut_off_faststart":
        (stretch,) = found.damaged
        assert (stretch.from_us, stretch.to_us) == (source.frame_times.end_us, 4_800_000)
    else:
        assert found.damaged == ()
