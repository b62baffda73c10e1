"""Two blind observations become a frozen gold standard, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from imhcode.services import gold
from imhcode.services.agreement import agreement
from imhcode.services.agreement_pairs import Choice

from .lab_studies import coded_blind, with_people

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def path(demo, request):
    return coded_blind(demo, f"{request.node.name}.imh")


@pytest.fixture
def maker(trainer, path):
    trainer.open(path)
    trainer.compare()
    trainer.press(Qt.Key.Key_D, CTRL_SHIFT)
    trainer.wait_for_list()
    return trainer


def page(maker):
    return maker.page.disagreements


def made(maker):
    (entry,) = [one for one in maker.study.file.observations() if one.role == "gold"]
    return entry


def decide(maker, key, reason):
    maker.press(key)
    assert page(maker).card.is_open
    maker.press(Qt.Key.Key_A, CTRL)  # the reason that is offered again gives way
    maker.type(reason)
    maker.press(Qt.Key.Key_Return)


def test_every_decision_asks_for_its_reason_and_keeps_it(maker):
    one = page(maker).current
    decide(maker, Qt.Key.Key_1, "She looks away first.")
    decided = page(maker)._deciding.decided(one)
    assert (decided.decision.choice, decided.decision.note) == ("mine", "She looks away first.")
    assert page(maker).current is not one  # on to the next
    assert made(maker).status == "draft"
    assert "Gold standard · 39 disagreements" in page(maker).heading.text()


def test_without_a_reason_nothing_is_decided(maker):
    maker.press(Qt.Key.Key_1)
    maker.press(Qt.Key.Key_Return)
    assert "Write a reason" in maker.page.strip.words
    assert page(maker).bar.progress.text() == "0 of 39 decided"
    assert not [one for one in maker.study.file.observations() if one.role == "gold"]


def test_what_else_is_accepted_is_kept_and_shown(maker):
    row = next(
        row for row, one in enumerate(maker.found) if one.difference.track_id == "infant_bid"
    )
    page(maker).list.go_to(row)
    decide(maker, Qt.Key.Key_1, "A voice, if faint.")
    page(maker).list.go_to(row)
    event = page(maker)._deciding.event_of(page(maker).current)
    maker.press(Qt.Key.Key_A)
    answers = dict(page(maker).card.answers())
    assert answers["0"] == "may be left out"
    maker.press(Qt.Key.Key_0)
    assert dict(page(maker).card.answers())["0"] == "✓ may be left out"
    maker.press(Qt.Key.Key_Escape)
    assert page(maker).bar.accepted.text() == "Also right: may be left out"
    assert page(maker).bar.accepted.isVisible()
    kept = gold.accepted_by(gold.coding_of(maker.study, made(maker)))
    assert kept[event.id].accepted == (gold.NOTHING_NEEDED,)
    maker.press(Qt.Key.Key_A)
    maker.press(Qt.Key.Key_0)  # taken back
    assert gold.accepted_by(gold.coding_of(maker.study, made(maker))) == {}


def test_decided_throughout_it_is_frozen_and_then_stays(maker):
    decide(maker, Qt.Key.Key_2, "ben saw it from nearer.")
    maker.press(Qt.Key.Key_Return, CTRL)
    assert "38 disagreements are not decided yet" in maker.page.strip.words
    assert made(maker).status == "draft"
    for _ in range(38):
        maker.press(Qt.Key.Key_1)
        maker.press(Qt.Key.Key_Return)  # the reason that is offered again
    assert page(maker).bar.progress.text() == "39 of 39 decided"
    maker.press(Qt.Key.Key_Return, CTRL)
    assert "is frozen" in maker.page.strip.words
    assert made(maker).status == "locked"
    assert gold.gold_for(maker.study, "S01", maker.study.scheme()) == made(maker)
    decide(maker, Qt.Key.Key_1, "too late")
    assert page(maker).bar.progress.text() == "39 of 39 decided"
    assert "cannot be changed" in maker.page.strip.words


def test_coders_make_no_gold_standards(trainer, path):
    with_people(path, cara="coder", anna="coder", ben="coder", tom="trainer")
    trainer.window.settings = trainer.window.settings.__class__(coder="anna")
    trainer.open(path)
    trainer.compare()
    trainer.press(Qt.Key.Key_D, CTRL_SHIFT)
    assert "made by trainers" in trainer.page.strip.words
    assert trainer.page.pages.currentWidget() is trainer.page.overview


def test_a_gold_standard_is_not_made_of_a_gold_standard(trainer, study_path):
    from .conftest import hand_everything_in

    hand_everything_in(study_path)
    trainer.open(study_path)
    trainer.compare()
    trainer.press(Qt.Key.Key_D, CTRL_SHIFT)
    assert "each for themselves" in trainer.page.strip.words
    assert trainer.page.pages.currentWidget() is trainer.page.overview


def test_what_was_reconciled_is_not_compared_with_what_it_was_made_of(maker):
    decide(maker, Qt.Key.Key_1, "She looks away first.")
    (comparison,) = agreement(maker.study).comparisons
    assert [(one.a.coder_id, one.b.coder_id) for one in comparison.pairs] == [("anna", "ben")]
    (asked,) = agreement(maker.study, Choice(roles=("gold", "primary"))).comparisons
    assert [(one.a.coder_id, one.b.coder_id) for one in asked.pairs] == [("cara", "anna")]
