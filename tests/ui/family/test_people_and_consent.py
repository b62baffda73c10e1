"""Who can be seen and what they agreed to, written down by keyboard."""

import pytest
from PySide6.QtCore import Qt

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import USES
from imhcode.services.clip_register import ClipRegister
from imhcode.services.consent import Consents
from imhcode.services.family import People
from imhcode.ui.family.consent_matrix import FIRST_USE, PRESENT, RELATION, WHO
from imhcode.ui.family.words import state_words, today

from .families import CTRL, SHIFT, rows_of

pytestmark = pytest.mark.gui
RESEARCH = FIRST_USE + USES.index("research")
TREATMENT = FIRST_USE + USES.index("treatment")
TEACHING = FIRST_USE + USES.index("teaching")


def statements(clinician):
    return Consents(clinician.study.file, "D014", "kim").values


def add(clinician, label, relation):
    clinician.press(Qt.Key.Key_N, CTRL)
    clinician.answer(label=label, relation=relation)


def not_agreed(clinician) -> set[str]:
    """Events of the open session that show somebody who has not agreed."""
    found = clinician.window.space.findings.panel.model.in_order()
    return {one for each in found if each.rule == "consent" for one in each.event_ids}


def test_a_family_is_written_down_by_words_and_is_in_the_session_at_once(clinician, new_family):
    clinician.open(new_family)
    assert "a word, never a name" in clinician.page.consent.words.text()
    add(clinician, "baby", "child")
    assert not clinician.card.is_open
    add(clinician, "grandmother", "other adult")
    assert {label: one[:4] for label, one in clinician.cells().items()} == {
        "baby": ["baby", "child", "yes", "not asked"],
        "grandmother": ["grandmother", "other adult", "yes", "not asked"],
    }
    assert clinician.page.focusWidget() is clinician.matrix
    assert [one.label for one in People(clinician.study.file, "D014", "kim").values] == [
        "baby", "grandmother",
    ]  # fmt: skip


def test_what_is_refused_is_said_on_the_card_which_stays(clinician, family):
    clinician.open(family)
    clinician.press(Qt.Key.Key_N, CTRL)
    clinician.answer(label="Mother")
    assert clinician.card.is_open
    assert "already" in clinician.card.trouble.text()
    clinician.press(Qt.Key.Key_Escape)
    assert not clinician.card.is_open
    assert clinician.page.isVisible()
    assert len(clinician.cells()) == 3


def test_the_matrix_says_what_the_services_say(clinician, family):
    clinician.open(family)
    matrix = Consents(clinician.study.file, "D014", "kim").matrix(today())
    for person in matrix.people:
        shown = clinician.cells()[person.label][FIRST_USE:]
        states = [state_words(matrix.state(person.id, use)) for use in USES]
        assert [one.partition("\n")[0] for one in shown] == states
    mother = clinician.cells()["mother"]
    assert mother[RESEARCH] == "agreed\nuntil 2036-12-31"
    assert mother[FIRST_USE + USES.index("public_excerpt")] == "said no\nsince 2026-01-05"


def test_return_on_a_cell_writes_a_statement_down(clinician, family):
    clinician.open(family)
    clinician.stand_on("baby", RESEARCH)
    clinician.press(Qt.Key.Key_Return)
    assert clinician.card.title == "What does baby say to: research?"
    clinician.answer(answer="agrees", on="2026-02-01", until="2026-02-28", note="form 7")
    said = statements(clinician)[-1]
    assert (said.use, said.answer, said.on, said.until, said.note) == (
        "research", "granted", "2026-02-01", "2026-02-28", "form 7",
    )  # fmt: skip
    assert clinician.cells()["baby"][RESEARCH] == "is over\nuntil 2026-02-28"
    assert clinician.matrix.currentIndex().column() == RESEARCH  # one goes on where one was


def test_a_day_that_is_none_is_refused_and_nothing_is_written(clinician, family):
    clinician.open(family)
    before = statements(clinician)
    clinician.stand_on("baby", RESEARCH)
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(answer="says no", on="soon")
    assert "“soon” is not a date" in clinician.card.trouble.text()
    assert statements(clinician) == before


def test_a_withdrawal_lists_every_clip_and_each_can_be_said_to_be_gone(clinician, family):
    clinician.open(family)
    clinician.stand_on("grandmother", TREATMENT)
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(answer="takes it back", reach="every use they agreed to")
    grandmother = clinician.cells()["grandmother"]
    assert grandmother[TREATMENT] == grandmother[TEACHING] == f"taken back\nsince {today()}"
    assert "3 clips have to do with them" in clinician.page.strip.words
    clips = clinician.page.consent.clips.list
    assert clinician.page.focusWidget() is clips
    assert [one[:3] for one in rows_of(clips)] == [
        ("at the window.mp4", "covered, perhaps heard", "S1 00:12.0–00:18.0"),
        ("first smile.mp4", "shown", "S1 00:12.0–00:18.0"),
        ("singing.mp4", "perhaps", "S1 00:12.0–00:18.0"),
    ]
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(on="2026-06-01")
    assert rows_of(clips)[0][-1] == "2026-06-01"
    assert clinician.page.consent.clips.n_left == 2


