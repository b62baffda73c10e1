"""How far what is heard lies from what is seen, and what keeping the pitch costs.

Pictures and beeps are made for known moments; the program plays them, with a sound device of
memory, by a clock set by hand.  Times are of that clock, so a slow machine changes none of them.
The baseline of the stretching is decoding the same sound once, in the same run.
"""

import tempfile
import time
from pathlib import Path

SPEEDS = (0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4)
FRAME_US = 40_000
STEP_US = 1_000  # how often the window looks, at best


class Room:
    """A player and a recording sound device in one clock."""

    def __init__(self, path, step_us=STEP_US, **device):
        from imhcode.media.player import Player
        from imhcode.media.sound import open_sound
        from imhcode.media.sound_recorder import RecordingSink
        from imhcode.media.source import open_source

        self.now_us, self.step_us = 0, step_us
        self.seen: dict[int, int] = {}
        self.sink = RecordingSink(**device)
        source = open_source(path)
        self.sound = open_sound(
            source, self.sink, on_trouble=print, now_ns=lambda: self.now_us * 1_000
        )
        self.player = Player(
            source,
            on_picture=lambda _: None,
            on_trouble=print,
            now_ns=lambda: self.now_us * 1_000,
            sound=self.sound,
        )

    def play(self, speed):
        self.player.set_speed(speed)
        self.player.play()
        while self.player.is_playing:
            self._settle()
            self.now_us += self.step_us
            self.sink.advance_to(self.now_us)
            self._settle()
            picture = self.player.take()
            if picture is not None:
                self.seen[picture.frame] = self.now_us
        self.player.close()

    def _settle(self):
        assert self.player._decoder.wait_until_ready(60)
        assert self.sound.wait_until_ready(60)

    def off_us(self, beeps_s, speed):
        """Beep against picture, µs of real time, each against the shown frame nearest to it."""
        from beeping_clips import onsets

        heard = [self.sink.heard_at_us(frame) for frame in onsets(self.sink.heard)]
        assert len(heard) == len(beeps_s)
        off = []
        for when, beep_s in zip(heard, beeps_s, strict=True):
            at_us = beep_s * 1_000_000
            frame = min(list(self.seen)[1:], key=lambda n: abs(n * FRAME_US - at_us))
            off.append(when - self.seen[frame] - (at_us - frame * FRAME_US) / speed)
        return off


def run(smoke: bool) -> dict[str, float | str]:
    """Milliseconds between sound and picture, by speed; the drift of ten minutes; the cost."""
    from beeping_clips import make_beeping_clip

    figures: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        beeps = (0.4, 1.0, 1.64, 2.32)
        path = make_beeping_clip(Path(folder) / "short.mp4", beeps, n_frames=75)
        for speed in (0.5, 1, 4) if smoke else SPEEDS:
            room = Room(path)
            room.play(speed)
            worst = max(map(abs, room.off_us(beeps, speed)))
            figures[f"{speed:g} times: furthest beep from its picture, ms"] = worst / 1_000
        minutes = 0.5 if smoke else 10
        beeps = tuple(float(s) for s in range(1, int(minutes * 60), 7))
        path = make_beeping_clip(Path(folder) / "long.mp4", beeps, n_frames=int(minutes * 60 * 25))
        room = Room(path, step_us=5_000, parts_per_million=300, jitter_us=6_000)
        room.play(1)
        off = room.off_us(beeps, 1)
        n_first = max(1, len(off) // 10)
        drift_us = sum(off[-n_first:]) / n_first - sum(off[:n_first]) / n_first
        device = f"{minutes:g} min, a device 300 millionths fast and 6 ms unsteady"
        figures[f"{device}: drift, frames"] = abs(drift_us) / FRAME_US
        figures[f"{device}: furthest, ms"] = max(map(abs, off)) / 1_000
        figures[f"{device}: pictures dropped"] = room.player.dropped
        figures |= cost_of_stretching(path)
    return figures


def cost_of_stretching(path: Path) -> dict[str, float]:
    """Time to stretch 20 s of sound heard, against decoding 20 s of it."""
    from fractions import Fraction

    from imhcode.media.audio import RATE_HZ
    from imhcode.media.sound_reader import SoundReader
    from imhcode.media.stretch import HOP, Stretch

    n_hops = 20 * RATE_HZ // HOP
    reader = SoundReader(path, Fraction(0))
    began = time.perf_counter()
    for hop in range(n_hops):
        reader.samples(hop * HOP, HOP)
    decoding_s = time.perf_counter() - began
    found = {"decoding, times real time": 20 / decoding_s}
    for speed in (0.1, 0.5, 1, 2, 4):
        reader = SoundReader(path, Fraction(0))
        stretch = Stretch(reader.samples, 0, speed)
        began = time.perf_counter()
        for _ in range(n_hops):
            stretch.hop()
        spent_s = time.perf_counter() - began
        found[f"{speed:g} times: decoding and stretching ÷ decoding"] = spent_s / decoding_s
        found[f"{speed:g} times: share of a core"] = spent_s / 20
    return found
