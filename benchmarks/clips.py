"""Exporting a clip against plain decoding and encoding of the same stretch, and its memory.

The baseline decodes the stretch from the keyframe before it and encodes it with the same settings,
without turning, hiding, sound, time checks or reading the result again.  Processor time of all
threads is compared, so that whatever else runs on the machine does not count.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

MASKED, BARE = "with a mask", "as it is"
MEMORY = """
import sys
for folder in ("src", "tests"):
    sys.path.insert(0, folder)
from pathlib import Path
from imhcode.media.clips.export import export_clip
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot
camera = ClipCamera(path=Path(sys.argv[1]))
shot = Shot(cameras=(camera,), from_us=500_000, until_us=500_000 + int(sys.argv[3]))
export_clip(ClipPlan((shot,)), sys.argv[2])
with open("/proc/self/status") as file:  # what getrusage says is the parent's, too
    print(next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM")))
"""


def run(smoke: bool) -> dict[str, float | str]:
    """Ratios of processor time (1.0: as decoding and encoding alone), and MiB."""
    from heavy_recordings import RATE, make_heavy

    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in ["720p"] if smoke else ["720p", "1080p"]:
            path = make_heavy(folder / f"{size}.mp4", size, 60 if smoke else 240)
            found |= measured(path, size, 30 if smoke else 200)
            path.unlink()
        if sys.platform != "linux":
            return found
        path = make_heavy(folder / "long.mp4", "720p", 100 if smoke else 630)
        for n_frames in (30, 60) if smoke else (60, 600):
            words = [sys.executable, "-c", MEMORY, str(path), str(folder / f"{n_frames}.mp4")]
            length_us = n_frames * 1_000_000 // RATE
            done = subprocess.run(
                [*words, str(length_us)],
                capture_output=True,
                text=True,
                check=True,
                cwd=Path(__file__).resolve().parents[1],
            )
            found[f"720p, {n_frames} frames: most memory, MiB"] = float(done.stdout)
    return found


def measured(path: Path, size: str, n_frames: int) -> dict[str, float | str]:
    """The figures of one size of picture; each side's best of two."""
    from clips import read_number
    from heavy_recordings import RATE
    from imhcode.media.clips.export import export_clip
    from imhcode.media.clips.pictures import ClipPictures
    from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot
    from imhcode.media.clips.regions import Box, KeyBox, Region

    first = 30
    from_us, until_us = first * 1_000_000 // RATE, (first + n_frames) * 1_000_000 // RATE
    face = KeyBox(0, Box(300, 200, 220, 260))
    region = Region(key_boxes=(face,), shape="ellipse", hiding="blur")
    plans = {
        name: ClipPlan(
            (
                Shot(
                    cameras=(ClipCamera(path=path, regions=regions),),
                    from_us=from_us,
                    until_us=until_us,
                ),
            )
        )
        for name, regions in ((BARE, ()), (MASKED, (region,)))
    }
    plain_s, ours_s = [], {BARE: [], MASKED: []}
    to = path.with_name("clip.mp4")
    for _ in range(2):
        plain_s.append(plain(path, to, first, n_frames))
        to.unlink()
        for name, plan in plans.items():
            began = time.process_time()
            made = export_clip(plan, to)
            ours_s[name].append(time.process_time() - began)
            assert made.frames == n_frames
            to.unlink()
    with ClipPictures(plans[BARE]) as pictures:
        assert read_number(pictures.picture(0)) == first
        assert read_number(pictures.picture(n_frames - 1)) == first + n_frames - 1
    best = min(plain_s)
    found: dict[str, float | str] = {f"{size}: plain, frames a processor second": n_frames / best}
    for name, seconds in ours_s.items():
        found[f"{size}: {name} / plain"] = min(seconds) / best
    return found


def plain(path: Path, to: Path, first: int, n_frames: int) -> float:
    """Decode and encode, nothing else; return the processor seconds it took."""
    import av

    from imhcode.media.clips.encoder import QUALITY

    began = time.process_time()
    with av.open(str(path)) as source, av.open(str(to), "w") as target:
        stream = source.streams.video[0]
        stream.thread_type = "AUTO"
        copy = target.add_stream("libx264", rate=30)
        copy.width, copy.height, copy.pix_fmt = stream.width, stream.height, "yuv420p"
        copy.codec_context.options = dict(QUALITY)
        for number, frame in enumerate(source.decode(stream)):
            if first <= number < first + n_frames:
                frame.pict_type = av.video.frame.PictureType.NONE
                target.mux(copy.encode(frame))
            elif number >= first + n_frames:
                break
        target.mux(copy.encode(None))
    return time.process_time() - began


if __name__ == "__main__":
    for folder in ("src", "tests"):
        sys.path.insert(0, folder)
    for name, value in run(smoke="--smoke" in sys.argv).items():
        print(f"{name:45} {value}")
