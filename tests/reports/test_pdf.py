import re

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from imhcode.reports.pdf import pdf_of, pdf_on_one_page

pytestmark = pytest.mark.usefixtures("qapp")


def pages_of(content: bytes) -> list[str]:
    """The text of every page without spaces and line ends, which are guesses of the reader."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    texts = [document.getAllText(number).text() for number in range(document.pageCount())]
    document.close()
    return [re.sub(r"\s+", "", text) for text in texts]


def page_with(pages: list[str], word: str) -> int:
    (number,) = [n for n, text in enumerate(pages) if word in text]
    return number


TABLE = "<table>" + "<tr><td>row</td></tr>" * 3 + "<tr><td>LAST</td></tr></table>"


@pytest.mark.parametrize("below", ["<p>LAST</p>", f"<p>said</p>{TABLE}"])
def test_a_heading_stays_with_what_it_heads_wherever_the_page_ends(below):
    """Filled line by line until the heading has crossed the end of the page."""
    crossed = set()
    for lines in range(20, 90):
        html = f"<p>{'line<br>' * lines}end</p><h3>HEAD</h3>{below}<h3>NEXT</h3><p>more</p>"
        pages = pages_of(pdf_of(html, title="t"))
        assert page_with(pages, "HEAD") == page_with(pages, "LAST"), lines
        crossed.add(page_with(pages, "HEAD"))
    assert crossed == {0, 1}


def test_a_heading_goes_with_the_first_one_under_it():
    for lines in range(20, 90):
        html = (
            f"<p>{'line<br>' * lines}end</p>"
            "<h2>TRACK</h2><p>promise</p><h3>CODE</h3><p>definition</p>"
        )
        pages = pages_of(pdf_of(html, title="t"))
        assert page_with(pages, "TRACK") == page_with(pages, "CODE"), lines
        assert len(pages) <= 3


def test_more_than_a_page_under_one_heading_goes_on_on_the_next():
    html = f"<h3>HEAD</h3><p>FIRST{'<br>line' * 150}<br>LAST</p>"
    pages = pages_of(pdf_of(html, title="t"))
    assert page_with(pages, "FIRST") == page_with(pages, "HEAD") == 0
    assert page_with(pages, "LAST") == len(pages) - 1 > 0


def test_nothing_is_lost_or_said_twice_between_pages():
    """Also after tables, where laying out again in place would leave holes."""
    html = "".join(f"<h3>H{n:03}.</h3><p>P{n:03}.</p>{TABLE}" for n in range(60))
    said = " ".join(pages_of(pdf_of(html, title="t")))
    assert re.findall(r"H(\d{3})\.", said) == [f"{n:03}" for n in range(60)]
    assert re.findall(r"P(\d{3})\.", said) == [f"{n:03}" for n in range(60)]
    assert said.count("LAST") == 60


def test_letters_shrink_until_everything_is_on_one_page():
    asked = []

    def html(points: float) -> str:
        asked.append(points)
        return f'<p style="font-size: {points}pt">{"line<br>" * 40}</p>'

    pages = pages_of(pdf_on_one_page(html, title="t"))
    assert len(pages) == 1
    assert asked[0] == 11
    assert 6 < min(asked) < 11
    shorter = pages_of(pdf_on_one_page(lambda points: f"<p>{points:g}</p>", title="t"))
    assert shorter == ["11"]


def test_a_picture_from_elsewhere_is_not_fetched(tmp_path):
    picture = tmp_path / "secret.png"
    picture.write_bytes(b"not read")
    pages = pages_of(pdf_of(f'<p>a<img src="{picture}"><img src="http://h/x.png">b</p>', title="t"))
    assert len(pages) == 1
