"""``imhcode train``: gold standards, practice sets, progress and certificates."""

from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json

app = typer.Typer(
    name="train",
    help="Gold standards, practice sets, progress and certificates.",
    no_args_is_help=True,
)

SetName = Annotated[str, typer.Option("--set", metavar="NAME", help="The practice set.")]
Trainee = Annotated[str, typer.Option("--coder", metavar="ID", help="The trainee.")]


class FeedbackName(Enum):
    """When trainees are told."""

    OFF = "off"
    AT_END = "at-end"
    AT_ONCE = "at-once"
    WHILE_CODING = "while-coding"


@app.command()
def freeze(
    study: Study,
    session: Annotated[str, typer.Option(metavar="ID", help="Its session.")],
    coder: Annotated[str, typer.Option(metavar="ID", help="Whose gold standard it is.")],
    by: Annotated[str, typer.Option(metavar="ID", help="Who freezes it; else its coder.")] = "",
) -> None:
    """Submit and lock a gold standard, so that trainees can be scored against it."""
    from imhcode.services.gold import freeze as freeze_gold  # noqa: PLC0415  (loads the database)

    with opened(study, writing=True) as service:
        entry = service.entry(session, coder, "gold", service.scheme())
        if entry is None:
            from imhcode.store.errors import NoSuchEntry  # noqa: PLC0415

            golden = [one for one in service.session(session).observations if one.role == "gold"]
            known = ", ".join(one.coder_id for one in golden) or "none yet"
            raise NoSuchEntry(what="gold standard", name=coder, known=known)
        freeze_gold(service, entry, by or coder)
    print(f"The gold standard of {session} is frozen.")


@app.command("set")
def set_(
    study: Study,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    session: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A session; may be repeated.")
    ] = None,
    coder: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A trainee; may be repeated.")
    ] = None,
    feedback: Annotated[
        FeedbackName, typer.Option(help="When trainees are told.")
    ] = FeedbackName.AT_END,
    index: Annotated[str, typer.Option(metavar="NAME", help="Which index counts.")] = "kappa_event",
    threshold: Annotated[float, typer.Option(metavar="X", help="What it has to reach.")] = 0.7,
    consecutive: Annotated[int, typer.Option(metavar="N", help="In so many sessions.")] = 3,
    track: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A track that counts; else all.")
    ] = None,
    critical: Annotated[
        list[str] | None, typer.Option(metavar="TRACK/CODE", help="Must never be missed.")
    ] = None,
) -> None:
    """Make a practice set of sessions that have a frozen gold standard."""
    from imhcode.analysis.training_criterion import Criterion  # noqa: PLC0415
    from imhcode.services import practice_sets  # noqa: PLC0415  (loads the database)

    with opened(study, writing=True) as service:
        made = practice_sets.add_practice_set(
            service,
            name,
            service.scheme(),
            session or [],
            coders=coder or [],
            feedback=feedback.value.replace("-", "_"),  # type: ignore[arg-type]
            criterion=Criterion(
                index=index,
                threshold=threshold,
                consecutive=consecutive,
                tracks=tuple(track or ()),
                critical=tuple(critical or ()),
            ),
        )
    print(f"Practice set {made.name}: {', '.join(made.sessions)}.")


@app.command()
def retake(
    study: Study,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the new set is called.")],
    set_name: SetName,
    coder: Trainee,
    count: Annotated[int, typer.Option(metavar="N", help="So many sessions.")] = 3,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed, the same draw.")] = 1,
) -> None:
    """Draw a practice set, like another one, of sessions that the trainee has never seen."""
    from imhcode.services.practice_sets import retake as draw  # noqa: PLC0415  (the database)

    with opened(study, writing=True) as service:
        made = draw(service, set_name, name, coder, n_sessions=count, seed=seed)
    print(f"Practice set {made.name}: {counted(len(made.sessions), 'session')}.")


@app.command()
def show(study: Study, as_json: AsJson = False) -> None:
    """Where every trainee stands, and whose certificate is due for a recheck."""
    from imhcode.services import certificates, practice_sets, training  # noqa: PLC0415

    sets: list[dict[str, Any]] = []
    with opened(study, writing=False) as service:
        for one in practice_sets.practice_sets(service.file):
            for coder in training.trainees_of(service, one):
                where = training.progress_of(service, one, coder)
                sessions = [
                    {
                        "session": judged.attempt.session_id,
                        "verdict": judged.verdict,
                        "value": judged.lowest,
                        "why": judged.why,
                    }
                    for judged in where.judged
                ]
                sets.append(
                    {
                        "set": one.name,
                        "coder": coder,
                        "index": one.criterion.index,
                        "run": where.run,
                        "wanted": one.criterion.consecutive,
                        "met": where.is_met,
                        "sessions": sessions,
                    }
                )
        due = [
            {"coder": one.certificate.coder_id, "state": one.state, "due": one.due}
            for one in certificates.reminders(service, date.today())  # noqa: DTZ011
        ]
    if as_json:
        print_json({"trainees": sets, "reminders": due})
        return
    for row in sets:
        said = "criterion reached" if row["met"] else f"{row['run']} of {row['wanted']} in a row"
        print(f"{row['set']}, {row['coder']}: {said}")
        for at in row["sessions"]:
            value = "" if at["value"] is None else f" {row['index']} {at['value']:.2f}"
            print(f"  {at['session']}: {at['verdict']}{value} ({at['why']})")
    for reminder in due:
        print(f"{reminder['coder']}: {reminder['state']} since {reminder['due']}")
    if not sets:
        print("No practice set has a trainee yet.")


@app.command()
def certify(
    study: Study,
    set_name: SetName,
    coder: Trainee,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="FILE.html or FILE.pdf.")] = None,
) -> None:
    """Issue the certificate of somebody who has reached the criterion, and write it."""
    from imhcode.services import certificates  # noqa: PLC0415  (loads the database)

    with opened(study, writing=True) as service:
        issued = certificates.certify(service, set_name, coder)
        if to is not None:
            certificates.write_certificate(service, coder, to)
    valid = f", valid until {issued.expires}" if issued.expires else ""
    print(f"{coder}: {counted(len(issued.sessions), 'session')} in a row{valid}.")
