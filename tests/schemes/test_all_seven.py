"""The seven schemes that come with the program: all of each arrives, and can be coded."""

import re

import pytest

from imhcode.domain.episode import Episode
from imhcode.domain.event import Stamp
from imhcode.domain.keys import keys_of, press, tracks_of
from imhcode.domain.observation import Observation
from imhcode.domain.setting import Setting
from imhcode.schemes.document import load_scheme
from imhcode.schemes.models.measures import Measure
from imhcode.schemes.shipped import shipped_schemes

SCHEMES = {name: load_scheme(path) for name, path in shipped_schemes().items()}

#: tracks, codes, modifiers, links, ratings, measures, checks
SIZES = {
    "abr": (6, 37, 12, 3, 0, 17, 5),
    "global_ratings": (1, 3, 0, 0, 18, 5, 2),
    "joint_attention": (5, 32, 5, 2, 0, 10, 3),
    "regulation_soothing": (4, 34, 4, 0, 0, 9, 2),
    "shared_play": (7, 49, 5, 2, 0, 13, 2),
    "still_face": (7, 41, 3, 0, 0, 16, 4),
    "strengths_review": (3, 23, 7, 0, 0, 5, 3),
}


def test_seven_schemes_are_shipped():
    assert sorted(SCHEMES) == sorted(SIZES)
    assert [sum(column) for column in zip(*SIZES.values(), strict=True)] == [
        33,
        219,
        36,
        7,
        18,
        75,
        21,
    ]


@pytest.mark.parametrize("name", SIZES)
def test_nothing_of_a_scheme_is_lost(name):
    scheme = SCHEMES[name]
    own_ratings = [one for one in scheme.ratings if not one.alternate_of]
    assert SIZES[name] == (
        len(scheme.tracks),
        sum(len(track.codes) for track in scheme.tracks),
        len(scheme.modifiers),
        len(scheme.links),
        len(own_ratings),
        len(scheme.document["derived"]),
        len(scheme.document["checks"]),
    )


def test_all_kinds_of_measure_are_used_by_some_scheme():
    union = Measure.__args__[0].__args__
    known = {part.model_fields["kind"].annotation.__args__[0] for part in union}
    used = [one["kind"] for scheme in SCHEMES.values() for one in scheme.document["derived"]]
    assert len(used) == 75
    assert set(used) == known - {"recurrence_profile"}  # for labs' own schemes


@pytest.mark.parametrize("name", SIZES)
def test_every_code_of_a_pass_has_a_key_of_its_own(name):
    scheme = SCHEMES[name]
    for one in scheme.passes:
        codes = [(track.id, code.id) for track in tracks_of(scheme, one.id) for code in track.codes]
        keys = keys_of(scheme, one.id)
        assert len(keys) == len(codes)
        assert sorted((meant.track.id, meant.code.id) for meant in keys.values()) == sorted(codes)
    coded = {track for one in scheme.passes for track in one.tracks}
    assert coded == {track.id for track in scheme.tracks}


@pytest.mark.parametrize("name", SIZES)
def test_every_key_of_every_pass_codes_its_code(name):
    """Pressed twice, in the scheme's order and a second apart: no rule is broken on the way."""
    scheme = SCHEMES[name]
    onset = Episode(id="e1", session_id="S01", kind="still_face", onset_us=0, offset_us=10**9)
    setting = Setting(age_months=9, episodes=(onset,), coded_until_us=10**9)
    observation = Observation(id="o", session_id="S01", coder_id="c", scheme=scheme)
    second = 0
    for one in scheme.passes:
        for meant in [*keys_of(scheme, one.id).values()] * 2:
            second += 3
            edit = press(
                observation,
                meant,
                Stamp(second * 1_000_000, "r", second * 30),
                new_id=f"{one.id}{second}",
                pass_id=one.id,
                setting=setting,
            )
            observation = observation.after(edit)
            assert edit.steps
    coded = {(event.track, event.code) for event in observation.timeline}
    assert coded == {(track.id, code.id) for track in scheme.tracks for code in track.codes}


