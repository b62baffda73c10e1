"""A reader of JSON Schema, small but independent of the library that wrote the schema.

It knows the words that the schema of scheme documents uses, and refuses any other.
"""

import re

SORTS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}
#: words that only describe
SILENT = {"$schema", "$defs", "title", "description", "default", "discriminator", "properties"}
SILENT |= {"patternProperties", "additionalProperties"}


def faults(value, schema, top=None, path="") -> list[str]:
    """Where a plain value does not fit a schema; nothing if it fits."""
    top = top or schema
    found = []
    for word, wanted in schema.items():
        if word == "$ref":
            found += faults(value, top["$defs"][wanted.removeprefix("#/$defs/")], top, path)
        elif word in ("anyOf", "oneOf"):
            fitting = sum(not faults(value, one, top, path) for one in wanted)
            if not fitting or (word == "oneOf" and fitting > 1):
                found.append(f"{path}: fits {fitting} of {len(wanted)}")
        elif word == "items":
            if isinstance(value, list):
                for number, item in enumerate(value):
                    found += faults(item, wanted, top, f"{path}.{number}")
        elif word not in SILENT and not _holds(word, wanted, value):
            found.append(f"{path}: {word} {wanted}")
    if isinstance(value, dict):
        found += _fields(value, schema, top, path)
    return found


def _fields(value, schema, top, path) -> list[str]:
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    found = []
    for name, inner in value.items():
        fitting = [one for pattern, one in patterns.items() if re.search(pattern, name)]
        if name in known:
            fitting.append(known[name])
        elif not fitting:
            others = schema.get("additionalProperties", True)
            if others is False:
                found.append(f"{path}: no field {name}")
            elif isinstance(others, dict):
                fitting.append(others)
        for one in fitting:
            found += faults(inner, one, top, f"{path}.{name}")
    return found


def _holds(word, wanted, value) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if word == "type":
        if wanted == "number":
            return number
        if wanted == "integer":
            return number and float(value).is_integer()
        return isinstance(value, SORTS[wanted])
    holds = {
        "const": lambda: value == wanted,
        "enum": lambda: value in wanted,
        "required": lambda: not isinstance(value, dict) or set(wanted) <= set(value),
        "pattern": lambda: not isinstance(value, str) or re.search(wanted, value),
        "minimum": lambda: not number or value >= wanted,
        "maximum": lambda: not number or value <= wanted,
        "exclusiveMinimum": lambda: not number or value > wanted,
        "minLength": lambda: not isinstance(value, str) or len(value) >= wanted,
        "minItems": lambda: not isinstance(value, list) or len(value) >= wanted,
        "maxItems": lambda: not isinstance(value, list) or len(value) <= wanted,
        "minProperties": lambda: not isinstance(value, dict) or len(value) >= wanted,
    }
    return bool(holds[word]())
