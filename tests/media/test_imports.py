"""What is loaded when, and what the import of OpenCV must not leave behind."""

import subprocess
import sys

import pytest


def run(code: str, **environment: str) -> str:
    import os

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path), **environment},
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "module", ["imhcode.media", "imhcode.media.player", "imhcode.media.errors", "imhcode.cli.media"]
)
def test_heavy_libraries_are_not_loaded_before_they_are_needed(module):
    code = f"import sys, {module}; print([m for m in ('av', 'cv2', 'PySide6') if m in sys.modules])"
    assert run(code) == "[]"


@pytest.mark.parametrize("before", ["", "/somewhere/else"])
def test_importing_opencv_leaves_the_settings_of_qt_as_they_were(before):
    code = (
        "import os\n"
        "names = ('QT_QPA_PLATFORM_PLUGIN_PATH', 'QT_QPA_FONTDIR')\n"
        "[os.environ.pop(name, None) for name in names]\n"
        f"if {before!r}: os.environ[names[0]] = {before!r}\n"
        "from imhcode.media.opencv import cv2\n"
        "print([os.environ.get(name, '') for name in names])"
    )
    assert run(code) == str([before, ""])
