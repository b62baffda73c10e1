"""The format as JSON Schema, so that editors complete and underline while an author types."""

from typing import Any

from imhcode.domain.tracks import KINDS
from imhcode.schemes.models.document import Document


def json_schema() -> dict[str, Any]:
    """JSON Schema of a scheme document, draft 2020-12."""
    schema = Document.model_json_schema(by_alias=True)
    schema["$defs"]["Track"]["properties"]["kind"]["enum"] = KINDS.names()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "imhcode coding scheme, format 1.0",
    }
