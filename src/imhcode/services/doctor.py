"""What this machine lacks to run the program, and the line that installs it.

``start.py`` loads this file by its path, before anything has been installed: at module level it
imports the standard library only.  That keeps one table of system libraries instead of two.
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

STARTING = "starting at all"
X11_WINDOW = "a window on an X11 screen"
WAYLAND_WINDOW = "a window on a Wayland screen"
READABLE_TEXT = "readable text in the window"
SOUND = "sound"


class Library(NamedTuple):
    """A shared library of Linux that no wheel brings along."""

    soname: str
    package: str  # of Debian and Ubuntu
    needed_for: str


# Found on a bare Debian 12, by adding until everything started, and by ldd on the wheels.
LIBRARIES = (
    Library("libGL.so.1", "libgl1", STARTING),
    Library("libEGL.so.1", "libegl1", STARTING),
    Library("libgthread-2.0.so.0", "libglib2.0-0", STARTING),
    Library("libxkbcommon.so.0", "libxkbcommon0", STARTING),
    Library("libdbus-1.so.3", "libdbus-1-3", STARTING),
    Library("libfontconfig.so.1", "libfontconfig1", STARTING),
    Library("libX11-xcb.so.1", "libx11-xcb1", X11_WINDOW),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", X11_WINDOW),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", X11_WINDOW),
    Library("libxcb-image.so.0", "libxcb-image0", X11_WINDOW),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", X11_WINDOW),
    Library("libxcb-randr.so.0", "libxcb-randr0", X11_WINDOW),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", X11_WINDOW),
    Library("libxcb-shape.so.0", "libxcb-shape0", X11_WINDOW),
    Library("libxcb-sync.so.1", "libxcb-sync1", X11_WINDOW),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", X11_WINDOW),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", X11_WINDOW),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", X11_WINDOW),
    Library("libwayland-client.so.0", "libwayland-client0", WAYLAND_WINDOW),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", WAYLAND_WINDOW),
    Library("libwayland-egl.so.1", "libwayland-egl1", WAYLAND_WINDOW),
    Library("libpulse.so.0", "libpulse0", SOUND),
    Library("libXrandr.so.2", "libxrandr2", SOUND),  # QtMultimedia asks for these three,
    Library("libXext.so.6", "libxext6", SOUND),  # even where nothing but sound is played
    Library("libdrm.so.2", "libdrm2", SOUND),
)

# Name to import -> name to install: the dependencies that pyproject.toml declares.
PYTHON_PACKAGES = {
    "PySide6": "PySide6",
    "av": "av",
    "cv2": "opencv-python",
    "defusedxml": "defusedxml",
    "jinja2": "jinja2",
    "matplotlib": "matplotlib",
    "miniaudio": "miniaudio",
    "numpy": "numpy",
    "openpyxl": "openpyxl",
    "pandas": "pandas",
    "platformdirs": "platformdirs",
    "pydantic": "pydantic",
    "pyqtgraph": "pyqtgraph",
    "rich": "rich",
    "ruamel.yaml": "ruamel.yaml",
    "scipy": "scipy",
    "sqlalchemy": "SQLAlchemy",
    "typer": "typer",
    "xlsxwriter": "xlsxwriter",
}

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)
FONT_PACKAGE = "fonts-dejavu-core"


@dataclass(frozen=True)
class Missing:
    """One thing this machine lacks.

    Attributes
    ----------
    what : str
        The library, Python package or font.
    needed_for : str
        What does not work without it.
    install : str
        The line that installs it.
    package : str
        The bare name in that line, so that several can share one line.
    indispensable : bool
        Whether the program cannot do its work here without it.
    """

    what: str
    needed_for: str
    install: str
    package: str
    indispensable: bool


def missing() -> list[Missing]:
    """Everything this machine lacks, system libraries first."""
    return [*missing_libraries(), *missing_packages()]


def missing_libraries() -> list[Missing]:
    """System libraries and fonts that are not there; on Windows and macOS the wheels bring all."""
    if not sys.platform.startswith("linux"):
        return []
    lacks = [
        _lack(library.soname, library.package, library.needed_for)
        for library in LIBRARIES
        if not _loads(library.soname)
    ]
    if not any(_holds_a_font(folder.expanduser()) for folder in FONT_FOLDERS):
        lacks.append(_lack("any font", FONT_PACKAGE, READABLE_TEXT))
    return lacks


def missing_packages() -> list[Missing]:
    """Python packages that cannot be found; none of them is imported."""
    return [
        Missing(
            what=f"Python package {package}",
            needed_for=STARTING,
            install=f"python -m pip install {package}",
            package=package,
            indispensable=True,
        )
        for name, package in PYTHON_PACKAGES.items()
        if not _is_installed(name)
    ]


def sentences(lacks: Iterable[Missing]) -> list[str]:
    """What is missing, one sentence for each thing it is needed for."""
    grouped: dict[tuple[bool, str], list[str]] = {}
    for lack in lacks:
        grouped.setdefault((lack.indispensable, lack.needed_for), []).append(lack.what)
    return [
        f"Missing {'and needed' if indispensable else 'but only needed'} for {needed_for}: "
        f"{', '.join(whats)}."
        for (indispensable, needed_for), whats in grouped.items()
    ]


def install_line(packages: Iterable[str]) -> str:
    """One line for Debian and Ubuntu that installs ``packages``, as root if it has to be."""
    line = " ".join(["apt-get install -y --no-install-recommends", *sorted(set(packages))])
    if is_root():
        return line
    return f"sudo {line}" if shutil.which("sudo") else f"su -c '{line}'"


def is_root() -> bool:
    """Whether this process may install system packages; never on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _lack(what: str, package: str, needed_for: str) -> Missing:
    return Missing(
        what=what,
        needed_for=needed_for,
        install=install_line([package]),
        package=package,
        indispensable=_is_indispensable(needed_for),
    )


def _is_indispensable(needed_for: str) -> bool:
    """A library for a kind of screen matters only where there is that screen."""
    x11 = bool(os.environ.get("DISPLAY"))
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    if needed_for == X11_WINDOW:
        return x11
    if needed_for == WAYLAND_WINDOW:
        return wayland and not x11  # with both, Qt falls back on X11
    if needed_for == READABLE_TEXT:
        return x11 or wayland
    return needed_for == STARTING


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _holds_a_font(folder: Path) -> bool:
    return any(
        name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb"))
        for _, _, names in os.walk(folder)
        for name in names
    )


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # of a dotted name, the part before the dot is missing
        return False
