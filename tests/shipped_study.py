"""Real study files with shipped schemes, for the window."""

from collections.abc import Callable
from pathlib import Path

from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.studies import StudyService


def study_with(
    folder: Path, scheme: str, video: Path, then: Callable[[StudyService], object] = lambda _: None
) -> Path:
    """A study with one session of one recording, and a scheme that we ship."""
    path = folder / f"{scheme}.imh"
    with StudyService.create(path, [load_scheme(find_scheme(scheme))]) as study:
        study.add_recording(video, "S01", dyad_id="D01")
        then(study)
    return path
