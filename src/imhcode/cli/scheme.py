"""``imhcode scheme``: list, show, check and compare coding schemes, and print their format.

What loads pydantic and ruamel.yaml is imported inside the commands: every run of ``imhcode``
imports this module, few need them.
"""

import json
from collections.abc import Iterator
from textwrap import fill
from typing import Annotated

import typer

from imhcode.cli import scheme_manual, scheme_new, scheme_versions
from imhcode.domain.scheme import Code, Modifier, Scheme, Track
from imhcode.schemes.shipped import find_scheme, shipped_schemes

app = typer.Typer(
    no_args_is_help=True,
    help="Coding schemes: list, show, check, compare, print, and move to a new version.",
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@app.command("list")
def list_(json_: Json = False) -> None:
    """List the schemes that come with imhcode."""
    from imhcode.schemes.document import load_scheme  # noqa: PLC0415  (see above)

    rows = []
    for path in shipped_schemes().values():
        scheme = load_scheme(path)
        rows.append(
            {
                "id": scheme.id,
                "version": scheme.version,
                "title": scheme.title,
                "path": str(path),
            }
        )
    if json_:
        _print_json({"schemes": rows})
        return
    for row in rows:
        typer.echo(f"{row['id']:<22} {row['version']:<8} {row['title']}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Id of a shipped scheme, or a file.")],
    json_: Json = False,
) -> None:
    """Show tracks, codes, keys and definitions."""
    from imhcode.schemes.document import load_scheme  # noqa: PLC0415  (see above)

    scheme = load_scheme(find_scheme(name))
    if json_:
        _print_json({**scheme.document, "content_hash": scheme.content_hash})
        return
    for line in _in_words(scheme):
        typer.echo(line)


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A file, or the id of a shipped scheme.")],
    json_: Json = False,
) -> None:
    """Name every mistake in a scheme file, with its line.

    Exit status 1 if there is any error; warnings alone are no reason.
    """
    from imhcode.schemes.document import read_document  # noqa: PLC0415  (see above)

    path = find_scheme(file)
    _, findings = read_document(path)
    if json_:
        rows = [
            {
                "severity": one.severity,
                "rule": one.rule,
                "where": one.where,
                "line": one.line,
                "message": one.message,
            }
            for one in findings
        ]
        _print_json({"findings": rows})
    else:
        for one in findings:
            typer.echo(one.at(path.name))
    errors = sum(one.severity == "error" for one in findings)
    typer.echo(f"{path.name}: {_count(errors, len(findings) - errors)}", err=True)
    if errors:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of scheme files, for editors."""
    from imhcode.schemes.json_schema import json_schema  # noqa: PLC0415  (see above)

    _print_json(json_schema())


for _command in (
    scheme_new.new,
    scheme_versions.diff,
    scheme_versions.mapping,
    scheme_versions.add,
    scheme_versions.move,
    scheme_manual.manual,
):
    app.command()(_command)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _count(errors: int, warnings: int) -> str:
    parts = [
        f"{number} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return ", ".join(parts) or "nothing wrong"


def _in_words(scheme: Scheme) -> Iterator[str]:
    yield f"{scheme.title} ({scheme.id} {scheme.version})"
    yield from _paragraph(scheme.document.get("summary", ""), "")
    for track in scheme.tracks:
        yield ""
        yield f"{track.label} ({track.id}): {_promise(scheme, track)}"
        for code in track.codes:
            yield from _code_in_words(scheme, track, code)
    if scheme.modifiers:
        yield ""
        yield "Modifiers"
        for modifier in scheme.modifiers:
            yield f"  {modifier.label} ({modifier.id}): {_answers(modifier)}"
    if scheme.passes:
        yield ""
        yield "Passes"
        for one in scheme.passes:
            yield f"  {one.order}. {one.label}: {', '.join(one.tracks) or 'no coding'}"
    if scheme.links:
        yield ""
        yield "Links"
        for link in scheme.links:
            yield f"  {link.label} ({link.id}): {link.from_track} to {link.to_track}"


def _promise(scheme: Scheme, track: Track) -> str:
    said = [f"{track.kind}s of {scheme.subject_label(track.subject)}"]
    if track.exclusive:
        said.append("one at a time")
    if track.exhaustive:
        said.append("no gaps")
    return ", ".join(said)


def _code_in_words(scheme: Scheme, track: Track, code: Code) -> Iterator[str]:
    yield f"  [{code.key or ' '}] {code.label} ({code.id})"
    yield from _paragraph(code.definition, "      ")
    for title, text in (
        ("Starts", code.start),
        ("Stops", code.stop),
        ("Includes", "; ".join(code.include)),
        ("Not", "; ".join(code.exclude)),
        ("Example", " / ".join(code.examples)),
        ("Asks for", ", ".join(one.label for one in scheme.modifiers_for(track, code))),
    ):
        if text:
            yield from _paragraph(f"{title}: {text}", "      ")


def _answers(modifier: Modifier) -> str:
    offered = ", ".join(f"{value.key} {value.label}".strip() for value in modifier.values)
    said = offered or modifier.type
    return f"{said} (required)" if modifier.required else said


def _paragraph(text: str, indent: str) -> Iterator[str]:
    if text:
        yield fill(text, width=96, initial_indent=indent, subsequent_indent=indent)
