"""What is on the screen is the truth, and it is the frame that was asked for."""

import threading
from itertools import pairwise

import pytest

from clips import read_number
from imhcode.media.decoder import AHEAD, Decoder, Request
from imhcode.media.errors import DamagedFrame
from imhcode.media.source import open_source

FRAME_US = 40_000


def decoder_threads():
    return [thread for thread in threading.enumerate() if thread.name == "imhcode-decoder"]


def test_a_seek_while_paused_brings_exactly_that_picture_once(stage):
    at = stage("cfr25")
    at.player.seek_frame(60)
    at.settle()
    picture = at.player.take()
    assert (picture.frame, picture.time_us) == (60, 60 * FRAME_US)
    assert read_number(picture.pixels) == 60
    assert at.player.shown is picture
    assert at.player.take() is None
    assert [told.frame for told in at.told] == [60]


def test_of_many_quick_seeks_the_newest_wins(stage):
    at = stage("ntsc_long_gop")
    for frame in (250, 20, 199, 3, 240, 111):
        at.player.seek_frame(frame)
    at.settle()
    picture = at.player.take()
    assert (picture.frame, read_number(picture.pixels)) == (111, 111)
    assert at.player.take() is None


def test_a_late_answer_to_an_earlier_request_is_not_shown(stage):
    at = stage("cfr25")
    at.player.seek_frame(5)
    at.settle()
    late = at.player.take()
    at.player.seek_frame(70)
    at.settle()
    at.player._arrived(late, ticket=at.player._ticket - 1)
    assert at.player.take().frame == 70
    assert at.player.take() is None


def test_ten_quick_steps_make_ten_frames(stage):
    at = stage("cfr25")
    at.player.seek_frame(50)
    for _ in range(10):
        at.player.step(1)
    assert at.player.asked_frame == 60
    at.settle()
    assert at.player.take().frame == 60
    for _ in range(10):
        at.player.step(-1)
    at.settle()
    assert at.player.take().frame == 50


def test_each_single_step_shows_its_own_frame(stage):
    at = stage("open_gop")
    seen = []
    for step in [1] * 35 + [-1] * 30:
        at.player.step(step)
        at.settle()
        seen.append(read_number(at.player.take().pixels))
    assert seen == [*range(1, 36), *range(34, 4, -1)]


def test_steps_and_seeks_stop_at_both_ends(stage):
    at = stage("cfr25")
    at.player.step(-5)
    assert at.player.asked_frame == 0
    at.player.seek_us(10**12)
    assert at.player.asked_frame == 119
    at.player.seek_us(-1)
    assert at.player.asked_frame == 0


def test_seeking_to_a_time_shows_the_frame_that_covers_it(stage):
    at = stage("vfr")
    times = at.player.frame_times
    at.player.seek_us(times.time_of(70) - 1)
    at.settle()
    assert at.player.take().frame == 69
    assert at.player.position_us == times.time_of(69)


@pytest.mark.parametrize("kind", ["cfr25", "vfr", "h264_avi", "open_gop_ts"])
def test_playing_shows_every_picture_in_order_and_none_from_the_future(stage, kind):
    at = stage(kind)
    times = at.player.frame_times
    at.player.play()
    seen = []
    now_us = 0
    while at.player.is_playing:
        picture = at.at(now_us)
        if picture:
            assert picture.time_us <= at.player.position_us
            assert read_number(picture.pixels) == picture.frame
            seen.append(picture.frame)
        now_us += 10_000
        assert now_us < 3 * times.end_us
    assert seen == list(range(len(times)))
    assert at.player.dropped == 0
    assert at.player.shown.frame == times.last_frame
    assert at.player.position_us == times.last_us


def test_a_picture_ahead_of_the_clock_is_not_given_out(stage):
    at = stage("cfr25")
    at.player.play()
    assert at.at(0).frame == 0
    assert at.at(FRAME_US - 1) is None
    assert at.at(FRAME_US).frame == 1


def test_late_pictures_are_passed_over_and_counted(stage):
    at = stage("cfr25")
    at.player.play()
    assert at.at(0).frame == 0
    assert at.at(4 * FRAME_US).frame == 4
    assert at.player.dropped == 3
    # Later than all that is decoded ahead: what there is comes first, then the decoder jumps on.
    at.settle()
    at.now_us = 60 * FRAME_US
    assert at.player.take().frame == AHEAD + 4
    assert at.at(60 * FRAME_US).frame == 60
    assert at.player.dropped == 3 + (AHEAD - 1) + (60 - AHEAD - 4 - 1)


