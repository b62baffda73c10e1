"""``imhcode assign`` and ``imhcode train`` on a real study file."""

import json

import pytest

from blind_coders import SESSION, hand_in, new_study
from imhcode.cli.main import main
from imhcode.domain.study import Coder
from imhcode.services.studies import StudyService


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "study.imh"
    with new_study(path) as made:
        hand_in(made, "gold", "gold", "gold")
        hand_in(made, "trainee", "tom", "training")
    return path


def said(capsys, *words):
    """The exit status and what was printed."""
    status = main([str(word) for word in words])
    return status, capsys.readouterr()


def test_a_draw_tells_coders_nothing_but_scripts_all(study, capsys):
    with StudyService.open(study) as service:
        for number in range(9):
            service.ensure_session(f"V{number}")
    words = ("assign", study, "--coder", "anna", "--coder", "ben", "--share", "0.3", "--seed", "4")
    status, tried = said(capsys, *words, "--dry-run", "--json")
    assert status == 0
    rows = json.loads(tried.out)["assignments"]
    assert [one["role"] for one in rows].count("primary") == 10
    second = [one["session"] for one in rows if one["role"] == "reliability"]
    assert len(second) == 3
    status, drawn = said(capsys, *words)
    assert status == 0
    assert not any(session in drawn.out for session in second)
    assert "3 sessions coded twice" in drawn.out
    assert json.loads(said(capsys, *words, "--json")[1].out)["assignments"] == rows


def test_roles_are_given_without_a_draw(study, capsys):
    assert said(capsys, "assign", study, "--trainer", "tess", "--investigator", "ines")[0] == 0
    with StudyService.open(study, writing=False) as service:
        roles = {one.id: one.role for one in service.file.all(Coder)}
    assert roles == {"gold": "coder", "tom": "coder", "tess": "trainer", "ines": "investigator"}


def test_too_few_coders_are_refused(study, capsys):
    status, told = said(capsys, "assign", study, "--coder", "anna")
    assert status == 2
    assert "2 coders" in told.err


def test_from_a_gold_standard_to_a_certificate(study, tmp_path, capsys):
    make = ("train", "set", study, "first", "--session", SESSION, "--coder", "tom")
    status, told = said(capsys, *make)
    assert (status, "no frozen gold standard" in told.err) == (2, True)
    assert said(capsys, "train", "freeze", study, "--session", SESSION, "--coder", "gold")[0] == 0
    make = (*make, "--threshold", "0.5", "--consecutive", "1", "--track", "infant_bid")
    assert said(capsys, *make, "--feedback", "at-once")[0] == 0
    assert said(capsys, *make)[0] == 2  # it is there already
    status, told = said(capsys, "train", "show", study, "--json")
    assert status == 0
    (row,) = json.loads(told.out)["trainees"]
    assert (row["coder"], row["met"], row["run"]) == ("tom", True, 1)
    (session,) = row["sessions"]
    assert (session["session"], session["verdict"]) == (SESSION, "passed")
    assert session["value"] == pytest.approx(0.798, abs=5e-4)
    page = tmp_path / "tom.html"
    words = ("train", "certify", study, "--set", "first", "--coder", "tom", "--to", page)
    assert said(capsys, *words)[0] == 0
    assert "reached the criterion" in page.read_text(encoding="utf-8")
    assert "criterion reached" in said(capsys, "train", "show", study)[1].out
    again = tmp_path / "again.html"
    assert said(capsys, "report", study, "--certificate", "tom", "--to", again)[0] == 0
    assert again.read_bytes() == page.read_bytes()


def test_a_certificate_that_nobody_has_is_refused(study, tmp_path, capsys):
    page = tmp_path / "tom.html"
    status, told = said(capsys, "report", study, "--certificate", "tom", "--to", page)
    assert (status, "tom has no certificate" in told.err) == (2, True)
    words = ("report", study, "--certificate", "tom", "--agreement", "--to", page)
    assert said(capsys, *words)[0] == 2
    assert not page.exists()


def test_a_retake_needs_sessions_never_seen(study, capsys):
    said(capsys, "train", "freeze", study, "--session", SESSION, "--coder", "gold")
    said(capsys, "train", "set", study, "first", "--session", SESSION, "--consecutive", "1")
    words = ("train", "retake", study, "again", "--set", "first", "--count", "1", "--coder")
    assert said(capsys, *words, "tom")[0] == 2
    assert said(capsys, *words, "tina")[0] == 0
    status, told = said(capsys, "train", "freeze", study, "--session", SESSION, "--coder", "nobody")
    assert (status, "gold standard" in told.err) == (2, True)
