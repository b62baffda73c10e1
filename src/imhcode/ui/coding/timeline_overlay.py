"""What moves above the lanes: running states, the selected event, the playhead, focus."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen, QPolygonF

from imhcode.domain.scheme import Code
from imhcode.ui.coding.code_brushes import brush_for, code_look
from imhcode.ui.coding.timeline_hit import FADE_PX
from imhcode.ui.theme import Theme, small

HEAD_PX = 5  #: half the width of the playhead's head


def paint_running(
    painter: QPainter, body: QRectF, code: Code, font: QFont, theme: Theme, *, opacity: float
) -> None:
    """A state that is still on: its block up to the playhead, then fading, with no right edge."""
    look = code_look(code, theme)
    ink = QColor(look.ink)
    painter.save()
    painter.setOpacity(opacity)
    painter.fillRect(body, brush_for(code, theme))
    fade = QRectF(body.right(), body.top(), FADE_PX, body.height())
    for colour, strip in (
        (QColor(look.stroke if look.pattern != "solid" else look.fill), fade),
        (ink, QRectF(fade.left(), fade.top(), FADE_PX, 1)),
        (ink, QRectF(fade.left(), fade.bottom() - 1, FADE_PX, 1)),
    ):
        gradient = QLinearGradient(fade.topLeft(), fade.topRight())
        clear = QColor(colour)
        clear.setAlpha(0)
        gradient.setColorAt(0, colour)
        gradient.setColorAt(1, clear)
        painter.fillRect(strip, gradient)
    painter.fillRect(QRectF(body.left(), body.top(), body.width(), 1), ink)
    painter.fillRect(QRectF(body.left(), body.bottom() - 1, body.width(), 1), ink)
    painter.fillRect(QRectF(body.left(), body.top(), 2, body.height()), ink)
    _name(painter, body, code, font, theme)
    painter.restore()


def _name(painter: QPainter, body: QRectF, code: Code, font: QFont, theme: Theme) -> None:
    """Letter and label, or the letter alone, on a plate where the body has room for it."""
    look, plain = code_look(code, theme), small(font)
    bold = QFont(plain)
    bold.setBold(True)
    left = max(body.left(), 0.0) + 3
    letter_px = QFontMetricsF(bold).horizontalAdvance(look.letter)
    label_px = QFontMetricsF(plain).horizontalAdvance(code.label) + 6
    if left + letter_px + label_px + 11 > body.right():
        label_px = 0.0
    if left + letter_px + label_px + 11 > body.right():
        return
    high = min(QFontMetricsF(plain).height() + 1, body.height() - 2)
    plate = QRectF(left, body.center().y() - high / 2, letter_px + label_px + 8, high)
    painter.fillRect(plate, QColor(look.fill))
    painter.setPen(QColor(look.text))
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(bold)
    painter.drawText(plate.adjusted(4, 0, 0, 0), align, look.letter)
    if label_px:
        painter.setFont(plain)
        painter.drawText(plate.adjusted(10 + letter_px, 0, 0, 0), align, code.label)


def paint_selection(painter: QPainter, boxes: Sequence[QRectF], theme: Theme) -> None:
    """Outline the selected event: the focus colour, and a dark or light line to set it off."""
    outline = QPolygonF()
    for box in boxes:
        outline = outline.united(QPolygonF(box.adjusted(-1.5, -1.5, 1.5, 1.5)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.lane, 4.0), (theme.focus, 2.0)):
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolygon(outline)
    painter.restore()


def paint_playhead(painter: QPainter, x: float, ruler: QRectF, bottom: float, theme: Theme) -> None:
    """A line over all lanes, with a head in the ruler."""
    colour, at = QColor(theme.playhead), int(x)
    painter.save()
    painter.fillRect(QRectF(at - 1, ruler.bottom(), 1, bottom - ruler.bottom()), QColor(theme.lane))
    painter.fillRect(QRectF(at + 1, ruler.bottom(), 1, bottom - ruler.bottom()), QColor(theme.lane))
    painter.fillRect(QRectF(at, ruler.bottom() - 4, 1, bottom - ruler.bottom() + 4), colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    tip, top, middle = ruler.bottom(), ruler.bottom() - 2 * HEAD_PX, at + 0.5
    corners = (
        QPointF(middle - HEAD_PX, top),
        QPointF(middle + HEAD_PX, top),
        QPointF(middle + HEAD_PX, tip - HEAD_PX),
        QPointF(middle, tip),
        QPointF(middle - HEAD_PX, tip - HEAD_PX),
    )
    painter.drawPolygon(corners)
    painter.restore()


def paint_hint(painter: QPainter, area: QRectF, words: str, font: QFont, theme: Theme) -> None:
    """Say in an empty lane how to begin."""
    painter.setFont(small(font))
    painter.setPen(QColor(theme.text_dim))
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area.adjusted(8, 0, 0, 0), align, words)


def paint_note(painter: QPainter, area: QRectF, words: str, font: QFont, theme: Theme) -> None:
    """Say something at the right end of an area, on a plate."""
    painter.setFont(small(font))
    width = painter.fontMetrics().horizontalAdvance(words) + 16
    plate = QRectF(area.right() - width, area.top(), width, area.height())
    painter.fillRect(plate, QColor(theme.panel_raised))
    painter.setPen(QColor(theme.text))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def paint_focus(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """A ring round the whole timeline."""
    painter.setPen(QPen(QColor(theme.focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def paint_position(
    painter: QPainter, area: QRectF, first: float, last: float, theme: Theme
) -> None:
    """Which part of the whole is on show, as a thin bar along ``area``; nothing if all of it.

    ``first`` and ``last`` are shares from 0 to 1; the longer side of ``area`` is the direction.
    """
    if last - first >= 1:
        return
    bar = QRectF(area)
    if area.width() >= area.height():
        bar.setLeft(area.left() + first * area.width())
        bar.setWidth(max((last - first) * area.width(), 16))
        bar.moveRight(min(bar.right(), area.right()))
    else:
        bar.setTop(area.top() + first * area.height())
        bar.setHeight(max((last - first) * area.height(), 16))
        bar.moveBottom(min(bar.bottom(), area.bottom()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.outline))
    painter.drawRoundedRect(bar, 1.5, 1.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
