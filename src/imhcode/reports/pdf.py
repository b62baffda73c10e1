"""From a page of HTML to a PDF file: the one place below the window that draws with Qt.

Qt lays the text out by itself, without a browser and without a screen.  Fonts are those of the
machine and are embedded.  Imported only when a PDF is asked for.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, Literal, cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

Paper = Literal["A4", "Letter"]

DOTS_PER_INCH = 300
FINER = 6  #: pictures are drawn so many times finer than a CSS pixel
FOOTER_MM = 8.0
SMALLEST_POINTS, LARGEST_POINTS = 6.0, 11.0
KEPT_WHOLE = 0.35  #: share of a page up to which what belongs to a heading stays together
SVG_IN_PAGE = "data:image/svg+xml;base64,"
PNG_IN_PAGE = "data:image/png;base64,"

_PAPERS = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


def pdf_of(
    html: str, *, title: str, paper: Paper = "A4", landscape: bool = False, mark: str = ""
) -> bytes:
    """A page of HTML as a PDF document with numbered pages.

    Parameters
    ----------
    mark : str
        What stands at the foot of every page, to the left, also where there is only one.
    """
    application = _application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, title, paper, landscape=landscape)
    _draw(_laid_out(html, writer), writer, title, mark)
    buffer.close()
    del application
    return bytes(buffer.data().data())


def pdf_on_one_page(html_at: Callable[[float], str], *, title: str, paper: Paper = "A4") -> bytes:
    """A landscape PDF in the largest letters that leave it on one page.

    Parameters
    ----------
    html_at : callable
        The page with letters of that size in points.
    """
    application = _application()
    points = LARGEST_POINTS
    while points > SMALLEST_POINTS:
        writer = _writer(QBuffer(), title, paper, landscape=True)
        if _laid_out(html_at(points), writer).pageCount() == 1:
            break
        points -= 0.5
    del application
    return pdf_of(html_at(points), title=title, paper=paper, landscape=True)


class _Document(QTextDocument):
    """A document whose pictures are in the page itself and are drawn finely."""

    def loadResource(self, _: int, name: QUrl | str) -> Any:
        address = name.toString() if isinstance(name, QUrl) else name
        if address.startswith(PNG_IN_PAGE):
            png = address.removeprefix(PNG_IN_PAGE)
            return QImage.fromData(QByteArray.fromBase64(png.encode()))
        if not address.startswith(SVG_IN_PAGE):
            return None  # nothing is ever fetched
        encoded = address.removeprefix(SVG_IN_PAGE)
        renderer = QSvgRenderer(QByteArray.fromBase64(encoded.encode()))
        image = QImage(renderer.defaultSize() * FINER, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        return image


def _application() -> QGuiApplication:
    """The application there is, or one that needs no screen."""
    there = QGuiApplication.instance()
    if isinstance(there, QGuiApplication):
        return there
    return QGuiApplication(["imhcode", "-platform", "offscreen"])


def _writer(to: QBuffer, title: str, paper: Paper, *, landscape: bool) -> QPdfWriter:
    writer = QPdfWriter(to)
    writer.setTitle(title)
    writer.setCreator("imhcode")
    writer.setResolution(DOTS_PER_INCH)
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    across_mm, down_mm = (9.0, 8.0) if landscape else (18.0, 15.0)
    margins = QMarginsF(across_mm, down_mm, across_mm, down_mm)
    size = QPageSize(_PAPERS[paper])
    writer.setPageLayout(QPageLayout(size, turned, margins, QPageLayout.Unit.Millimeter))
    return writer


def _laid_out(html: str, writer: QPdfWriter) -> QTextDocument:
    """The page laid out for that paper, without a heading parted from what it heads.

    Qt cannot be told to keep blocks together, and laying out again in place leaves holes, so the
    page is laid out anew with one more break until nothing is torn.
    """
    breaks: set[int] = set()
    while True:
        document = _with_breaks(html, writer, breaks)
        torn = _first_torn(document)
        if torn is None or torn in breaks:
            return document
        breaks = {one for one in breaks if one < torn} | {torn}  # later ones are seen anew


def _with_breaks(html: str, writer: QPdfWriter, breaks: set[int]) -> QTextDocument:
    document = _Document()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(QFont("sans-serif", 10))
    document.setDocumentMargin(0)
    document.setHtml(html)
    _let_sizes_be_as_written(document)
    for number in breaks:
        form = QTextBlockFormat()
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        QTextCursor(document.findBlockByNumber(number)).mergeBlockFormat(form)
    footer = FOOTER_MM / 25.4 * DOTS_PER_INCH
    document.setPageSize(QSizeF(writer.width(), writer.height() - footer))
    return document


def _let_sizes_be_as_written(document: QTextDocument) -> None:
    """Take off the enlargement of headings that Qt adds to the size in the style sheet."""
    enlarged = QTextFormat.Property.FontSizeAdjustment
    block = document.begin()
    while block.isValid():
        if _level(block):
            pieces = cast("Iterable[QTextBlock.iterator]", block)
            for fragment in [one.fragment() for one in pieces]:
                form = fragment.charFormat()
                form.clearProperty(enlarged)
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                move = QTextCursor.MoveMode.KeepAnchor
                cursor.setPosition(fragment.position() + fragment.length(), move)
                cursor.setCharFormat(form)
        block = block.next()


def _first_torn(document: QTextDocument) -> int | None:
    """The first heading that should begin a page: its text is on the next, or would fit there."""
    height = document.pageSize().height()
    layout = document.documentLayout()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    heads = [_level(block) > 0 for block in blocks]
    starts = [n for n, head in enumerate(heads) if head and (n == 0 or not heads[n - 1])]
    for start, after in pairwise([*starts, len(blocks)]):
        inner = after < len(blocks) and _level(blocks[after]) > _level(blocks[start])
        first = next((n for n in range(start, after) if not heads[n]), after - 1)
        first = after if inner else first  # what is said of a track alone is not its text
        top = layout.blockBoundingRect(blocks[start]).top()
        text = _top_of_text(document, blocks[first])
        end = max(layout.blockBoundingRect(one).bottom() for one in blocks[start:after])
        page = int((top + 1) // height)
        room = (page + 1) * height
        parted = text + 1 > room
        fits = end > room and end - top < KEPT_WHOLE * height
        if (parted or fits) and top - page * height > 0.05 * height:
            return start
    return None


def _top_of_text(document: QTextDocument, block: QTextBlock) -> float:
    """Where the first line of a block is; a tall picture leaves its block's top behind."""
    top = document.documentLayout().blockBoundingRect(block).top()
    lines = block.layout()
    return max(top, lines.position().y() + lines.lineAt(0).y()) if lines.lineCount() else top


def _level(block: QTextBlock) -> int:
    return block.blockFormat().headingLevel()


def _draw(document: QTextDocument, writer: QPdfWriter, title: str, mark: str) -> None:
    size = document.pageSize()
    pages = document.pageCount()
    painter = QPainter(writer)
    try:
        for number in range(pages):
            if number:
                writer.newPage()
            painter.save()
            painter.translate(0, -number * size.height())
            clip = QRectF(0, number * size.height(), size.width(), size.height())
            painter.setClipRect(clip)
            context = QAbstractTextDocumentLayout.PaintContext()
            context.clip = clip
            context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
            document.documentLayout().draw(painter, context)
            painter.restore()
            if pages > 1:
                _foot(painter, writer, f"{title} · {number + 1} / {pages}")
            if mark:
                _foot(painter, writer, mark, Qt.AlignmentFlag.AlignLeft)
    finally:
        painter.end()


def _foot(
    painter: QPainter,
    writer: QPdfWriter,
    text: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
) -> None:
    painter.setFont(QFont("sans-serif", 8))
    where = QRectF(0, 0, writer.width(), writer.height())
    painter.drawText(where, int(Qt.AlignmentFlag.AlignBottom | side), text)
