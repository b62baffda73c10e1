"""Families, consent and the register of clips in a study: what is refused, what is found again."""

import pytest

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import STATES, USES, NotCovered
from imhcode.domain.dates import NotADate
from imhcode.domain.event import Event
from imhcode.domain.study import Dyad, Recording, Session
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.checking import check
from imhcode.services.clip_register import ClipRegister, clips_of
from imhcode.services.consent import (
    Consents,
    EndsBeforeItBegins,
    NeedsADate,
    NoSuchUse,
    NothingToWithdraw,
    clips_with,
    may_export,
)
from imhcode.services.family import (
    IsNeeded,
    LabelIsTaken,
    NeedsALabel,
    NoSuchRelation,
    NotOfThisDyad,
    People,
    Present,
    people_in,
)
from imhcode.services.retention import Retentions, due
from imhcode.services.review import moments
from imhcode.services.studies import StudyService
from imhcode.store.errors import NoSuchEntry

TODAY = "2026-06-15"


@pytest.fixture
def study(tmp_path):
    scheme = load_scheme(find_scheme("strengths_review"))
    with StudyService.create(tmp_path / "study.imh", [scheme]) as made:
        made.file.add(Dyad(id="D"))
        made.file.add(Dyad(id="E"))
        made.file.add(Session(id="S1", dyad_id="D"))
        made.file.add(Session(id="S2", dyad_id="D"))
        yield made


@pytest.fixture
def people(study):
    return People(study.file, "D", "kim")


@pytest.fixture
def consents(study):
    return Consents(study.file, "D", "kim")


@pytest.fixture
def family(study, people):
    """Baby, mother and grandmother; all three in S1."""
    made = [
        people.add(*one)
        for one in (("baby", "child"), ("mother", "parent"), ("grandmother", "other adult"))
    ]
    present = Present(study.file, "S1", "kim")
    for one in made:
        present.add(one.id)
    return made


def clip(session="S1", **more):
    given = {"id": "", "file_name": "a.mp4", "sha256": "0" * 64, "dyad_id": "D"}
    return ClipRecord(session_id=session, **(given | more))


# -- people ------------------------------------------------------------------------------------


def test_a_person_is_a_word_and_a_relation_of_one_dyad(people):
    gran = people.add(" grandmother ", "other-adult")
    assert (gran.label, gran.relation, gran.dyad_id) == ("grandmother", "other_adult", "D")
    assert people.called("grandmother") == people.called(gran.id) == gran
    with pytest.raises(LabelIsTaken):
        people.add("Grandmother", "parent")
    with pytest.raises(NeedsALabel):
        people.add("  ", "parent")
    with pytest.raises(NoSuchRelation, match="child, parent, sibling"):
        people.add("uncle", "uncle")
    assert people.rename(gran.id, "granny").label == "granny"


def test_a_family_needs_a_dyad_that_the_study_has(study):
    with pytest.raises(NoSuchEntry):
        People(study.file, "nobody", "kim")
    with pytest.raises(NoSuchEntry):
        Consents(study.file, "nobody", "kim")


def test_somebody_whom_a_session_or_a_consent_names_cannot_be_taken_away(
    study, people, consents, family
):
    uncle = people.add("uncle", "other_adult")
    consents.grant(uncle.id, "teaching", TODAY)
    for one in (uncle, family[0]):
        with pytest.raises(IsNeeded):
            people.remove(one.id)
    with pytest.raises(IsNeeded):
        people.undo()
    consents.undo()
    people.undo()
    assert [one.label for one in people.values] == ["baby", "mother", "grandmother"]


def test_only_people_of_the_dyad_can_be_in_its_sessions(study):
    stranger = People(study.file, "E", "kim").add("stranger", "parent")
    with pytest.raises(NotOfThisDyad):
        Present(study.file, "S1", "kim").add(stranger.id)


# -- statements --------------------------------------------------------------------------------


def test_a_matrix_shows_each_person_and_use_on_a_day(consents, family):
    baby, mother, gran = (one.id for one in family)
    consents.grant(mother, "treatment", "2026-01-01")
    consents.grant(baby, "treatment", "2026-01-01", "2026-06-14")
    consents.grant(gran, "treatment", "2026-07-01")
    consents.refuse(mother, "public-excerpt", "2026-01-01")
    consents.grant(mother, "teaching", "2026-01-01")
    consents.withdraw(mother, "teaching", "2026-06-01")
    found = consents.matrix(TODAY)
    assert found.uses == USES
    said = {
        (person, use): found.state(person, use)
        for person in (baby, mother, gran)
        for use in USES
        if found.state(person, use) != "not_asked"
    }
    assert said == {
        (mother, "treatment"): "granted",
        (baby, "treatment"): "expired",
        (gran, "treatment"): "not_yet",
        (mother, "public_excerpt"): "refused",
        (mother, "teaching"): "withdrawn",
    }
    assert {*said.values(), "not_asked"} == set(STATES)


def test_what_cannot_be_a_statement_is_refused_and_leaves_no_trace(study, consents, family):
    mother = family[1].id
    lines = len(list(study.file.log_of_study().entries()))
    for failing, error in (
        (lambda: consents.grant(mother, "broadcast", TODAY), NoSuchUse),
        (lambda: consents.grant(mother, "research", ""), NeedsADate),
        (lambda: consents.grant(mother, "research", "yesterday"), NotADate),
        (lambda: consents.grant(mother, "research", TODAY, "2026-06-14"), EndsBeforeItBegins),
        (lambda: consents.grant("nobody", "research", TODAY), NoSuchEntry),
        (lambda: consents.withdraw(mother, "research", TODAY), NothingToWithdraw),
        (lambda: consents.withdraw(mother, "", TODAY), NothingToWithdraw),
    ):
        with pytest.raises(error):
            failing()
    assert len(list(study.file.log_of_study().entries())) == lines


