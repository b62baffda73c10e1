"""The format as JSON Schema, so that editors complete and underline while an author types."""

from typing import Any

from imhcode.domain.tracks import KINDS
from imhcode.schemes.models.document import Document

#: fields that choose among models; what they mean is what the model is for
CHOOSERS = ("kind", "rule")


def json_schema() -> dict[str, Any]:
    """JSON Schema of a scheme document, draft 2020-12; every field has a description."""
    schema = Document.model_json_schema(by_alias=True)
    schema["$defs"]["Track"]["properties"]["kind"]["enum"] = KINDS.names()
    for part in schema["$defs"].values():
        for name in CHOOSERS:
            field = part.get("properties", {}).get(name, {})
            if "const" in field:
                field.setdefault("description", part["description"])
        _close(part.get("properties", {}))
    _close(schema["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "imhcode coding scheme, format 1.0",
    }


def _close(fields: dict[str, Any]) -> None:
    """Where names follow a pattern, no others are right."""
    for field in fields.values():
        if "patternProperties" in field:
            field["additionalProperties"] = False