def test_the_clock_waits_for_the_first_picture(stage):
    at = stage("cfr25")
    at.player.seek_frame(30)
    at.player.play()
    at.now_us = 9_000_000
    assert at.player.position_us == 30 * FRAME_US
    assert at.at(9_000_000).frame == 30
    assert at.at(9_000_000 + FRAME_US).frame == 31


def test_playing_from_a_picture_on_the_screen_does_not_show_it_again(stage):
    at = stage("cfr25")
    at.player.seek_frame(30)
    at.settle()
    assert at.player.take().frame == 30
    at.player.play()
    assert at.at(0) is None
    assert at.at(FRAME_US).frame == 31


def test_pausing_keeps_the_picture_that_was_taken_last(stage):
    at = stage("cfr25")
    at.player.play()
    at.at(0)
    assert at.at(10 * FRAME_US - 1).frame <= 9
    shown = at.player.shown
    at.now_us = 12 * FRAME_US  # pictures are due that nobody has taken
    at.player.pause()
    assert at.player.position_us == shown.time_us
    assert at.player.asked_frame == shown.frame
    at.settle()
    assert at.player.take() is None
    assert at.player.shown is shown
    at.player.step(1)
    at.settle()
    assert at.player.take().frame == shown.frame + 1


def test_pausing_before_anything_came_still_brings_what_was_asked_for(stage):
    at = stage("cfr25")
    at.player.seek_frame(80)
    at.player.play()
    at.player.pause()
    at.settle()
    assert at.player.take().frame == 80


def test_seeking_while_playing_plays_on_from_there(stage):
    at = stage("cfr25")
    at.player.play()
    at.at(0)
    at.player.seek_frame(90)
    assert at.player.is_playing
    assert at.at(5_000_000).frame == 90
    assert at.at(5_000_000 + 2 * FRAME_US).frame == 92


def test_stepping_while_playing_stands_still_beside_the_shown_frame(stage):
    at = stage("cfr25")
    at.player.play()
    at.at(0)
    assert at.at(3 * FRAME_US).frame == 3
    at.player.step(-1)
    assert not at.player.is_playing
    at.settle()
    assert at.player.take().frame == 2


def test_a_new_size_brings_the_same_frame_anew(stage):
    at = stage("cfr25")
    at.player.seek_frame(12)
    at.settle()
    at.player.take()
    at.player.set_size((64, 64))
    at.settle()
    picture = at.player.take()
    assert (picture.frame, picture.width, read_number(picture.pixels)) == (12, 64, 12)


def test_a_new_size_while_playing_loses_no_ground(stage):
    at = stage("cfr25")
    at.player.play()
    at.at(0)
    assert at.at(5 * FRAME_US).frame == 5
    at.player.set_size((64, 64))
    at.player.pause()
    at.settle()
    assert at.player.shown.frame == at.player.asked_frame == 5
    assert at.player.position_us == 5 * FRAME_US


def test_at_the_end_play_does_nothing(stage):
    at = stage("cfr25")
    at.player.seek_frame(119)
    at.player.play()
    assert not at.player.is_playing


def test_a_recording_of_one_frame_can_be_shown(stage):
    at = stage("one_frame")
    at.player.play()
    at.player.seek_frame(0)
    at.settle()
    assert at.player.take().frame == 0


def test_damage_is_told_passed_over_and_ends_in_a_stop(stage):
    at = stage("cfr25")
    source = at.player._decoder._source
    picture = source.picture

    def fault(frame, size=None, **named):
        if frame in (2, 119):
            raise DamagedFrame(path="x", frame=frame)
        return picture(frame, size, **named)

    source.picture = fault
    at.player.play()
    seen = []
    for now_us in range(0, 6_000_000, 20_000):
        taken = at.at(now_us)
        seen += [taken.frame] if taken else []
    assert seen == [n for n in range(119) if n != 2]
    assert [trouble.fields["frame"] for trouble in at.troubles] == [2, 119]
    assert not at.player.is_playing
    assert at.player.asked_frame == 118


def test_a_bug_in_decoding_is_told_and_the_thread_lives_on(stage):
    at = stage("cfr25")
    source = at.player._decoder._source
    picture = source.picture
    source.picture = lambda *_, **__: 1 / 0
    at.player.seek_frame(5)
    at.settle()
    assert [type(trouble) for trouble in at.troubles] == [ZeroDivisionError]
    source.picture = picture
    at.player.seek_frame(6)
    at.settle()
    assert at.player.take().frame == 6


