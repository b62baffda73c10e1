"""``imhcode assign``: who codes which session, and who sees what."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json

if TYPE_CHECKING:
    from imhcode.analysis.double_coding import Assignment


def assign(
    study: Study,
    coder: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Who codes; may be repeated.")
    ] = None,
    share: Annotated[
        float, typer.Option(metavar="S", help="Share of sessions with a second coder.")
    ] = 0.2,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed, the same draw.")] = 1,
    scheme: Annotated[str, typer.Option(metavar="NAME", help="For which scheme.")] = "",
    trainer: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Who is a trainer.")
    ] = None,
    investigator: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Who is an investigator.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Draw who codes each session and which sessions are coded twice; say who may see what.

    What was drawn before stays, so that sessions added later can be drawn by another call.
    Which sessions are coded twice is printed with --json only: coders should not know.
    """
    from imhcode.services.assigning import assign as draw  # noqa: PLC0415  (loads the database)
    from imhcode.services.assigning import ensure_coder  # noqa: PLC0415

    made: tuple[Assignment, ...] = ()
    with opened(study, writing=not dry_run) as service:
        if coder or not (trainer or investigator):
            made = draw(
                service.file,
                service.scheme(scheme),
                coder or [],
                share=share,
                seed=seed,
                dry_run=dry_run,
            )
        for names, role in ((trainer, "trainer"), (investigator, "investigator")):
            for name in names or [] if not dry_run else []:
                ensure_coder(service.file, name, role)  # type: ignore[arg-type]
    if as_json:
        rows = [
            {"session": one.session_id, "coder": one.coder_id, "role": one.part} for one in made
        ]
        print_json({"assignments": rows})
        return
    for name, number in sorted(Counter(one.coder_id for one in made).items()):
        print(f"{name}: {counted(number, 'session')}")
    if made:
        twice = sum(one.part == "reliability" for one in made)
        print(f"{counted(twice, 'session')} coded twice.")