@pytest.mark.parametrize("name", SIZES)
def test_a_scheme_says_what_it_is_and_what_it_is_not(name):
    document = SCHEMES[name].document
    assert document["imhcode_scheme"] == "1.0"
    assert document["status"] == "built_in"
    said = document["provenance"]["statement"].lower()
    assert document["provenance"]["authorship"] == "original"
    assert document["provenance"]["validation"] == "none_yet"
    assert "original to this software" in said
    assert "not interchangeable" in said
    assert len(document["citations"]) >= 5
    assert all(
        re.search(r"\(\d{4}\)|\(Eds\.\)\. \(\d{4}\)", one["text"]) for one in document["citations"]
    )


@pytest.mark.parametrize("name", SIZES)
def test_every_code_is_defined_and_coloured(name):
    for track in SCHEMES[name].tracks:
        for code in track.codes:
            assert code.definition, (track.id, code.id)
            assert code.start or track.kind == "interval", (track.id, code.id)
            assert re.fullmatch("#[0-9A-F]{6}", code.color)
        seen = [code for code in track.codes if not code.uncodable]
        assert len({code.pattern for code in seen}) == min(len(seen), 7)
        assert all(code.pattern == "blank" for code in track.codes if code.uncodable)


def test_the_episodes_of_the_still_face_arrive():
    episodes = SCHEMES["still_face"].episodes
    assert (episodes.required, episodes.ordered, episodes.allow_custom) == (True, True, True)
    assert [(one.id, one.order, one.key) for one in episodes.kinds][:3] == [
        ("play", 1, "1"),
        ("still_face", 2, "2"),
        ("reunion", 3, "3"),
    ]
    held = episodes.kind("still_face")
    assert (held.nominal_us, held.min_us) == (120_000_000, 30_000_000)
    assert held.end_reason_required
    assert not episodes.kind("play").end_reason_required
    assert episodes.kind("second_reunion").optional
    assert episodes.kind("transition").excluded
    assert [one.id for one in episodes.end_reasons][:2] == ["full_time", "infant_distress"]


def test_bins_numbers_and_ranks_arrive():
    scheme = SCHEMES["still_face"]
    track = scheme.track("infant_affect_1s")
    assert (track.kind, track.exclusive, track.exhaustive) == ("interval", True, True)
    assert (track.bins.length_us, track.bins.anchor, track.bins.advances) == (
        1_000_000,
        "episode_start",
        True,
    )
    assert (track.scale.minimum, track.scale.maximum, track.scale.step) == (-3, 3, 1)
    assert [code.value for code in track.codes] == [3, 2, 1, 0, -1, -2, -3, None]
    assert scheme.code("infant_engagement", "subdued").ordinal == -1
    assert scheme.code("infant_engagement", "drowsy").ordinal is None
    assert scheme.code("caregiver_engagement", "still").only_in_episodes == (
        "still_face",
        "second_still_face",
    )
    assert scheme.code("procedure_event", "paused").excludes_time
    assert not scheme.code("procedure_event", "sf_break").excludes_time


def test_what_is_hidden_and_how_a_pass_is_watched_arrives():
    scheme = SCHEMES["still_face"]
    assert [one.hides for one in scheme.passes][:4] == ["", "caregiver", "caregiver", "infant"]
    affect = scheme.pass_("affect").playback
    assert (affect.speed, affect.audio, affect.step_us) == (1.0, True, 1_000_000)
    assert SCHEMES["shared_play"].pass_("caregiver_talk").playback.loops_utterance
    walk = SCHEMES["regulation_soothing"].pass_("caregiver").walk
    assert (walk.over_track, walk.codes, walk.classes) == ("infant_state", (), ("distress",))
    assert (walk.lead_us, walk.tail_us) == (5_000_000, 30_000_000)
    assert [one.id for one in SCHEMES["still_face"].profiles] == ["full", "core"]
    assert SCHEMES["still_face"].profiles[1].passes == (
        "procedure",
        "infant_states",
        "caregiver_states",
        "check",
    )


