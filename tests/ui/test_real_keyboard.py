"""The real program on a real X screen with real key presses, on an English and a French keyboard.

Pads go by the place of the key, codes by its character.  Skipped, visibly, where the tools are
missing.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from imhcode.settings import Settings, save
from imhcode.store.study_file import StudyFile

pytestmark = [pytest.mark.gui, pytest.mark.slow]

MISSING = [tool for tool in ("Xvfb", "xdotool", "setxkbmap") if shutil.which(tool) is None]
if sys.platform != "linux":
    MISSING.append("an X screen")

FORWARD, BACK = 60, 58  # X keycodes of the places that a US keyboard calls . and M


@pytest.fixture(scope="module")
def screen():
    if MISSING:
        pytest.skip(f"needs {', '.join(MISSING)}")
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as said:
        display = f":{said.readline().strip()}"
    yield display
    server.terminate()
    server.wait(10)


@pytest.mark.parametrize(("layout", "key_of_a"), [("us", 38), ("fr", 24)])
def test_codes_go_by_character_and_pads_by_place(screen, layout, key_of_a, clip_of, own_settings):
    def keys(press) -> None:
        press(str(key_of_a))
        press(*[str(FORWARD)] * 5, str(BACK))
        press("d")

    path = used(screen, layout, clip_of("cfr25").path, own_settings, keys)
    assert coded(path) == [("attuned", 0, 4), ("out_of_step", 4, None)]


def test_the_number_pad_and_the_palette_on_a_real_screen(screen, clip_of, own_settings):
    save(Settings(key_profile="datavyu-pad"))

    def keys(press) -> None:
        press("a")
        press(*["KP_3"] * 3, "KP_Next", "KP_1")  # with NumLock and without
        press("ctrl+shift+p", *"codeagain", "Escape")  # typed into the palette: nothing is coded
        press("ctrl+shift+p", *"ruptured", "Return")
        press(*["KP_3"] * 5)
        press("ctrl+z", "ctrl+z", "d")

    path = used(screen, "us", clip_of("cfr25").path, own_settings, keys)
    assert coded(path) == [("out_of_step", 8, None)]


def used(screen, layout, video, own_settings, keys) -> Path:
    """The draft that is there after somebody has opened a video and pressed ``keys``."""
    env = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    env.pop("WAYLAND_DISPLAY", None)

    def do(*command: str) -> str:
        done = subprocess.run(
            command, env=env, check=True, capture_output=True, text=True, timeout=30
        )
        return done.stdout

    do("setxkbmap", layout)
    program = subprocess.Popen([sys.executable, "-m", "imhcode", str(video)], env=env)
    try:
        window = do("xdotool", "search", "--sync", "--onlyvisible", "--name", "Draft").split()[0]
        do("xdotool", "windowfocus", "--sync", window)
        drafts = own_settings / "data" / "drafts"
        wait_until(lambda: any(drafts.glob("*.imh")))
        time.sleep(2)  # the first picture is on a screen we cannot look into
        keys(lambda *names, delay_ms=150: do("xdotool", "key", "--delay", str(delay_ms), *names))
        time.sleep(0.5)
        do("xdotool", "key", "ctrl+q")
        assert program.wait(15) == 0
    finally:
        program.kill()
        program.wait()
    (path,) = drafts.glob("*.imh")
    return path


def wait_until(true, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def coded(path: Path) -> list[tuple]:
    study = StudyFile.open(path)
    (entry,) = study.observations()
    events = sorted(study.events_of(entry.id), key=lambda event: event.onset_us)
    study.close()
    return [(event.code, event.onset_frame, event.offset_frame) for event in events]