def test_the_thread_ends_on_close_even_in_the_middle_of_playing(stage):
    before = decoder_threads()
    at = stage("ntsc_long_gop")
    at.player.play()
    at.player.seek_frame(249)
    assert len(decoder_threads()) == len(before) + 1
    at.player.close()
    assert decoder_threads() == before
    at.player.close()
    assert at.player.take() is None


def test_a_decoder_answers_with_the_ticket_of_the_request(clip):
    answers = []
    decoder = Decoder(
        open_source(clip("cfr25").path),
        on_picture=lambda picture, ticket: answers.append((picture.frame, ticket)),
        on_trouble=answers.append,
    )
    decoder.ask(Request(7, frame=11, size=None))
    assert decoder.wait_until_ready(20)
    decoder.ask(Request(8, frame=117, size=None, runs=True))
    assert decoder.wait_until_ready(20)
    decoder.close()
    assert answers == [(11, 7), (117, 8), (118, 8), (119, 8)]


def test_a_run_waits_when_nobody_takes_its_pictures(clip):
    answers = []
    decoder = Decoder(
        open_source(clip("cfr25").path),
        on_picture=lambda picture, _: answers.append(picture.frame),
        on_trouble=answers.append,
    )
    decoder.ask(Request(1, frame=0, size=None, runs=True))
    assert decoder.wait_until_ready(20)
    assert answers == list(range(AHEAD))
    decoder.taken(1, 2)
    assert decoder.wait_until_ready(20)
    assert answers == list(range(AHEAD + 2))
    decoder.close()


def run_through(at, *, step_us=5_000, most_us=30_000_000):
    """Play until it stops; the numbers in the pictures, each with the time it came on."""
    seen = []
    until_us = at.now_us + most_us
    while at.player.is_playing and at.now_us < until_us:
        picture = at.at(at.now_us + step_us)
        if picture:
            assert read_number(picture.pixels) == picture.frame
            seen.append((at.now_us, picture.frame))
    return seen


@pytest.mark.parametrize("speed", [0.1, 0.5, 1.5, 2])
def test_every_picture_comes_on_in_time_at_every_speed(stage, speed):
    at = stage("cfr25")
    at.player.seek_frame(90)
    at.player.set_speed(speed)
    at.player.play()
    seen = run_through(at)
    assert [frame for _, frame in seen] == list(range(90, 120))
    began = seen[0][0]
    late = [when - began - (frame - 90) * FRAME_US / speed for when, frame in seen]
    assert -1 <= min(late) <= max(late) <= 5_000
    assert at.player.dropped == 0


@pytest.mark.parametrize("speed", [3, 4])
def test_at_high_speed_every_second_picture_is_left_out_and_counted(stage, speed):
    at = stage("cfr25")
    at.player.set_speed(speed)
    at.player.play()
    seen = [frame for _, frame in run_through(at)]
    assert at.player.dropped == sum(b - a - 1 for a, b in pairwise(seen))
    steps = {b - a for a, b in pairwise(seen)}
    assert steps <= {1, 2}
    assert 55 <= at.player.dropped <= 60


@pytest.mark.parametrize("kind", ["cfr25", "vfr", "open_gop"])
def test_backward_every_picture_comes_on_in_turn_down_to_the_first(stage, kind):
    at = stage(kind)
    at.player.seek_frame(70)
    at.settle()
    at.player.take()
    at.player.set_speed(-1)
    at.player.play()
    seen = run_through(at)
    assert [frame for _, frame in seen] == list(range(69, -1, -1))
    assert at.player.asked_frame == 0
    assert at.player.dropped == 0
    times = at.player.frame_times
    began, _ = seen[0]
    for when, frame in seen[1:]:
        ahead_us = when - began - (times.time_of(70) - times.time_of(frame + 1))
        assert -5_000 <= ahead_us <= 10_000
    at.player.play()
    assert not at.player.is_playing


def test_backward_at_four_times_the_speed_pictures_are_left_out_and_counted(stage):
    at = stage("cfr25")
    at.player.seek_frame(119)
    at.settle()
    at.player.take()
    at.player.set_speed(-4)
    at.player.play()
    seen = [119] + [frame for _, frame in run_through(at)]
    assert seen[-1] == 0
    assert at.player.dropped == sum(a - b - 1 for a, b in pairwise(seen))
    assert at.player.dropped >= 55
    assert at.now_us < 1_400_000


