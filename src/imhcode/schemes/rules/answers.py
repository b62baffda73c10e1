"""Modifiers: what can be answered fits the type of the question."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, by_id
from imhcode.schemes.place import Place

#: fields that only some types of modifier have
_ONLY = {
    "values": ("choice", "multi"),
    "values_from": ("choice", "multi"),
    "default": ("choice", "multi", "subject"),
    "max_length": ("text",),
    "min": ("number",),
    "max": ("number",),
    "step": ("number",),
    "unit": ("number",),
}


def answers(index: Index) -> Iterator[Finding]:
    """Choices without values, values without choice, defaults that are not offered."""
    for modifier in index.top.each("modifiers"):
        yield from _values(index, modifier)
        takers = index.takers(modifier.id)
        if modifier.id and not takers:
            yield modifier.warning("taken-never", f"{modifier.name} is taken by no track or code")
        for code in modifier.each("not_for"):
            if code.word and code.word not in takers:
                yield code.unknown("code", list(takers))


def _values(index: Index, modifier: Place) -> Iterator[Finding]:
    offered = by_id(modifier, "values")
    default, kind = modifier.at("default"), modifier.at("type").word
    for name, kinds in _ONLY.items():
        if modifier.at(name).value not in (None, "", []) and kind and kind not in kinds:
            message = f'{modifier.name} is a {kind} and takes no "{name}"'
            yield modifier.at(name).error("no-choice", message)
    if kind in ("choice", "multi"):
        elsewhere = modifier.at("values_from").value
        if not offered and not modifier.at("values").value and not elsewhere:
            message = f"{modifier.name} is a {kind} without values"
            yield modifier.error("no-values", message)
        elif default.word and default.word not in offered and not elsewhere:
            yield default.unknown("value", list(offered))
    elif kind == "subject" and default.word and default.word not in index.subjects:
        yield default.unknown("subject", list(index.subjects))
