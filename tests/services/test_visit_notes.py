"""Notes on a visit: one for the family, one for the file, and never the one for the other."""

import ast
import base64
import dataclasses
import re
import shutil
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtPdf import QPdfDocument

import imhcode
from clips import read_number
from imhcode.domain.consent import NotCovered
from imhcode.media.clips.regions import Box, KeyBox, Region
from imhcode.reports.errors import NotAPage, PageNotWritten
from imhcode.reports.family_note import FamilyNote, SharedMoment
from imhcode.services import note_file
from imhcode.services.clip_masks import text_of_masks
from imhcode.services.clip_register import clips_of
from imhcode.services.consent import Consents, clips_with
from imhcode.services.family import People
from imhcode.services.family_note import family_note, write_family_note
from imhcode.services.note_file import NameOfTheOther
from imhcode.services.studies import StudyService
from imhcode.services.visit_moments import AboutVisit, NothingToTell
from imhcode.services.visit_notes import visit_note, write_visit_note, write_visits_across
from imhcode.store.errors import NoSuchEntry
from watched_family import CODER, DAY, DYAD, PRIVATE, SESSION, make_watched_study, other_family

pytestmark = pytest.mark.usefixtures("qapp")

VISIT = AboutVisit(dyad_id=DYAD, visit=f"3 {PRIVATE}")
TAPE = AboutVisit(dyad_id=DYAD)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    with make_watched_study(folder) as made:
        other_family(made)
    return folder


@pytest.fixture
def study(made_once, tmp_path):
    shutil.copytree(made_once, tmp_path / "study")
    with StudyService.open(tmp_path / "study" / f"{PRIVATE}.imh") as opened:
        yield opened


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def for_family(study, to, about=VISIT, **more):
    return write_family_note(study, about, to, coder_id=CODER, on=DAY, **more)


def for_file(study, to, about=VISIT, **more):
    return write_visit_note(study, about, to, coder_id=CODER, on=DAY, **more)


