"""Ready-made pixels for one track: patterns, letters and labels, to be stamped into its lane.

Drawing thousands of small rectangles and letters one by one costs tens of milliseconds.  Here each
code is drawn once, and painting a lane is copying columns and stamps with numpy.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from imhcode.domain.scheme import Code
from imhcode.domain.tracks import Shape
from imhcode.ui.coding.code_brushes import TILE_PX, CodeLook, code_look, tile_of
from imhcode.ui.coding.timeline_rows import Row
from imhcode.ui.theme import Theme, contrast, mixed, small

Pixels = NDArray[np.uint32]
EMPTY, GRID, GAP = 0, 1, 2  #: columns of the palette before those of the codes
_UNKNOWN = Code(id="", label="?", pattern="blank")


@dataclass(frozen=True)
class LaneArt:
    """What a lane is composed of, in device pixels.

    Attributes
    ----------
    palette : ndarray of uint32, shape (strip height, 2 + period + codes * (period + 1))
        Columns: empty, grid line, ``period`` of a gap, then per code ``period`` of its pattern
        and one of its edge.
    bases : ndarray of intp, shape (codes,)
        Where the columns of each code begin in ``palette``.
    ticks : ndarray of uint32, shape (codes,)
        Ink of each code.
    letters, labels : tuple of ndarray of uint32
        Stamps per code; a label begins with its letter.
    ground, grid, crowd : int
        Colours of the empty lane, of lines under the events, of the mark for columns in which
        more happens than can be shown.
    """

    period: int
    unit: float
    palette: Pixels
    bases: NDArray[np.intp]
    ticks: Pixels
    letters: tuple[Pixels, ...]
    labels: tuple[Pixels, ...]
    ground: int
    grid: int
    crowd: int


def art_for(row: Row, theme: Theme, font: QFont, ratio: float, *, recedes: bool) -> LaneArt:
    """Draw everything a lane needs, ``ratio`` device pixels to a logical one."""
    scale = max(round(ratio), 1)
    period = TILE_PX * scale
    ground = theme.lane_alt if recedes else theme.lane
    recede = theme.recede if recedes else 0.0
    looks = [_receding(code_look(code, theme), ground, recede) for code in row.track.codes]
    looks.append(_receding(code_look(_UNKNOWN, theme), ground, recede))
    height = round(row.strip(0)[1] * ratio)
    hatching = mixed(theme.gap, ground, 0.35 + recede / 2)
    columns = [
        _filled(height, 1, ground),
        _filled(height, 1, theme.grid),
        _tiled(tile_of("diagonal", ground, hatching, scale), height),
    ]
    for look in looks:
        columns += [_block(look, height, scale), _filled(height, 1, look.ink)]
    letter_font = _bold(small(font))
    high = round(row.head * ratio)
    if row.shape is Shape.TICKS:
        letters = [_head(look, letter_font, row.head, ratio) for look in looks]
        labels: list[Pixels] = []
    else:
        high = min(high + 2 * scale, height - 2 * scale)
        letters = [_words(look, letter_font, None, "", high, ratio) for look in looks]
        names = [*(code.label for code in row.track.codes), _UNKNOWN.label]
        pairs = zip(looks, names, strict=True)
        labels = [_words(look, letter_font, small(font), name, high, ratio) for look, name in pairs]
    return LaneArt(
        period=period,
        unit=ratio,
        palette=np.concatenate(columns, axis=1),
        bases=GAP + period + np.arange(len(looks)) * (period + 1),
        ticks=np.array([QColor(look.ink).rgb() for look in looks], dtype=np.uint32),
        letters=tuple(letters),
        labels=tuple(labels),
        ground=QColor(ground).rgb(),
        grid=QColor(theme.grid).rgb(),
        crowd=QColor(theme.text_dim).rgb(),
    )


def pixels_of(image: QImage) -> Pixels:
    """Copy an image's 32-bit pixels, shape (height, width)."""
    rows = np.frombuffer(image.constBits(), dtype=np.uint32)
    rows = rows.reshape(image.height(), image.bytesPerLine() // 4)
    return rows[:, : image.width()].copy()


def _receding(look: CodeLook, ground: str, share: float) -> CodeLook:
    if not share:
        return look
    fill, stroke = (mixed(one, ground, share) for one in (look.fill, look.stroke))
    text = look.text
    if contrast(text, fill) < 4.5:
        text = max("#ffffff", "#000000", key=lambda one: contrast(one, fill))
    ink = mixed(look.ink, ground, share * 0.6)
    return CodeLook(ink, fill, stroke, text, look.pattern, look.letter)


def _filled(height: int, width: int, colour: str) -> Pixels:
    return np.full((height, width), QColor(colour).rgb(), dtype=np.uint32)


def _tiled(tile: QImage, height: int) -> Pixels:
    pixels = pixels_of(tile)
    return np.tile(pixels, (-(-height // len(pixels)), 1))[:height]


def _block(look: CodeLook, height: int, scale: int) -> Pixels:
    """The pattern of a code with its rim, one period wide."""
    block = _tiled(tile_of(look.pattern, look.fill, look.stroke, scale), height)
    rim = QColor(look.ink).rgb()
    block[:scale] = rim
    block[-scale:] = rim
    return block


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _stamp(width: float, height: int, ratio: float, draw: Callable[[QPainter], None]) -> Pixels:
    """Draw on an image ``width`` logical by ``height`` device pixels."""
    image = QImage(max(round(width * ratio), 1), max(height, 1), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        draw(painter)
    return pixels_of(image)


def _words(
    look: CodeLook, bold: QFont, plain: QFont | None, label: str, height: int, ratio: float
) -> Pixels:
    """Letter, and label where there is one, on a plate without pattern."""
    letter_px = QFontMetricsF(bold).horizontalAdvance(look.letter)
    label_px = 6 + QFontMetricsF(plain).horizontalAdvance(label) if plain is not None else 0.0
    width, high = letter_px + label_px + 8, height / ratio

    def draw(painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, width + 1, high + 1), QColor(look.fill))
        painter.setPen(QColor(look.text))
        painter.setFont(bold)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(4, 0, letter_px + 2, high), middle, look.letter)
        if plain is not None:
            painter.setFont(plain)
            painter.drawText(QRectF(10 + letter_px, 0, label_px, high), middle, label)

    return _stamp(width, height, ratio, draw)


def _head(look: CodeLook, bold: QFont, size: int, ratio: float) -> Pixels:
    """The letter of a point as a small flag; its left edge is the tick."""
    letter_px = QFontMetricsF(bold).horizontalAdvance(look.letter)
    width = max(size, letter_px + 6.0)

    def draw(painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, width + 1, size + 1), QColor(look.fill))
        painter.fillRect(QRectF(0, 0, 2, size + 1), QColor(look.ink))
        painter.setPen(QColor(look.text))
        painter.setFont(bold)
        painter.drawText(QRectF(2, 0, width - 2, size), Qt.AlignmentFlag.AlignCenter, look.letter)

    return _stamp(width, round(size * ratio), ratio, draw)
