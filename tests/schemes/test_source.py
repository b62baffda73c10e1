"""Reading YAML strictly: what stays text, what is refused, and that nothing crashes."""

from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imhcode.schemes.document import findings_in as _all_findings
from imhcode.schemes.document import read_document
from imhcode.schemes.errors import SchemeFileUnreadable
from imhcode.schemes.shipped import find_scheme, shipped_schemes
from imhcode.schemes.source import parse, read_source

ABR = find_scheme("abr").read_bytes()


def _findings(tmp_path: Path, raw: bytes):
    path = tmp_path / "scheme.yaml"
    path.write_bytes(raw)
    document, findings = read_document(path)
    assert document is None
    return findings


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("y", "y"),
        ("1:30", "1:30"),
        ("2020-01-31", "2020-01-31"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("1.0.0", "1.0.0"),
        ('"1"', "1"),
        ("'true'", "true"),
        ("1", 1),
        ("-3", -3),
        ("1.50", 1.5),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_a_word_means_what_it_looks_like(word, value):
    plain = parse(f"field: {word}\nother: [{word or 'null'}]\n").plain
    assert plain == {"field": value, "other": [value]}
    assert type(plain["field"]) is type(value)


def test_lines_are_those_of_the_file():
    source = parse("# comment\na:\n  - b: 1\n    c: 2\n  - {b: 3,\n     c: 4}\n")
    assert source.plain == {"a": [{"b": 1, "c": 2}, {"b": 3, "c": 4}]}
    assert source.line(("a",)) == 2
    assert source.line(("a", 0, "c")) == 4
    assert source.line(("a", 1, "c")) == 6
    assert source.line(("a", 1, "nothing", "there")) == 5


@pytest.mark.parametrize(
    ("planted", "rule", "says"),
    [
        (b"status: !lab built_in", "tag", "the tag !lab has no meaning here"),
        (b"status: !!python/name:os.system built_in", "tag", "has no meaning here"),
        (b"status: &s built_in", "alias", "&s names this place"),
        (b"status: *s", "alias", "*s refers to another place"),
        (
            b"status: built_in\nstatus: lab",
            "field-twice",
            '"status" stands twice in the scheme (first on line 17)',
        ),
        (b"status: [built_in", "not-yaml", "this is not YAML"),
        (b"\tstatus: built_in", "not-yaml", "a tab where spaces are needed"),
        (b"status: \x01built_in", "not-yaml", "a character here may not stand in YAML"),
        (b"status: \xe9built_in", "not-utf-8", "save the file as UTF-8"),
        (b"? {status: x}\n: built_in", "field-name", "a field name must be a word"),
        (b"---\nstatus: built_in", "second-document", "one scheme to a file"),
        (b"<<: {status: built_in}", "unknown-field", 'unknown field "<<"'),
    ],
)
def test_a_trap_is_refused_on_its_line(planted, rule, says, tmp_path):
    old = b"status: built_in"
    assert ABR.count(old) == 1
    line = ABR[: ABR.index(old)].count(b"\n") + 1
    findings = _findings(tmp_path, ABR.replace(old, planted))
    (finding,) = [one for one in findings if one.rule == rule]
    assert says in finding.message
    # the second of two fields is the wrong one; an open bracket shows on the line after
    late = rule == "field-twice" or planted.endswith(b"[built_in")
    assert finding.line == line + late


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"- a\n- b\n", "wrong-sort"),
        (b"just words\n", "wrong-sort"),
        (b"tracks: " + b"[" * 500_000, "too-deep"),
        (b"{a: " * 100_000, "too-deep"),
        (b"- " * 100_000, "too-deep"),
        (b"a: 1\n" + b"#" * 1_000_000, "too-large"),
        ("a: 1\n".encode("utf-16"), "not-utf-8"),
    ],
)
def test_what_cannot_be_a_scheme_is_refused_with_one_finding(raw, rule, tmp_path):
    (finding,) = _findings(tmp_path, raw)
    assert finding.rule == rule
    assert finding.line == 1


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "abr.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + ABR)
    document, findings = read_document(path)
    assert findings == []
    assert document["id"] == "abr"


def test_line_ends_of_windows_change_neither_lines_nor_text(tmp_path):
    path = tmp_path / "abr.yaml"
    path.write_bytes(ABR.replace(b"\n", b"\r\n"))
    document, _ = read_document(path)
    path.write_bytes(ABR)
    assert document == read_document(path)[0]


def test_a_file_that_is_not_there_is_trouble(tmp_path):
    with pytest.raises(SchemeFileUnreadable, match="cannot be read"):
        read_document(tmp_path / "nothing.yaml")


ALL_PARSED = {name: read_source(path) for name, path in shipped_schemes().items()}
words = st.sampled_from(["id", "key", "codes", "tracks", "min", "max", "label", "u", "all"])
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | words | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
spots = st.lists(st.integers(0, 30), min_size=1, max_size=6)


@example(scheme_id="abr", spots=[0], value=[])
@given(scheme_id=st.sampled_from(sorted(ALL_PARSED)), spots=spots, value=junk)
def test_no_rule_stumbles_over_junk_anywhere(scheme_id, spots, value):
    """Walk into a shipped scheme at random and put something else there."""
    source = deepcopy(ALL_PARSED[scheme_id])
    here = source.plain
    for spot in spots:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not keys:
            break
        step = keys[spot % len(keys)]
        if spot is spots[-1] or not isinstance(here[step], dict | list):
            here[step] = value
            break
        here = here[step]
    findings = _all_findings(source)
    assert all(one.line >= 1 and one.message and "{" not in one.where for one in findings)
