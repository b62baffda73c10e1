import copy
from dataclasses import replace

import pytest

from answering_scheme import ANSWERING, DOCUMENT
from imhcode.domain.edit import Edit
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating, RatingStep
from imhcode.domain.study import Coder
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.errors import MappingNeeded, MappingRefused
from imhcode.services import scheme_shelf
from imhcode.services.checking import check
from imhcode.services.scheme_shelf import SchemeIsLocked
from imhcode.services.scheme_versions import NothingToMove, move_observations, newer_of
from imhcode.services.studies import StudyService
from imhcode.store.errors import NoSuchEntry

MERGING = """\
imhcode_mapping: "1.0"
from: answering@1.0.0
to: answering@2.0.0
codes:
  - {change: rename, track: bid, from: look, to: gaze}
  - {change: to_note, track: bid, from: smile}
  - {change: merge, track: state, from: [together, apart], to: together}
"""


def version(number, change=lambda plain: None):
    plain = copy.deepcopy(DOCUMENT) | {"version": number}
    change(plain)
    return scheme_from_document(plain)


def merge(plain):
    plain["tracks"][1]["codes"] = [{"id": "gaze", "label": "Gaze"}]
    del plain["tracks"][0]["codes"][1]


MERGED = version("2.0.0", merge)


def relabel(plain):
    plain["tracks"][1]["codes"][0]["label"] = "Looks"


def event(event_id, track, code, onset_us, offset_us=None, **more):
    offset_us = onset_us if offset_us is None else offset_us
    return Event(
        id=event_id, track=track, code=code, onset_us=onset_us, offset_us=offset_us, **more
    )


CODED = [
    event("s1", "state", "together", 0, 10),
    event("s2", "state", "apart", 10, 20),
    event("b1", "bid", "look", 5, modifiers=(("clarity", ("faint",)),)),
    event("b2", "bid", "smile", 12, comment="broad"),
    event("a1", "answer", "joins", 6, links=(Link("answers", "b1"),)),
    event("a2", "answer", "joins", 13, links=(Link("answers", "b2"),)),
]


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as service:
        for session, coder in (("S01", "anna"), ("S01", "ben"), ("S02", "anna")):
            service.ensure_session(session)
            service.coding(session, coder).add(CODED)
        yield service


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MERGING, "utf-8")
    return path


def of(study, session, coder, number):
    (entry,) = [
        one
        for one in study.file.observations()
        if (one.session_id, one.coder_id, one.scheme_version) == (session, coder, number)
    ]
    return entry


def test_a_scheme_is_locked_as_soon_as_it_is_used(study):
    assert scheme_shelf.status(study.file, ANSWERING) == "locked"
    with pytest.raises(SchemeIsLocked, match=r"answering@1\.0\.0 .* Raise the version"):
        study.add_scheme(version("1.0.0", relabel))
    assert study.schemes() == {ANSWERING.content_hash: ANSWERING}
    assert study.add_scheme(ANSWERING) == "there already"


def test_a_scheme_nobody_has_used_is_replaced_and_may_come_back(study):
    first, second = version("1.1.0"), version("1.1.0", relabel)
    assert [study.add_scheme(one) for one in (first, second)] == ["added", "replaced"]
    assert scheme_shelf.status(study.file, second) == "draft"
    assert study.scheme("answering@1.1.0") == second
    assert study.add_scheme(first) == "replaced"
    assert study.scheme("answering@1.1.0") == first
    study.coding("S01", "anna", scheme=first).add(CODED[:1])
    with pytest.raises(SchemeIsLocked):
        study.add_scheme(second)


def test_before_it_is_used_a_scheme_is_what_its_author_says(study):
    pilot = version("2.0.0", lambda plain: plain.update(approval={"state": "pilot"}))
    study.add_scheme(pilot)
    assert scheme_shelf.status(study.file, pilot) == "pilot"
    study.coding("S01", "anna", scheme=pilot)
    assert scheme_shelf.status(study.file, pilot) == "locked"


def test_observations_move_and_the_old_ones_stay(study, mapping):
    moving = move_observations(study, MERGED, mapping=mapping)
    assert [(one.events, one.joined, one.refusal) for one in moving.observations] == [
        (4, 1, "")
    ] * 3
    new = study.observation(of(study, "S01", "anna", "2.0.0"))
    assert new.scheme == MERGED
    by_id = {one.id: one for one in new.timeline}
    assert (by_id["s1"].onset_us, by_id["s1"].offset_us) == (0, 20)
    assert by_id["b1"] == event("b1", "bid", "gaze", 5, modifiers=(("clarity", ("faint",)),))
    assert by_id["a1"] == CODED[4]
    assert by_id["a2"].links == ()
    assert by_id["a2"].flagged
    assert by_id["a2"].comment == (
        "[answering@1.0.0] answered “Smile” on Bids at 00:00.000\n"
        "[answering@1.0.0] here was “Smile” on Bids at 00:00.000: broad"
    )
    assert [(one.event, one.reason) for one in moving.observations[0].looks] == [
        ("a2", "note"),
        ("a2", "link"),
    ]
    old = study.observation(of(study, "S01", "anna", "1.0.0"))
    assert sorted(old.timeline.in_order(), key=lambda one: one.id) == sorted(
        CODED, key=lambda one: one.id
    )


