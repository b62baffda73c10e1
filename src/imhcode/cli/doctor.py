"""``imhcode doctor``: what this machine lacks, and the line that installs it."""

import json
from typing import Annotated

import typer

from imhcode.services import doctor as checkup


def doctor(
    json_output: Annotated[
        bool, typer.Option("--json", help="Print what is missing as JSON, for scripts.")
    ] = False,
) -> None:
    """Say what this machine lacks to run imhcode, and the lines that install it.

    Ends with 1 if the program cannot run here without it, else with 0.
    """
    libraries = checkup.missing_libraries()
    packages = checkup.missing_packages()
    lacks = [*libraries, *packages]
    if json_output:
        print(json.dumps({"missing": [_as_json(lack) for lack in lacks]}, indent=2))
    elif not lacks:
        print("Nothing is missing.")
    else:
        print("\n".join(checkup.sentences(lacks)))
        print("Install with:\n")
        if libraries:
            print(f"    {checkup.install_line(lack.package for lack in libraries)}")
        for lack in packages:
            print(f"    {lack.install}")
    raise typer.Exit(1 if any(lack.indispensable for lack in lacks) else 0)


def _as_json(lack: checkup.Missing) -> dict[str, object]:
    return {
        "what": lack.what,
        "needed_for": lack.needed_for,
        "install": lack.install,
        "indispensable": lack.indispensable,
    }
