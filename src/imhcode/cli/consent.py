"""``imhcode consent``: who is in the picture, who has agreed to what, and what falls due."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json
from imhcode.settings import load

if TYPE_CHECKING:
    from imhcode.domain.consent import Consent
    from imhcode.services.consent import Consents
    from imhcode.services.studies import StudyService

app = typer.Typer(
    name="consent",
    help="Who is in the picture, and who has agreed to which use.",
    no_args_is_help=True,
)

Dyad = Annotated[str, typer.Argument(metavar="DYAD", help="Whose family.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="Who, by word or id.")]
Use = Annotated[
    str,
    typer.Argument(
        metavar="USE",
        help="treatment, supervision, teaching, research, family-copy or public-excerpt.",
    ),
]
On = Annotated[str, typer.Option(metavar="DATE", help="The day; today if not given.")]
By = Annotated[str, typer.Option(metavar="ID", help="Who writes it down.")]
Note = Annotated[str, typer.Option(metavar="TEXT", help="A note for the file.")]


@app.command()
def person(
    study: Study,
    dyad: Dyad,
    label: Annotated[str, typer.Argument(metavar="WORD", help="Such as grandmother; no name.")],
    relation: Annotated[
        str,
        typer.Option(
            metavar="R",
            help="child, parent, sibling, other-adult, other-child or professional.",
        ),
    ],
    session: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A session they are in; may be repeated."),
    ] = None,
    by: By = "",
) -> None:
    """Write down somebody who can be seen or heard, and in which sessions.

    Said again with further sessions, they are in those too.
    """
    from imhcode.services.family import People, Present  # noqa: PLC0415  (loads the database)

    who = by or load().coder
    with opened(study, writing=True) as service:
        people = People(service.file, dyad, who)
        known = {one.label: one for one in people.values}
        there = known.get(label) or people.add(label, relation)
        for one in session or []:
            Present(service.file, one, who).add(there.id)
    where = f", in {', '.join(session)}" if session else ""
    print(f"{there.label} of {dyad} is written down{where}.")


@app.command("list")
def list_(study: Study, dyad: Dyad, as_json: AsJson = False) -> None:
    """Every statement of a family, in the order in which it was written down."""
    with opened(study, writing=False) as service:
        consents = _consents(service, dyad)
        labels = {one.id: one.label for one in consents.people}
        people = [
            {"id": one.id, "label": one.label, "relation": one.relation} for one in consents.people
        ]
        statements = sorted(consents.values, key=lambda one: one.n)
    if as_json:
        rows = [_plain(one, labels) for one in statements]
        print_json({"people": people, "statements": rows})
        return
    if not statements:
        print("Nothing has been written down.")
    for one in statements:
        until = f" until {one.until}" if one.until else ""
        note = f"  ({one.note})" if one.note else ""
        print(f"{one.on}  {labels[one.person_id]}: {one.answer} {one.use}{until}{note}")


@app.command()
def grant(
    study: Study,
    dyad: Dyad,
    person: Person,
    use: Use,
    on: On = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Its last day, if it has one.")] = "",
    note: Note = "",
    by: By = "",
) -> None:
    """Write down that somebody agrees to a use."""
    with opened(study, writing=True) as service:
        consents, person_id = _for(service, dyad, person, by)
        made = consents.grant(person_id, use, on or _today(), until, note)
    print(f"{person} has agreed to {made.use}.")


@app.command()
def refuse(
    study: Study,
    dyad: Dyad,
    person: Person,
    use: Use,
    on: On = "",
    note: Note = "",
    by: By = "",
) -> None:
    """Write down that somebody does not agree to a use."""
    with opened(study, writing=True) as service:
        consents, person_id = _for(service, dyad, person, by)
        made = consents.refuse(person_id, use, on or _today(), note)
    print(f"{person} has said no to {made.use}.")


@app.command()
def withdraw(
    study: Study,
    dyad: Dyad,
    person: Person,
    use: Annotated[
        str, typer.Argument(metavar="[USE]", help="Which use; without it, all they agreed to.")
    ] = "",
    on: On = "",
    note: Note = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Write down that somebody takes an agreement back; list every clip made with them."""
    from imhcode.services.consent import clips_with  # noqa: PLC0415  (loads the database)

    with opened(study, writing=True) as service:
        consents, person_id = _for(service, dyad, person, by)
        taken = consents.withdraw(person_id, use, on or _today(), note)
        clips = clips_with(service.file, person_id)
    if as_json:
        rows = [
            {
                "id": one.clip.id,
                "file": one.clip.file_name,
                "sha256": one.clip.sha256,
                "session": one.clip.session_id,
                "use": one.clip.use,
                "made_on": one.clip.made_on,
                "gone_on": one.clip.gone_on,
                "how": one.how,
            }
            for one in clips
        ]
        print_json({"withdrawn": [one.use for one in taken], "clips": rows})
        return
    print(f"{person} has taken back: {', '.join(one.use for one in taken)}.")
    print(
        f"{counted(len(clips), 'clip')} made with them:" if clips else "No clip was made with them."
    )
    for one in clips:
        gone = f", gone since {one.clip.gone_on}" if one.clip.gone_on else ""
        print(f"  {one.clip.file_name}  ({one.how}; for {one.clip.use}, {one.clip.made_on}{gone})")