def pictures_of(html):
    found = re.findall(r'src="data:image/png;base64,([^"]+)"', html)
    decoded = [np.frombuffer(base64.b64decode(one), np.uint8) for one in found]
    return [cv2.cvtColor(cv2.imdecode(one, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB) for one in decoded]


def text_of_pdf(path):
    document = QPdfDocument(None)
    document.load(str(path))
    pages = [document.getAllText(number).text() for number in range(document.pageCount())]
    size = document.pagePointSize(0)
    document.close()
    return pages, (size.width(), size.height())


def mother(study):
    return People(study.file, DYAD, CODER).called(f"mother {PRIVATE}").id


def test_the_family_gets_what_was_shown_in_its_order_with_their_words_and_open_goals(study):
    note, _ = family_note(study, VISIT, DAY)
    assert [(one.title, one.childs_words) for one in note.moments] == [
        ("What might your child be saying?", "Again, please!"),
        ("Nose to nose", ""),
    ]
    assert note.your_words == ("She looks at me first.",)
    assert note.goals == ("More calm before bed",)
    assert note.date == "2026-11-20"
    tape, _ = family_note(study, TAPE, DAY)
    assert [one.title for one in tape.moments] == [
        "Nose to nose",
        "What might your child be saying?",
        "I wonder...",
    ]
    assert tape.your_words == ()


def test_each_still_is_the_frame_that_was_paused_on_or_the_one_in_the_middle(study, out):
    path = for_family(study, out / "note.html").path
    pictures = pictures_of(path.read_text("utf-8"))
    # m2 lies at 6 to 8 s, the film begins at 1 s: frames 125 to 174; m1 was paused on frame 40
    assert [read_number(one) for one in pictures] == [149, 40]


def test_a_private_word_in_every_private_field_is_nowhere_in_what_the_family_gets(study, out):
    study.choose(f"masks/{SESSION}", "")
    for about in (VISIT, TAPE):
        for language in ("", "de"):
            asked = dataclasses.replace(about, language=language)
            page = for_family(study, out / "note.html", asked).path
            html = page.read_text("utf-8")
            assert PRIVATE not in html
            assert PRIVATE not in page.name
            assert "Connection" not in html  # what the clinician calls it
            assert "kept_back" not in html
            for id_ in (one.id for entry in study.sessions() for one in entry.observations):
                assert id_ not in html
            printed = for_family(study, out / "note.pdf", asked).path
            content = printed.read_bytes()
            assert PRIVATE.encode() not in content
            assert PRIVATE.encode("utf-16-be") not in content
            pages, _ = text_of_pdf(printed)
            assert PRIVATE not in re.sub(r"\s", "", "".join(pages))
    told = subprocess.run(["pdfinfo", printed], capture_output=True, text=True, check=True).stdout
    assert PRIVATE not in told


def test_the_words_are_found_where_they_may_be(study, out):
    """Else the test above would be of a study without any private word."""
    html = for_file(study, out / "note.html").path.read_text("utf-8")
    for said in ("private note 1", "private note 4", "comment", "concern", "I am so bad at this"):
        assert f"{said} {PRIVATE}" in html
    assert "Bring" not in html
    assert html.count("Confidential: for the file") >= 2


def test_the_familys_value_has_no_field_that_could_hold_anything_else():
    assert [one.name for one in dataclasses.fields(FamilyNote)] == [
        *("language", "date", "moments", "your_words", "goals"),
    ]
    assert [one.name for one in dataclasses.fields(SharedMoment)] == [
        *("title", "childs_words", "question", "picture"),
    ]
    with pytest.raises(TypeError):
        SharedMoment(title="x", private_note=PRIVATE)
    package = Path(imhcode.__file__).parent
    for module in ("services/family_note.py", "reports/family_note.py"):
        tree = ast.parse((package / module).read_text("utf-8"))
        names = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
        assert not names & {
            "imhcode.reports.visit_note",
            "imhcode.services.visit_notes",
            "imhcode.services.private_notes",
            "imhcode.store.kept",
        }


def test_the_two_versions_differ_in_name_paper_foot_and_head(study, out):
    family = for_family(study, out / "note.pdf").path
    file = for_file(study, out / "note.pdf").path
    assert family.name == "note-for-the-family.pdf"
    assert file.name == "note-confidential-for-the-file.pdf"
    family_pages, (width, height) = text_of_pdf(family)
    file_pages, (file_width, file_height) = text_of_pdf(file)
    assert width > height
    assert file_width < file_height
    assert all("For the family" in one for one in family_pages)
    assert all("Confidential" not in one for one in family_pages)
    assert all("Confidential: for the file" in one for one in file_pages)
    with pytest.raises(NameOfTheOther):
        for_family(study, out / "note-confidential-for-the-file.pdf")
    with pytest.raises(NameOfTheOther):
        for_file(study, out / "note-for-the-family.html")
    letter, size = text_of_pdf(for_family(study, out / "l.pdf", paper="Letter").path)
    assert letter
    assert size == (792, 612)


def test_what_consent_does_not_cover_is_not_written(study, out):
    Consents(study.file, DYAD, CODER).withdraw(mother(study), "family_copy", "2026-11-01")
    with pytest.raises(NotCovered, match="family's own copy"):
        for_family(study, out / "note.html")
    assert list(out.iterdir()) == []
    assert clips_of(study.file) == []
    assert len(pictures_of(for_file(study, out / "n.html").path.read_text("utf-8"))) == 2
    Consents(study.file, DYAD, CODER).withdraw(mother(study), "treatment", "2026-11-01")
    html = for_file(study, out / "n.html").path.read_text("utf-8")
    assert pictures_of(html) == []
    assert "Without a still: Consent does not cover treatment" in html


def test_what_was_kept_back_is_not_for_the_family_even_if_the_log_has_it(study):
    coding = study.coding(SESSION, CODER, scheme=study.scheme("strengths_review"))
    coding.modify(f"m1-{PRIVATE}", "status", ("kept_back",))
    note, stills = family_note(study, VISIT, DAY)
    assert [one.title for one in note.moments] == ["What might your child be saying?"]
    assert list(stills.of) == [f"m2-{PRIVATE}"]
    filed, _ = visit_note(study, VISIT, DAY)
    assert [one.title for one in filed.moments][1] == "Nose to nose"


def test_without_pictures_consent_is_asked_for_all_the_same(study, out):
    film = study.path_of(study.session(SESSION).recordings[0])
    film.unlink()
    Consents(study.file, DYAD, CODER).withdraw(mother(study), "family_copy", "2026-11-01")
    with pytest.raises(NotCovered):
        for_family(study, out / "note.html")


def test_who_is_masked_is_hidden_in_every_still(study, out):
    recording = study.session(SESSION).recordings[0].id
    width, height = pictures_of(for_family(study, out / "n.html").path.read_text("utf-8"))[0].shape[
        1::-1
    ]
    whole = KeyBox(0, Box(0, 0, width, height / 2))
    masks = {recording: (Region(key_boxes=(whole,), person=mother(study)),)}
    study.choose(f"masks/{SESSION}", text_of_masks(masks))
    Consents(study.file, DYAD, CODER).withdraw(mother(study), "family_copy", "2026-11-01")
    html = for_family(study, out / "n.html").path.read_text("utf-8")
    for picture in pictures_of(html):
        assert picture[: height // 2].max() == 0
    (record,) = [one for one in clips_of(study.file) if one.masked]
    assert record.masked == (mother(study),)


def test_a_withdrawal_finds_the_notes_with_somebodys_picture(study, out):
    done = for_family(study, out / "note.html")
    (found,) = clips_with(study.file, mother(study))
    assert found.how == "shown"
    assert found.clip.file_name == done.path.name
    assert found.clip.use == "family_copy"
    assert found.clip.muted == "all"
    assert found.clip.stretches_us == ((6_960_000, 7_000_000), (2_600_000, 2_640_000))


def test_a_disk_that_refuses_leaves_neither_file_nor_record(study, out, monkeypatch):
    def full(path, *_):
        raise PageNotWritten(path=path, why="No space left on device")

    monkeypatch.setattr(note_file, "write_page", full)
    with pytest.raises(PageNotWritten):
        for_family(study, out / "note.html")
    assert list(out.iterdir()) == []
    assert clips_of(study.file) == []
    monkeypatch.undo()
    with pytest.raises(NotAPage):
        for_family(study, out / "note.docx")
    assert clips_of(study.file) == []


def test_a_recording_that_is_gone_leaves_the_words(study, out):
    film = study.path_of(study.session(SESSION).recordings[0])
    film.rename(film.with_name("elsewhere.mp4"))
    done = for_family(study, out / "note.html")
    assert "is missing" in done.warnings[0]
    html = done.path.read_text("utf-8")
    assert pictures_of(html) == []
    assert "Again, please!" in html
    assert PRIVATE not in html


def test_german_words_where_german_is_asked_for(study, out):
    asked = dataclasses.replace(VISIT, language="de")
    html = for_family(study, out / "n.html", asked).path.read_text("utf-8")
    assert 'lang="de"' in html
    assert "Was mag Ihr Kind wohl sagen?" in html
    assert "Für die Familie" in html
    assert "20. November 2026" in html
    html = for_file(study, out / "n.html", asked).path.read_text("utf-8")
    assert "Vertraulich: für die Akte" in html
    assert "Streng mit sich" in html


def test_pages_are_whole_in_themselves_and_every_picture_has_words(study, out):
    for write in (for_family, for_file):
        html = write(study, out / "n.html").path.read_text("utf-8")
        assert "http" not in html
        assert "<script" not in html
        assert all(re.search(r'alt="[^"]{8,}"', one) for one in re.findall(r"<img[^>]+>", html))


def test_the_file_has_the_log_with_times_and_what_was_on_the_screen(study):
    note, _ = visit_note(study, VISIT, DAY)
    paused = next(one for one in note.log if one.what == "Paused to talk")
    assert (paused.clock, paused.on_screen) == ("02:00", f"{SESSION} 00:02.600")
    assert note.moments[1].private_note == f"private note 1 {PRIVATE}"
    assert ("goal", "More calm before bed") in note.moments[1].facts
    assert [one.title for one in note.others] == [
        "I wonder...",
        "You helped when it was hard",
        PRIVATE,
    ]


def test_visits_across_time_count_and_never_grade(study, out):
    done = write_visits_across(study, DYAD, out / "all.html", coder_id=CODER, on=DAY)
    assert done.path.name == "all-confidential-for-the-file.html"
    html = done.path.read_text("utf-8")
    for said in ("Connection: 1", "Parent says: 2", "She looks at me first.", "a song"):
        assert said in html
    assert "Hard on self" in html


def test_what_is_not_there_is_said(study):
    with pytest.raises(NoSuchEntry):
        family_note(study, AboutVisit(dyad_id=DYAD, visit="9"), DAY)
    other = f"other {PRIVATE}"
    with pytest.raises(NoSuchEntry):  # of another family
        family_note(study, AboutVisit(dyad_id=DYAD, session_ids=(other,)), DAY)
    with pytest.raises(NothingToTell):
        family_note(study, AboutVisit(dyad_id=f"other dyad {PRIVATE}"), DAY)
