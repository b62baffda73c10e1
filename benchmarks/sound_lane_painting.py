"""How long the lane of sound takes to paint for an hour, at every zoom.

    python benchmarks/sound_lane_painting.py [--smoke]

An hour of made-up sound in a timeline of 1600 x 300 pixels, off screen.  Each figure repaints the
whole timeline as scrolling and zooming do; beside it the same timeline without the lane.  At 60
pictures a second there are 16 ms for one.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from benchmarks.timeline_painting import observation_of, timed
from imhcode.media.spectrogram import BANDS, HOP_US, Spectrogram
from imhcode.media.waveform import Waveform
from imhcode.services.sound_pictures import SoundPictures
from imhcode.ui import theme
from imhcode.ui.coding.sound_lane import SoundView
from imhcode.ui.coding.timeline_view import TimelineView

WIDTH, HEIGHT = 1600, 300
HOUR_S = 3600


def pictures_of(seconds: int) -> SoundPictures:
    """Waveform and spectrogram of sound that comes and goes, without a file."""
    chance = np.random.default_rng(1)
    bins = seconds * 1000
    level = np.abs(np.sin(np.arange(bins) / 700)) * 8000 + 100
    highs = (level * chance.random(bins)).astype(np.int16)[None]
    found = SoundPictures(Path("none"), None)
    found._waveform = Waveform.of(-highs, highs, (highs[:, ::16] // 3).astype(np.uint16))
    columns = seconds * 1_000_000 // HOP_US
    bands = chance.integers(0, 255, (BANDS, columns), dtype=np.uint8)
    found._spectrogram = Spectrogram.of(bands)
    return found


def run(smoke: bool) -> dict[str, float | str]:
    """Measure and print; a minute and fewer repeats for a smoke test."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.DARK)
    seconds, repeats = (60, 3) if smoke else (HOUR_S, 40)
    observation = observation_of(200)
    view = TimelineView()
    view.resize(WIDTH, HEIGHT)
    view.set_range(0, seconds * 1_000_000)
    view.show_observation(observation, observation.scheme.tracks[:5])
    view.sound._pictures = pictures_of(seconds)
    canvas = QPixmap(WIDTH, HEIGHT)
    figures: dict[str, float | str] = {"hours of sound": seconds / HOUR_S}

    def repaint() -> None:
        view._refresh()
        view.render(canvas)

    spans = {"all": seconds, "10 min": 600, "1 min": 60, "10 s": 10, "1 s": 1}
    for name, span_s in spans.items():
        if span_s > seconds:
            continue
        view.zoom_to_fit()
        view._zoom(seconds / span_s, view.scale.x_of(seconds * 400_000))
        for shown in SoundView:
            view.sound.show_as(shown)
            repaint()
            best, median, p95 = timed(repaint, repeats)
            figures[f"{name}, {shown.value}: best ms"] = round(best, 2)
            figures[f"{name}, {shown.value}: median ms"] = round(median, 2)
            figures[f"{name}, {shown.value}: p95 ms"] = round(p95, 2)
    for name, figure in figures.items():
        print(f"{name:32} {figure}")
    return figures


if __name__ == "__main__":
    run("--smoke" in sys.argv)
