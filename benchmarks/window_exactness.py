"""The first promise in the window, on every sample: shown, stored and found again are one frame.

Not a speed but a share.  Random seeks, a key on each, then back to each event; and keys while it
plays.  The truth is the mark in the pixels that were painted; the window is made so large that the
pictures are painted at their full size.
"""

import json
import os
import random
import sys
import tempfile
import time

from benchmarks.sample_frames import ROOT, mark_reader


def run(smoke: bool) -> dict[str, float | str]:
    """Share of events whose time and frame are those of the picture seen: 1.0 or it is broken."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    manifest = json.loads((ROOT / "sample_videos" / "manifest.json").read_text())
    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IMHCODE_CONFIG"] = os.environ["IMHCODE_DATA"] = folder
        for one in manifest["recordings"]:
            coder = Coder(ROOT / "sample_videos" / one["path"])
            frames = random.Random(11).sample(range(one["frames"]), 20 if smoke else 500)
            found[f"{one['path']}: paused, {len(frames)} keys"] = coder.codes_paused(frames)
            found[f"{one['path']}: back to the events"] = coder.goes_back()
            share, keys = coder.codes_playing(2 if smoke else 20)
            found[f"{one['path']}: playing, {keys} keys"] = share
            coder.window.close()
    return found


class Coder:
    """Somebody who codes one recording in a real window and checks every frame they see."""

    def __init__(self, video) -> None:
        from PySide6.QtWidgets import QApplication

        from imhcode.settings import Settings
        from imhcode.ui import theme
        from imhcode.ui.main_window import MainWindow

        self.app = QApplication.instance() or QApplication([])
        theme.apply(self.app, theme.DARK)
        self.read = mark_reader()
        self.window = MainWindow(Settings())
        self.window.resize(2800, 2200)
        self.window.show()
        self.window.open([video])
        self.space = self.window.space
        self.wait(lambda: self.space.picture.painted)
        self.space.choose_pass("bids")
        self.times = self.space.playback.frame_times

    def wait(self, true) -> None:
        end = time.monotonic() + 30
        while not true():
            assert time.monotonic() < end, "the picture did not come"
            self.app.processEvents()
            time.sleep(0.001)

    def see(self, frame: int) -> None:
        self.wait(lambda: self.space.picture.painted.frame == frame)

    def number(self) -> int:
        return self.read(self.space.picture.painted.pixels)

    def press(self, key: str):
        from PySide6.QtTest import QTest

        QTest.keyClick(self.space.picture, key)
        return self.space.model.selected_event()

    def codes_paused(self, frames) -> float:
        right = 0
        for frame in frames:
            self.space.playback.seek_frame(frame)
            self.see(frame)
            number, event = self.number(), self.press("q")
            right += number == frame == event.onset_frame and (
                event.onset_us == self.times.time_of(number)
            )
        return right / len(frames)

    def goes_back(self) -> float:
        events = list(self.space.model.observation.timeline)
        right = 0
        for event in events:
            self.space.go_to(event)
            self.see(event.onset_frame)
            right += self.number() == event.onset_frame
        return right / len(events)

    def codes_playing(self, seconds: float) -> tuple[float, int]:
        seen = []

        def press_now(picture) -> None:
            if picture.frame % 5 == 0 and self.space.playback.is_playing:
                event = self.press("e")
                seen.append((self.number(), event.onset_frame, event.onset_us))

        self.space.seek(0)
        self.see(0)
        self.space.playback.picture_due.connect(press_now)
        self.space.playback.play()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.001)
        self.space.playback.pause()
        right = sum(a == b and self.times.time_of(a) == at for a, b, at in seen)
        return right / len(seen), len(seen)


if __name__ == "__main__":
    for name, value in run(smoke="--smoke" in sys.argv).items():
        print(f"{name:45} {value}")
