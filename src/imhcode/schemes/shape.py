"""Hold a document against the models and say what does not fit, in an author's words."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from imhcode.schemes.fields import fields_at
from imhcode.schemes.finding import Finding
from imhcode.schemes.models import part
from imhcode.schemes.models.document import Document
from imhcode.schemes.nearest import hint
from imhcode.schemes.place import Place
from imhcode.schemes.source import Source, Steps


def shape_findings(source: Source) -> Iterator[Finding]:
    """Everything that has the wrong name or the wrong sort."""
    try:
        Document.model_validate(source.plain)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            yield _finding(source, details)


def _finding(source: Source, details: ErrorDetails) -> Finding:
    place = _place(source, details["loc"])
    kind = details["type"]
    if kind == "missing":
        return place.error("missing-field", f'{place.owner} lacks "{place.steps[-1]}"')
    if kind == "extra_forbidden":
        word = str(details["loc"][-1])
        message = f'unknown field "{word}" in {place.owner}'
        return place.error("unknown-field", message + hint(word, fields_at(details["loc"][:-1])))
    if kind == "union_tag_invalid":
        place = place.at(_chooser(details))
    for rule, said in (_wrong_sort(kind, place), _wrong_value(kind, details)):
        if said:
            return place.error(rule, f"{_spot(place)} {said}")
    return place.error("wrong-value", f"{_spot(place)}: {details['msg']}")


def _place(source: Source, location: tuple[str | int, ...]) -> Place:
    """Where in the document pydantic's location is; it names kinds of measures on the way."""
    here: Any = source.plain
    steps: Steps = ()
    for step in location:
        if step == "[key]":  # the name of the field itself
            here = steps[-1]
            break
        by_name = isinstance(here, Mapping) and step in here
        by_number = isinstance(here, list) and isinstance(step, int)
        if by_name or by_number:
            here = here[step]
        elif step == location[-1] and isinstance(here, Mapping):
            here = None  # the field that is missing
        else:
            continue
        steps = (*steps, step)
    return Place(source, steps, here)


def _spot(place: Place) -> str:
    """``"key" in code "look"``; of a list without ids, ``an item of "classes" in …``."""
    if isinstance(place.steps[-1], str):
        return f'"{place.steps[-1]}" in {place.owner}'
    if isinstance(place.value, Mapping):
        return place.name
    return f'an item of "{place.steps[-2]}" in {place.owner}'


def _wrong_value(kind: str, details: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value of the right sort."""
    value = details["input"]
    limits = details.get("ctx", {})
    if kind == "string_pattern_mismatch":
        rule, wanted = _WANTED[limits["pattern"]]
        return rule, f'is "{value}"; {wanted}'
    if kind == "literal_error":
        words = [word.strip("' ") for word in limits["expected"].replace(" or ", ", ").split(",")]
        return "unknown-word", f'is "{value}", which is none of its words{hint(str(value), words)}'
    if kind == "union_tag_not_found":
        return "missing-field", f'lacks "{_chooser(details)}"'
    if kind == "union_tag_invalid":
        words = [word.strip("' ") for word in limits["expected_tags"].split(",")]
        noun = _KINDS.get(str(details["loc"][0]), "part")
        said = f'is "{limits["tag"]}", which is no kind of {noun}'
        return f"unknown-{noun.replace(' ', '-')}-kind", said + hint(limits["tag"], words)
    if kind in _COMPARED:
        word, name = _COMPARED[kind]
        return "out-of-limits", f"is {value}; it must be {word} {limits[name]:g}"
    if kind == "finite_number":
        return "out-of-limits", "is no finite number"
    if kind == "too_fine":
        return "too-fine", f"is {value} s; times are whole microseconds"
    if kind in ("string_too_short", "too_short"):
        return "empty", "is empty"
    return "", ""


def _chooser(details: ErrorDetails) -> str:
    """The field that says which model holds."""
    return str(details["ctx"]["discriminator"]).strip("'")


def _wrong_sort(kind: str, place: Place) -> tuple[str, str]:
    """What to do about a value of another sort than the field takes."""
    value = place.value
    if value is None:
        return "empty", "is empty; fill it in or leave the field out (a value with # needs quotes)"
    if kind == "literal_error" and isinstance(value, str):
        return "", ""
    wanted = _SORTS.get(kind, "")
    if not wanted:
        return "", ""
    shown = str(value).lower() if isinstance(value, bool) else value
    if wanted in ("text", "a word") and not isinstance(value, list | Mapping):
        return "wrong-sort", f'must be text: put it in quotes, "{shown}"'
    if isinstance(value, list | Mapping):
        shown = "a list" if isinstance(value, list) else "a mapping"
    elif isinstance(value, str):
        shown = f'"{value}"'
    return "wrong-sort", f"must be {wanted}, not {shown}"


#: what is chosen by a field that names its kind, by the list it stands in
_KINDS: Mapping[str, str] = {
    "derived": "measure",
    "derived_tracks": "derived track",
    "checks": "check",
}

_SORTS: Mapping[str, str] = {
    "string_type": "text",
    "literal_error": "a word",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "list_type": "a list",
    "model_type": "a mapping with fields",
    "model_attributes_type": "a mapping with fields",
    "dict_type": "a mapping with fields",
}

_COMPARED: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}

_WANTED: Mapping[str, tuple[str, str]] = {
    part.ID_PATTERN: ("bad-id", "use small letters, digits and _, beginning with a letter"),
    part.VERSION_PATTERN: ("bad-version", 'use three numbers, such as "1.0.0"'),
    part.COLOR_PATTERN: ("bad-color", 'write # and six of 0-9 and a-f, such as "#009E73"'),
    part.NUMBER_PATTERN: ("bad-number", "use a number, such as 3 or 2.5"),
    part.DATE_PATTERN: ("bad-date", 'use year, month and day, such as "2026-11-22"'),
    part.LANGUAGE_PATTERN: ("bad-language", 'use a language code, such as "en" or "pt-BR"'),
}
