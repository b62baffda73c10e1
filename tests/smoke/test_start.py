"""``start.py`` on a small project of its own: a real ``.venv``, real pip, no network.

The small project has the real ``start.py`` and the real table of libraries, but no dependencies,
and its "imhcode" and "pytest" only print what they were given.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from imhcode.services import doctor

ROOT = Path(__file__).parents[2]
DEMO_CODE, PYTEST_CODE = 5, 7  # what the two stand-ins end with
DOCTOR = Path("src") / "imhcode" / "services" / "doctor.py"

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "imhcode"
version = "1"
[project.optional-dependencies]
dev = []
"""

BACKEND = '''
"""Builds the smallest editable wheel there is."""
import os
import zipfile

def build_editable(folder, settings=None, metadata=None):
    name = "imhcode-1-py3-none-any.whl"
    about = "Metadata-Version: 2.1\\nName: imhcode\\nVersion: 1\\nProvides-Extra: dev\\n"
    wheel = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    files = {
        "imhcode.pth": os.path.abspath("src") + "\\n",
        "imhcode-1.dist-info/METADATA": about,
        "imhcode-1.dist-info/WHEEL": wheel,
    }
    record = "".join(f"{path},,\\n" for path in [*files, "imhcode-1.dist-info/RECORD"])
    files["imhcode-1.dist-info/RECORD"] = record
    with zipfile.ZipFile(os.path.join(folder, name), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return name
'''

SAYS_WHAT_IT_WAS_GIVEN = """
import os, sys
print("{name} was given", sys.argv[1:], "on", os.environ.get("QT_QPA_PLATFORM"))
sys.exit({code})
"""


