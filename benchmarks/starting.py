"""From the start of the process to the first painted window, and what the program holds in memory.

The baseline of the same run is the same for an empty Qt window: what nobody can avoid.
"""

import json
import os
import statistics
import subprocess
import sys
import time

WINDOW = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv[:1])
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time() - float(os.environ["BEGUN"]), flush=True)
            QTimer.singleShot(0, app.quit)
        return False
watch = Watch()
"""
EMPTY = (
    WINDOW
    + """
from PySide6.QtWidgets import QWidget
window = QWidget(); window.installEventFilter(watch); window.resize(1280, 800); window.show()
app.exec()
"""
)
OURS = (
    WINDOW
    + """
app.installEventFilter(watch)
from imhcode.ui.app import run_window
run_window([])
"""
)
MEMORY = """
import os, resource, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from imhcode.services.samples import sample_folder
from imhcode.settings import Settings
from imhcode.ui.main_window import MainWindow
app = QApplication([])
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20
found = {"window": resident()}
window = MainWindow(Settings()); window.resize(1920, 1080); window.show()
window.open([sample_folder() / "two_shot.mp4"])
def wait(true, seconds=30):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        app.processEvents(); time.sleep(0.002)
wait(lambda: window.space.picture.painted)
found["recording open"] = resident()
import random
rng = random.Random(1)
for _ in range(int(sys.argv[1])):
    window.space.playback.seek_frame(at := rng.randrange(3000))
    wait(lambda: window.space.picture.painted.frame == at)
found["after random seeks"] = resident()
window.close()
import json
print(json.dumps(found))
"""


def timed(program: str, times: int) -> float:
    """Median seconds from the start of a process to its first paint."""
    found = []
    for _ in range(times):
        env = {**os.environ, "BEGUN": str(time.time())}
        done = subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
        )
        found.append(float(done.stdout.split()[0]))
    return statistics.median(found)


def run(smoke: bool) -> dict[str, float | str]:
    """Seconds to the first paint, and MiB resident."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    times = 2 if smoke else 9
    timed(OURS, 1)  # warm the disk cache
    empty, ours = timed(EMPTY, times), timed(OURS, times)
    found: dict[str, float | str] = {
        "empty Qt window, s": round(empty, 3),
        "imhcode, s": round(ours, 3),
        "imhcode / empty window": round(ours / empty, 2),
    }
    if sys.platform == "linux":
        seeks = "20" if smoke else "300"
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, seeks], capture_output=True, text=True, check=True
        )
        for name, value in json.loads(done.stdout.splitlines()[-1]).items():
            found[f"resident, {name}, MiB"] = round(value)
    return found


if __name__ == "__main__":
    for name, value in run(smoke=False).items():
        print(f"{name:45} {value}")
