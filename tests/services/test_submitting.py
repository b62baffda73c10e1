"""Handing in and giving back on a real study file, and who may see whose ratings."""

import pytest

from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.coding import ObservationIsClosed
from imhcode.services.studies import StudyService
from imhcode.services.submitting import HandingIn, NotThatStep, reasons_of


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "study.imh"
    with StudyService.create(path, [load_scheme(find_scheme("global_ratings"))]) as study:
        study.ensure_session("S01")
        yield study


def of(study, coder, looked_at_by=""):
    coding = study.coding("S01", coder)
    return coding, HandingIn(study.file, coding, looked_at_by or coder)


def test_a_submitted_observation_takes_no_rating_until_it_is_given_back(study):
    coding, handing = of(study, "cara")
    coding.rate("warmth", value=4)
    handing.submit()
    with pytest.raises(ObservationIsClosed):
        coding.rate("warmth", value=5)
    with pytest.raises(NotThatStep):
        handing.submit()
    handing.give_back("the second half was not seen")
    coding.rate("warmth", value=5)
    assert study.coding("S01", "cara").observation.ratings == coding.observation.ratings


def test_every_reason_for_giving_back_is_kept_with_its_line_of_the_log(study):
    coding, handing = of(study, "cara")
    for reason in ("first", "  second\t", ""):
        handing.submit()
        handing.give_back(reason)
    assert list(reasons_of(study.file, coding.observation.id).values()) == ["first", "second"]
    assert handing.reason() == "second"
    lines = list(reasons_of(study.file, coding.observation.id))
    after = {one.n: one.edit.after for one in study.file.log_of_study().entries()}
    assert [after[line] for line in lines] == [{"status": "draft"}] * 2


def test_others_ratings_are_hidden_until_ones_own_are_submitted(study):
    of(study, "mara")[0].rate("warmth", value=2)
    _, theirs = of(study, "mara", looked_at_by="cara")
    assert theirs.hides_ratings
    _, mine = of(study, "cara")
    assert theirs.hides_ratings
    assert not mine.hides_ratings
    mine.submit()
    assert not theirs.hides_ratings
    mine.give_back("forgot one")
    assert theirs.hides_ratings
    assert not of(study, "mara")[1].hides_ratings


def test_a_scheme_without_blind_scales_hides_nothing(tmp_path):
    scheme = load_scheme(find_scheme("abr"))
    with StudyService.create(tmp_path / "open.imh", [scheme]) as study:
        study.ensure_session("S01")
        of(study, "mara")
        assert not of(study, "mara", looked_at_by="cara")[1].hides_ratings
