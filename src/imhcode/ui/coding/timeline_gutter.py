"""The column of track names at the left of the timeline."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from imhcode.domain.scheme import Scheme
from imhcode.ui.coding.timeline_rows import Row
from imhcode.ui.theme import UNIT_PX, Theme, scaled, small

_MOST_SHARE = 0.28  #: of the whole width that names may take
_LEAST_PX = 136  #: at the usual text size: room for the hint in the corner above
_MARK_PX = 3  #: width of the bar beside the tracks of the pass


def gutter_width(rows: Sequence[Row], scheme: Scheme | None, font: QFont, width_px: int) -> int:
    """As wide as the longest name needs, but never more than a good quarter."""
    if scheme is None:
        return 0
    body, tiny = QFontMetricsF(font), QFontMetricsF(small(font))
    names = [body.horizontalAdvance(row.track.label) for row in rows]
    subjects = [tiny.horizontalAdvance(scheme.subject_label(row.track.subject)) for row in rows]
    wanted = max([*names, *subjects], default=0) + 4 * UNIT_PX
    return int(min(max(wanted, scaled(_LEAST_PX)), width_px * _MOST_SHARE))


def paint_name(
    painter: QPainter,
    area: QRectF,
    row: Row,
    scheme: Scheme,
    font: QFont,
    theme: Theme,
    *,
    marked: bool,
    recedes: bool,
) -> None:
    """Write one track's label and, dim, its subject; a bar marks the tracks of the pass."""
    subject = scheme.subject_label(row.track.subject)
    paint_words(painter, area, row.track.label, subject, font, theme, recedes=recedes)
    if marked:
        mark = QRectF(area.left(), area.top() + 2, _MARK_PX, area.height() - 4)
        painter.fillRect(mark, QColor(theme.accent))


def paint_words(
    painter: QPainter,
    area: QRectF,
    name: str,
    below: str,
    font: QFont,
    theme: Theme,
    *,
    recedes: bool = False,
) -> None:
    """Write the name of a lane and, small and dim, a word below it."""
    painter.fillRect(area, QColor(theme.panel))
    words = area.adjusted(UNIT_PX + _MARK_PX, 0, -UNIT_PX, 0)
    tiny = small(font)
    body_high, tiny_high = QFontMetricsF(font).height(), QFontMetricsF(tiny).height()
    top = words.top() + max((words.height() - body_high - tiny_high) / 2, 0)
    label = QRectF(words.left(), top, words.width(), body_high)
    second = QRectF(words.left(), top + body_high - 1, words.width(), tiny_high)
    lines = (
        (label, font, name, theme.text_dim if recedes else theme.text),
        (second, tiny, below, theme.text_dim),
    )
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for where, written, text, colour in lines:
        painter.setFont(written)
        painter.setPen(QColor(colour))
        cut = QFontMetricsF(written).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, align, cut)
