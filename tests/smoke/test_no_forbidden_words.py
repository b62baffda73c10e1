"""The source runs no code from data, starts no shell, opens no connection, lets OpenCV seek nothing.

Read from the syntax tree, so that a sentence in a docstring may name what the code may not.
"""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))

RUNS_CODE = {"eval", "exec", "__import__"}
FORBIDDEN_MODULES = {
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib",  # run code when they read
    "socket", "socketserver", "ssl", "urllib.request", "http.client", "http.server", "requests",
    "httpx", "aiohttp", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc",
    "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtHttpServer", "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets",
}  # fmt: skip
FORBIDDEN_ATTRIBUTES = {
    "VideoCapture": "OpenCV does not seek frame by frame; media has PyAV",
    "imshow": "OpenCV opens windows of its own",
    "namedWindow": "OpenCV opens windows of its own",
    "waitKey": "OpenCV opens windows of its own",
    "read_pickle": "a pickle runs code",
    "to_pickle": "a pickle runs code",
    "PickleType": "a pickle runs code",
}
SHELLS = {("os", "system"), ("os", "popen"), ("subprocess", "getoutput")}


def offences(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of everything forbidden in ``source``."""
    for node in ast.walk(ast.parse(source)):
        for name in imported_names(node):
            yield from forbidden_import(node.lineno, name)
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in RUNS_CODE:
                yield node.lineno, f"{name}() runs code"
            case ast.Attribute(value=ast.Name(id=module), attr=name) if (module, name) in SHELLS:
                yield node.lineno, f"{module}.{name} starts a shell"
            case ast.Attribute(attr=name) if name in FORBIDDEN_ATTRIBUTES:
                yield node.lineno, f"{name}: {FORBIDDEN_ATTRIBUTES[name]}"
            case ast.keyword(arg="shell" | "allow_pickle" as name, value=value):
                if not (isinstance(value, ast.Constant) and value.value is False):
                    yield node.lineno, f"{name} must stay False"


def imported_names(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names, level=0):
            return [f"{module}.{alias.name}" for alias in names]
    return []


def forbidden_import(line: int, name: str) -> Iterator[tuple[int, str]]:
    parts = name.split(".")
    prefixes = {".".join(parts[:count]) for count in range(1, len(parts) + 1)}
    if prefixes & FORBIDDEN_MODULES:
        yield line, f"import of {name}"
    if parts[0] in {"cv2", "pandas", "sqlalchemy"} and parts[-1] in FORBIDDEN_ATTRIBUTES:
        yield line, f"{parts[-1]}: {FORBIDDEN_ATTRIBUTES[parts[-1]]}"
    if tuple(parts) in SHELLS:
        yield line, f"{name} starts a shell"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_source_file_does_nothing_forbidden(path):
    assert list(offences(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "forbidden",
    [
        "eval('1')",
        "exec('1')",
        "import pickle",
        "from pickle import loads",
        "import socket as plug",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import http.client",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
        "def late():\n    import requests",
        "subprocess.run('ls', shell=True)",
        "subprocess.run('ls', shell=anything)",
        "numpy.load(path, allow_pickle=True)",
        "os.system('ls')",
        "from os import popen",
        "cv2.VideoCapture(path)",
        "cv.imshow('window', picture)",
        "from cv2 import VideoCapture",
        "pandas.read_pickle(path)",
    ],
)
def test_the_search_finds_what_is_forbidden(forbidden):
    assert len(list(offences(forbidden))) == 1


@pytest.mark.parametrize(
    "allowed",
    [
        "'never eval, exec or pickle'",
        "from urllib.parse import quote",
        "numpy.load(path, allow_pickle=False)",
        "from PySide6 import QtMultimedia",
        "model.exec()",
    ],
)
def test_the_search_lets_pass_what_is_allowed(allowed):
    assert list(offences(allowed)) == []


def test_no_file_that_pins_versions_names_an_address():
    pinning = [path for path in our_files() if is_pinning(path.name)]
    assert [path.name for path in pinning] == ["constraints.txt"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "/" in line or "@" in line or line.startswith("-")] == []


def is_pinning(name: str) -> bool:
    return (
        name.endswith((".lock", "-lock.json", "-lock.yaml"))
        or (name.startswith(("constraints", "requirements")) and name.endswith(".txt"))
        or (name.startswith("pylock") and name.endswith(".toml"))
    )


def our_files() -> list[Path]:
    """The files of the repository; without git, those beside this project's own ``start.py``."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return [ROOT / line for line in done.stdout.splitlines()]
    return [path for path in ROOT.iterdir() if path.is_file()]
