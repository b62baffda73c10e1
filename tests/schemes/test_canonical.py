"""One hash for one meaning."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.canonical import canonical_json, content_hash
from imhcode.schemes.document import load_scheme, read_document
from imhcode.schemes.errors import SchemeFormatUnknown
from imhcode.schemes.seconds import as_us
from imhcode.schemes.shipped import find_scheme, shipped_schemes

scalars = st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text(max_size=5)
scalars |= st.floats(allow_nan=False, allow_infinity=False)
plain_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)
documents = st.dictionaries(st.text(max_size=5), plain_values, min_size=1, max_size=5)


def _shuffled(value, chance: random.Random):
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: _shuffled(value[name], chance) for name in names}
    if isinstance(value, list):
        return [_shuffled(item, chance) for item in value]
    return value


@given(document=documents, chance=st.randoms(use_true_random=False))
def test_the_order_of_fields_does_not_count(document, chance):
    assert content_hash(_shuffled(document, chance)) == content_hash(document)


@given(document=documents, value=scalars, data=st.data())
def test_another_value_is_another_hash(document, value, data):
    name = data.draw(st.sampled_from(sorted(document)))
    changed = {**document, name: value}
    same = canonical_json(changed) == canonical_json(document)
    assert (content_hash(changed) == content_hash(document)) == same
    if same:  # only a value that is truly the same may hide the change
        old = document[name]
        assert old == value
        assert isinstance(old, bool) == isinstance(value, bool)


@given(document=documents)
def test_canonical_json_read_back_is_canonical(document):
    assert canonical_json(json.loads(canonical_json(document))) == canonical_json(document)


def test_the_order_of_lists_counts_and_decimal_points_do_not():
    assert content_hash({"a": [1, 2]}) != content_hash({"a": [2, 1]})
    assert content_hash({"a": 1.0}) == content_hash({"a": 1})
    assert content_hash({"a": "1"}) != content_hash({"a": 1})
    assert content_hash({"a": True}) != content_hash({"a": 1})


def test_comments_and_layout_do_not_count(tmp_path: Path):
    text = find_scheme("abr").read_text("utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    path = tmp_path / "abr.yaml"
    path.write_text(bare.replace("speed: 1.0", "speed:   1"), "utf-8")
    assert load_scheme(path).content_hash == load_scheme(find_scheme("abr")).content_hash
    path.write_text(bare.replace("title: ABR", "title: ABRR"), "utf-8")
    assert load_scheme(path).content_hash != load_scheme(find_scheme("abr")).content_hash


@pytest.mark.parametrize("name", shipped_schemes())
def test_a_scheme_kept_as_json_comes_back_the_same(name):
    document, _ = read_document(find_scheme(name))
    kept = json.loads(canonical_json(document))
    assert scheme_from_document(kept) == load_scheme(find_scheme(name))
    assert scheme_from_document(kept).content_hash == content_hash(document)


def test_no_two_shipped_schemes_have_one_hash():
    hashes = {load_scheme(path).content_hash for path in shipped_schemes().values()}
    assert len(hashes) == len(shipped_schemes())


def test_a_scheme_from_the_future_is_refused():
    document, _ = read_document(find_scheme("abr"))
    with pytest.raises(SchemeFormatUnknown, match=r"format 3\.0"):
        scheme_from_document({**document, "imhcode_scheme": "3.0"})


@pytest.mark.parametrize(
    ("seconds", "us"), [(1, 1_000_000), (0.1, 100_000), (0.000001, 1), (33.366667, 33_366_667)]
)
def test_seconds_become_microseconds_exactly(seconds, us):
    assert as_us(seconds) == us


@settings(max_examples=200)
@given(us=st.integers(0, 86_400_000_000))
def test_any_microsecond_written_as_seconds_comes_back(us):
    assert as_us(us / 1_000_000) == us


def test_finer_than_a_microsecond_is_refused():
    with pytest.raises(ValueError, match="microseconds"):
        as_us(0.0000015)
