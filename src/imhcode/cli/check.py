"""``imhcode check``: whether a study is whole and keeps the rules of its schemes."""

import sys
from dataclasses import asdict

import typer

from imhcode.cli.study_argument import AsJson, Study, counted, opened, print_json


def check(study: Study, as_json: AsJson = False) -> None:
    """Look for damage, broken rules and unfinished coding.

    Exit status 1 if there is any error; warnings and notes alone are no reason.
    """
    from imhcode.services.checking import check as check_study  # noqa: PLC0415  (heavy)

    with opened(study, writing=False) as service:
        findings = check_study(service)
    errors = sum(one.severity == "error" for one in findings)
    if as_json:
        print_json({"findings": [asdict(one) for one in findings]})
    else:
        for one in findings:
            print(f"{one.severity}: {one.where + ': ' if one.where else ''}{one.message}")
        warnings = sum(one.severity == "warning" for one in findings)
        said = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        if notes := len(findings) - errors - warnings:
            said += f", {counted(notes, 'note')}"
        print(said if findings else "Nothing is wrong.", file=sys.stderr)
    if errors:
        raise typer.Exit(1)
