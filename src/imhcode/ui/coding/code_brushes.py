"""How a code looks: colour, pattern and letter, fitted to the theme.

A scheme gives each code one colour for all themes.  Here it becomes an *ink* that stands out from
the lane (3:1; 4.5:1 in high contrast) for ticks, edges and strokes, a quieter *fill* for blocks,
and a colour for words that can be read on that fill.  The pattern says the same without colour.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from imhcode.domain.scheme import Code, Pattern
from imhcode.ui.theme import HIGH_CONTRAST, Theme, contrast, mixed

TILE_PX = 8  #: a pattern repeats after so many logical pixels, across and down


@dataclass(frozen=True, slots=True)
class CodeLook:
    """The colours of one code in one theme, all ``#rrggbb``.

    Attributes
    ----------
    ink : str
        Ticks and edges; stands out from the lane.
    fill, stroke : str
        Ground of a block, and the strokes of its pattern.
    text : str
        Words on ``fill``; 4.5:1.
    """

    ink: str
    fill: str
    stroke: str
    text: str
    pattern: Pattern
    letter: str


def letter_of(code: Code) -> str:
    """The one or two characters that stand for a code: its key, or else how its label begins."""
    return (code.key or code.label[:1]).upper()


@lru_cache(maxsize=1024)
def look_of(color: str, pattern: Pattern, letter: str, theme: Theme) -> CodeLook:
    """Fit a colour and a pattern to a theme."""
    away = "#ffffff" if theme.dark else "#000000"
    needed = 4.5 if theme is HIGH_CONTRAST else 3.0
    ink, share = color.lower(), 0.0
    while min(contrast(ink, theme.lane), contrast(ink, theme.lane_alt)) < needed and share < 1:
        share += 0.05
        ink = mixed(color, away, share)
    fill, share = theme.lane, 0.0 if pattern == "blank" else theme.fill_strength
    while share > 0:
        fill = mixed(theme.lane, color, share)
        if contrast(theme.text, fill) >= 4.6:
            break
        share -= 0.02  # quieter until words can be read on it
    return CodeLook(ink, fill, _stroke(fill, ink, theme), theme.text, pattern, letter)


def _stroke(fill: str, ink: str, theme: Theme) -> str:
    """Halfway from the fill to the ink; where that is too near, further from the lane."""
    away = "#ffffff" if theme.dark else "#000000"
    stroke, share = mixed(fill, ink, 0.6), 0.0
    while contrast(stroke, fill) < 1.6 and share < 1:
        share += 0.05
        stroke = mixed(ink, away, share)
    return stroke


def code_look(code: Code, theme: Theme) -> CodeLook:
    """The look of ``code``; worked out once per theme."""
    return look_of(code.color, code.pattern, letter_of(code), theme)


def brush_for(code: Code, theme: Theme) -> QBrush:
    """Fill and pattern of ``code`` as a brush."""
    return _brush(code_look(code, theme))


def text_colour_for(code: Code, theme: Theme) -> QColor:
    """The colour of words on :func:`brush_for`."""
    return QColor(code_look(code, theme).text)


@lru_cache(maxsize=1024)
def _brush(look: CodeLook) -> QBrush:
    if look.pattern in {"solid", "blank"}:
        return QBrush(QColor(look.fill))
    return QBrush(tile_of(look.pattern, look.fill, look.stroke))


def tile_of(pattern: Pattern, ground: str, stroke: str, scale: int = 1) -> QImage:
    """One repetition of a pattern, ``TILE_PX * scale`` device pixels square, without seams."""
    side = TILE_PX * scale
    tile = QImage(side, side, QImage.Format.Format_RGB32)
    tile.fill(QColor(ground))
    with QPainter(tile) as painter:
        painter.scale(scale, scale)
        _draw(painter, pattern, QColor(stroke))
    return tile


def _draw(painter: QPainter, pattern: Pattern, colour: QColor) -> None:
    full = float(TILE_PX)
    bars = {
        "vertical": (QRectF(3, 0, 2, full),),
        "horizontal": (QRectF(0, 1, full, 1.5), QRectF(0, 5, full, 1.5)),
        "grid": (QRectF(0, 0, 1, full), QRectF(0, 0, full, 1)),
        "dots": (QRectF(1, 1, 2, 2), QRectF(5, 5, 2, 2)),
    }
    for bar in bars.get(pattern, ()):
        painter.fillRect(bar, colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    if pattern in {"diagonal", "crosshatch"}:
        for shift in (-full, 0.0, full):  # neighbours draw over the corners
            painter.drawLine(QPointF(shift - 1, full + 1), QPointF(shift + full + 1, -1))
    if pattern == "crosshatch":
        for shift in (-full, 0.0, full):
            painter.drawLine(QPointF(shift - 1, -1), QPointF(shift + full + 1, full + 1))
