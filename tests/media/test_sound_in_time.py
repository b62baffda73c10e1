"""What is heard lies where it is seen, whatever the speed, the file or the device."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from beeping_clips import make_beeping_clip, onsets
from clips import FPS25
from imhcode.media.player import Player
from imhcode.media.sound import open_sound
from imhcode.media.sound_errors import NoSoundDevice, SoundDeviceLost, UnreadableSound
from imhcode.media.sound_reader import SoundReader
from imhcode.media.sound_recorder import RecordingSink
from imhcode.media.source import open_source

PATIENCE_S = 20.0
FRAME_US = 40_000
BEEPS = (0.4, 1.0, 1.64, 2.32)


class Room:
    """A player and a sound device, both by a clock set by hand, and what was seen and heard."""

    def __init__(self, path, sink, step_us=2_000):
        self.now_us = 0
        self.step_us = step_us
        self.sink = sink
        self.troubles = []
        self.seen = []  # (when, frame)
        source = open_source(path)
        now_ns = lambda: self.now_us * 1_000  # noqa: E731
        self.sound = open_sound(source, sink, on_trouble=self.troubles.append, now_ns=now_ns)
        self.player = Player(
            source,
            on_picture=lambda _: None,
            on_trouble=self.troubles.append,
            now_ns=now_ns,
            sound=self.sound,
        )

    def settle(self):
        assert self.player._decoder.wait_until_ready(PATIENCE_S)
        assert self.sound is None or self.sound.wait_until_ready(PATIENCE_S)

    def tick(self):
        self.settle()
        self.now_us += self.step_us
        self.sink.advance_to(self.now_us)
        self.settle()
        picture = self.player.take()
        if picture is not None:
            self.seen.append((self.now_us, picture.frame))

    def run(self, most_us):
        until_us = self.now_us + most_us
        while self.player.is_playing and self.now_us < until_us:
            self.tick()

    def seen_at(self, frame):
        return next(when for when, number in self.seen if number == frame)

    def beeps_heard_at(self):
        return [self.sink.heard_at_us(frame) for frame in onsets(self.sink.heard)]

    def lateness_us(self, beeps_s):
        """How much later than the frame at which it sounds each beep is heard, real time."""
        frames = [round(beep * 1_000_000 / FRAME_US) for beep in beeps_s]
        heard = self.beeps_heard_at()
        assert len(heard) == len(frames)
        return [when - self.seen_at(frame) for when, frame in zip(heard, frames, strict=True)]


@pytest.fixture(scope="module")
def beeping(tmp_path_factory):
    return make_beeping_clip(tmp_path_factory.mktemp("beeps") / "beeps.mp4", BEEPS, n_frames=75)


@pytest.fixture
def room():
    made = []

    def enter(path, **device):
        made.append(Room(path, RecordingSink(**device)))
        return made[-1]

    yield enter
    for one in made:
        one.player.close()


@pytest.mark.parametrize("speed", [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4])
def test_beeps_are_heard_with_their_pictures_at_every_speed(room, beeping, speed):
    at = room(beeping)
    at.player.set_speed(speed)
    at.player.play()
    at.run(60_000_000)
    assert not at.player.is_playing
    assert at.troubles == []
    if speed <= 2:
        late_us = at.lateness_us(BEEPS)
    else:  # not every frame is shown: hold the beeps against the time of one that is
        shown = {frame: when for when, frame in at.seen}
        first = sorted(shown)[1]  # the very first waits on the screen for its sound
        late_us = [
            heard - shown[first] - (beep * 1_000_000 - first * FRAME_US) / speed
            for heard, beep in zip(at.beeps_heard_at(), BEEPS, strict=True)
        ]
    print(speed, [round(x / 1000, 1) for x in late_us])
    assert max(map(abs, late_us)) < 10_000


CLOSE_US = 10_000


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".mp4", {"rate_hz": 44_100, "layout": "mono"}),
        (".mkv", {"layout": "5.1", "shift_s": 0.72}),
        (".mov", {"codec": "pcm_s16le", "rate_hz": 16_000, "layout": "mono"}),
        (".avi", {"codec": "pcm_s16le"}),
        (".ts", {"shift_s": 3723.0}),
        (".mp4", {"time_base": FPS25, "sound_from_s": 0.3}),
        (".mp4", {"sound_from_s": 0.32, "shift_s": 1.52}),
        (".mkv", {"gap_s": (1.2, 1.5)}),
        (".mp4", {"sound_until_s": 5.0}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value.values())),
)
def test_sound_lies_right_whatever_the_file(room, tmp_path, suffix, kind):
    path = make_beeping_clip(tmp_path / f"beeps{suffix}", BEEPS, n_frames=75, **kind)
    at = room(path)
    at.player.play()
    at.run(20_000_000)
    assert at.troubles == []
    assert max(map(abs, at.lateness_us(BEEPS))) < CLOSE_US
    assert at.player.dropped == 0


def test_sound_that_ends_early_leaves_the_pictures_going(room, tmp_path):
    path = make_beeping_clip(tmp_path / "short.mp4", (0.4,), n_frames=75, sound_until_s=1.0)
    at = room(path)
    at.player.play()
    at.run(20_000_000)
    assert [frame for _, frame in at.seen] == list(range(75))
    assert max(map(abs, at.lateness_us((0.4,)))) < CLOSE_US


def test_after_a_seek_the_sound_begins_at_the_right_sample(room, beeping):
    at = room(beeping)
    for frame in (36, 22, 55):
        at.seen.clear()
        before = len(at.sink.heard)
        at.player.seek_frame(frame)
        at.tick()
        at.player.play()
        at.run(700_000)
        at.player.pause()
        at.tick()
        heard = [at.sink.heard_at_us(before + n) for n in onsets(at.sink.heard[before:])]
        beeps = [round(s * 25) for s in BEEPS if frame < round(s * 25) < frame + 17]
        assert len(heard) == len(beeps) == 1
        assert abs(heard[0] - at.seen_at(beeps[0])) < CLOSE_US


def test_a_change_of_speed_while_playing_keeps_both_together(room, beeping):
    at = room(beeping)
    at.player.play()
    at.run(600_000)
    at.player.set_speed(0.5)
    at.run(2_000_000)
    at.player.set_speed(2)
    at.run(9_000_000)
    assert max(map(abs, at.lateness_us(BEEPS))) < CLOSE_US
    assert at.player.dropped == 0


@pytest.mark.parametrize("parts_per_million", [-400, 400])
def test_a_device_with_its_own_crystal_leads(room, tmp_path, parts_per_million):
    """A minute off by 400 millionths is 24 ms off: the pictures go by the device."""
    beeps = (0.4, 10.0, 30.0, 59.0)
    path = make_beeping_clip(tmp_path / "minute.mp4", beeps, n_frames=1500)
    at = room(path, parts_per_million=parts_per_million, jitter_us=6_000)
    at.step_us = 5_000
    at.player.play()
    at.run(70_000_000)
    assert max(map(abs, at.lateness_us(beeps))) < CLOSE_US
    assert abs(at.seen_at(1475) - at.seen_at(10) - 1465 * FRAME_US) > 15_000
    assert at.player.dropped == 0


def test_a_device_that_opens_late_joins_in_at_the_right_place(room, beeping, monkeypatch):
    at = room(beeping)
    opening, let_open = threading.Event(), threading.Event()
    really_open = at.sink.open

    def slowly(*given):
        opening.set()
        assert let_open.wait(PATIENCE_S)
        really_open(*given)

    monkeypatch.setattr(at.sink, "open", slowly)
    at.player.play()
    assert opening.wait(PATIENCE_S)
    for _ in range(400):  # 0.8 s: longer than the pictures wait
        at.now_us += 2_000
        assert at.player._decoder.wait_until_ready(PATIENCE_S)
        picture = at.player.take()
        at.seen += [(at.now_us, picture.frame)] if picture else []
    assert at.player.is_playing
    assert at.seen[-1][1] > 5
    at.sink.advance_to(at.now_us)
    let_open.set()
    at.run(20_000_000)
    assert at.player.dropped == 0
    n_heard = len(at.beeps_heard_at())
    assert 2 <= n_heard < len(BEEPS)
    assert max(map(abs, at.lateness_us(BEEPS[-n_heard:]))) < CLOSE_US


def test_without_a_device_all_runs_and_it_is_said_once(room, beeping):
    at = room(beeping, works=False)
    for _ in range(3):
        at.player.seek_frame(0)
        at.player.play()
        at.run(60_000_000)
    assert [type(one) for one in at.troubles] == [NoSoundDevice]
    assert at.seen[-1][1] == 74
    assert at.player.dropped == 0


@pytest.mark.parametrize("silently", [False, True])
def test_a_device_lost_in_mid_play_stops_nothing(room, beeping, silently):
    at = room(beeping)
    at.player.play()
    at.run(800_000)
    before_us = at.player.position_us
    at.sink.vanish(silently=silently)
    at.tick()
    assert 0 <= at.player.position_us - before_us <= 10_000
    at.run(60_000_000)
    assert [type(one) for one in at.troubles] == [SoundDeviceLost]
    assert [frame for _, frame in at.seen] == list(range(75))
    late = [when - frame * FRAME_US for when, frame in at.seen[1:]]
    assert max(late) - min(late) < CLOSE_US


def test_a_device_that_comes_back_is_heard_again(room, beeping):
    at = room(beeping)
    at.player.play()
    at.run(800_000)
    at.sink.vanish()
    at.run(3_000_000)
    at.sink.works = True
    at.now_us += 5_000_000
    at.sink.advance_to(at.now_us)
    at.player.seek_frame(0)
    at.seen.clear()
    at.player.play()
    at.run(20_000_000)
    assert max(map(abs, at.lateness_us(BEEPS)[1:])) < CLOSE_US


def test_backward_there_are_pictures_and_no_sound(room, beeping):
    at = room(beeping)
    at.player.seek_frame(74)
    at.tick()
    at.player.set_speed(-1)
    at.player.play()
    at.run(20_000_000)
    assert [frame for _, frame in at.seen] == list(range(74, -1, -1))
    assert onsets(at.sink.heard) == []


def test_a_loop_is_heard_each_time_and_not_beyond_its_end(room, beeping):
    at = room(beeping)
    at.player.play_stretch(960_000, 1_200_000, loop=True, lead_in_us=80_000)
    at.run(2_000_000)
    at.player.pause()
    assert {frame for _, frame in at.seen} == set(range(22, 30))
    heard = at.beeps_heard_at()
    shown = [when for when, frame in at.seen if frame == 25]
    assert len(heard) >= 4
    for when, seen in zip(heard, shown, strict=False):
        assert abs(when - seen) < CLOSE_US


def test_a_step_lets_its_place_be_heard_for_a_moment(room, beeping):
    at = room(beeping)
    for _ in range(3):  # the first opens the device
        at.player.seek_frame(24)
        at.tick()
        at.player.step(1)
        for _ in range(100):
            at.tick()
    loud = np.flatnonzero(np.abs(at.sink.heard).max(axis=1) > 0.2)
    assert 0.05 * 48_000 < len(loud) / 3 < 0.08 * 48_000
    at.player.grains = False
    before = len(at.sink.heard)
    at.player.step(1)
    for _ in range(100):
        at.tick()
    assert not at.sink.heard[before:].any()


def test_mute_volume_gain_and_channel_are_heard_at_once(room, tmp_path):
    path = make_beeping_clip(
        tmp_path / "left.mov",
        (0.4, 1.0, 1.64, 2.32),
        n_frames=75,
        codec="pcm_s16le",
        only_channel=0,
    )
    at = room(path)
    at.player.play()
    at.run(900_000)
    at.sound.channel = 1
    at.run(600_000)
    at.sound.channel, at.sound.gain_db, at.sound.volume = 0, 6.0, 0.5
    at.run(650_000)
    at.sound.muted = True
    at.run(5_000_000)
    heard = at.sink.heard
    first, second = onsets(heard)
    loudest = [np.abs(heard[n : n + 3_000]).max(axis=0).round(1).tolist() for n in (first, second)]
    assert loudest[0] == [0.5, 0.0]
    # Half the volume is a quarter of the amplitude; 6 dB are twice; one channel is in both ears.
    assert np.allclose(np.abs(heard[second : second + 3_000]).max(axis=0), 0.25, atol=0.01)
    assert at.player.dropped == 0


def test_sound_that_cannot_be_read_any_more_is_told_once(room, beeping, monkeypatch):
    at = room(beeping)
    at.player.play()
    at.run(600_000)

    def gone(*_):
        raise UnreadableSound(path="x", reason="Input/output error")

    monkeypatch.setattr(SoundReader, "_decode_on", gone)
    at.run(20_000_000)
    assert [type(one) for one in at.troubles] == [UnreadableSound]
    assert [frame for _, frame in at.seen] == list(range(75))


def test_closing_ends_the_thread(room, beeping):
    at = room(beeping)
    at.player.play()
    at.run(200_000)
    at.player.close()
    assert not at.sound._thread.is_alive()
    assert not at.sink.is_open
    at.player.close()


# ---- the sound of another camera ----------------------------------------------------------------


def test_another_cameras_sound_is_heard_where_its_own_pictures_would_be(room, beeping, tmp_path):
    """The other camera began 0.6 s earlier; what it heard is heard 0.6 s earlier here."""
    other = make_beeping_clip(
        tmp_path / "other.mp4", (1.0, 1.8, 2.6), n_frames=75, layout="mono", shift_s=1.52
    )
    source = open_source(other)
    at = room(beeping)
    at.sound.hear(source.sound_track.under(0 - (-600_000)))
    assert at.sound.n_channels == 1
    at.player.play()
    at.run(20_000_000)
    source.close()
    assert at.troubles == []
    assert max(map(abs, at.lateness_us((0.4, 1.2, 2.0)))) < CLOSE_US


def test_the_sound_heard_can_be_changed_while_it_plays(room, beeping, tmp_path):
    other = make_beeping_clip(tmp_path / "other.mp4", (0.2, 2.0, 2.6), n_frames=75)
    source = open_source(other)
    at = room(beeping)
    at.player.play()
    at.run(1_300_000)
    before_us = at.player.position_us
    at.sound.hear(source.sound_track)
    assert at.player.position_us == before_us
    at.tick()
    assert 0 <= at.player.position_us - before_us <= 2 * at.step_us + 1_000
    at.run(20_000_000)
    source.close()
    assert at.troubles == []
    assert max(map(abs, at.lateness_us((0.4, 1.0, 2.0, 2.6)))) < CLOSE_US
    assert at.player.dropped == 0


def test_a_track_that_cannot_be_read_is_told_and_the_next_one_is_heard(room, beeping, tmp_path):
    at = room(beeping)
    track = at.sound.track
    (tmp_path / "text.mp4").write_text("no sound")
    at.sound.hear(replace(track, path=tmp_path / "text.mp4"))
    at.player.play()
    at.run(1_300_000)
    assert len(at.troubles) == 1
    at.sound.hear(track)
    at.run(20_000_000)
    assert max(map(abs, at.lateness_us((1.64, 2.32)))) < CLOSE_US
