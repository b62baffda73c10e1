"""Which words mean what, and how errors end: through the real door and in process."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imhcode import __version__
from imhcode.cli.main import COMMANDS, app, main
from imhcode.cli.sentences import told


def imhcode(*words, **more):
    command = [sys.executable, "-m", "imhcode", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **more
    )


def test_the_real_program_says_its_version_and_nothing_else():
    run = imhcode("--version")
    assert (run.returncode, run.stdout, run.stderr) == (0, f"imhcode {__version__}\n", "")


def test_version_and_doctor_load_nothing_heavy():
    program = (
        "import sys; from imhcode.__main__ import run; run(['--version']); run(['doctor', '--json']);"
        "heavy = ['numpy', 'av', 'cv2', 'pandas', 'sqlalchemy', 'ruamel.yaml', 'PySide6', 'pyqtgraph', 'rich'];"
        "print([one for one in heavy if one in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"


def test_what_is_refused_is_a_sentence_on_stderr_and_status_2(tmp_path):
    run = imhcode("info", tmp_path / "gone.imh")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"There is no study at {tmp_path / 'gone.imh'}.")
    assert "Traceback" not in run.stderr


def test_trouble_is_a_sentence_on_stderr_and_status_3(tmp_path):
    main(["new", str(tmp_path / "a")])
    run = imhcode("import", tmp_path / "a", tmp_path / "gone.csv")
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.startswith(f"{tmp_path / 'gone.csv'} cannot be read: No such file")


@pytest.mark.parametrize(
    "words",
    [["info"], ["export", "a.imh"], ["info", "a.imh", "--jsn"], ["--nothing"], ["scheme", "shw"]],
)
def test_wrong_usage_is_status_2(words, capsys):
    assert main(words) == 2
    told_, said = capsys.readouterr()
    assert told_ == ""
    assert "Error" in said


def test_a_reader_who_leaves_early_is_no_error(tmp_path):
    main(["new", str(tmp_path / "a")])
    for unbuffered in ("", "1"):
        process = subprocess.Popen(
            [sys.executable, "-m", "imhcode", "scheme", "show", "abr", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
        process.stdout.close()
        said = process.stderr.read()
        process.stderr.close()
        assert (process.wait(), said) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix shell")
def test_no_stdout_at_all_is_no_error():
    run = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m imhcode --version >&-'],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.fixture
def window():
    opened = []

    def open_window(paths):
        opened.append(paths)
        return 7

    open_window.opened = opened
    return open_window


def test_no_words_open_an_empty_window(window):
    assert main([], open_window=window) == 7
    assert window.opened == [[]]


def test_files_open_in_the_window_whatever_they_are_called(window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.imh", "check", "-v.mp4", "säugling 1.mp4"):
        Path(name).touch()
    assert main(["a.imh", "säugling 1.mp4"], open_window=window) == 7
    assert main(["./check"], open_window=window) == 7
    assert main(["--", "-v.mp4"], open_window=window) == 7
    assert window.opened == [
        [Path("a.imh"), Path("säugling 1.mp4")],
        [Path("check")],
        [Path("-v.mp4")],
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chekc", "a.imh"], 'neither a command of imhcode nor a file (did you mean "check"?)'),
        (["nothing.imh"], "“nothing.imh” is neither"),
        (["a.imh", "--json"], "“--json” means nothing"),
    ],
)
def test_a_slip_opens_no_window(words, said, window, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.imh").touch()
    assert main(words, open_window=window) == 2
    assert said in capsys.readouterr().err
    assert window.opened == []


def test_every_command_is_known_by_name():
    import typer

    assert set(typer.main.get_command(app).commands) == set(COMMANDS)


def test_the_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", text, re.MULTILINE)


def test_an_interrupt_ends_without_a_traceback(capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    assert main([], open_window=interrupted) == 130
    assert capsys.readouterr().err == ""


def test_our_own_mistake_shows_a_traceback_and_notes_no_names(tmp_path, monkeypatch, capsys):
    import platformdirs

    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")

    def mistaken(paths):
        raise AssertionError("Anna's secret.mp4")

    assert main([], open_window=mistaken) == 3
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "mistake in imhcode" in said
    noted = (tmp_path / "log" / "imhcode.log").read_text()
    assert "AssertionError: test_main.py:" in noted
    assert "Anna" not in noted
    assert str(tmp_path) not in noted


def test_an_error_of_the_system_is_trouble_with_its_reason(capsys):
    assert told(PermissionError(13, "Permission denied", "a.imh")) == 3
    assert capsys.readouterr().err == "The computer would not: a.imh: Permission denied.\n"


def test_json_is_one_document_of_plain_letters(tmp_path, capsys):
    name = tmp_path / "säugling.imh"
    main(["new", str(name)])
    capsys.readouterr()
    assert main(["info", str(name), "--json"]) == 0
    text = capsys.readouterr().out
    assert text.isascii()
    assert json.loads(text) == {"sessions": []}
