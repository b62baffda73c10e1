"""Modifiers: what can be answered fits the type of the question."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, by_id
from imhcode.schemes.place import Place


def answers(index: Index) -> Iterator[Finding]:
    """Choices without values, values without choice, defaults that are not offered."""
    for modifier in index.top.each("modifiers"):
        yield from _values(modifier)
        takers = index.takers(modifier.id)
        for code in modifier.each("not_for"):
            if code.word and code.word not in takers:
                yield code.unknown("code", list(takers))


def _values(modifier: Place) -> Iterator[Finding]:
    offered = by_id(modifier, "values")
    default, kind = modifier.at("default"), modifier.at("type").word
    if kind in ("choice", "multi"):
        if not offered and not modifier.at("values").value:
            message = f"{modifier.name} is a {kind} without values"
            yield modifier.error("no-values", message)
        elif default.word and default.word not in offered:
            yield default.unknown("value", list(offered))
    elif kind in ("text", "number"):
        for name in ("values", "default"):
            if modifier.at(name).value:
                message = f'{modifier.name} is a {kind} and takes no "{name}"'
                yield modifier.at(name).error("no-choice", message)
    if modifier.at("max_length").value is not None and kind not in ("", "text"):
        message = f'{modifier.name} is a {kind} and takes no "max_length"'
        yield modifier.at("max_length").error("no-choice", message)
