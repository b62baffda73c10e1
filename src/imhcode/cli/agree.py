"""``imhcode agree``: agreement between the coders of a study."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imhcode.analysis.agreement_row import AgreementRow
    from imhcode.services.agreement import Agreement

SHOWN = ("kappa_time", "kappa_time_tolerance", "kappa_event", "kappa_event_linked")


def agree(  # noqa: PLR0917  (options, all by name)
    study: Study,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[B…]", help="Further coders after --coders.")
    ] = None,
    session: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this session; may be repeated.")
    ] = None,
    coders: Annotated[
        list[str] | None,
        typer.Option(metavar="A [B…]", help="Only these coders; the first is the reference."),
    ] = None,
    role: Annotated[
        list[str] | None, typer.Option(help="Only observations in this role; may be repeated.")
    ] = None,
    scheme: Annotated[str, typer.Option(metavar="ID", help="Only this scheme.")] = "",
    track: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this track; may be repeated.")
    ] = None,
    tolerance: Annotated[
        float | None,
        typer.Option(metavar="S", min=0, help="Seconds; without it what the scheme says."),
    ] = None,
    measures: Annotated[
        bool, typer.Option("--measures", help="Every measure too: ICC over the sessions.")
    ] = False,
    draws: Annotated[int, typer.Option(min=1, help="Resampled studies for intervals.")] = 2_000,
    seed: Annotated[int, typer.Option(min=0, help="Of the resampling.")] = 1,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the tables there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare coders: time and events, per session and pooled; undefined values say why."""
    from imhcode.analysis.pair_parameters import Parameters  # noqa: PLC0415  (loads numpy)
    from imhcode.services.agreement import agreement  # noqa: PLC0415  (heavy)
    from imhcode.services.agreement_files import write_agreement  # noqa: PLC0415
    from imhcode.services.agreement_pairs import Choice  # noqa: PLC0415
    from imhcode.services.agreement_records import agreement_records  # noqa: PLC0415

    if more and not coders:
        raise typer.BadParameter(f"“{more[0]}” is neither an option nor follows --coders.")
    choice = Choice(
        sessions=tuple(session or ()),
        coders=(*(coders or ()), *(more or ())),
        roles=tuple(role or ()),  # type: ignore[arg-type]  # an unknown one is refused below
        scheme=scheme,
        tracks=tuple(track or ()),
        measures=measures,
    )
    parameters = Parameters(
        tolerance_us=None if tolerance is None else round(tolerance * 1_000_000),
        draws=draws,
        seed=seed,
    )
    with opened(study, writing=False) as service:
        found = agreement(service, choice, parameters)
        files = write_agreement(service, found, to) if to else []
    if as_json:
        plain: dict[str, Any] = {"rows": list(agreement_records(found))}
        if to:
            plain["files"] = [
                {"path": str(one.path), "rows": one.rows, "sha256": one.sha256} for one in files
            ]
        print_json(plain)
        return
    _print_table(found)
    for one in files:
        print(f"{one.path} ({counted(one.rows, 'row')})" if one.rows else one.path, file=sys.stderr)


def _print_table(found: "Agreement") -> None:
    """Time-based and event-based kappa of every track side by side, pooled."""
    print(f"{'track':<24}" + "".join(f"{name:>22}" for name in SHOWN))
    for one in found.comparisons:
        for name in one.tables:
            values = {
                row.index: row
                for row in one.rows
                if row.track_id == name
                and row.level == "pooled"
                and not row.code
                and row.direction == "both"
                and row.index in SHOWN
            }
            cells = [_shown(values.get(index)) for index in SHOWN]
            print(f"{name:<24}" + "".join(f"{cell:>22}" for cell in cells))
        _print_measures(one.rows)


def _print_measures(rows: "Iterable[AgreementRow]") -> None:
    """Absolute agreement of single coders on every measure, with its interval."""
    some = [row for row in rows if row.index == "icc_2_1" and row.unit.startswith("measure")]
    if some:
        print(f"\n{'measure':<46}{'ICC(2,1)':>22}{'95 % interval':>22}{'n':>6}")
    for row in some:
        where = row.unit.removeprefix("measure")
        name = f"{row.track_id}, {row.code}{where}" if row.code != "value" else row.track_id + where
        known = row.ci_low is not None and row.ci_high is not None
        interval = f"{row.ci_low:.3f} to {row.ci_high:.3f}" if known else "–"
        print(f"{name:<46}{_shown(row):>22}{interval:>22}{row.n_matched:>6}")


def _shown(row: Any) -> str:
    if row is None:
        return "–"
    return row.null_reason if row.value is None else f"{row.value:.3f}"
