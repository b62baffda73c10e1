"""One code on the pad: colour and pattern, key, words; lit while it holds."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from imhcode.domain.keys import CodeKey
from imhcode.ui import theme
from imhcode.ui.coding.code_brushes import brush_for, code_look
from imhcode.ui.widgets.leading import led

HEIGHT_PX = 30  #: this and the two below at the usual text size
STRIPE_PX = 10
CAP_PX = 22


class CodeButton(QAbstractButton):
    """A code that can be clicked, and shows the key that does the same.

    Parameters
    ----------
    meant : CodeKey
        The code and its track.
    has_key : bool
        Whether its key codes it now; without a pass another track may have taken the key.
    """

    def __init__(self, meant: CodeKey, *, has_key: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meant = meant
        self._cap = meant.code.key.upper() if has_key else ""
        self._holds = False
        self._flash = False
        self.setText(meant.code.label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(theme.scaled(HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        key = self.tr("key {key}").format(key=self._cap) if self._cap else self.tr("no key")
        self.setAccessibleName(f"{meant.code.label}, {key}")
        self.setAccessibleDescription(meant.code.definition)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(theme.scaled(STRIPE_PX + CAP_PX + 32) + words, theme.scaled(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(STRIPE_PX + CAP_PX + 24), theme.scaled(HEIGHT_PX))

    def set_holds(self, holds: bool) -> None:
        """Say whether the code holds at the playhead."""
        if holds != self._holds:
            self._holds = holds
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def enterEvent(self, event: QEvent) -> None:
        del event
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:  # an exception must not leave it open: Qt would crash
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        tokens = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        ground = QColor(tokens.panel_raised)
        if self.isDown() or self._holds:
            ground = QColor(tokens.selection)
        elif self.underMouse():
            ground = QColor(theme.mixed(tokens.panel_raised, tokens.text, 0.08))
        words = QColor(tokens.selection_text if self._holds or self.isDown() else tokens.text)
        ring = tokens.focus if self.hasFocus() else tokens.accent if self._holds else ""
        painter.setPen(QPen(QColor(ring), 2) if ring else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(body, 4, 4)
        self._paint_stripe(painter, body, tokens)
        left = body.left() + theme.scaled(STRIPE_PX) + 10
        if self._cap:
            left = self._paint_cap(painter, body, left, tokens)
        painter.setPen(words)
        painter.setFont(self.font())
        room = QRectF(left, body.top(), body.right() - left - 3, body.height())
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(led(self, room), flags, text)

    def _paint_stripe(self, painter: QPainter, body: QRectF, tokens: theme.Theme) -> None:
        look = code_look(self.meant.code, tokens)
        stripe = QRectF(
            body.left() + 5, body.top() + 5, theme.scaled(STRIPE_PX), body.height() - 10
        )
        painter.setPen(QPen(QColor(look.ink), 1))
        painter.setBrush(brush_for(self.meant.code, tokens))
        painter.drawRoundedRect(led(self, stripe), 2, 2)

    def _paint_cap(
        self, painter: QPainter, body: QRectF, left: float, tokens: theme.Theme
    ) -> float:
        side = theme.scaled(CAP_PX)
        cap = QRectF(left, body.center().y() - side / 2, side, side)
        painter.setPen(QPen(QColor(tokens.outline), 1))
        painter.setBrush(QColor(tokens.window))
        painter.drawRoundedRect(led(self, cap), 3, 3)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(led(self, cap), Qt.AlignmentFlag.AlignCenter, self._cap)
        return cap.right() + 8
