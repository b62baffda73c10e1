"""While the coder looks, the frames needed next are decoded; never more than fits, never in the way."""

import threading

import numpy as np
import pytest

from clips import read_number
from imhcode.media.decoder import Decoder, Request
from imhcode.media.frame_cache import FrameCache
from imhcode.media.prefetch import Stretch, Surroundings, next_stretch
from imhcode.media.source import Source, open_source

FRAME_BYTES = 128 * 64 * 3 // 2
PATIENCE_S = 20


@pytest.fixture
def opened(clip):
    made = []

    def one(name, **given):
        made.append(open_source(clip(name).path, **given))
        return made[-1]

    yield one
    for source in made:
        source.close()


def wanted_for(n_questions):
    left = iter(range(n_questions))
    return lambda: next(left, None) is not None


def packets_fed(source, work):
    """How many packets any decoder of the source was given during some work."""
    from imhcode.media.frame_reader import FrameReader

    fed = []
    feed = FrameReader._feed
    FrameReader._feed = lambda self, *given, **named: (
        fed.append(1),
        feed(self, *given, **named),
    )
    try:
        work()
    finally:
        FrameReader._feed = feed
    return len(fed)


def numbers(source, frames):
    return [read_number(source.picture(frame).pixels) for frame in frames]


@pytest.mark.parametrize("kind", ["ntsc_long_gop", "open_gop", "open_gop_ts", "hevc", "h264_avi"])
def test_after_a_look_steps_both_ways_decode_nothing(opened, kind):
    source = opened(kind)
    at = 2 * len(source.frame_times) // 3
    source.picture(at)
    source.prefetch(wanted=lambda: True)
    frames = [*range(at, at - 50, -1), *range(at - 50, at + 12)]
    seen = []
    assert packets_fed(source, lambda: seen.extend(numbers(source, frames))) == 0
    assert seen == frames


def test_filling_behind_does_not_cost_the_place_in_front(opened):
    source = opened("ntsc_long_gop")
    source.picture(200)
    source.prefetch(wanted=lambda: True)
    frames = list(range(201, 299))
    # Decoding on: as many packets as frames and a few that are on their way through the decoder.
    assert packets_fed(source, lambda: numbers(source, frames)) <= len(frames)


@pytest.mark.parametrize("capacity", [16, 40, 100])
def test_a_group_that_does_not_fit_is_decoded_in_stretches(opened, capacity):
    source = opened("ntsc_long_gop", cache_bytes=capacity * FRAME_BYTES * 2)
    source.picture(240)
    fed = packets_fed(source, lambda: source.prefetch(wanted=lambda: True))
    steps, missed = list(range(239, 0, -1)), 0
    for frame in steps:
        missed += packets_fed(source, lambda f=frame: numbers(source, [f])) > 0
        assert read_number(source.picture(frame).pixels) == frame
        fed += packets_fed(source, lambda: source.prefetch(wanted=lambda: True))
        assert source._cache.held_bytes <= capacity * FRAME_BYTES * 2
    assert missed == 0
    naive = sum(steps)
    assert fed < naive / 4


def test_prefetching_stops_when_something_is_asked_for_and_goes_on_later(opened):
    source = opened("ntsc_long_gop")
    source.picture(200)
    fed = packets_fed(source, lambda: source.prefetch(wanted=wanted_for(20)))
    assert fed <= 20
    source.prefetch(wanted=lambda: True)
    assert packets_fed(source, lambda: numbers(source, range(200, 0, -1))) == 0


def test_after_a_far_jump_a_full_cache_is_filled_anew(opened):
    source = opened("ntsc_long_gop", cache_bytes=60 * FRAME_BYTES)
    for at in (290, 120, 240, 70):
        source.picture(at)
        source.prefetch(wanted=lambda: True)
        frames = list(range(at, at - 20, -1))
        assert packets_fed(source, lambda frames=frames: numbers(source, frames)) == 0


def test_a_decoder_with_nothing_to_do_fills_the_cache(clip):
    source = open_source(clip("ntsc_long_gop").path)
    filled = threading.Event()
    prefetch = source.prefetch
    source.prefetch = lambda **given: (prefetch(**given), given.get("only_next") or filled.set())
    decoder = Decoder(source, on_picture=lambda *_: None, on_trouble=pytest.fail)
    decoder.ask(Request(1, 150, None))
    assert filled.wait(PATIENCE_S)
    assert all(frame in source._cache for frame in range(163))
    decoder.close()


def test_a_damaged_frame_does_not_keep_the_decoder_busy(clip, tmp_path):
    intact = open_source(clip("mjpeg_mov").path)
    place, size = int(intact.index.position[40]), int(intact.index.size[40])
    intact.close()
    data = bytearray(clip("mjpeg_mov").path.read_bytes())
    data[place : place + size] = bytes(size)
    path = tmp_path / "damaged.mov"
    path.write_bytes(data)
    source = open_source(path)
    source.picture(50)
    source.prefetch(wanted=lambda: True)
    assert [frame for frame in range(59) if frame not in source._cache] == [40]
    assert packets_fed(source, lambda: source.prefetch(wanted=lambda: True)) == 0
    source.close()


# ---- coarse pictures -------------------------------------------------------------------------