def test_windows_cardinality_and_suggestions_of_links_arrive():
    answers = SCHEMES["abr"].link("answers")
    assert (answers.cardinality, answers.required, answers.one_counts) == (
        "many_to_one",
        True,
        "first",
    )
    assert answers.suggest == "nearest_preceding_unlinked"
    assert [answers.window.until_us(age) for age in (None, 3, 4, 4.1)] == [
        5_000_000,
        3_000_000,
        3_000_000,
        5_000_000,
    ]
    assert SCHEMES["abr"].link("repair_of").window.until_us(6) is None
    comforts = SCHEMES["abr"].code("caregiver_response", "comforts")
    assert comforts.answers_only == ("distress_signal", "break_signal")
    nothing = SCHEMES["abr"].code("caregiver_response", "no_answer").suggestion
    assert (nothing.when, nothing.at, nothing.confirm) == (
        "bid has no linked response",
        "bid.onset + link_window",
        True,
    )
    assert not SCHEMES["strengths_review"].code("session_event", "paused").suggestion.confirm


def test_ratings_arrive_with_their_defaults_and_variants():
    scheme = SCHEMES["global_ratings"]
    assert len(scheme.ratings) == 36
    warmth = scheme.rating("warmth")
    assert (warmth.scale.minimum, warmth.scale.maximum, warmth.scale.allow_half) == (1, 5, False)
    assert [one.value for one in warmth.anchors] == [1, 3, 5]
    assert warmth.between_anchors == "Between the neighbouring anchors."
    assert warmth.scope == ("session", "episode")
    assert (warmth.evidence_min, warmth.evidence_track) == (1, "evidence")
    assert warmth.confidences == ("low", "medium", "high")
    assert warmth.blind
    assert warmth.allow_not_applicable
    assert scheme.rating("hostility").direction == "higher_is_worse"
    assert scheme.rating("repair_ease").not_applicable_if == "no misfit or rupture seen"
    seven = scheme.rating("warmth_seven_point")
    assert seven.alternate_of == "warmth"
    assert (seven.scale.minimum, seven.scale.maximum) == (1, 7)
    assert [one.value for one in seven.anchors] == [1, 4, 7]
    assert [one.text for one in seven.anchors] == [one.text for one in warmth.anchors]
    assert (seven.label, seven.blind) == ("Warmth (seven points)", True)
    assert scheme.rating("child_avoidance").flag.at_or_above == 4
    assert scheme.rating("child_avoidance_seven_point").flag.at_or_above == 5.5
    rated = scheme.pass_("rate").ratings
    assert rated == tuple(one.id for one in scheme.ratings if not one.alternate_of)
    assert scheme.pass_("view1").ratings == ()


def test_who_may_see_what_arrives():
    scheme = SCHEMES["strengths_review"]
    assert [one.id for one in scheme.audiences] == ["parent_safe", "team", "clinician_only"]
    note = scheme.track("private_note")
    assert (note.kind, note.audience) == ("range", "clinician_only")
    assert note.never_in == ("parent_view", "clip_export", "screen_share", "parent_report")
    assert scheme.track("session_event").clock == "session"
    assert scheme.pass_("session").clock == "session"
    assert scheme.pass_("session").audience == "parent_safe"
    assert scheme.code("moment", "repair").parent_text == "You found each other again"
    theme = next(one for one in scheme.modifiers if one.id == "theme")
    assert (theme.values_from, theme.values) == ("case.goals", ())


def test_prompts_parameters_and_ages_arrive():
    scheme = SCHEMES["regulation_soothing"]
    flag = scheme.code("infant_coping", "discharge").flag
    assert (flag.action, flag.modifier, flag.value) == ("prompt_consult", "self_injury", "yes")
    assert flag.text
    settle = scheme.parameters[0]
    assert (settle.default, settle.minimum, settle.maximum) == (10, 3, 60)
    assert settle.overrides == (
        "derived.settle_latency.end.hold_s",
        "derived.settle_after_soothe.end.hold_s",
    )
    assert SCHEMES["abr"].parameters[0].overrides == ("links.answers.window_s.max",)
    words = scheme.code("infant_coping", "words").age
    assert (words.min_months, words.max_months) == (18, 1_200)
    assert (scheme.age.min_months, scheme.age.max_months, scheme.age.corrected) == (0, 36, True)
    partner = SCHEMES["joint_attention"].subjects[1]
    assert partner.instance_labels == ("caregiver", "examiner", "sibling")
    assert SCHEMES["joint_attention"].subjects[2].members == ("child", "partner")
    talk = SCHEMES["shared_play"].track("caregiver_talk")
    assert (talk.unit, talk.takes_transcript) == ("utterance", True)
