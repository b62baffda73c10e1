"""A scheme in another language is the same scheme."""

from dataclasses import replace

import pytest

from imhcode.schemes.canonical import content_hash
from imhcode.schemes.document import load_scheme, read_document
from imhcode.schemes.shipped import find_scheme
from imhcode.schemes.translating import languages_of, translated

GERMAN = """\
language: en
translations:
  de:
    title: Gesamteinschätzungen
    subjects.child.label: Kind
    tracks.evidence.codes.supports.label: Spricht für einen hohen Wert
    tracks.evidence.codes.supports.definition: Ein Augenblick, der für das gute Ende spricht.
    ratings.warmth.label: Wärme
    ratings.warmth.anchors.1: Kalt, gelangweilt oder gereizt.
    passes.rate.instructions: Erst einschätzen, dann reden.
    checks.extremes.message: Äußerster Wert mit nur einem Beleg.
"""


@pytest.fixture
def scheme(tmp_path):
    path = tmp_path / "global_ratings.yaml"
    text = find_scheme("global_ratings").read_text("utf-8")
    path.write_text(text.replace("language: en\n", GERMAN), "utf-8")
    assert read_document(path)[1] == []
    return load_scheme(path)


def test_the_words_change_and_nothing_else(scheme):
    german = translated(scheme, "de")
    assert german.title == "Gesamteinschätzungen"
    assert german.subject_label("child") == "Kind"
    supports = german.code("evidence", "supports")
    assert supports.label == "Spricht für einen hohen Wert"
    assert supports.definition.startswith("Ein Augenblick")
    assert german.rating("warmth").label == "Wärme"
    assert german.rating("warmth").anchors[0].text.startswith("Kalt")
    assert german.rating("warmth_seven_point").label == "Wärme (seven points)"
    assert german.pass_("rate").instructions == "Erst einschätzen, dann reden."
    english = scheme.code("evidence", "supports")
    back = replace(supports, label=english.label, definition=english.definition)
    assert back == english
    assert german.rating("hostility") == scheme.rating("hostility")


def test_data_coded_in_two_languages_are_the_same_data(scheme):
    german = translated(scheme, "de")
    assert german.content_hash == scheme.content_hash == content_hash(scheme.document)
    assert german.document is scheme.document
    assert [track.id for track in german.tracks] == [track.id for track in scheme.tracks]
    assert scheme.title == "Global Ratings of Caregiver, Child and Dyad"


def test_a_language_of_a_country_falls_back_and_an_unknown_one_changes_nothing(scheme):
    assert languages_of(scheme) == ("en", "de")
    assert translated(scheme, "de-AT").title == "Gesamteinschätzungen"
    assert translated(scheme, "fr") is scheme
    assert translated(scheme, "en") is scheme


def test_what_parents_see_is_shipped_in_german_too():
    scheme = load_scheme(find_scheme("strengths_review"))
    german = translated(scheme, "de")
    for track, other in zip(scheme.tracks, german.tracks, strict=True):
        assert other.label != track.label
        for code, said in zip(track.codes, other.codes, strict=True):
            assert (said.id, said.key) == (code.id, code.key)
            assert said.label != code.label
            assert bool(said.parent_text) == bool(code.parent_text)
            assert said.parent_text != code.parent_text or not code.parent_text
    assert [one.label for one in german.passes] != [one.label for one in scheme.passes]