def test_ratings_and_the_coded_range_move_too(tmp_path):
    scale = {"id": "warmth", "label": "Warmth", "subject": "dyad", "scale": {"min": 1, "max": 5}}

    def rated(plain):
        plain["ratings"] = [scale]

    def glow(plain):
        plain["ratings"] = [scale | {"id": "glow", "label": "Glow"}]

    old, new = version("1.0.0", rated), version("2.0.0", glow)
    path = tmp_path / "mapping.yaml"
    path.write_text(
        'imhcode_mapping: "1.0"\nfrom: answering@1.0.0\nto: answering@2.0.0\n'
        "ratings: [{change: rename, from: warmth, to: glow}]\n",
        "utf-8",
    )
    rating = Rating(id="r", scale="warmth", value=4, evidence=("b1", "b2"), comment="kind")
    with StudyService.create(tmp_path / "rated.imh", [old]) as study:
        study.ensure_session("S01")
        study.file.add(Coder(id="anna"))
        blank = Observation(id="o", session_id="S01", coder_id="anna", scheme=old, role="gold",
                            coded_from_us=0, coded_until_us=15)  # fmt: skip
        study.file.add_observation(blank)
        coding = study.coding("S01", "anna", role="gold", scheme=old)
        coding.add(CODED)
        coding.do(Edit("rate", (), (RatingStep(None, rating),)))
        (moved,) = move_observations(study, new, mapping=path).observations
        assert (moved.events, moved.ratings, moved.looks) == (6, 1, ())
        entry = of(study, "S01", "anna", "2.0.0")
        assert (entry.role, entry.coded_from_us, entry.coded_until_us) == ("gold", 0, 15)
        ratings = study.observation(entry).ratings
        assert list(ratings.values()) == [replace(rating, scale="glow")]
        study.coding("S01", "anna", role="gold", scheme=new).undo()
        assert study.observation(entry).ratings == {}
        assert [one for one in check(study) if one.severity == "error"] == []


def test_a_move_is_one_edit_and_undo_takes_it_away(study, mapping):
    move_observations(study, MERGED, mapping=mapping, session_id="S02")
    old, new = (of(study, "S02", "anna", number).id for number in ("1.0.0", "2.0.0"))
    assert newer_of(study) == {old: new}
    coding = study.coding("S02", "anna", scheme=MERGED)
    assert coding.undo().gesture == "map"
    assert len(coding.observation.timeline) == 0
    assert newer_of(study) == {}
    (again,) = move_observations(study, MERGED, mapping=mapping, session_id="S02").observations
    assert (again.new, again.refusal) == (new, "")


def test_what_is_coded_with_the_new_version_is_not_written_over(study, mapping):
    study.add_scheme(MERGED)
    study.coding("S01", "ben", scheme=MERGED).add([event("x", "bid", "gaze", 1)])
    moving = move_observations(study, MERGED, mapping=mapping)
    refusals = {one.old.coder_id: one.refusal for one in moving.observations[:2]}
    assert refusals["anna"] == ""
    assert "coded with answering@2.0.0 already (1 events)" in refusals["ben"]
    assert of(study, "S01", "ben", "2.0.0").n_events == 1


def test_a_trial_changes_nothing(study, mapping):
    before = study.file.observations(), dict(study.schemes())
    moving = move_observations(study, MERGED, mapping=mapping, coder_id="anna", trial=True)
    assert len(moving.observations) == 2
    assert (study.file.observations(), dict(study.schemes())) == before


def test_only_what_was_asked_for_moves(study, mapping):
    move_observations(study, MERGED, mapping=mapping, session_id="S01", coder_id="ben")
    moved = [one for one in study.file.observations() if one.scheme_version == "2.0.0"]
    assert [(one.session_id, one.coder_id) for one in moved] == [("S01", "ben")]
    for wrong in ({"session_id": "S09"}, {"coder_id": "nobody"}):
        with pytest.raises(NoSuchEntry):
            move_observations(study, MERGED, mapping=mapping, **wrong)


def test_without_a_mapping_names_must_have_stayed(study, mapping):
    with pytest.raises(MappingNeeded, match=r"look\) on bid is not in answering@2\.0\.0"):
        move_observations(study, MERGED)
    moving = move_observations(study, version("1.0.1", relabel))
    assert [(one.events, one.looks) for one in moving.observations] == [(6, ())] * 3
    assert moving.losses == ()
    new = study.observation(of(study, "S01", "anna", "1.0.1"))
    assert new.timeline == study.observation(of(study, "S01", "anna", "1.0.0")).timeline


def test_a_mapping_of_other_versions_moves_nothing(study, mapping):
    mapping.write_text(MERGING.replace("answering@1.0.0", "answering@0.9.0"), "utf-8")
    with pytest.raises(NoSuchEntry, match=r"answering@0\.9\.0"):
        move_observations(study, MERGED, mapping=mapping)
    study.add_scheme(version("0.9.0"))
    with pytest.raises(NothingToMove, match=r"answering@0\.9\.0"):
        move_observations(study, MERGED, mapping=mapping)
    mapping.write_text(MERGING.replace("gaze", "glance"), "utf-8")
    with pytest.raises(MappingRefused, match=r'mapping.yaml:5: .*no code on bid "glance"'):
        move_observations(study, MERGED, mapping=mapping)
    assert {one.scheme_version for one in study.file.observations()} == {"1.0.0"}


def test_what_breaks_a_rule_of_the_new_scheme_is_refused_one_by_one(study, tmp_path):
    def no_offsets(plain):
        plain["tracks"][1]["duration"] = "none"

    study.coding("S01", "ben").add([event("b3", "bid", "look", 7, 9)])
    moving = move_observations(study, version("2.0.0", no_offsets))
    assert [bool(one.refusal) for one in moving.observations] == [False, True, False]
    assert "takes no offset" in moving.observations[1].refusal
    assert moving.losses == ("bid takes no offsets any more",)
