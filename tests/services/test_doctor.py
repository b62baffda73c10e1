"""What the doctor finds missing, what it says about it, and how it ends."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from imhcode.cli.doctor import doctor as doctor_command
from imhcode.services import doctor

ROOT = Path(__file__).parents[2]
NOWHERE = "libnowhere-to-be-found.so.9"
on_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux lacks libraries"
)


@pytest.fixture
def a_screenless_machine(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def lack(monkeypatch, needed_for: str) -> doctor.Missing:
    """The only finding, where one library that nobody has is needed for ``needed_for``."""
    library = doctor.Library(NOWHERE, "libnowhere9", needed_for)
    monkeypatch.setattr(doctor, "LIBRARIES", (library,))
    (found,) = doctor.missing()
    return found


def run_command(*options: str):
    app = typer.Typer()
    app.command()(doctor_command)
    return CliRunner().invoke(app, options)


def test_where_these_tests_run_nothing_indispensable_is_missing(a_screenless_machine):
    assert [found for found in doctor.missing() if found.indispensable] == []


@on_linux
def test_a_library_that_does_not_load_is_missing(monkeypatch):
    found = lack(monkeypatch, doctor.STARTING)
    assert found.what == NOWHERE
    assert found.needed_for == doctor.STARTING
    assert "apt-get install -y --no-install-recommends libnowhere9" in found.install
    assert found.indispensable


@on_linux
@pytest.mark.parametrize(
    ("needed_for", "screen", "indispensable"),
    [
        (doctor.X11_WINDOW, {}, False),
        (doctor.X11_WINDOW, {"DISPLAY": ":0"}, True),
        (doctor.WAYLAND_WINDOW, {}, False),
        (doctor.WAYLAND_WINDOW, {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (doctor.WAYLAND_WINDOW, {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, False),
        (doctor.SOUND, {"DISPLAY": ":0"}, False),
    ],
)
def test_a_library_for_a_screen_is_indispensable_only_with_that_screen(
    monkeypatch, a_screenless_machine, needed_for, screen, indispensable
):
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    assert lack(monkeypatch, needed_for).indispensable is indispensable


@on_linux
def test_a_machine_without_fonts_is_told_of_one(monkeypatch, tmp_path, a_screenless_machine):
    monkeypatch.setattr(doctor, "FONT_FOLDERS", (tmp_path, tmp_path / "absent"))
    assert [found.package for found in doctor.missing_libraries()][-1] == doctor.FONT_PACKAGE
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "Plain.TTF").touch()
    assert doctor.FONT_PACKAGE not in [found.package for found in doctor.missing_libraries()]


@pytest.mark.parametrize("name", ["no_such_package", "no_such_package.inside"])
def test_a_python_package_that_is_not_installed_is_missing(monkeypatch, name):
    monkeypatch.setattr(doctor, "PYTHON_PACKAGES", {name: "nothing-like-it", "json": "json"})
    (found,) = doctor.missing_packages()
    assert "nothing-like-it" in found.what
    assert found.install == "python -m pip install nothing-like-it"


def test_the_table_of_python_packages_is_that_of_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!~ ;\[]", line)[0] for line in project["dependencies"]}
    assert set(doctor.PYTHON_PACKAGES.values()) == declared


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="only Debian knows its packages")
@pytest.mark.parametrize("library", doctor.LIBRARIES, ids=lambda library: library.soname)
def test_debian_has_the_library_in_the_package_of_the_table(library):
    owners = subprocess.run(
        ["dpkg", "-S", f"*/{library.soname}"], capture_output=True, text=True, check=False
    ).stdout
    if not owners:
        pytest.skip("not installed here")
    assert re.search(rf"^{re.escape(library.package)}(t64)?:", owners, re.MULTILINE), owners


def test_the_file_loads_without_any_installed_package():
    path = ROOT / "src" / "imhcode" / "services" / "doctor.py"
    bare = [sys.executable, "-I", "-S", "-c"]
    load = f"import runpy; print(len(runpy.run_path({str(path)!r})['missing_packages']()))"
    done = subprocess.run([*bare, load], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert int(done.stdout) == len(doctor.PYTHON_PACKAGES)


def test_the_command_ends_with_0_where_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(doctor, "missing_libraries", list)
    done = run_command()
    assert (done.exit_code, done.stdout) == (0, "Nothing is missing.\n")
    assert json.loads(run_command("--json").stdout) == {"missing": []}


@on_linux
@pytest.mark.parametrize(("needed_for", "code"), [(doctor.STARTING, 1), (doctor.SOUND, 0)])
def test_the_command_ends_with_1_only_for_the_indispensable(monkeypatch, needed_for, code):
    found = lack(monkeypatch, needed_for)
    done = run_command("--json")
    assert done.exit_code == code
    (row,) = json.loads(done.stdout)["missing"]
    assert {key: row[key] for key in ("what", "needed_for", "install")} == {
        "what": NOWHERE,
        "needed_for": needed_for,
        "install": found.install,
    }
    done = run_command()
    assert done.exit_code == code
    assert NOWHERE in done.stdout
    assert found.install in done.stdout
