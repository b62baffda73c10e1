"""The coding manual and the key card, as pages and as PDF files read back."""

import copy
import re
from html.parser import HTMLParser

import pytest
from PySide6.QtPdf import QPdfDocument

from answering_scheme import ANSWERING, DOCUMENT
from imhcode.domain.scheme import Scheme
from imhcode.reports.coding_manual import coding_manual
from imhcode.reports.errors import NotAPage, PageNotWritten
from imhcode.reports.key_card import key_card
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.shipped import shipped_schemes
from imhcode.schemes.source import read_source
from imhcode.services.scheme_pages import write_manual

SHIPPED = list(shipped_schemes().values())


def shipped(path) -> Scheme:
    """A scheme as it stands in its file, whether or not every rule is kept."""
    return scheme_from_document(read_source(path).plain)


def words(html: str) -> str:
    """What a reader sees of a page."""

    class Reader(HTMLParser):
        said = ""
        quiet = False

        def handle_starttag(self, tag, attrs):
            self.quiet = self.quiet or tag == "style"

        def handle_endtag(self, tag):
            self.quiet = False

        def handle_data(self, data):
            self.said += "" if self.quiet else data

    reader = Reader()
    reader.feed(html)
    return re.sub(r"\s+", " ", reader.said)


@pytest.fixture
def pdf(tmp_path, qapp):
    """Write a PDF and open it again."""
    opened = []

    def make(scheme, **how):
        path = tmp_path / "page.pdf"
        write_manual(scheme, path, **how)
        document = QPdfDocument(None)
        assert document.load(str(path)) == QPdfDocument.Error.None_
        opened.append(document)
        return document

    yield make
    for document in opened:
        document.close()


def text_of(document) -> str:
    pages = [document.getAllText(number).text() for number in range(document.pageCount())]
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_manual_says_everything_that_a_coder_has_to_know(path):
    scheme = shipped(path)
    said = words(coding_manual(scheme))
    for track in scheme.tracks:
        assert track.label in said
        for code in track.codes:
            for text in (code.label, code.definition, code.start, code.stop, *code.exclude):
                assert re.sub(r"\s+", " ", text) in said
    for text in (
        scheme.document["provenance"]["statement"],
        *(one["text"] for one in scheme.document["citations"]),
        *(one.instructions for one in scheme.passes),
        *(value.label for one in scheme.modifiers for value in one.values),
        *(anchor.text for one in scheme.ratings for anchor in one.anchors),
    ):
        assert re.sub(r"\s+", " ", text) in said


@pytest.mark.parametrize("make", [coding_manual, key_card])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_page_needs_nothing_beside_itself(make, path):
    html = make(shipped(path))
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|<script|@import|url\(", html)
    sources = re.findall(r'src="([^"]{0,20})', html)
    assert sources
    assert all(one.startswith("data:image/svg+xml") for one in sources)
    assert len(re.findall(r'<img [^>]*alt="\w+ pattern"', html)) == html.count("<img ")
    assert '<html lang="en">' in html


def test_what_an_author_writes_is_never_taken_for_html():
    plain = copy.deepcopy(DOCUMENT)
    plain["title"] = "<script>alert(1)</script>"
    plain["tracks"][0]["codes"][0]["label"] = "<img src=x onerror=y>"
    plain["tracks"][0]["codes"][0]["definition"] = "a < b & c"
    scheme = scheme_from_document(plain)
    for html in (coding_manual(scheme), key_card(scheme)):
        assert "<script" not in html
        assert "onerror=y>" not in html
        assert "<img src=x onerror=y>" in words(html)
    assert "a < b & c" in words(coding_manual(scheme))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_card_is_one_page_with_every_key(path, paper, pdf):
    scheme = shipped(path)
    card = pdf(scheme, card=True, paper=paper)
    assert card.pageCount() == 1
    size = card.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == {
        "A4": (842, 595),
        "Letter": (792, 612),
    }[paper]
    said = text_of(card)
    for track in scheme.tracks:
        assert track.label in said
        for code in track.codes:
            assert code.label in said


def test_the_manual_as_pdf_has_the_words_of_the_page_and_numbered_pages(pdf):
    scheme = shipped(shipped_schemes()["abr"])
    manual = pdf(scheme)
    said = text_of(manual)
    count = manual.pageCount()
    assert f"{scheme.title} {scheme.version} · {count} / {count}" in said
    for track in scheme.tracks:
        for code in track.codes:
            assert f"({code.id})" in said
            assert re.sub(r"\s+", " ", code.stop) in said


def test_no_heading_ends_a_page_of_the_pdf(pdf):
    """The last line above the footer is never the heading of what follows on the next page."""
    scheme = shipped(shipped_schemes()["abr"])
    manual = pdf(scheme)
    headings = {f"({code.id})" for track in scheme.tracks for code in track.codes}
    headings |= {track.label for track in scheme.tracks}
    for number in range(manual.pageCount()):
        lines = manual.getAllText(number).text().split("\r\n")
        lines = [line.strip() for line in lines if line.strip() and " · " not in line]
        assert not any(lines[-1].endswith(heading) for heading in headings), lines[-1]
        assert len(lines) > 3 or number == manual.pageCount() - 1


def test_other_scripts_are_drawn_and_not_boxes(pdf):
    plain = copy.deepcopy(DOCUMENT)
    plain["tracks"][0]["codes"][0]["label"] = "Füßchen, Ποδαράκι, ручка"
    said = text_of(pdf(scheme_from_document(plain)))
    assert "Füßchen, Ποδαράκι, ручка" in said


def test_the_patterns_are_drawn_in_the_pdf(pdf):
    """Two codes of one colour differ in their swatches."""
    from PySide6.QtCore import QSize

    plain = copy.deepcopy(DOCUMENT)
    plain["tracks"] = plain["tracks"][:1]
    solid, dotted = (copy.deepcopy(plain) for _ in range(2))
    for one, pattern in ((solid, "solid"), (dotted, "dots")):
        one["tracks"][0]["codes"][0] |= {"color": "#009E73", "pattern": pattern}
        one["links"] = []
    seen = []
    for one in (solid, dotted):
        image = pdf(scheme_from_document(one), card=True).render(0, QSize(1684, 1190))
        colours = [image.pixelColor(x, y) for x in range(1684) for y in range(60, 260)]
        seen.append(sum(abs(c.red()) < 8 and abs(c.green() - 0x9E) < 8 for c in colours))
    assert seen[0] > seen[1] > 100


def test_only_pages_and_pdfs_are_written_and_a_full_disk_leaves_the_old_one(tmp_path):
    with pytest.raises(NotAPage):
        write_manual(ANSWERING, tmp_path / "manual.docx")
    with pytest.raises(PageNotWritten, match="Is there room"):
        write_manual(ANSWERING, tmp_path / "nowhere" / "manual.html")
    old = tmp_path / "manual.html"
    old.write_text("old", "utf-8")
    (tmp_path / "manual.html.part").mkdir()
    with pytest.raises(PageNotWritten):
        write_manual(ANSWERING, old)
    assert old.read_text("utf-8") == "old"
