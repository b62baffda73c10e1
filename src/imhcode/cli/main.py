"""The command line: which words are commands, and what becomes of errors.

Nothing heavy is imported here, nor by the modules of the commands before they run: ``imhcode
--version`` and ``imhcode doctor`` must work where nothing else does.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer

from imhcode import __version__
from imhcode.cli import consent, goals, media, scheme, train
from imhcode.cli.add import add
from imhcode.cli.agree import agree
from imhcode.cli.assign import assign
from imhcode.cli.check import check
from imhcode.cli.clip import clip
from imhcode.cli.delete_recording import delete_recording
from imhcode.cli.doctor import doctor
from imhcode.cli.errors import NeitherCommandNorFile, NoWindow, OptionAfterPath
from imhcode.cli.export import export
from imhcode.cli.import_ import import_
from imhcode.cli.info import info
from imhcode.cli.measure import measure
from imhcode.cli.moments import moments
from imhcode.cli.new import new
from imhcode.cli.package import open_package, package
from imhcode.cli.report import report
from imhcode.cli.sentences import told

OpenWindow = Callable[[list[Path]], int]

app = typer.Typer(
    name="imhcode",
    help="Code recorded parent-infant interaction, frame by frame.\n\n"
    "Without a command, imhcode opens its window: imhcode [STUDY | VIDEO…]",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)


def _no_window(_: list[Path]) -> int:
    raise NoWindow


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"imhcode {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Say which version."
        ),
    ] = False,
) -> None:
    del version


@app.command()
def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put it.")] = Path(
        "imhcode-demo"
    ),
    no_window: Annotated[bool, typer.Option("--no-window", help="Only make it.")] = False,
) -> None:
    """Make a study with sample recordings, and open it."""
    from imhcode.services.demo import make_demo  # noqa: PLC0415  (loads decoder and database)

    study = make_demo(folder)
    print(f"The demo study is {study}.", flush=True)
    if not no_window:
        raise typer.Exit(context.obj([study]))


for command in (doctor, new, add, info, export, check, agree, measure, report, assign, clip):
    app.command()(command)
app.command()(moments)
app.command()(delete_recording)
app.command()(package)
app.command()(open_package)
app.command("import")(import_)
for name, group in (
    *(("scheme", scheme.app), ("media", media.app), ("train", train.app)),
    *(("consent", consent.app), ("goals", goals.app)),
):
    group.rich_markup_mode = None
    app.add_typer(group, name=name)

COMMANDS = (
    *("demo", "doctor", "new", "add", "info", "export", "import", "check"),
    *("agree", "measure", "report", "assign", "train", "clip"),
    *("consent", "goals", "moments", "delete-recording"),
    *("package", "open-package"),
    *("scheme", "media"),
)


def main(argv: Sequence[str] | None = None, *, open_window: OpenWindow = _no_window) -> int:
    """Do what the words ask for; return the exit status.

    Parameters
    ----------
    argv : sequence of str, optional
        The words after ``imhcode``; by default those of this process.
    open_window : callable
        Opens the window with studies or recordings and returns its exit status.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        _let_it_show_any_text(stream)
    stdout = sys.stdout
    try:
        status = _run(words, open_window)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _with_nobody_reading()
    except Exception as failure:  # noqa: BLE001  (the last place before the user)
        return told(failure)
    # typer swaps stdout for a deaf one, and says 1, when the reader at the other end has gone
    return status if sys.stdout is stdout else 0


def _run(words: list[str], open_window: OpenWindow) -> int:
    paths = _paths(words)
    if paths is not None:
        return open_window(paths)
    try:
        typer.main.get_command(app).main(args=words, prog_name="imhcode", obj=open_window)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _paths(words: Sequence[str]) -> list[Path] | None:
    """The files to open in the window; ``None`` if the words are a command.

    Raises
    ------
    NeitherCommandNorFile, OptionAfterPath
        They are neither.
    """
    if not words:
        return []
    if words[0] == "--":
        words = words[1:]
    elif words[0].startswith("-") or words[0] in COMMANDS:
        return None
    for word in words:
        if word.startswith("-") and not Path(word).exists():
            raise OptionAfterPath(option=word)
        if not Path(word).exists():
            from imhcode.schemes.nearest import hint  # noqa: PLC0415  (only to be kind)

            near = hint(word, COMMANDS)
            raise NeitherCommandNorFile(word=word, hint=near if "did you mean" in near else "")
    return [Path(word) for word in words]


def _let_it_show_any_text(stream: TextIO | None) -> None:
    """A file name or comment must never be what stops a command."""
    reconfigure = getattr(stream, "reconfigure", None)
    if stream is not None and reconfigure is not None:
        encoding = None if stream.isatty() else "utf-8"
        reconfigure(encoding=encoding, errors="backslashreplace")


def _with_nobody_reading() -> int:
    """The reader took what it wanted and left; let nothing complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
