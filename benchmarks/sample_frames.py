"""Every frame of every sample by the command line: the number in the pixels is the one asked for.

Not a speed but a share: of all frames asked by index, and of random times asked with ``--at``.  The
truth is the mark drawn into each picture, read from the PNG that the command wrote.
"""

import importlib.util
import json
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def mark_reader():
    """The reader of the marks, from the tools that drew them."""
    path = ROOT / "tools" / "sample_scene" / "frame_mark.py"
    spec = importlib.util.spec_from_file_location("frame_mark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.read_frame_number


def run(smoke: bool) -> dict[str, float | str]:
    """Share of right frames, per sample: 1.0 or the promise is broken."""
    from imhcode.cli.main import main
    from imhcode.media.opencv import cv2

    read = mark_reader()
    rng = random.Random(3)
    samples = ROOT / "sample_videos"
    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "frame.png"
        listing = Path(folder) / "times.json"

        def number(*asked: str) -> int:
            with listing.open("w", encoding="utf-8") as out:
                before, sys.stdout = sys.stdout, out
                try:
                    assert main(["media", "frame", str(video), *asked, "--to", str(picture)]) == 0
                finally:
                    sys.stdout = before
            return read(cv2.imread(str(picture)))

        for one in json.loads((samples / "manifest.json").read_text())["recordings"]:
            video = samples / one["path"]
            with listing.open("w", encoding="utf-8") as out:
                before, sys.stdout = sys.stdout, out
                assert main(["media", "times", str(video), "--json"]) == 0
                sys.stdout = before
            times = json.loads(listing.read_text())["times_us"]
            frames = range(one["frames"])
            asked = rng.sample(frames, 10) if smoke else frames
            right = sum(number("--frame", str(frame)) == frame for frame in asked)
            found[f"{one['path']}: by frame"] = right / len(asked)
            moments = [rng.randrange(times[-1] + 1) for _ in range(5 if smoke else 200)]
            right = sum(
                number("--at", f"{at / 1_000_000:.6f}")
                == max(n for n, time in enumerate(times) if time <= at)
                for at in moments
            )
            found[f"{one['path']}: by time"] = right / len(moments)
    return found


if __name__ == "__main__":
    for name, value in run(smoke="--smoke" in sys.argv).items():
        print(f"{name:45} {value}")
