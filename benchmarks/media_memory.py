"""What the whole program holds in memory with a full cache, per size of picture and cameras.

The window is opened on one recording, or on several as the cameras of one session; it jumps about,
looks until the caches are full, plays, and goes backward.  The bound that is promised is 1 GiB.
"""

import json
import os
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
window.open([Path(one) for one in sys.argv[3:]])
def wait(true, seconds):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        app.processEvents(); time.sleep(0.002)
wait(lambda: window.space and window.space.picture.painted, 60)
wait(lambda: window.space.cameras.is_in_step(), 60)
assert len(window.space.cameras.dropped) == len(sys.argv) - 4, window.space.cameras.dropped
found["recording open"] = resident()
top, chance = found["recording open"], random.Random(1)
playback = window.space.playback
last = playback.frame_times.last_frame
look_s = float(sys.argv[2])
def look(seconds):
    global top
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        wait(lambda: False, 0.1)
        top = max(top, resident())
for _ in range(int(sys.argv[1])):
    at = chance.randrange(last + 1)
    playback.seek_frame(at)
    wait(lambda: window.space.picture.painted.frame == at, 60)
    look(look_s)
    playback.play()
    look(look_s / 4)
    playback.pause()
    for _ in range(10):
        playback.step(-1)
        look(0.1)
found["cache full"] = top
from imhcode.media.cache_budget import PROGRAM_BUDGET
found["decoders reckoned"] = sum(one.decoder_bytes for one in PROGRAM_BUDGET._shares) / 2**20
found["frames allowed"] = sum(one.frame_bytes for one in PROGRAM_BUDGET._shares) / 2**20
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
            for n_cameras in (1, 2, 4) if name == "4K" else (1, 2) if smoke else (1,):
                jumps, look_s = (2, 0.2) if smoke else (4, 8)
                found |= measured(path, name, n_cameras, jumps=jumps, look_s=look_s)
            path.unlink()
    return found


def measured(
    path: Path, name: str, n_cameras: int, jumps: int, look_s: float
) -> dict[str, float | str]:
    """The figures of one recording, or of several that differ in nothing but a few bytes."""
    root = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        cameras = [Path(folder) / f"camera_{number}.mp4" for number in range(n_cameras)]
        for number, camera in enumerate(cameras):
            # An empty box at the end: no two cameras have the same bytes.
            box = (8 + number).to_bytes(4) + b"free" + bytes(number)
            camera.write_bytes(path.read_bytes() + box)
        program = [sys.executable, "-c", WINDOW, str(jumps), str(look_s), *map(str, cameras)]
        home = {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CACHE_HOME": folder}
        env = {**os.environ, **home, "XDG_CONFIG_HOME": folder}
        done = subprocess.run(
            program, capture_output=True, text=True, check=True, cwd=root, env=env
        )
    told = json.loads(done.stdout.splitlines()[-1])
    words = f"{name}, {n_cameras} camera{'s' if n_cameras > 1 else ''}"
    return {f"{words}: {what}, MiB": round(value) for what, value in told.items()}
