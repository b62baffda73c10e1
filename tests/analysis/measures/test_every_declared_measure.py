"""All measures of all shipped schemes: each computes on random codings, or says why not."""

import pkgutil

import numpy as np
import pytest

import imhcode.analysis.measures
from coded_sessions import coded, scheme, state
from imhcode.analysis.measures import MEASURES
from imhcode.analysis.measures.words import words_for
from imhcode.analysis.measuring import measured
from imhcode.schemes.json_schema import json_schema
from imhcode.schemes.shipped import shipped_schemes
from random_coders import random_episodes, random_events, random_ratings

SCHEMES = sorted(shipped_schemes())
DECLARED = [
    (name, declared["id"]) for name in SCHEMES for declared in scheme(name).document["derived"]
]
LATER = {"trend"}  #: kinds that are about several sessions


def random_session(name, seed, *, until_s=240, episodes=True):
    random = np.random.default_rng(seed)
    the_scheme = scheme(name)
    stretches = random_episodes(the_scheme, until_s * 1_000_000) if episodes else ()
    return coded(
        random_events(the_scheme, random, until_s),
        of=name,
        until_s=until_s,
        episodes=stretches,
        ratings=random_ratings(the_scheme, random, stretches),
        age=9.0,
    )


def kinds_in_the_schema():
    found = set()

    def look(node):
        if isinstance(node, dict):
            properties = node.get("properties", {})
            if {"per", "kind", "label"} <= set(properties):
                found.add(properties["kind"]["const"])
            for one in node.values():
                look(one)
        elif isinstance(node, list):
            for one in node:
                look(one)

    look(json_schema())
    return found


def test_every_kind_that_a_scheme_can_declare_has_a_module_of_its_name():
    modules = {one.name for one in pkgutil.iter_modules(imhcode.analysis.measures.__path__)}
    assert kinds_in_the_schema() == set(MEASURES.names()) == modules - {"words"}


def test_the_seven_schemes_declare_seventy_five_measures():
    assert (len(SCHEMES), len(DECLARED)) == (7, 75)


@pytest.mark.parametrize(("name", "measure_id"), DECLARED)
def test_a_measure_of_a_random_coding_has_numbers(name, measure_id):
    declared = scheme(name).document["derived"]
    (mine,) = [one for one in declared if one["id"] == measure_id]
    if mine["kind"] in LATER:
        pytest.skip("about several sessions; see the tests of the service")
    values = []
    for seed in range(3):
        session = random_session(name, seed)
        found = [one for one in measured(session) if one.measure_id == measure_id]
        assert found
        for one in found:
            statistics = set(MEASURES[mine["kind"]].statistics(mine, session))
            told = {number.statistic for number in one.result.numbers}
            assert statistics - {"probabilities"} <= told
            for number in one.result.numbers:
                assert (number.value is None) == bool(number.null_reason), number
                assert type(number.value) in (int, float, type(None)), number
                assert number.value is None or np.isfinite(number.value)
            values += [number.value for number in one.result.numbers if number.value is not None]
    assert values


@pytest.mark.parametrize("name", SCHEMES)
def test_a_session_that_nobody_coded_has_no_number_and_says_so(name):
    session = coded((), of=name, until_s=60)
    numbers = [number for one in measured(session) for number in one.result.numbers]
    told = {one.measure_id for one in measured(session)}
    wanted = {one["id"] for one in scheme(name).document["derived"] if one["kind"] not in LATER}
    assert told == wanted
    assert {one.value for one in numbers} == {None}
    assert {one.null_reason for one in numbers} <= {"nothing coded", "no episodes"}


@pytest.mark.parametrize("name", SCHEMES)
def test_a_session_without_a_codable_instant_has_no_number_of_time(name):
    the_scheme = scheme(name)
    blind = [
        (track.id, code.id)
        for track in the_scheme.tracks
        for code in track.codes
        if track.kind == "state" and code.uncodable
    ]
    if not blind:
        pytest.skip("nothing can be out of sight in this scheme")
    events = random_events(the_scheme, np.random.default_rng(1), 60, uncodable=0.0)
    events = [one for one in events if one.track != blind[0][0]]
    session = coded([*events, state(*blind[0], 0, 60)], of=name, until_s=60)
    for one in measured(session):
        for number in one.result.numbers:
            assert number.value is None, one.measure_id
            assert number.null_reason


@pytest.mark.parametrize(("name", "measure_id"), DECLARED)
def test_a_measure_is_said_in_words_with_its_formula(name, measure_id):
    (declared,) = [one for one in scheme(name).document["derived"] if one["id"] == measure_id]
    words = words_for(declared)
    assert words.sentence.startswith(declared["label"])
    assert len(words.formula) > 15
    assert "{" not in words.sentence
    assert "None" not in words.sentence


def test_the_attunement_index_prints_its_formula():
    (declared,) = [
        one for one in scheme("abr").document["derived"] if one["id"] == "attunement_index"
    ]
    assert words_for(declared).formula == "time of attuned (dyad_state) / codable time"
