"""From a fresh checkout to a running program in one command.

    python3 start.py [options of imhcode demo]    install what is missing, open the demo study
    python3 start.py test [options of pytest]     the same, then run all tests

Everything goes into ``.venv`` beside this file; delete that folder to start afresh.  Missing
system libraries are installed when this runs as root on Debian or Ubuntu; anybody else is told
the line that does it.  A later run finds everything in place and starts at once.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (the sentence is for those who have an older one)
    sys.exit(
        "imhcode needs Python 3.11 or newer, and this is Python {}.{}. "
        "Install a newer Python and run this file with it.".format(*sys.version_info[:2])
    )

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import venv
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "start.json"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
UNFINISHED = {"python": "unfinished"}
SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadscope"]  # of the whole suite


def main(arguments: list[str]) -> int:
    """Prepare what is missing and run the demo or the tests.

    Returns
    -------
    int
        The exit code of the demo or of pytest; 1 if something indispensable could not be had.
    """
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    testing = arguments[:1] == ["test"]
    rest = arguments[1:] if testing or arguments[:1] == ["--"] else arguments
    ensure_libraries()
    ensure_installed("dev" if testing else "")
    if testing:
        return run_tests(rest)
    return run_demo(rest)


def run_demo(options: list[str]) -> int:
    """Open the demo study, or only make it where there is no screen."""
    if not has_screen() and "--no-window" not in options:
        say("There is no screen here, so the demo study is made but no window opened.")
        options = [*options, "--no-window"]
    return run([str(VENV_PYTHON), "-m", "imhcode", "demo", *options])


def run_tests(options: list[str]) -> int:
    """Run the whole suite, or what the options say; without a screen Qt draws into memory."""
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return run([str(VENV_PYTHON), "-m", "pytest", *(options or SIDE_BY_SIDE)], folder=ROOT)


def has_screen() -> bool:
    """Windows and macOS always have one; Linux says so in the environment."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# ---- system libraries ---------------------------------------------------------------------


def ensure_libraries() -> None:
    """Install or ask for the libraries that ``imhcode doctor`` knows of."""
    doctor = load_doctor()
    lacks = doctor.missing_libraries()
    if lacks and doctor.is_root() and shutil.which("apt-get"):
        apt_install([lack.package for lack in lacks])
        lacks = doctor.missing_libraries()
    if not lacks:
        return
    say("\n".join(doctor.sentences(lacks)))
    say("On Debian and Ubuntu this line installs what is missing (elsewhere the packages may be")
    say(f"called differently):\n\n    {doctor.install_line(lack.package for lack in lacks)}\n")
    if any(lack.indispensable for lack in lacks):
        sys.exit("imhcode cannot run like this. Run that line, then start again.")


def load_doctor() -> ModuleType:
    """``imhcode.services.doctor``, before imhcode can be imported."""
    path = ROOT / "src" / "imhcode" / "services" / "doctor.py"
    spec = importlib.util.spec_from_file_location("imhcode_doctor", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} cannot be read. Take a complete copy of imhcode and start again.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def apt_install(packages: list[str]) -> None:
    """Install Debian packages; a failure is shown whole and left to the caller to judge."""
    say(f"Installing {len(set(packages))} system packages: {' '.join(sorted(set(packages)))}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    done = run_quietly(install, environment)
    if done.returncode != 0:  # a fresh machine has no package lists yet, an old one stale ones
        update = run_quietly(["apt-get", "-qq", "update"], environment)
        done = run_quietly(install, environment)
        if done.returncode != 0:
            say(update.stdout + done.stdout)


# ---- the folder .venv ---------------------------------------------------------------------


def ensure_installed(extra: str) -> None:
    """Make ``.venv`` and install imhcode into it, unless the stamp says that this was done.

    The stamp says ``unfinished`` from the first moment to the last, so that whatever is
    interrupted is made anew.  A ``.venv`` that somebody made by hand has no stamp: it is used
    if it works.
    """
    wanted = {"python": sys.version, "digest": digest(), "extra": extra}
    found = read_stamp()
    if found in (wanted, {**wanted, "extra": "dev"}) and VENV_PYTHON.exists():
        return
    if found.get("extra") == "dev":
        extra = wanted["extra"] = "dev"  # do not forget what the tests need
    if found.get("python") not in (sys.version, None) or not is_whole():
        make_venv()
    STAMP.write_text(json.dumps(UNFINISHED), encoding="utf-8")
    pip_install(extra)
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def digest() -> str:
    """What decides whether the installation still fits; a moved folder must be installed anew."""
    content = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        content.update((ROOT / name).read_bytes())
    return content.hexdigest()


def read_stamp() -> dict[str, str]:
    """The stamp; empty if there is none, unfinished if it cannot be read."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return UNFINISHED


def is_whole() -> bool:
    """Whether the Python in ``.venv`` starts, has pip, and would not install elsewhere."""
    question = "import pip, sys; sys.exit(sys.prefix == sys.base_prefix)"
    return VENV_PYTHON.exists() and run_quietly([str(VENV_PYTHON), "-c", question]).returncode == 0


def make_venv() -> None:
    """Make ``.venv`` afresh."""
    if importlib.util.find_spec("ensurepip") is None:
        ensure_ensurepip()
    say("Making the folder .venv")
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        STAMP.write_text(json.dumps(UNFINISHED), encoding="utf-8")
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except OSError as failure:
        sys.exit(
            f"{VENV} cannot be made anew ({failure.strerror}: {failure.filename}). Close imhcode "
            "if it is running, make sure that you may write here, then start again."
        )
    except subprocess.CalledProcessError as failure:
        say((failure.output or b"").decode(errors="replace"))
        sys.exit(f"Python could not make {VENV}; the lines above say why.")


def ensure_ensurepip() -> None:
    """Debian's Python comes without the means to make a ``.venv``."""
    doctor = load_doctor()
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if doctor.is_root() and shutil.which("apt-get"):
        apt_install([package])
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            f"This Python cannot make a .venv, because its part 'ensurepip' is missing. "
            f"On Debian and Ubuntu install it with\n\n"
            f"    {doctor.install_line([package])}\n\nthen start again."
        )


def pip_install(extra: str) -> None:
    """Install imhcode, editable, with the tested versions of everything else."""
    say("Installing imhcode and its libraries into .venv; the first time takes some minutes")
    target = f".[{extra}]" if extra else "."
    command = [*PIP, "install", "--progress-bar", "off", "-c", "constraints.txt", "-e", target]
    output = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as pip:
        for line in pip.stdout or ():
            output.append(line)
            download = re.match(r"\s*Downloading ([^-]+)-[^-]+-\S+\.whl\S* (\(.*MB\))", line)
            if download:  # the big ones only, so that one sees that it goes on
                say(f"  {download[1]} {download[2]}")
    if pip.returncode != 0:
        say("".join(output))
        sys.exit(
            "pip could not install imhcode; the lines above say why. "
            "Check the network and the free disk space, then start again."
        )


# ---- running things -----------------------------------------------------------------------


def say(sentence: str) -> None:
    """Print at once, also into a pipe."""
    print(sentence, flush=True)


def run(command: list[str], *, folder: Path | None = None) -> int:
    """Run in the foreground; an interrupt is the child's business, and ends this one quietly."""
    try:
        return subprocess.run(command, check=False, cwd=folder).returncode
    except KeyboardInterrupt:
        return 130


def run_quietly(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run without a terminal and keep what it prints."""
    return subprocess.run(
        command,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Interrupted; start again to go on.")
