"""The document for authors of schemes names every field and every kind there is."""

import json
import re
from textwrap import dedent

import pytest

from imhcode.schemes.document import load_scheme, read_document
from imhcode.schemes.json_schema import json_schema
from imhcode.schemes.shipped import find_scheme, shipped_schemes
from imhcode.schemes.source import parse

README = find_scheme("abr").with_name("README.md").read_text("utf-8")
NAMED = {
    word for found in re.findall(r"`([^`\n]+)`", README) for word in re.findall("[a-z_0-9]+", found)
}
SCHEMA = json_schema()

#: parts whose fields are those of one kind of measure or check: the JSON Schema explains them
OF_ONE_KIND = {
    name
    for name, part in SCHEMA["$defs"].items()
    if ("const" in part.get("properties", {}).get("kind", {}) and "rule" not in part["properties"])
    or name in ("Selection", "EachSelection", "TimeSelection", "EventBase", "Condition", "Start")
    or name
    in ("End", "AnyOf", "Change", "LinkedCodes", "Where", "Split", "Events", "CodesOrClasses")
}


@pytest.mark.parametrize("part", ["", *sorted(set(SCHEMA["$defs"]) - OF_ONE_KIND)])
def test_every_field_stands_in_the_document(part):
    fields = set((SCHEMA["$defs"][part] if part else SCHEMA)["properties"])
    assert fields - NAMED == set()


def test_every_kind_of_measure_and_of_track_stands_in_the_document():
    kinds = {
        part["properties"]["kind"]["const"]
        for part in SCHEMA["$defs"].values()
        if "per" in part.get("properties", {})
        and "const" in part["properties"].get("kind", {})
        and "label" in part["properties"]
    }
    assert len(kinds) == 26
    assert kinds | {"state", "point", "interval", "range"} <= NAMED


def test_every_shipped_scheme_stands_in_the_document():
    assert set(shipped_schemes()) <= NAMED


def test_the_walk_of_the_guide_has_no_fault(tmp_path):
    guide = find_scheme("abr").parents[1] / "docs/how-to/write-a-coding-scheme.md"
    fences = re.findall(
        r"^ *```(yaml|yml)\n(.*?)^ *```$", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    first, walk = (parse(dedent(block)).plain for _, block in fences)
    for field, added in walk.items():
        first[field] = [*first.get(field, []), *added]
    path = tmp_path / "gaze.yaml"
    path.write_text(json.dumps(first), "utf-8")
    assert read_document(path)[1] == []
    scheme = load_scheme(path)
    assert scheme.pass_("answers").walk.over_track == "smile"
    assert scheme.link("answers").window.max_us == 5_000_000


def test_the_sentences_named_are_understood(tmp_path):
    text = find_scheme("joint_attention").read_text("utf-8")
    lines = README[README.index("- `null_when`") : README.index("## Keys")]
    null_when, suggest_when = lines.split("- `suggest_when`")
    suggest_when, _, at = suggest_when.partition("The time it then gets")
    for field, old, part in (
        ("null_when", "no sharing bids", null_when),
        ("suggest_when", "bid has no linked reply", suggest_when),
        ("at", "bid.onset + link_window", at),
    ):
        sentences = [one for one in re.findall(r"`([^`]+)`", part) if one not in (field, " or ")]
        assert len(sentences) >= 4
        assert text.count(f"{field}: {old}\n") == 1
        for sentence in sentences:
            path = tmp_path / "joint_attention.yaml"
            value = " ".join(sentence.split())
            path.write_text(text.replace(f"{field}: {old}\n", f'{field}: "{value}"\n'), "utf-8")
            forms = [one for one in read_document(path)[1] if one.rule == "unknown-form"]
            assert forms == []
