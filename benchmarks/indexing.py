"""Reading every packet once: seconds an hour of recording; here, in a process of its own, known.

The baseline is reading the same bytes of the same file, which no index can do without.
"""

import shutil
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from benchmarks.seeking import PANE


def run(smoke: bool) -> dict[str, float | str]:
    """Seconds an hour, and ratios, for three containers."""
    from heavy_recordings import make_heavy
    from imhcode.media.source import open_source

    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short = make_heavy(folder / "short.mp4", "720p", 60 if smoke else 300)
        for suffix in (".mp4", ".mkv", ".ts"):
            path, seconds = repeated(short, folder / f"long{suffix}", 2 if smoke else 60)
            an_hour = 3600 / seconds
            reading_s = timed(lambda path=path: bytes_read(path))
            first: list[float] = []
            began = time.perf_counter()

            def note(_picture, first=first, began=began) -> None:
                first.append(time.perf_counter() - began)

            indexes = folder / f"indexes{suffix}"
            open_source(path, indexes, size=PANE, on_first_picture=note).close()
            child_s = time.perf_counter() - began
            here_s = timed(lambda path=path: open_source(path).close())
            known_s = timed(lambda path=path, indexes=indexes: open_source(path, indexes).close())
            (kept,) = indexes.iterdir()
            found |= {
                f"{suffix}: here, s an hour": here_s * an_hour,
                f"{suffix}: here / reading the bytes": here_s / reading_s,
                f"{suffix}: process of its own, s more": child_s - here_s,
                f"{suffix}: first picture of an unknown file after, s": first[0],
                f"{suffix}: known file opened after, s": known_s,
                f"{suffix}: kept, kB an hour": kept.stat().st_size / 1000 * an_hour,
            }
            path.unlink()
            shutil.rmtree(indexes)
    return found


def repeated(short: Path, path: Path, times: int) -> tuple[Path, float]:
    """Copy the packets of a recording again and again; return the seconds it lasts too."""
    import av

    with av.open(str(short)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        packets = [packet for packet in source.demux(stream) if packet.size]
        copy = target.add_stream_from_template(stream)
        base = stream.time_base
        length = len(packets) * round(Fraction(1, 30) / base)
        stamps = [(packet.pts, packet.dts) for packet in packets]
        for turn in range(times):
            for packet, (pts, dts) in zip(packets, stamps, strict=True):
                packet.pts, packet.dts = pts + turn * length, dts + turn * length
                packet.stream, packet.time_base = copy, base
                target.mux(packet)
    return path, float(times * length * base)


def bytes_read(path: Path) -> int:
    """Read a file from beginning to end."""
    with path.open("rb") as file:
        return sum(len(chunk) for chunk in iter(lambda: file.read(1 << 20), b""))


def timed(work) -> float:
    """Seconds the work took, the better of two."""
    found = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)
