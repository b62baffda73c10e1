"""What the whole program holds in memory with a full cache, per size of picture.

The window is opened on a recording, jumps about, and looks until the cache is full.  The bound
that is promised is 1 GiB.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

WINDOW = """
import json, os, random, resource, sys, time
for folder in ("src", "tests"):
    sys.path.insert(0, folder)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from imhcode.settings import Settings
from imhcode.ui.main_window import MainWindow
app = QApplication(sys.argv[:1])
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20
from pathlib import Path
found = {"window": resident()}
window = MainWindow(Settings()); window.resize(1920, 1080); window.show()
window.open([Path(sys.argv[1])])
def wait(true, seconds):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        app.processEvents(); time.sleep(0.002)
wait(lambda: window.space.picture.painted, 60)
found["recording open"] = resident()
top, chance = found["recording open"], random.Random(1)
last = window.space.playback.frame_times.last_frame
for _ in range(int(sys.argv[2])):
    at = chance.randrange(last + 1)
    window.space.playback.seek_frame(at)
    wait(lambda: window.space.picture.painted.frame == at, 60)
    wait(lambda: False, float(sys.argv[3]))
    top = max(top, resident())
found["cache full"] = top
window.close()
print(json.dumps(found))
"""


def run(smoke: bool) -> dict[str, float | str]:
    """MiB resident."""
    from heavy_recordings import SIZES, make_heavy

    if sys.platform != "linux":
        return {"resident": "measured on Linux only"}
    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ["720p"] if smoke else SIZES:
            path = make_heavy(Path(folder) / f"{name}.mp4", name, 60 if smoke else 500)
            found |= measured(path, name, jumps=2 if smoke else 5, look_s=0.2 if smoke else 6)
            path.unlink()
    return found


def measured(path: Path, name: str, jumps: int, look_s: float) -> dict[str, float | str]:
    """The figures of one recording."""
    root = Path(__file__).resolve().parents[1]
    words = [sys.executable, "-c", WINDOW, str(path), str(jumps), str(look_s)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=root)
    told = json.loads(done.stdout.splitlines()[-1])
    return {f"{name}: resident, {what}, MiB": round(value) for what, value in told.items()}