def test_a_far_jump_shows_a_keyframe_first_and_says_so(opened):
    source = opened("open_gop")
    source.picture(0)
    coarse = source.coarse_picture(115)
    assert not coarse.is_exact
    assert read_number(coarse.pixels) == coarse.frame
    assert 85 <= coarse.frame <= 115
    assert coarse.time_us == source.frame_times.time_of(coarse.frame)
    exact = source.picture(115)
    assert (exact.is_exact, read_number(exact.pixels)) == (True, 115)


def test_a_frame_soon_decoded_or_at_hand_shows_no_other_first(opened):
    source = opened("ntsc_long_gop")
    source.picture(100)
    assert source.coarse_picture(101) is None
    assert source.coarse_picture(80).frame == 96  # the nearest of those kept on the way to 100
    source.picture(200)
    source.picture(20)
    assert source.coarse_picture(200) is None


@pytest.mark.parametrize("kind", ["open_gop_ts", "hevc", "mpeg4_b_avi", "vp9_webm", "h264_mkv"])
def test_coarse_pictures_between_exact_ones_leave_them_exact(opened, kind):
    source = opened(kind, cache_bytes=0)
    chance = np.random.default_rng(4)
    for frame in chance.integers(0, len(source.frame_times), 40).tolist():
        coarse = source.coarse_picture(frame)
        assert coarse is None or read_number(coarse.pixels) == coarse.frame
        assert read_number(source.picture(frame).pixels) == frame


def test_while_dragging_every_place_shows_something_and_the_last_one_is_exact(clip):
    source = open_source(clip("ntsc_long_gop").path)
    shown, exact, seen = [], [], threading.Semaphore(0)
    decoder = Decoder(
        source,
        on_picture=lambda picture, ticket: exact.append((picture.frame, ticket)),
        on_trouble=pytest.fail,
        on_coarse=lambda picture: (shown.append(picture), seen.release()),
    )
    for ticket, frame in enumerate((240, 90, 180, 290)):
        decoder.ask(Request(ticket, frame, None, scrubs=True))
        if ticket == 0:
            assert seen.acquire(timeout=PATIENCE_S)
    assert decoder.wait_until_ready(PATIENCE_S)
    assert exact[-1] == (290, 3)
    assert all(not picture.is_exact for picture in shown)
    decoder.close()


def test_a_plain_jump_shows_nothing_but_the_exact_picture(clip):
    source = open_source(clip("ntsc_long_gop").path)
    came = []
    decoder = Decoder(
        source,
        on_picture=lambda picture, _: came.append(picture),
        on_trouble=pytest.fail,
        on_coarse=came.append,
    )
    decoder.ask(Request(1, 240, None))
    assert decoder.wait_until_ready(PATIENCE_S)
    decoder.close()
    assert [(picture.frame, picture.is_exact) for picture in came] == [(240, True)]


def test_keyframes_around_are_kept_for_scrubbing(opened):
    source = opened("open_gop")
    source.picture(60)
    source.prefetch(wanted=lambda: True, for_scrubbing=True)
    source._cache.clear()
    source.picture(2)
    seen = []
    assert packets_fed(source, lambda: seen.append(source.coarse_picture(115))) == 0
    assert 85 <= seen[0].frame <= 115
    assert read_number(seen[0].pixels) == seen[0].frame


# ---- the plan, without a file ----------------------------------------------------------------


def plan(playhead, held, *, back=False, capacity=84, group=50, **given):
    return next_stretch(
        Surroundings(
            playhead=playhead,
            moving_back=back,
            last_frame=999,
            capacity=capacity,
            is_held=lambda frame: frame in held,
            group_of=lambda frame: (frame // group * group, frame // group * group + group - 1),
        ),
        **given,
    )


def test_forward_a_few_frames_ahead_come_first_backward_those_behind():
    assert plan(120, {120}) == Stretch(121, 132, is_behind=False)
    assert plan(120, {120}, back=True) == Stretch(100, 119, is_behind=True)
    assert plan(120, set(range(100, 133)), only_next=True) is None


def test_a_stretch_never_reaches_into_another_group():
    assert plan(145, {145}) == Stretch(146, 149, is_behind=False)
    assert plan(150, set(range(150, 163))) == Stretch(100, 149, is_behind=True)


def test_a_piece_of_a_far_group_is_not_worth_decoding_it_for_a_single_step():
    held = set(range(100, 190))
    assert plan(155, held) is None  # 95 to 99 would cost decoding 50 to 99 with each step


def test_a_small_cache_is_left_to_what_was_decoded_on_the_way():
    assert plan(120, {120}, capacity=8) is None


def test_far_frames_leave_first_and_those_ahead_before_those_behind(opened):
    source: Source = opened("cfr25")
    source.picture(0)
    decoded = source._cache.get(0)
    size = sum(plane.buffer_size for plane in decoded.planes)
    cache = FrameCache(8 * size)
    cache.move_to(50)
    for frame in (*range(40, 60), 10, 90):
        cache.put(frame, decoded, size)
    assert [frame for frame in range(100) if frame in cache] == [45, 46, 47, 48, 49, 50, 51, 52]
    assert cache.held_bytes == 8 * size
    assert (cache.nearest(0), cache.nearest(99), cache.nearest(48)) == (45, 52, 48)
