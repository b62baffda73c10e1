"""Make the sample recordings and their timelines: ``python tools/make_sample_videos.py``."""

import argparse
import time
from pathlib import Path

from sample_scene.acting import acted
from sample_scene.recording import record
from sample_scene.script import GOLD
from sample_scene.shots import SHOTS
from sample_scene.sound import scene_sound
from sample_scene.tables import write_differences, write_events, write_manifest
from sample_scene.trainee import trained

_FOLDER = Path(__file__).resolve().parent.parent / "sample_videos"


def main() -> None:
    """Write everything into the folder asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=_FOLDER, help="folder to write to")
    parser.add_argument("--tables-only", action="store_true", help="leave the videos alone")
    asked = parser.parse_args()
    folder: Path = asked.into
    folder.mkdir(parents=True, exist_ok=True)
    events, differences = trained()
    write_events(folder / "gold_events.csv", GOLD)
    write_events(folder / "trainee_events.csv", events)
    write_differences(folder / "differences.csv", differences)
    write_manifest(folder / "manifest.json", [(shot, len(shot.times())) for shot in SHOTS])
    if asked.tables_only:
        return
    scene, heard = acted(), scene_sound()
    for shot in SHOTS:
        began = time.perf_counter()
        path = folder / shot.name
        frames = record(path, shot, shot.pictures(scene), heard)
        size = path.stat().st_size / 1e6
        print(f"{shot.name}: {frames} pictures, {size:.2f} MB, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
