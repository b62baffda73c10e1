"""Who is shown what of others' work, on a real study file."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from blind_coders import SESSION, entry_of, hand_in, new_study
from imhcode.domain.study import Coder
from imhcode.services import submitting
from imhcode.services.assigning import (
    NotAShare,
    NothingToAssign,
    TooFewCoders,
    assign,
    assignments_of,
    ensure_coder,
    role_for,
)
from imhcode.services.blinding import Blinding, NotBeforeYourOwn, NotForCoders
from imhcode.services.gold import freeze
from imhcode.services.importing import import_file
from imhcode.services.practice_sets import add_practice_set
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService


@pytest.fixture
def study(tmp_path):
    with new_study(tmp_path / "study.imh") as made:
        yield made


@pytest.fixture
def lab(study):
    """A study with an investigator, a trainer, and what anna submitted."""
    hand_in(study, "gold", "anna", "primary")
    ensure_coder(study.file, "ines", "investigator")
    ensure_coder(study.file, "tess", "trainer")
    return study


def seen_by(study, coder):
    return [
        (one.coder_id, one.role)
        for entry in Blinding(study, coder).listed(study.sessions())
        for one in entry.observations
    ]


def begin(study, coder, role="primary"):
    import_file(study, sample_folder() / "trainee_events.csv", coder=coder, role=role)
    return study.coding(SESSION, coder, role=role)


def test_a_study_of_people_who_trust_each_other_hides_nothing(study):
    hand_in(study, "gold", "anna", "primary")
    assert seen_by(study, "ben") == [("anna", "primary")]
    assert not Blinding(study, "ben").is_on


def test_another_s_observation_is_hidden_until_one_s_own_is_submitted(lab):
    anna = entry_of(lab, "anna", "primary")
    assert seen_by(lab, "ben") == []
    with pytest.raises(NotBeforeYourOwn):
        Blinding(lab, "ben").refuse(anna)
    coding = begin(lab, "ben")
    assert seen_by(lab, "ben") == [("ben", "primary")]
    submitting.submit(lab.file, coding, "ben")
    assert seen_by(lab, "ben") == [("anna", "primary"), ("ben", "primary")]
    Blinding(lab, "ben").refuse(anna)
    submitting.give_back(lab.file, coding, "ines")
    assert seen_by(lab, "ben") == [("ben", "primary")]


def test_a_draft_of_another_coder_is_never_shown_to_a_coder(lab):
    begin(lab, "ben")
    assert ("ben", "primary") not in seen_by(lab, "anna")
    assert ("ben", "primary") in seen_by(lab, "ines")


def test_trainers_and_investigators_see_all_but_are_blind_where_they_code_themselves(lab):
    assert seen_by(lab, "ines") == seen_by(lab, "tess") == [("anna", "primary")]
    coding = begin(lab, "tess", "reliability")
    assert seen_by(lab, "tess") == [("tess", "reliability")]
    submitting.submit(lab.file, coding, "tess")
    assert ("anna", "primary") in seen_by(lab, "tess")


def test_gold_standards_and_others_training_are_not_listed_for_coders(lab):
    hand_in(lab, "gold", "gold", "gold")
    hand_in(lab, "trainee", "tom", "training")
    hand_in(lab, "trainee", "tina", "training")
    assert seen_by(lab, "tom") == [("anna", "primary"), ("tom", "training")]
    with pytest.raises(NotForCoders):
        Blinding(lab, "tom").refuse(entry_of(lab, "gold", "gold"))
    assert len(seen_by(lab, "tess")) == 4


def test_a_drawn_session_is_blind_before_it_is_begun_for_an_investigator_too(lab):
    lab.ensure_session("S02")
    assign(lab.file, lab.scheme(), ["ines", "anna"], share=1.0, seed=1)
    assert ("anna", "primary") not in seen_by(lab, "ines")


def test_coders_see_the_sessions_drawn_for_them_and_not_which_are_second(study):
    for number in range(10):
        study.ensure_session(f"V{number}", f"D{number}")
    made = assign(study.file, study.scheme(), ["anna", "ben"], share=0.2, seed=5)
    mine = sorted({one.session_id for one in made if one.coder_id == "anna"})
    view = Blinding(study, "anna")
    assert sorted(one.session.id for one in view.listed(study.sessions())) == mine
    second = next(one for one in made if one.part == "reliability")
    role = role_for(study.file, second.session_id, second.coder_id, study.scheme())
    assert role == "reliability"
    assert Blinding(study, second.coder_id).role_shown(role) == "primary"
    ensure_coder(study.file, "ines", "investigator")
    assert Blinding(study, "ines").role_shown(role) == "reliability"
    assert len(Blinding(study, "ines").listed(study.sessions())) == 10


def test_a_trainee_sees_the_sessions_of_their_sets(lab):
    hand_in(lab, "gold", "gold", "gold")
    freeze(lab, entry_of(lab, "gold", "gold"), "tess")
    lab.ensure_session("S02")
    add_practice_set(lab, "first", lab.scheme(), [SESSION], coders=["tom"])
    assert [one.session.id for one in Blinding(lab, "tom").listed(lab.sessions())] == [SESSION]
    assert Blinding(lab, "tess").lists("S02")
    assert Blinding(lab, "anna").lists("S02")  # nothing was drawn, and she is in no set


def test_in_a_study_of_an_earlier_version_everybody_is_a_coder(tmp_path):
    old = tmp_path / "old.imh"
    script = Path(__file__).parents[1] / "store" / "golden" / "study_format_1.sql"
    with closing(sqlite3.connect(old)) as file:
        file.executescript(script.read_text(encoding="utf-8"))
    with StudyService.open(old) as opened:
        assert {one.role for one in opened.file.all(Coder)} == {"coder"}


# -- drawing ---------------------------------------------------------------------------------


def test_a_draw_is_kept_and_goes_on_with_sessions_that_come_later(study):
    for number in range(10):
        study.ensure_session(f"V{number}")
    first = assign(study.file, study.scheme(), ["anna", "ben"], share=0.2, seed=5)
    assert assignments_of(study.file, study.scheme()) == first
    study.ensure_session("later")
    tried = assign(study.file, study.scheme(), ["anna", "ben"], share=0.2, seed=6, dry_run=True)
    assert assignments_of(study.file, study.scheme()) == first
    second = assign(study.file, study.scheme(), ["anna", "ben"], share=0.2, seed=6)
    assert second == tried
    assert set(first) < set(second)
    draws = json.loads(study.file.note(f"assignments/{study.scheme().id}"))["draws"]
    assert [(one["share"], one["seed"]) for one in draws] == [(0.2, 5), (0.2, 6)]
    assert {one.id for one in study.file.all(Coder)} == {"anna", "ben"}


def test_what_is_coded_already_stays_with_who_coded_it(study):
    hand_in(study, "gold", "anna", "primary")
    made = assign(study.file, study.scheme(), ["ben", "cara"], share=1.0, seed=1)
    assert {one.coder_id for one in made if one.part == "primary"} == {"anna"}
    assert {one.coder_id for one in made if one.part == "reliability"} <= {"ben", "cara"}


def test_what_cannot_be_drawn_is_refused(study):
    scheme = study.scheme()
    with pytest.raises(NothingToAssign):
        assign(study.file, scheme, ["anna", "ben"], share=0.2, seed=1)
    study.ensure_session("V1")
    with pytest.raises(NotAShare):
        assign(study.file, scheme, ["anna", "ben"], share=20, seed=1)
    with pytest.raises(TooFewCoders):
        assign(study.file, scheme, ["anna", "anna"], share=0.2, seed=1)
    assert assignments_of(study.file, scheme) == ()
