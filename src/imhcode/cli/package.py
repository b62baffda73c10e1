"""``imhcode package`` and ``imhcode open-package``: clips for supervision, and looking at them."""

import getpass
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from imhcode.cli.progress import progress
from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json
from imhcode.domain.errors import Trouble
from imhcode.domain.timecode import as_clock

PassphraseFrom = Annotated[
    str,
    typer.Option(
        "--passphrase-from",
        metavar="FILE",
        help="Encrypted: the first line of FILE; - asks for it, or reads it from a pipe.",
    ),
]


class PassphraseNotRead(Trouble):
    """Fields: ``path``, ``why``."""

    sentence = "The passphrase in {path} cannot be read: {why}."


def package(
    study: Study,
    *,
    session: Annotated[
        list[str], typer.Option(metavar="ID", help="Whose moments; may be repeated.")
    ],
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="A new folder.")],
    moments: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS|ID",
            help="Moments that are so, or this one; may be repeated (chosen and shown).",
        ),
    ] = None,
    with_private_notes: Annotated[
        bool, typer.Option("--with-private-notes", help="Comments and private notes go along.")
    ] = False,
    sound: Annotated[bool, typer.Option("--sound", help="With sound.")] = False,
    expires: Annotated[
        str, typer.Option(metavar="DATE", help="The last day; 90 days from now if not given.")
    ] = "",
    passphrase_from: PassphraseFrom = "",
    coder: Annotated[str, typer.Option(metavar="ID", help="Who makes it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a package for supervision: clips of moments, for a limited time, if consent covers it.

    Private notes stay at home unless they are asked for.
    """
    from imhcode.services.supervision import PackageWish, make_package  # noqa: PLC0415  (heavy)
    from imhcode.settings import load  # noqa: PLC0415

    passphrase = _passphrase(passphrase_from, again=True)
    wish = PackageWish(
        session_ids=tuple(session),
        words=tuple(moments or ("chosen", "shown")),
        with_private_notes=with_private_notes,
        has_sound=sound,
        expires_on=expires,
    )
    with opened(study, writing=True) as service, progress(f"Writing {to.name}") as on_progress:
        made = make_package(
            service,
            wish,
            to,
            coder_id=coder or load().coder,
            on=_today(),
            passphrase=passphrase,
            on_progress=on_progress,
        )
    if as_json:
        print_json(
            {
                "path": str(made.path),
                "clips": [one.path.name for one in made.clips],
                "expires_on": made.expires_on,
                "encrypted": made.is_encrypted,
                "private_notes": with_private_notes,
                "warnings": list(made.warnings),
            }
        )
        return
    how = "encrypted" if made.is_encrypted else "not encrypted"
    print(f"Wrote {made.path}: {counted(len(made.clips), 'clip')}, {how}.")
    print(f"It can be opened until {made.expires_on}; every copy is to be destroyed by then.")
    for warning in made.warnings:
        print(warning)


def open_package(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The package.")],
    passphrase_from: PassphraseFrom = "",
    as_json: AsJson = False,
) -> None:
    """Say what is in a package for supervision; nothing of it is written anywhere.

    The window shows the clips: File, Open a package.
    """
    from imhcode.services import package_opening  # noqa: PLC0415  (heavy)

    passphrase = _passphrase(passphrase_from)
    if not passphrase and package_opening.is_encrypted(folder) and sys.stdin.isatty():
        passphrase = _passphrase("-")
    with package_opening.open_package(folder, _today(), passphrase) as found:
        manifest = found.manifest
        if as_json:
            rows = [
                {
                    "clip": one.clip,
                    "frames": one.n_frames,
                    "duration_us": one.duration_us,
                    "title": one.title,
                    "kind": one.kind,
                    "childs_words": one.childs_words,
                    "question": one.question,
                    "goal": one.goal,
                    "who": one.who,
                    "comment": one.comment,
                    "private_note": one.private_note,
                }
                for one in found.moments
            ]
            head = {"made_on": manifest.made_on, "expires_on": manifest.expires_on}
            print_json({**head, "private_notes": manifest.has_private_notes, "moments": rows})
            return
        for one in found.moments:
            print(f"{one.clip}  {as_clock(one.duration_us)}  {one.title}  ({one.kind})")
            for name, words in (
                ("in the child's words", one.childs_words),
                ("question", one.question),
                ("goal", one.goal),
                ("comment", one.comment),
                ("private note", one.private_note),
            ):
                if words:
                    print(f"    {name}: {words}")
        print(f"Made on {manifest.made_on}; it can be opened until {manifest.expires_on}.")


def _passphrase(source: str, *, again: bool = False) -> str:
    """The passphrase from a file, a pipe or a person; never from the command line itself.

    Raises
    ------
    PassphraseNotRead
        The file cannot be read.
    """
    if not source:
        return ""
    if source == "-" and sys.stdin.isatty():
        said = getpass.getpass("Passphrase: ")
        if again and getpass.getpass("Once more: ") != said:
            raise typer.BadParameter("the two are not the same", param_hint="--passphrase-from")
        return said
    try:
        text = sys.stdin.readline() if source == "-" else Path(source).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        why = getattr(failure, "strerror", None) or "it is not a text"
        raise PassphraseNotRead(path=source, why=why) from failure
    words = text.splitlines()[0] if text.splitlines() else ""
    if not words:
        raise typer.BadParameter("there is no passphrase in it", param_hint="--passphrase-from")
    return words


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  (the day on the wall, where the person is)