def test_taking_everything_back_takes_back_what_was_given_and_one_undo_brings_it_all_back(
    consents, family
):
    mother = family[1].id
    for use in ("treatment", "research"):
        consents.grant(mother, use, "2026-01-01")
    taken = consents.withdraw(mother, "", TODAY)
    assert [one.use for one in taken] == ["treatment", "research"]
    states = [consents.matrix(TODAY).state(mother, use) for use in USES]
    assert states.count("withdrawn") == 2
    consents.undo()
    assert [consents.matrix(TODAY).state(mother, use) for use in USES].count("granted") == 2


# -- exports -----------------------------------------------------------------------------------


def test_an_export_needs_everybody_in_the_session(study, consents, family):
    baby, mother, gran = (one.id for one in family)
    for one in (baby, mother):
        consents.grant(one, "family_copy", "2026-01-01")
    verdict = may_export(study.file, "S1", "family_copy", TODAY)
    assert [(one.person_id, one.state) for one in verdict.reasons] == [(gran, "not_asked")]
    with pytest.raises(NotCovered, match="grandmother has not been asked"):
        verdict.raise_if_refused()
    masked = may_export(study.file, "S1", "family_copy", TODAY, masked=[gran])
    masked.raise_if_refused()
    assert "may still be heard" in masked.warnings[0].message
    assert not may_export(study.file, "S2", "family_copy", TODAY)  # nobody said who is there


def test_a_moment_that_says_who_is_in_it_needs_only_those(study, consents, family):
    for one in family[:2]:
        consents.grant(one.id, "treatment", "2026-01-01")
    coding = study.coding("S1", "kim")
    for event_id, who in (("m1", ("child", "parent")), ("m2", ("other_adult",)), ("m3", ())):
        modifiers = (("consent_check", who),) if who else ()
        event = Event(
            id=event_id, track="moment", code="connection", onset_us=0, offset_us=9,
            modifiers=(*modifiers, ("status", ("chosen",))),
        )  # fmt: skip
        coding.add([event])
    found = {one.id: one for one in moments(study, "S1")}
    allowed = {
        one: may_export(study.file, "S1", "treatment", TODAY, moments=[found[one]]).allowed
        for one in found
    }
    assert allowed == {"m1": True, "m2": False, "m3": False}
    reel = may_export(study.file, "S1", "treatment", TODAY, moments=found.values())
    assert [one.person_id for one in reel.reasons] == [family[2].id]
    assert [one.label for one in people_in(study.file, "S1", found["m1"]).people] == [
        "baby",
        "mother",
    ]
    findings = {one.event_ids for one in check(study) if one.rule == "consent"}
    assert findings == {("m2",), ("m3",)}


# -- clips -------------------------------------------------------------------------------------


def test_a_withdrawal_finds_every_clip_made_with_that_person(study, family):
    baby, mother, gran = (one.id for one in family)
    first, second = ClipRegister(study.file, "S1", "kim"), ClipRegister(study.file, "S2", "kim")
    shown = first.register(clip(file_name="shown.mp4", people=(baby, gran)))
    masked = first.register(clip(file_name="masked.mp4", people=(baby,), masked=(gran,)))
    perhaps = first.register(clip(file_name="perhaps.mp4", people=(baby,)))
    other = second.register(clip("S2", file_name="other.mp4", people=(baby, mother)))
    gone = first.say_gone(shown.id, TODAY)

    def told(person):
        return {one.clip.file_name: one.how for one in clips_with(study.file, person)}

    assert told(gran) == {"shown.mp4": "shown", "masked.mp4": "masked", "perhaps.mp4": "perhaps"}
    assert told(baby) == dict.fromkeys(
        ("shown.mp4", "masked.mp4", "perhaps.mp4", "other.mp4"), "shown"
    )
    assert told(mother) == {
        "shown.mp4": "perhaps", "masked.mp4": "perhaps", "perhaps.mp4": "perhaps",
        "other.mp4": "shown",
    }  # fmt: skip
    assert clips_of(study.file, session_id="S2") == [other]
    assert {one.id for one in clips_of(study.file, "D")} == {
        one.id for one in (gone, masked, perhaps, other)
    }
    assert clips_of(study.file, "E") == []


# -- retention ---------------------------------------------------------------------------------


def test_what_is_over_or_ends_soon_is_shown(study, consents, family):
    study.file.add(Recording(id="r1", session_id="S1", path="r1.mp4"))
    study.file.add(Recording(id="r2", session_id="S2", path="r2.mp4"))
    Retentions(study.file, "session", "S1", "kim").keep("2026-07-01")
    later = Retentions(study.file, "recording", "r2", "kim")
    later.keep("2026-07-02")
    later.keep("2027-01-01")
    consents.grant(family[1].id, "research", "2026-01-01", "2026-06-01")
    consents.grant(family[0].id, "research", "2026-01-01", "2026-09-01")
    assert [(one.what, one.entry_id, one.on) for one in due(study.file, TODAY)] == [
        ("consent", family[1].id, "2026-06-01"),
        ("session", "S1", "2026-07-01"),
    ]
    assert "mother (D) to research ends on 2026-06-01" in due(study.file, TODAY)[0].message
    assert len(due(study.file, TODAY, days=365)) == 4
    later.keep("")
    assert later.keep_until == ""
    assert len(due(study.file, TODAY, days=365)) == 3
    with pytest.raises(NoSuchEntry):
        Retentions(study.file, "recording", "r9", "kim")
