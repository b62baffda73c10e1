"""Which fields each part of a scheme may have, what they mean and what they hold.

Read from the JSON Schema of the format, so that there is one place where a field is described;
whoever shows fields needs no pydantic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from imhcode.schemes.source import Steps

Sort = Literal[
    "text",  # a few words
    "prose",  # a sentence or more
    "whole",
    "number",
    "yes_no",
    "choice",
    "color",
    "key",  # one character
    "id",
    "ids",
    "texts",
    "part",  # a mapping with fields of its own
    "parts",  # a list of them
    "other",  # a table, or one of several things
]

#: free text that is more than a name
_PROSE = frozenset(
    {
        "definition", "start", "stop", "instructions", "statement", "summary", "text", "note",
        "message", "rule", "help", "not_applicable_if", "between_anchor_text", "parent_text",
        "used_for",
    }
)  # fmt: skip
_COLOR = "#[0-9A-Fa-f]"
_ID = "^[a-z]["  #: of an id; that of a language goes on otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMeaning:
    """One field of a part.

    Attributes
    ----------
    says : str
        What it means, in a sentence.
    choices : tuple of str
        The words of which one is right, or of which some are.
    default : Any
        What holds where the field is left out; ``None`` if nothing does.
    least, most : float or None
        Limits of a number.
    """

    name: str
    says: str
    sort: Sort
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None
    least: float | None = None
    most: float | None = None


class Meanings:
    """Looks fields up by the steps that lead to their part.

    Parameters
    ----------
    schema : Mapping
        As :func:`imhcode.schemes.json_schema.json_schema` gives it.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema

    @classmethod
    def of_format(cls) -> "Meanings":
        """Those of the format of this version; loads pydantic."""
        from imhcode.schemes.json_schema import json_schema  # noqa: PLC0415

        return cls(json_schema())

    def fields(self, steps: Steps, plain: Any) -> tuple[FieldMeaning, ...]:
        """The fields that the part at ``steps`` of a document may have, in their order.

        A part whose kind is not chosen, or unknown, has only the fields that choose it.
        """
        part, kinds = self._part(steps, plain)
        required = set(part.get("required", ()))
        found = [
            self._field(name, given, required=name in required)
            for name, given in part.get("properties", {}).items()
        ]
        if kinds:
            chooser, words = kinds
            told = next((one for one in found if one.name == chooser), None)
            said = told.says if told else "What it is."
            choice = FieldMeaning(
                name=chooser, says=said, sort="choice", required=True, choices=words
            )
            found = [one for one in found if one.name != chooser]
            found.insert(min(len(found), 1), choice)
        return tuple(found)

    def says(self, steps: Steps, plain: Any) -> str:
        """What the part at ``steps`` is."""
        part, _ = self._part(steps, plain)
        said: str = part.get("description", "")
        return said.partition("\n\n")[0].replace("\n", " ")

    # -- inside --------------------------------------------------------------------------------

    def _part(
        self, steps: Steps, plain: Any
    ) -> tuple[Mapping[str, Any], tuple[str, tuple[str, ...]] | None]:
        """The schema of a part, and the field with the words that choose among kinds."""
        here: Mapping[str, Any] = self._schema
        value = plain
        for step in steps:
            here, _ = self._chosen(here, value)
            value = _inside(value, step)
            if isinstance(step, int):
                here = here.get("items", {})
            else:
                here = here.get("properties", {}).get(step, {})
        return self._chosen(here, value)

    def _chosen(
        self, schema: Mapping[str, Any], value: Any
    ) -> tuple[Mapping[str, Any], tuple[str, tuple[str, ...]] | None]:
        schema = self._bare(schema)
        chooser = schema.get("discriminator")
        if not chooser:
            return schema, None
        name, mapping = chooser["propertyName"], chooser["mapping"]
        word = value.get(name) if isinstance(value, Mapping) else None
        kinds = (name, tuple(sorted(mapping)))
        if word not in mapping:
            return self._shared(mapping), kinds
        return self._bare({"$ref": mapping[word]}), kinds

    def _shared(self, mapping: Mapping[str, str]) -> Mapping[str, Any]:
        """What all kinds have in common."""
        parts = [self._bare({"$ref": one}) for one in mapping.values()]
        first = parts[0]["properties"]
        names = [one for one in first if all(one in other["properties"] for other in parts)]
        return {"properties": {one: first[one] for one in names if "const" not in first[one]}}

    def _bare(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Without references and without "or nothing"."""
        while True:
            if "$ref" in schema:
                schema = self._definitions[schema["$ref"].rpartition("/")[2]]
                continue
            several = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
            if len(several) == 1:
                schema = several[0]
                continue
            return schema

    @cached_property
    def _definitions(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._schema.get("$defs", {})
        return found

    def _field(self, name: str, given: Mapping[str, Any], *, required: bool) -> FieldMeaning:
        bare = self._bare(given)
        sort, choices = self._sort(name, bare)
        says = given.get("description") or bare.get("description", "")
        return FieldMeaning(
            name=name,
            says=says.replace("\n", " "),
            sort=sort,
            required=required,
            choices=choices,
            default=given.get("default"),
            least=bare.get("minimum", bare.get("exclusiveMinimum")),
            most=bare.get("maximum"),
        )

    def _sort(self, name: str, bare: Mapping[str, Any]) -> tuple[Sort, tuple[str, ...]]:
        if "enum" in bare:
            return "choice", tuple(bare["enum"])
        if "const" in bare:
            return "choice", (bare["const"],)
        sort: Sort = "other"
        match bare.get("type"):
            case "boolean":
                sort = "yes_no"
            case "integer":
                sort = "whole"
            case "number":
                sort = "number"
            case "string":
                sort = self._sort_of_text(name, bare.get("pattern", ""))
            case "array":
                return self._sort_of_list(bare["items"])
            case "object" if "properties" in bare:
                sort = "part"
            case _:
                return self._sort_of_several(bare)
        return sort, ()

    def _sort_of_text(self, name: str, pattern: str) -> Sort:
        if _COLOR in pattern:
            return "color"
        if pattern.startswith(_ID):
            return "id"
        if name == "key" and not pattern:
            return "key"
        return "prose" if name in _PROSE else "text"

    def _sort_of_list(self, items: Mapping[str, Any]) -> tuple[Sort, tuple[str, ...]]:
        inner = self._bare(items)
        if "enum" in inner:
            return "ids", tuple(inner["enum"])
        if inner.get("type") == "string":
            return ("ids" if inner.get("pattern", "").startswith(_ID) else "texts"), ()
        is_part = "discriminator" in inner or "properties" in inner
        return ("parts" if is_part else "other"), ()

    def _sort_of_several(self, bare: Mapping[str, Any]) -> tuple[Sort, tuple[str, ...]]:
        """Of what is either a word, such as "all", or a list."""
        several = bare.get("anyOf") or bare.get("oneOf") or ()
        words = [one for one in several if one.get("type") == "string"]
        lists = [one for one in several if one.get("type") == "array"]
        if len(several) != 2 or len(words) != 1 or len(lists) != 1:
            return "other", ()
        sort, _ = self._sort_of_list(lists[0]["items"])
        known = words[0].get("enum") or [words[0].get("const")]
        return sort, tuple(one for one in known if one)


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
