"""``imhcode goals``: what a family works towards, and what was tried."""

from typing import Annotated

import typer

from imhcode.cli.study_argument import AsJson, Study, opened, print_json
from imhcode.settings import load

app = typer.Typer(
    name="goals",
    help="What a family works towards, in its own words, and what was tried.",
    no_args_is_help=True,
)

Dyad = Annotated[str, typer.Argument(metavar="DYAD", help="Whose goals.")]
Goal = Annotated[str, typer.Argument(metavar="GOAL", help="The id of a goal, or how it begins.")]
By = Annotated[str, typer.Option(metavar="ID", help="Who writes it down.")]


@app.command("list")
def list_(study: Study, dyad: Dyad, as_json: AsJson = False) -> None:
    """Every goal of a family with what was tried for it."""
    from imhcode.services.goals import Strategies, goals_of  # noqa: PLC0415  (loads the database)

    with opened(study, writing=False) as service:
        goals = goals_of(service.file, dyad)
        tried = Strategies(service.file, dyad, "").values
    if as_json:
        rows = [
            {
                "id": goal.id,
                "text": goal.text,
                "status": goal.status,
                "since": goal.since,
                "tried": [
                    {
                        "text": one.text,
                        "session": one.session_id,
                        "on": one.on,
                        "how_it_went": one.how_it_went,
                    }
                    for one in tried
                    if one.goal_id == goal.id
                ],
            }
            for goal in goals
        ]
        print_json({"goals": rows})
        return
    for goal in goals:
        since = f", since {goal.since}" if goal.since else ""
        print(f"{goal.id[:8]}  {goal.text}  ({goal.status}{since})")
        for one in tried:
            if one.goal_id == goal.id:
                went = f": {one.how_it_went}" if one.how_it_went else ""
                print(f"          tried {one.on or one.session_id} {one.text}{went}")
    if not goals:
        print("No goals yet.")


@app.command()
def add(
    study: Study,
    dyad: Dyad,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="In plain words.")],
    since: Annotated[str, typer.Option(metavar="DATE", help="Since when.")] = "",
    by: By = "",
) -> None:
    """Write a goal down."""
    from imhcode.services.goals import Goals  # noqa: PLC0415  (loads the database)

    with opened(study, writing=True) as service:
        made = Goals(service.file, dyad, by or load().coder).add(text, since)
    print(made.id)


@app.command()
def status(
    study: Study,
    dyad: Dyad,
    goal: Goal,
    word: Annotated[str, typer.Argument(metavar="STATUS", help="open, resting or reached.")],
    by: By = "",
) -> None:
    """Say whether a goal is open, resting or reached."""
    from imhcode.services.goals import Goals, goal_called  # noqa: PLC0415  (loads the database)

    with opened(study, writing=True) as service:
        meant = goal_called(service.file, dyad, goal)
        changed = Goals(service.file, dyad, by or load().coder).set_status(meant.id, word)
    print(f"{changed.text}: {changed.status}")


@app.command()
def tried(
    study: Study,
    dyad: Dyad,
    goal: Goal,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was tried.")],
    session: Annotated[str, typer.Option(metavar="ID", help="In which session.")] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help="On which day.")] = "",
    how: Annotated[str, typer.Option(metavar="TEXT", help="How it went, in plain words.")] = "",
    by: By = "",
) -> None:
    """Write down something that was tried for a goal."""
    from imhcode.services.goals import Strategies, goal_called  # noqa: PLC0415

    with opened(study, writing=True) as service:
        meant = goal_called(service.file, dyad, goal)
        Strategies(service.file, dyad, by or load().coder).tried(
            meant.id, text, session_id=session, on=on, how_it_went=how
        )
    print(f"Tried for “{meant.text}”: {text}")
