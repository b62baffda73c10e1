"""``imhcode measure``: every number that the schemes of a study declare."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def measure(
    study: Study,
    session: Annotated[str, typer.Option(metavar="ID", help="Only this session.")] = "",
    episode: Annotated[str, typer.Option(metavar="ID", help="Only episodes of this kind.")] = "",
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=NUMBER", help="A parameter of the scheme; may be repeated."
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the tables there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compute measures: values with their n; what is not defined is empty and says why."""
    from imhcode.services.measure_files import measure_records, write_measures  # noqa: PLC0415
    from imhcode.services.measures import Measuring  # noqa: PLC0415  (heavy)

    given = dict(_parameter(one) for one in parameter or ())
    with opened(study, writing=False) as service:
        measuring = Measuring(service, session=session, episode=episode, parameters=given)
        files = write_measures(measuring, to, on_progress=_shown) if to else []
        if as_json:
            found: dict[str, object] = {"rows": list(measure_records(measuring))}
            if to:
                found["files"] = [
                    {"path": str(one.path), "rows": one.rows, "sha256": one.sha256} for one in files
                ]
            print_json(found)
            return
        if to:
            for one in files:
                print(f"{one.path} ({counted(one.rows, 'row')})" if one.rows else one.path)
            return
        _print(measure_records(measuring))


def _parameter(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is not NAME=NUMBER.") from None


def _shown(share: float) -> None:
    """Say how far it is, on a terminal only."""
    if sys.stderr.isatty():
        end = "\n" if share >= 1 else ""
        print(f"\r{share:4.0%}", end=end, file=sys.stderr, flush=True)


def _print(records: "Iterable[Mapping[str, object]]") -> None:
    """Print a line for each number, under a heading for each session or episode."""
    heading = ""
    for one in records:
        where = " ".join(str(one[name]) for name in _WHERE if one[name])
        if where != heading:
            heading = where
            print(f"\n{where}")
        name = str(one["measure_id"])
        if one["statistic"] != "value":
            name = f"{name} {one['statistic']}"
        value = one["value"]
        said = f"({one['null_reason']})" if value is None else f"{value:.6g}"
        n = "" if one["n"] is None else f"  n = {one['n']}"
        censored = f", {one['n_censored']} censored" if one["n_censored"] else ""
        print(f"  {name:<44} {said}{n}{censored}")


_WHERE = ("session_id", "dyad_id", "coder_id", "coding_role", "scheme_id", "episode_id")