@dataclass
class Checkout:
    """A fresh copy of the small project, and a machine without screen, apt or network."""

    folder: Path

    def start(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH")
        clean = {name: value for name, value in os.environ.items() if name not in unwanted}
        # Nothing on the PATH: no apt-get to call by accident.  Python is started by its full name.
        clean |= {"PATH": str(self.folder / "nothing"), "PIP_NO_INDEX": "1"}
        clean |= {"PIP_REQUIRE_VIRTUALENV": "1"} | environment  # whatever goes wrong, stay inside
        return subprocess.run(
            [sys.executable, str(self.folder / "start.py"), *arguments],
            env=clean,
            cwd=self.folder.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    @property
    def stamp(self) -> Path:
        return self.folder / ".venv" / "start.json"

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def make(folder: Path) -> Checkout:
    checkout = Checkout(folder)
    checkout.write("pyproject.toml", PYPROJECT)
    checkout.write("backend.py", BACKEND)
    checkout.write("constraints.txt", "")
    for name, code in (("imhcode", DEMO_CODE), ("pytest", PYTEST_CODE)):
        checkout.write(
            f"src/{name}/__main__.py", SAYS_WHAT_IT_WAS_GIVEN.format(name=name, code=code)
        )
    for name in ("start.py", DOCTOR):
        checkout.write(str(name), (ROOT / name).read_text(encoding="utf-8"))
    return checkout


@pytest.fixture
def bare(tmp_path) -> Checkout:
    """Nothing has been started yet."""
    return make(tmp_path / "imhcode")


@pytest.fixture(scope="module")
def started_before(tmp_path_factory) -> tuple[Checkout, Path]:
    """Started once, and a copy of how it was left."""
    folder = tmp_path_factory.mktemp("a folder with spaces, ä")
    checkout = make(folder / "imhcode")
    first = checkout.start("--scheme", "still_face")
    assert first.stderr == ""
    assert "Making the folder .venv\n" in first.stdout
    assert "Installing imhcode" in first.stdout
    assert first.stdout.endswith(
        "There is no screen here, so the demo study is made but no window opened.\n"
        "imhcode was given ['demo', '--scheme', 'still_face', '--no-window'] on None\n"
    )
    assert first.returncode == DEMO_CODE
    return checkout, Path(shutil.copytree(checkout.folder, folder / "kept", symlinks=True))


@pytest.fixture
def ready(started_before) -> Checkout:
    """Started once before, at the same place for each test, since a moved one is another case."""
    checkout, kept = started_before
    shutil.rmtree(checkout.folder, ignore_errors=True)
    shutil.copytree(kept, checkout.folder, symlinks=True)
    return checkout


@pytest.mark.slow
def test_a_second_run_starts_at_once(ready):
    second = ready.start("--", "--no-window")
    assert second.stdout == "imhcode was given ['demo', '--no-window'] on None\n"
    assert second.stderr == ""
    assert second.returncode == DEMO_CODE


@pytest.mark.slow
@pytest.mark.skipif(
    any(lack.needed_for == doctor.X11_WINDOW for lack in doctor.missing_libraries()),
    reason="this machine could open no window even with a screen",
)
def test_with_a_screen_the_window_is_asked_for(ready):
    assert ready.start(DISPLAY=":0").stdout == "imhcode was given ['demo'] on None\n"


@pytest.mark.slow
def test_the_tests_get_their_extra_once_and_their_exit_code_counts(ready):
    first = ready.start("test", "-k", "one thing")
    assert "Installing imhcode" in first.stdout
    assert "Making the folder" not in first.stdout
    assert first.stdout.endswith("pytest was given ['-k', 'one thing'] on offscreen\n")
    assert first.returncode == PYTEST_CODE
    whole_suite = ready.start("test").stdout
    assert "'-n', 'auto'" in whole_suite  # side by side, as many as there are cores
    assert whole_suite.endswith("on offscreen\n")
    assert "Installing" not in ready.start().stdout


@pytest.mark.slow
def test_changed_requirements_are_installed_into_the_same_venv(ready):
    ready.write("constraints.txt", "typer==1\n")
    done = ready.start()
    assert "Installing imhcode" in done.stdout
    assert "Making the folder" not in done.stdout
    assert "Installing" not in ready.start().stdout


@pytest.mark.slow
def test_a_moved_checkout_is_installed_anew(ready, tmp_path):
    moved = Checkout(Path(shutil.move(ready.folder, tmp_path / "moved")))
    done = moved.start()
    assert "Installing imhcode" in done.stdout
    assert done.returncode == DEMO_CODE
    (pointer,) = moved.folder.glob(".venv/**/site-packages/imhcode.pth")
    assert pointer.read_text(encoding="utf-8").strip() == str(moved.folder / "src")


@pytest.mark.slow
@pytest.mark.parametrize(
    "interrupted_at",
    [
        lambda venv: (venv / "start.json").write_text('{"pyth', encoding="utf-8"),
        lambda venv: (venv / "pyvenv.cfg").unlink() or (venv / "start.json").unlink(),
    ],
    ids=["while stamping", "while somebody made it by hand"],
)
def test_a_half_made_venv_is_made_anew(ready, interrupted_at):
    leftover = ready.folder / ".venv" / "leftover"
    leftover.touch()
    interrupted_at(ready.folder / ".venv")
    done = ready.start()
    assert "Making the folder .venv" in done.stdout
    assert not leftover.exists()
    assert done.returncode == DEMO_CODE


@pytest.mark.slow
def test_a_venv_of_somebodys_own_is_used_not_deleted(ready):
    leftover = ready.folder / ".venv" / "leftover"
    leftover.touch()
    ready.stamp.unlink()
    done = ready.start()
    assert "Making the folder" not in done.stdout
    assert "Installing imhcode" in done.stdout
    assert leftover.exists()
    assert done.returncode == DEMO_CODE


@pytest.mark.slow
def test_what_pip_says_of_a_failure_is_shown_and_the_next_run_starts_afresh(ready):
    ready.write("backend.py", "raise RuntimeError('this backend is broken')")
    done = ready.start("test")
    assert "RuntimeError: this backend is broken" in done.stdout
    assert "pip could not install imhcode" in done.stderr
    assert done.returncode == 1
    ready.write("backend.py", BACKEND)
    assert "Making the folder .venv" in ready.start().stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks libraries")
def test_without_an_indispensable_library_it_names_the_line_and_stops(bare):
    table = (ROOT / DOCTOR).read_text(encoding="utf-8")
    bare.write(str(DOCTOR), table.replace('"libEGL.so.1"', '"libnowhere-to-be-found.so.9"'))
    done = bare.start()
    assert "needed for starting at all: libnowhere-to-be-found.so.9" in done.stdout
    assert "apt-get install -y --no-install-recommends libegl1" in done.stdout
    assert "Run that line, then start again." in done.stderr
    assert done.returncode == 1
    assert not bare.stamp.parent.exists()


def test_an_old_python_is_told_in_a_sentence(bare):
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0);"
        f"runpy.run_path({str(bare.folder / 'start.py')!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, check=False
    )
    assert done.stderr.startswith("imhcode needs Python 3.11 or newer, and this is Python 3.9.")
    assert done.returncode == 1


def test_an_old_python_can_read_the_file_at_all():
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_every_dependency_is_pinned_within_its_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    declared = [*project["dependencies"], *(one for extra in extras for one in extra)]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    for requirement in map(Requirement, declared):
        if requirement.name == project["name"]:  # an extra that takes in others
            continue
        versions = [
            next(iter(pin.specifier)).version
            for pin in pins
            if canonicalize_name(pin.name) == canonicalize_name(requirement.name)
        ]
        assert versions, f"{requirement.name} is not pinned"
        assert all(version in requirement.specifier for version in versions)


def test_the_pinned_pyside_is_older_than_the_one_that_loses_none():
    assert re.search(
        r"^pyside6-essentials==6\.(9|10|11)\.",
        (ROOT / "constraints.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