def test_turning_round_while_playing_loses_no_picture(stage):
    at = stage("cfr25")
    at.player.play()
    at.at(0)
    assert at.at(20 * FRAME_US).frame == 6 or at.player.shown.frame <= 20
    turned_at = at.player.shown.frame
    at.player.set_speed(-0.5)
    seen = [frame for _, frame in run_through(at, most_us=400_000)]
    assert seen[0] == turned_at - 1
    assert seen == list(range(turned_at - 1, turned_at - 1 - len(seen), -1))


def test_a_stretch_is_played_to_its_last_frame_and_no_further(stage):
    at = stage("cfr25")
    at.player.play_stretch(20 * FRAME_US, 30 * FRAME_US)
    assert [frame for _, frame in run_through(at)] == list(range(20, 30))
    assert at.player.asked_frame == at.player.shown.frame == 29
    at.player.play()
    at.at(at.now_us)
    assert at.at(at.now_us + 3 * FRAME_US).frame > 30  # it does not hold for what comes after


def test_a_late_decoder_still_ends_a_stretch_on_its_last_frame(stage):
    at = stage("cfr25")
    at.player.play_stretch(20 * FRAME_US, 30 * FRAME_US)
    at.at(0)
    at.at(9_000_000)
    assert not at.player.is_playing
    at.at(9_000_000)
    assert at.player.shown.frame == 29


def test_a_lead_in_is_played_before_the_stretch(stage):
    at = stage("cfr25")
    at.player.play_stretch(20 * FRAME_US, 25 * FRAME_US, lead_in_us=5 * FRAME_US)
    assert [frame for _, frame in run_through(at)] == list(range(15, 25))


def test_a_loop_begins_again_until_something_else_is_asked_for(stage):
    at = stage("cfr25")
    at.player.play_stretch(20 * FRAME_US, 23 * FRAME_US, loop=True)
    seen = [frame for _, frame in run_through(at, most_us=500_000)]
    assert seen[:9] == [20, 21, 22] * 3
    assert at.player.is_looping
    assert at.player.dropped == 0
    at.player.seek_frame(60)
    assert at.player.is_playing
    assert not at.player.is_looping
    assert at.at(at.now_us).frame == 60


def test_a_speed_of_nought_is_a_bug_and_extremes_are_held_back(stage):
    at = stage("cfr25")
    with pytest.raises(ValueError, match="pause"):
        at.player.set_speed(0)
    at.player.set_speed(9)
    assert at.player.speed == 4
    at.player.set_speed(-0.01)
    assert at.player.speed == -0.1


def test_a_file_lost_in_mid_play_is_told_once_and_playing_stops(clip, tmp_path, stage):
    from imhcode.media.errors import MissingRecording

    at = stage("cfr25")
    path = tmp_path / "copy.mp4"
    at.player._decoder._source.path = path  # gone; the decoder meets what a lost share gives it
    at.player.play()
    at.at(0)
    shown = at.at(4 * FRAME_US)

    def fault(frame, *_, **__):
        raise DamagedFrame(path=path, frame=frame)

    at.player._decoder._source.picture = fault
    run_through(at, most_us=3_000_000)
    assert [type(trouble) for trouble in at.troubles] == [MissingRecording]
    assert not at.player.is_playing
    assert at.player.shown.frame >= shown.frame
    assert at.player.position_us == at.player.shown.time_us


def test_scrubbing_may_show_a_coarse_picture_that_says_so_before_the_exact_one(stage):
    at = stage("ntsc_long_gop")
    at.player.seek_frame(0)
    at.settle()
    at.player.take()
    at.player.scrub_frame(240)
    coarse = None
    while coarse is None and not at.player._decoder.is_idle:
        coarse = at.player.take()
    at.settle()
    exact = at.player.take() or coarse
    assert (exact.frame, exact.is_exact) == (240, True)
    assert coarse is exact or read_number(coarse.pixels) in (None, coarse.frame)
    assert at.player.take() is None


def test_a_single_seek_shows_nothing_but_its_own_picture(stage):
    at = stage("ntsc_long_gop")
    for frame in (250, 20, 199):
        at.player.seek_frame(frame)
        at.settle()
    assert all(picture.is_exact for picture in at.told)