def test_space_says_who_is_in_the_session_and_undo_takes_back_one_thing_after_the_other(
    clinician, family
):
    clinician.open(family)
    clinician.stand_on("grandmother", RELATION)
    clinician.press(Qt.Key.Key_Space)
    assert clinician.cells()["grandmother"][PRESENT] == "–"
    clinician.stand_on("grandmother", WHO)
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(label="nana")
    assert "nana" in clinician.cells()
    clinician.press(Qt.Key.Key_Z, CTRL)
    assert clinician.cells()["grandmother"][PRESENT] == "–"
    clinician.press(Qt.Key.Key_Z, CTRL)
    assert clinician.cells()["grandmother"][PRESENT] == "yes"
    clinician.press(Qt.Key.Key_Y, CTRL)
    clinician.press(Qt.Key.Key_Y, CTRL)
    assert clinician.cells()["nana"][PRESENT] == "–"
    clinician.press(Qt.Key.Key_Y, CTRL)
    assert clinician.page.strip.words == "There is nothing to redo."


def test_somebody_who_is_needed_cannot_be_taken_away(clinician, family):
    clinician.open(family)
    clinician.stand_on("mother", WHO)
    clinician.press(Qt.Key.Key_Delete)
    assert "mother cannot be taken away" in clinician.page.strip.words
    assert "mother" in clinician.cells()


def test_the_last_day_of_a_session_is_written_down_and_what_is_due_is_said(clinician, family):
    clinician.open(family)
    kept = clinician.page.consent.kept
    kept.list.setFocus()
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(until="2026-02-01", note="asked for by mother")
    assert rows_of(kept.list)[0] == ("session S1", "2026-02-01")
    assert kept.due.text() == "Session S1 is kept until 2026-02-01."
    clinician.press(Qt.Key.Key_Z, CTRL)
    assert rows_of(kept.list)[0] == ("session S1", "–")


def test_the_findings_of_the_open_session_follow_consent(clinician, family):
    clinician.open(family)
    coding_family = clinician.window.space.model.setting.family
    assert coding_family is not None
    clinician.stand_on("grandmother", TREATMENT)
    clinician.press(Qt.Key.Key_Return)
    clinician.answer(answer="takes it back")
    after = clinician.window.space.model.setting.family
    assert len(after.consents) == len(coding_family.consents) + 1
    clinician.qtbot.waitUntil(lambda: not_agreed(clinician) == {"S1-0"}, timeout=10_000)
    clinician.press(Qt.Key.Key_Z, CTRL)
    # the focus is in the list of clips now: undo is the window's, wherever one stands
    assert clinician.window.space.model.setting.family.consents == coding_family.consents
    clinician.qtbot.waitUntil(lambda: not not_agreed(clinician), timeout=10_000)


def test_a_clip_that_was_made_meanwhile_is_there_when_one_comes_back(clinician, family):
    clinician.open(family)
    clinician.stand_on("mother", WHO)
    clips = clinician.page.consent.clips
    names = [one.clip.file_name for one in clips.found]
    clinician.window.activateWindow()
    clinician.qtbot.waitUntil(clinician.window.isActiveWindow)
    mother = clinician.matrix.person_id
    made = ClipRecord(
        id="", file_name="new.mp4", sha256="2" * 64, session_id="S1", people=(mother,)
    )
    ClipRegister(clinician.study.file, "S1", "kim").register(made)
    clinician.page.activateWindow()
    clinician.qtbot.waitUntil(clinician.page.isActiveWindow)
    assert sorted(one.clip.file_name for one in clips.found) == sorted([*names, "new.mp4"])
    assert clinician.matrix.person.label == "mother"


def test_a_session_without_a_family_is_asked_for_its_pseudonym(clinician, tmp_path, film):
    clinician.window.open([film.path])
    clinician.qtbot.waitUntil(lambda: clinician.window.study is not None, timeout=10_000)
    clinician.qtbot.waitUntil(
        lambda: clinician.window.space.picture.painted is not None, timeout=10_000
    )
    clinician.window.run("show_family")
    clinician.qtbot.waitUntil(clinician.page.isActiveWindow)
    assert "belongs to no family yet" in clinician.card.title
    clinician.answer(dyad="D099")
    assert clinician.page.windowTitle() == "D099 · family – imhcode"
    add(clinician, "baby", "child")
    assert list(clinician.cells()) == ["baby"]


def test_the_palette_finds_what_can_be_done_on_the_page(clinician, family):
    clinician.open(family)
    clinician.press(Qt.Key.Key_P, CTRL | SHIFT)
    clinician.qtbot.keyClicks(clinician.page.finder.field, "another word")
    clinician.qtbot.keyClick(clinician.page.finder.field, Qt.Key.Key_Return)
    assert clinician.card.title == "Another word for baby"
