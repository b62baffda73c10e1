"""One authority on now."""

import pytest

from imhcode.media.clock import Clock


class Hand:
    ns = 5_000_000_000

    def __call__(self):
        return self.ns


@pytest.fixture
def hand():
    return Hand()


def test_a_clock_stands_still_until_it_plays_and_after_it_pauses(hand):
    clock = Clock(hand)
    hand.ns += 10**9
    assert clock.now_us == 0
    clock.play()
    hand.ns += 250_000_999
    assert clock.now_us == 250_000
    clock.pause()
    hand.ns += 10**9
    assert (clock.now_us, clock.is_running) == (250_000, False)


def test_seeking_moves_a_running_clock_which_runs_on(hand):
    clock = Clock(hand)
    clock.play()
    hand.ns += 10**9
    clock.seek(7_000_000)
    hand.ns += 10**6
    assert clock.now_us == 7_001_000


def test_a_clock_never_runs_past_its_end(hand):
    clock = Clock(hand, end_us=1_000_000)
    clock.seek(5_000_000)
    assert clock.now_us == 1_000_000
    clock.seek(999_999)
    clock.play()
    hand.ns += 10**12
    assert clock.now_us == 1_000_000


def test_another_rate_changes_only_what_comes(hand):
    clock = Clock(hand)
    clock.play()
    hand.ns += 10**9
    clock.rate = 0.25
    hand.ns += 10**9
    assert clock.now_us == 1_250_000
    with pytest.raises(ValueError, match="forward"):
        clock.rate = 0


def test_a_monotonic_clock_that_steps_back_does_not_take_time_back(hand):
    clock = Clock(hand)
    clock.seek(3_000_000)
    clock.play()
    hand.ns -= 10**9
    assert clock.now_us == 3_000_000


def test_a_clock_runs_backward_to_its_beginning(hand):
    clock = Clock(hand, end_us=10_000_000)
    clock.seek(2_000_000)
    clock.rate = -0.5
    clock.play()
    hand.ns += 10**9
    assert clock.now_us == 1_500_000
    hand.ns += 10**10
    assert clock.now_us == 0


def test_a_clock_follows_another_and_waits_for_its_beginning(hand):
    heard = Hand()
    heard.ns = -30_000_000
    clock = Clock(hand)
    clock.rate = 2.0
    clock.follow(heard, from_us=1_000_000)
    hand.ns += 10**9
    assert (clock.now_us, clock.is_running, clock.is_following) == (1_000_000, True, True)
    heard.ns = 250_000_000
    assert clock.now_us == 1_500_000


def test_a_clock_that_is_let_go_runs_on_from_where_it_is(hand):
    heard = Hand()
    heard.ns = 0
    clock = Clock(hand)
    clock.follow(heard, from_us=1_000_000)
    heard.ns = 500_000_000
    clock.run_free()
    heard.ns = 9_000_000_000
    assert (clock.now_us, clock.is_following) == (1_500_000, False)
    hand.ns += 10**9
    assert clock.now_us == 2_500_000


def test_a_pause_ends_following(hand):
    heard = Hand()
    clock = Clock(hand)
    clock.follow(heard, from_us=0)
    clock.pause()
    assert not clock.is_following
    stood = clock.now_us
    clock.play()
    hand.ns += 10**9
    assert clock.now_us == stood + 10**6
