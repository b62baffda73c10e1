"""``imhcode scheme diff``, ``mapping``, ``add`` and ``move``: from one version to the next."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imhcode.cli.errors import FileIsThere, FolderIsMissing
from imhcode.cli.scheme_argument import SCHEME_HELP, SchemeName, scheme_called
from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json
from imhcode.domain.timecode import as_clock

if TYPE_CHECKING:
    from imhcode.domain.moving import Look
    from imhcode.domain.study import ObservationEntry
    from imhcode.schemes.diff import Difference
    from imhcode.services.scheme_versions import MovedObservation, Moving

_TITLES = {
    "meaning": "Changes of meaning",
    "addition": "Additions",
    "handling": "Changes of handling",
    "wording": "Changes of wording and looks",
}
_ORDER = ("down", "none", "patch", "minor", "major")


def diff(old: SchemeName, new: SchemeName, as_json: AsJson = False) -> None:
    """Say in words what differs between two schemes, and which version number that asks for.

    Exit status 1 if the version was raised by less than that.
    """
    from imhcode.schemes.diff import (  # noqa: PLC0415  (loaded when it is needed)
        bump_between,
        differences,
        fitting_bump,
    )

    before, after = scheme_called(old), scheme_called(new)
    found = differences(before.document, after.document)
    fits, raised = fitting_bump(found), bump_between(before.version, after.version)
    if as_json:
        print_json(
            {
                "from": f"{before.id}@{before.version}",
                "to": f"{after.id}@{after.version}",
                "fits": fits,
                "raised": raised,
                "differences": [asdict(one) for one in found],
            }
        )
    else:
        _print_differences(found)
        print(_verdict(before.version, after.version, fits, raised))
    if before.id == after.id and _ORDER.index(raised) < _ORDER.index(fits):
        raise typer.Exit(1)


def _print_differences(found: "list[Difference]") -> None:
    for weight, title in _TITLES.items():
        some = [one for one in found if one.weight == weight]
        if some:
            print(f"{title}:")
            for one in some:
                print(f"  {one.message}")


def _verdict(old: str, new: str, fits: str, raised: str) -> str:
    if fits == "none":
        return "Nothing differs."
    said = f"These ask for a new {fits} version; from {old} to {new} "
    if raised == "down":
        return f"{said}the version goes down."
    return f"{said}{'it is not raised' if raised == 'none' else f'the {raised} number is raised'}."


def mapping(
    old: SchemeName,
    new: SchemeName,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The mapping to begin, FILE.yaml.")],
) -> None:
    """Begin a mapping from one scheme to another: every decision there is to take, with a guess."""
    from imhcode.schemes.mapping_starter import starter_mapping  # noqa: PLC0415

    text = starter_mapping(scheme_called(old), scheme_called(new))
    if to.exists():
        raise FileIsThere(path=to)
    if not to.absolute().parent.is_dir():
        raise FolderIsMissing(path=to.absolute().parent)
    to.write_text(text, "utf-8")
    print(f"Began {to}. Look through every line of it, then: imhcode scheme move")


def add(
    study: Study,
    scheme: Annotated[list[str], typer.Argument(metavar="NAME|FILE…", help=SCHEME_HELP)],
) -> None:
    """Give a study one more coding scheme, or the changed document of one nobody has used yet."""
    schemes = [scheme_called(one) for one in scheme]
    with opened(study, writing=True) as service:
        for one in schemes:
            done = service.add_scheme(one)
            said = {"added": "Added", "replaced": "Replaced", "there already": "Has already"}[done]
            print(f"{said}: {one.title} ({one.id} {one.version}).")


def move(
    study: Study,
    to: Annotated[str, typer.Option(metavar="NAME|FILE", help=f"New version. {SCHEME_HELP}")],
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What becomes of old codes.")
    ] = None,
    session: Annotated[str, typer.Option(metavar="ID", help="Only of this session.")] = "",
    coder: Annotated[str, typer.Option(metavar="ID", help="Only by this coder.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell.")] = False,
    as_json: AsJson = False,
) -> None:
    """Move observations to another version of their scheme; the old ones stay as they are.

    Exit status 1 if a coder has to look at something, or an observation could not be moved.
    """
    from imhcode.services.scheme_versions import move_observations  # noqa: PLC0415  (heavy)

    with opened(study, writing=not dry_run) as service:
        known = {f"{one.id}@{one.version}": one for one in service.schemes().values()}
        moving = move_observations(
            service,
            known.get(to) or scheme_called(to),
            mapping=mapping,
            session_id=session,
            coder_id=coder,
            trial=dry_run,
        )
    if as_json:
        print_json(_plain(moving))
    else:
        _print_moving(moving, dry_run=dry_run)
    if any(one.looks or one.refusal for one in moving.observations):
        raise typer.Exit(1)


def _plain(moving: "Moving") -> dict[str, Any]:
    return {
        "to": moving.new,
        "losses": list(moving.losses),
        "observations": [
            {
                "session": one.old.session_id,
                "coder": one.old.coder_id,
                "role": one.old.role,
                "from": f"{one.old.scheme_id}@{one.old.scheme_version}",
                "events_before": one.old.n_events,
                "events": one.events,
                "ratings": one.ratings,
                "joined": one.joined,
                "refusal": one.refusal,
                "looks": [asdict(look) for look in one.looks],
            }
            for one in moving.observations
        ],
    }


def _print_moving(moving: "Moving", *, dry_run: bool) -> None:
    for one in moving.observations:
        print(f"{_named(one.old)}: {_outcome(one, dry_run=dry_run)}")
        for look in one.looks:
            print(f"  {_when(look)}: {look.message}")
    if moving.losses:
        print("What the way back cannot restore:", file=sys.stderr)
        for loss in moving.losses:
            print(f"  {loss}", file=sys.stderr)
    refused = sum(bool(one.refusal) for one in moving.observations)
    looks = sum(len(one.looks) for one in moving.observations)
    moved = counted(len(moving.observations) - refused, "observation")
    said = "would be moved" if dry_run else "moved"
    rest = f", {refused} could not be" if refused else ""
    print(f"{moved} {said} to {moving.new}{rest}; {looks} to look at.", file=sys.stderr)


def _named(entry: "ObservationEntry") -> str:
    scheme = f"{entry.scheme_id}@{entry.scheme_version}"
    return f"{entry.session_id}, {entry.coder_id}, {entry.role}, {scheme}"


def _outcome(one: "MovedObservation", *, dry_run: bool) -> str:
    if one.refusal:
        return f"not moved. {one.refusal}"
    said = f"{counted(one.events, 'event')} of {one.old.n_events}"
    if one.ratings:
        said += f", {counted(one.ratings, 'rating')}"
    if one.joined:
        said += f", {one.joined} joined to the one before"
    said += f", {len(one.looks)} to look at" if one.looks else ""
    return f"{said} (tried only)" if dry_run else said


def _when(look: "Look") -> str:
    return "whole session" if look.onset_us is None else as_clock(look.onset_us)
