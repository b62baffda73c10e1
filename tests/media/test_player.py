"""What is on the screen is the truth, and it is the frame that was asked for."""

import threading

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