@app.command()
def matrix(study: Study, dyad: Dyad, on: On = "", as_json: AsJson = False) -> None:
    """How consent stands on a day: people down, uses across."""
    day = _day(on)
    with opened(study, writing=False) as service:
        found = _consents(service, dyad).matrix(day)
    if as_json:
        rows = [
            {
                "person": one.id,
                "label": one.label,
                **{use: found.state(one.id, use) for use in found.uses},
            }
            for one in found.people
        ]
        print_json({"on": found.on, "uses": list(found.uses), "rows": rows})
        return
    width = max((len(one.label) for one in found.people), default=0)
    columns = [max(len(use), len("not_asked")) for use in found.uses]
    heads = (use.replace("_", " ").ljust(n) for use, n in zip(found.uses, columns, strict=True))
    print(" " * width + "  " + "  ".join(heads))
    for one in found.people:
        cells = (
            found.state(one.id, use).replace("_", " ").ljust(n)
            for use, n in zip(found.uses, columns, strict=True)
        )
        print(f"{one.label.ljust(width)}  {'  '.join(cells)}".rstrip())


@app.command()
def keep(
    study: Study,
    entry: Annotated[str, typer.Argument(metavar="ID", help="A session or recording.")],
    until: Annotated[str, typer.Argument(metavar="DATE", help="Its last day; '' for none.")],
    note: Note = "",
    by: By = "",
) -> None:
    """Write down until when a session, or one recording, is kept."""
    from imhcode.domain.study import Session  # noqa: PLC0415
    from imhcode.services.retention import Retentions  # noqa: PLC0415  (loads the database)

    with opened(study, writing=True) as service:
        sessions = {one.id for one in service.file.all(Session)}
        what: Any = "session" if entry in sessions else "recording"
        Retentions(service.file, what, entry, by or load().coder).keep(until, note)
    print(f"{entry} is kept until {until}." if until else f"{entry} has no last day.")


@app.command()
def due(
    study: Study,
    on: On = "",
    days: Annotated[int, typer.Option(metavar="N", min=0, help="Look ahead so many days.")] = 30,
    as_json: AsJson = False,
) -> None:
    """What is over or ends soon: recordings to be destroyed, agreements that end."""
    from imhcode.services.retention import due as falling_due  # noqa: PLC0415

    day = _day(on)
    with opened(study, writing=False) as service:
        found = falling_due(service.file, day, days)
    if as_json:
        rows = [
            {"what": one.what, "id": one.entry_id, "on": one.on, "message": one.message}
            for one in found
        ]
        print_json({"due": rows})
        return
    for one in found:
        print(one.message)
    if not found:
        print("Nothing falls due.")


def _for(service: "StudyService", dyad: str, word: str, by: str) -> "tuple[Consents, str]":
    """The statements of a family, and the id of one of its people."""
    from imhcode.services.family import People  # noqa: PLC0415  (loads the database)

    consents = _consents(service, dyad, by)
    return consents, People(service.file, dyad, by or load().coder).called(word).id


def _consents(service: "StudyService", dyad: str, by: str = "") -> "Consents":
    from imhcode.services.consent import Consents  # noqa: PLC0415  (loads the database)

    return Consents(service.file, dyad, by or load().coder)


def _plain(one: "Consent", labels: dict[str, str]) -> dict[str, Any]:
    return {
        "person": labels[one.person_id],
        "use": one.use,
        "answer": one.answer,
        "on": one.on,
        "until": one.until,
        "note": one.note,
    }


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  (the day on the wall is meant)


def _day(text: str) -> str:
    from imhcode.domain.dates import as_date  # noqa: PLC0415

    return as_date(text) or _today()
