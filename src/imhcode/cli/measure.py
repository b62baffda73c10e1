"""``imhcode measure``: every number that the schemes of a study declare."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from imhcode.cli.progress import progress
from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imhcode.reports.figures.drawing import Ending
    from imhcode.services.measure_files import Form
    from imhcode.services.whole_folder import Exported


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
    figures: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the figures there.")
    ] = None,
    figure: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this figure or kind; may be repeated."),
    ] = None,
    forms: Annotated[
        str,
        typer.Option("--as", metavar="FORMS", help="csv, xlsx, parquet; svg, pdf, png; by commas."),
    ] = "",
    width: Annotated[
        Literal["page", "column"],
        typer.Option(metavar="WIDTH", help="Of figures: page (174 mm) or column (85 mm)."),
    ] = "page",
    as_json: AsJson = False,
) -> None:
    """Compute measures: values with their n; what is not defined is empty and says why."""
    from imhcode.services.figure_files import study_figures, write_figures  # noqa: PLC0415
    from imhcode.services.measure_files import measure_records, write_measures  # noqa: PLC0415
    from imhcode.services.measures import Measuring  # noqa: PLC0415  (heavy)

    given = dict(_parameter(one) for one in parameter or ())
    table_form, endings = _forms(forms)
    with opened(study, writing=False) as service:
        measuring = Measuring(service, session=session, episode=episode, parameters=given)
        files: list[Exported] = []
        if to:
            with progress("Measuring") as shown:
                files += write_measures(measuring, to, form=table_form, on_progress=shown)
        if figures:
            with progress("Drawing") as shown:
                some = study_figures(measuring, figure or (), on_progress=shown)
                files += write_figures(some, figures, endings=endings, width=width)
        if as_json:
            found: dict[str, object] = {"rows": list(measure_records(measuring))}
            if files:
                found["files"] = [
                    {"path": str(one.path), "rows": one.rows, "sha256": one.sha256} for one in files
                ]
            print_json(found)
            return
        if to or figures:
            for one in files:
                print(f"{one.path} ({counted(one.rows, 'row')})" if one.rows else one.path)
            return
        _print(measure_records(measuring))


def _forms(text: str) -> "tuple[Form, tuple[Ending, ...]]":
    """The form of tables, and those of figures."""
    from imhcode.reports.figures.drawing import ENDINGS  # noqa: PLC0415
    from imhcode.services.measure_files import FORMS  # noqa: PLC0415

    asked = [one.strip() for one in text.split(",") if one.strip()]
    for one in asked:
        if one not in (*FORMS, *ENDINGS):
            known = ", ".join((*FORMS, *ENDINGS))
            raise typer.BadParameter(f"there is no form “{one}”; there are: {known}.")
    tables = [one for one in FORMS if one in asked]
    if len(tables) > 1:
        raise typer.BadParameter("tables are written in one form at a time.")
    return (tables or ["csv"])[0], tuple(one for one in ENDINGS if one in asked) or ENDINGS


def _parameter(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is not NAME=NUMBER.") from None


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
