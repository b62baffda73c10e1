"""Where the sample recordings lie: inside the installed package, or in a checkout beside it."""

from pathlib import Path

from imhcode.domain.errors import Trouble

_PACKAGE = Path(__file__).resolve().parents[1]


class SamplesAreMissing(Trouble):
    """An installation without its sample recordings."""

    sentence = "The sample recordings are missing from this installation ({path})."
    next_step = "Install imhcode again."


def sample_folder() -> Path:
    """The folder with the sample recordings and their manifest."""
    for folder in (_PACKAGE / "sample_videos", _PACKAGE.parents[1] / "sample_videos"):
        if (folder / "manifest.json").is_file():
            return folder
    raise SamplesAreMissing(path=_PACKAGE / "sample_videos")
