"""The JSON Schema that editors use."""

import json

from imhcode.schemes.json_schema import json_schema


def _nodes(value):
    yield value
    children = value.values() if isinstance(value, dict) else value
    for child in children:
        if isinstance(child, dict | list):
            yield from _nodes(child)


def test_every_reference_in_the_schema_leads_somewhere():
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    references = {
        node["$ref"] for node in _nodes(schema) if isinstance(node, dict) and "$ref" in node
    }
    assert references
    assert references <= {f"#/$defs/{name}" for name in schema["$defs"]}
    assert json.loads(json.dumps(schema)) == schema


def test_the_schema_forbids_unknown_fields_and_offers_the_kinds_of_track():
    schema = json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["imhcode_scheme", "id", "version", "title", "subjects", "tracks"]
    track = schema["$defs"]["Track"]["properties"]
    assert {"point", "state"} <= set(track["kind"]["enum"])
    assert "from" in schema["$defs"]["RunLatency"]["properties"]
