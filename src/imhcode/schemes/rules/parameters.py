"""Parameters: the numbers that they stand in for."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index
from imhcode.schemes.paths import follow
from imhcode.schemes.place import Place


def parameters(index: Index) -> Iterator[Finding]:
    """Paths that lead to no number, and numbers that say something else."""
    for parameter in index.top.each("parameters"):
        place = parameter.at("overrides")
        paths = [place] if place.word else [one for _, one in place.fields()]
        for path in paths:
            if path.word:
                yield from _path(index.top, parameter, path)
        if not any(path.word for path in paths) and not parameter.at("note").word:
            message = f'{parameter.name} stands in for nothing; give "overrides", or a "note"'
            yield parameter.warning("no-effect", message)


def _path(top: Place, parameter: Place, path: Place) -> Iterator[Finding]:
    number, default = follow(top, path.word).number, parameter.at("default").number
    if number is None:
        message = f'"overrides" in {parameter.name} leads to no number: "{path.word}"'
        yield path.error("unknown-path", message)
    elif default is not None and number != default:
        message = (
            f"default {default:g} of {parameter.name} is not the number it stands in for, "
            f"{number:g} ({path.word})"
        )
        yield parameter.at("default").warning("other-default", message)
