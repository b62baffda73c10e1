"""The JSON Schema that editors use."""

import json

import pytest

from imhcode.schemes.json_schema import json_schema
from imhcode.schemes.models.document import Document
from imhcode.schemes.shipped import shipped_schemes
from imhcode.schemes.source import parse
from json_schema_reader import faults

SCHEMA = json_schema()
TEXTS = {name: path.read_text("utf-8") for name, path in shipped_schemes().items()}

#: one change to a shipped scheme that an editor can underline
STRUCTURAL = [
    ("abr", 'imhcode_scheme: "1.0"', 'imhcode_scheme: "2.0"'),
    ("abr", "short_title: ABR", "shorttitle: ABR"),
    ("abr", 'version: "1.0.0"', 'version: "1.0"'),
    ("abr", "short_title: ABR\n", "short_title: 7\n"),
    ("abr", "      - id: attuned\n        label: Attuned\n", "      - id: attuned\n"),
    ("abr", "pattern: dots", "pattern: dot"),
    ("abr", "classes: [together]\n", "classes: together\n"),
    ("abr", "kind: run_latency", "kind: run_latencies"),
    ("abr", "    min_run_s: 1.0", "    min_runs: 1.0"),
    ("abr", "count_if: {modifier: initiator, values", "count_if: {modifyer: initiator, values"),
    ("abr", "    kind: covers", "    kind: cover"),
    ("still_face", "    kind: interval\n", "    kind: intervals\n"),
    ("still_face", "anchor: episode_start", "anchor: episode"),
    ("still_face", "      bin_s: 1.0\n", "      bin_s: 0\n"),
    ("still_face", "index: [kappa_time]", "index: [kappa]"),
    ("still_face", "rule: pair_table", "rule: pairs"),
    ("still_face", "[[objects, care]]", "[[objects]]"),
    ("still_face", "end_reason: required\n    - id: reunion", "end_reason: 1\n    - id: reunion"),
    (
        "joint_attention",
        "    to_track: child_bid\n    cardinality: one_to_one",
        "    cardinality: one_to_one",
    ),
    (
        "joint_attention",
        "    classes: [share]\n    denominator: {codable_of",
        "    classes: [share]\n    denominator: {codable_off",
    ),
    ("global_ratings", "require_evidence: {min: 1,", "require_evidence: {min: 0,"),
    ("global_ratings", "      1: None seen.\n", "      low: None seen.\n"),
    ("global_ratings", "    min_valid: 4\n", ""),
    ("global_ratings", "allow_half: false", "allow_half: no"),
    (
        "regulation_soothing",
        "action: prompt_consult\n          modifier",
        "action: prompt\n          modifier",
    ),
    ("regulation_soothing", "transition: decrease_ordinal", "transition: decrease"),
    (
        "shared_play",
        "tracks: [child_talk, caregiver_talk]\n    max_gap",
        "tracks: [child_talk]\n    max_gap",
    ),
    ("strengths_review", "never_in: [parent_view,", "never_in: [parent_views,"),
    ("strengths_review", "values_from: case.goals", "values_from: case.aims"),
    (
        "strengths_review",
        "    clock: session\n    reliability",
        "    clock: sesion\n    reliability",
    ),
]


def _nodes(value):
    yield value
    children = value.values() if isinstance(value, dict) else value
    for child in children:
        if isinstance(child, dict | list):
            yield from _nodes(child)


@pytest.mark.parametrize("scheme_id", TEXTS)
def test_the_schema_accepts_each_shipped_scheme(scheme_id):
    assert faults(parse(TEXTS[scheme_id]).plain, SCHEMA) == []


@pytest.mark.parametrize(("scheme_id", "old", "new"), STRUCTURAL)
def test_the_schema_rejects_a_structural_fault(scheme_id, old, new):
    text = TEXTS[scheme_id]
    assert text.count(old) == 1
    assert faults(parse(text.replace(old, new)).plain, SCHEMA)


def test_every_reference_in_the_schema_leads_somewhere():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    references = {
        node["$ref"] for node in _nodes(SCHEMA) if isinstance(node, dict) and "$ref" in node
    }
    assert references
    assert references <= {f"#/$defs/{name}" for name in SCHEMA["$defs"]}
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_the_schema_forbids_unknown_fields_and_offers_the_kinds_of_track():
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["required"] == ["imhcode_scheme", "id", "version", "title", "subjects", "tracks"]
    track = SCHEMA["$defs"]["Track"]["properties"]
    assert {"interval", "point", "range", "state"} <= set(track["kind"]["enum"])
    assert "from" in SCHEMA["$defs"]["RunLatency"]["properties"]


def test_every_field_says_what_it_means():
    parts = {"Document": SCHEMA, **SCHEMA["$defs"]}
    silent = {
        f"{part}.{field}"
        for part, schema in parts.items()
        for field, meaning in schema.get("properties", {}).items()
        if not meaning.get("description")
    }
    assert silent == set()
    assert {name for name, part in SCHEMA["$defs"].items() if not part.get("description")} == set()
    assert len(Document.model_fields) == len(SCHEMA["properties"])
