"""What has to be known of the picture on screen, in its corner: quiet, and only when it is so."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from imhcode.media.picture import Picture
from imhcode.ui import theme

_VEIL = 170  # of 255: the words must be read on any picture


def notes_of(picture: Picture) -> list[str]:
    """What is said of a picture; nothing of one that is exact, whole and shown as filmed."""
    notes = []
    if not picture.is_exact:
        notes.append(_tr("preview"))
    if picture.is_damaged:
        notes.append(_tr("damaged"))
    if picture.is_deinterlaced:
        notes.append(_tr("deinterlaced"))
    return notes


def paint_notes(painter: QPainter, room: QRectF, notes: list[str]) -> None:
    """Paint notes in the lower right corner of ``room``, the part of a picture that is seen."""
    if not notes:
        return
    tokens = theme.DARK  # on a picture, whatever the window wears
    half = theme.UNIT_PX / 2
    painter.setFont(theme.small(painter.font()))
    text = " · ".join(notes)
    words = QRectF(painter.fontMetrics().boundingRect(text))
    box = QRectF(0, 0, words.width() + 2 * theme.UNIT_PX, words.height() + theme.UNIT_PX)
    box.moveBottomRight(room.bottomRight())
    box.translate(-half, -half)
    veil = QColor(tokens.picture_surround)
    veil.setAlpha(_VEIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(box, half, half)
    painter.setPen(QColor(tokens.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("picture_notes", text)
