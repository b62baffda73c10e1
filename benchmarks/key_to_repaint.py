"""From the press of a key to an edit on the disk and a repainted window, by number of events.

The baseline of the same run is the saving alone: one append to the edit log of a study of the same
size.  What the window adds must not grow with the number of events.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

STEP_US = 400_000


def filled(study, n_events: int):
    """A coding service with ``n_events`` spread over the tracks of the flagship scheme."""
    from imhcode.domain.event import Event

    study.ensure_session("S01")
    coding = study.coding("S01", "coder1")
    events = []
    scheme = coding.observation.scheme
    tracks = [(track, track.codes) for track in scheme.tracks]
    ends = {}
    for n in range(n_events):
        track, codes = tracks[n % len(tracks)]
        onset = n * STEP_US
        state = track.kind == "state"
        if state and track.id in ends:
            onset = ends[track.id]
        offset = onset + STEP_US * len(tracks) if state else onset
        ends[track.id] = offset
        code = codes[(n // len(tracks)) % len(codes)]
        events.append(
            Event(id=f"e{n}", track=track.id, code=code.id, onset_us=onset, offset_us=offset)
        )
    coding.add(events)
    return coding, n_events * STEP_US


def measured(n_events: int, presses: int, folder: Path) -> dict[str, float]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from imhcode.domain.edit import Edit, Step
    from imhcode.domain.event import Event
    from imhcode.schemes.document import load_scheme
    from imhcode.schemes.shipped import find_scheme
    from imhcode.services.studies import StudyService
    from imhcode.settings import Settings
    from imhcode.ui import theme
    from imhcode.ui.main_window import MainWindow

    app = QApplication.instance() or QApplication([])
    theme.apply(app, theme.DARK)
    path = folder / f"key-{n_events}.imh"
    study = StudyService.create(path, [load_scheme(find_scheme("abr"))])
    coding, end_us = filled(study, n_events)
    log = study.file.log_of(coding.observation.id)
    saving = []
    for n in range(presses):
        event = Event(
            id=f"b{n}", track="infant_bid", code="look", onset_us=n * 7 + 1, offset_us=n * 7 + 1
        )
        begun = time.perf_counter()
        log.append("do", Edit("press", (Step(None, event),)), "coder1")
        saving.append(time.perf_counter() - begun)
    study.close()
    path.unlink()
    study = StudyService.create(path, [load_scheme(find_scheme("abr"))])
    filled(study, n_events)
    study.close()
    window = MainWindow(Settings())
    window.resize(1920, 1080)
    window.show()
    window.open([path])
    window.space.model.choose_pass("bids")
    app.processEvents()
    times = []
    for n in range(presses):
        window.space.seek(round(end_us * (n + 0.5) / presses) + 13)
        app.processEvents()
        begun = time.perf_counter()
        QTest.keyClick(window.space.picture, Qt.Key.Key_Q)
        app.processEvents()
        times.append(time.perf_counter() - begun)
    assert len(window.space.model.observation.timeline) == n_events + presses
    window.close()
    return {
        "median_ms": statistics.median(times) * 1000,
        "p95_ms": sorted(times)[int(len(times) * 0.95)] * 1000,
        "saving_median_ms": statistics.median(saving) * 1000,
        "saving_p95_ms": sorted(saving)[int(len(saving) * 0.95)] * 1000,
    }


def run(smoke: bool) -> dict[str, float | str]:
    """Median and p95 at each size, and the ratio to saving alone."""
    sizes = [200, 500] if smoke else [200, 2_000, 10_000, 50_000]
    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IMHCODE_CONFIG"] = os.environ["IMHCODE_DATA"] = folder
        for n_events in sizes:
            one = measured(n_events, 20 if smoke else 200, Path(folder))
            for name, value in one.items():
                found[f"{n_events} events: {name}"] = round(value, 2)
            ratio = one["median_ms"] / one["saving_median_ms"]
            found[f"{n_events} events: window / saving alone"] = round(ratio, 2)
    return found


if __name__ == "__main__":
    for name, value in run(smoke=False).items():
        print(f"{name:45} {value}")
