"""The page of one session: its numbers, its sentences, and nothing from outside it."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from coded_sessions import scheme, worked_events
from imhcode.cli.main import main
from imhcode.reports.errors import NotAPage
from imhcode.services.measures import Measuring
from imhcode.services.session_report import in_lines, session_page, write_session_report
from imhcode.services.studies import StudyService
from random_coders import random_events


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    path = tmp_path_factory.mktemp("study") / "study.imh"
    with StudyService.create(path, [scheme("abr")]) as service:
        service.ensure_session("S01", "D<01>")
        service.coding("S01", "anna", scheme=scheme("abr"), role="primary").add(
            list(worked_events())
        )
        service.ensure_session("S02", "D02")
        for coder in ("anna", "ben"):
            events = random_events(scheme("abr"), np.random.default_rng(1), 60)
            service.coding("S02", coder, scheme=scheme("abr"), role="primary").add(events)
        yield service


@pytest.fixture(scope="module")
def page(study):
    return session_page(Measuring(study, session="S01"))


def cells(page, label):
    row, *_ = re.findall(rf'<tr><th scope="row">{label}</th>(.*?)</tr>', page)
    return re.findall(r"<td>(.*?)</td>", row)


def test_the_numbers_of_the_worked_example_stand_on_the_page(page):
    assert cells(page, "Attunement index") == ["0.429 (n=3)"]
    assert cells(page, "Codable time")[0] == "56 s"
    assert cells(page, "Bids answered") == ["0.8 (n=10)"]
    assert "<td>median</td><td>0.9 (n=8)</td>" in page
    assert "<td>median (Kaplan-Meier)</td><td>11 (n=2, 1 censored)</td>" in page
    assert cells(page, "Repairs led by infant") == ["initiator not coded"]
    assert "<td>Yule&#39;s Q</td><td>0.167 (n=56)</td>" in page


def test_every_measure_has_its_sentence_and_its_sources_are_listed(page):
    for declared in scheme("abr").document["derived"]:
        assert f">{declared['label']}" in page, declared["id"]
    assert "Attunement index (proportion): time of attuned (dyad_state) / codable time" in page
    references = page[page.index("<h2>References</h2>") :]
    assert "1. Bakeman, R., &amp; Quera, V. (2011). Sequential analysis" in references
    assert references.count("Quera, V. (2011)") == 1
    assert "[2, 4]" in page


def test_the_methods_say_what_was_codable_and_with_which_parameters(page):
    assert "Of 60 s, 56 s were codable (4 s uncodable)." in page
    assert "response window s 5, repaired hold s 2" in page
    assert "It holds no norms" in page


def test_every_picture_has_words_and_lies_in_the_page_itself(page):
    pictures = re.findall(r'<img src="([^"]*)" width="(\d+)" height="(\d+)" alt="([^"]+)">', page)
    assert len(pictures) == page.count("<img") == 8
    assert all(address.startswith("data:image/svg+xml;base64,") for address, *_ in pictures)
    assert all(len(words) > 40 for *_, words in pictures)
    assert not re.search(r"(src|href)=\"(?!data:)", page)
    assert "<script" not in page
    assert "D&lt;01&gt;" in page


def test_a_picture_keeps_its_proportions(study):
    for sitting in Measuring(study, session="S01").sittings():
        from imhcode.analysis.figures import FigureMaker, topics_of

        for topic in topics_of(sitting.coded)[:3]:
            maker = FigureMaker(topic, sitting.coded)
            maker.see(sitting.for_figures)
            shown = in_lines(maker.figure())
            assert 0.1 < shown.height / shown.width < 1.5


def test_two_records_of_a_session_are_two_parts(study):
    page = session_page(Measuring(study, session="S02"))
    assert page.count("<h2>Methods</h2>") == 2
    assert "anna, primary record" in page
    assert "ben, primary record" in page


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("paper", "width"), [("A4", 595), ("Letter", 612)])
def test_the_page_prints_on_both_papers(study, tmp_path, paper, width):
    write_session_report(Measuring(study, session="S01"), tmp_path / "s.pdf", paper=paper)
    buffer = QBuffer()
    buffer.setData(QByteArray((tmp_path / "s.pdf").read_bytes()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    assert document.pagePointSize(0).width() == pytest.approx(width, abs=1)
    text = "".join(document.getAllText(k).text() for k in range(document.pageCount()))
    document.close()
    assert "0.429" in text
    assert b"/Subtype /Image" in (tmp_path / "s.pdf").read_bytes()


def test_another_ending_is_no_page(study, tmp_path):
    with pytest.raises(NotAPage):
        write_session_report(Measuring(study, session="S01"), tmp_path / "s.docx")
    assert not list(tmp_path.iterdir())


def test_the_command_line_writes_it_and_asks_which_session(study, tmp_path, capsys):
    path = tmp_path / "copy.imh"
    path.write_bytes(study.path.read_bytes())
    assert main(["report", str(path), "--session", "S01", "--to", str(tmp_path / "s.html")]) == 0
    assert "<h1>Session S01</h1>" in (tmp_path / "s.html").read_text("utf-8")
    assert main(["report", str(path), "--to", str(tmp_path / "no.html")]) == 2
    two = ["--session", "S01", "--session", "S02"]
    assert main(["report", str(path), *two, "--to", str(tmp_path / "no.html")]) == 2
    assert main(["report", str(path), "--session", "S9", "--to", str(tmp_path / "no.html")]) == 2
    capsys.readouterr()
    assert not (tmp_path / "no.html").exists()
