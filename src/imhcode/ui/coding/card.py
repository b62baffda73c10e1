"""The definition card of a code: what it means, where it starts and stops, what it is not."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.scheme import Code, Modifier, Scheme, Track
from imhcode.domain.timecode import US_PER_S, as_decimal
from imhcode.ui.theme import UNIT_PX, current, small, title
from imhcode.ui.widgets.key_cap import KeyCap

WIDTH_PX = 400  #: at the usual text size; a line of some sixty characters


class CodeCard(QWidget):
    """A quiet panel over the window with all a scheme says about one code.

    It is a child of the window, not a window: nothing waits for it, the keyboard stays where it
    was, and coding goes on.  The window closes it by :meth:`close_card` (Esc, F2); the card does
    it itself when it has the keyboard.

    Signals
    -------
    closed()
        The card is no longer shown.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._whole = QVBoxLayout(self)
        self._key = KeyCap("", self)
        self._name = _words(self)
        self._place = _words(self, dim=True)
        self._hint = _words(self, dim=True)
        self._hint.setText(self.tr("Esc or F2 closes"))
        self._body = QWidget()
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, UNIT_PX, 0)
        self._lines.setSpacing(UNIT_PX // 2)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        self._lay_out()
        self.hide()
        parent.installEventFilter(self)

    def show_code(self, scheme: Scheme, track: Track, code: Code) -> None:
        """Show the card of ``code``, in the place of the card shown before."""
        self._key.show_key(code.key)
        self._name.setText(code.label)
        subject = scheme.subject_label(track.subject)
        self._place.setText(f"{track.label} · {subject}")
        self._clear()
        for heading, lines in self._sections(scheme, track, code):
            self._add(heading, lines)
        self._lines.addStretch(1)
        self.setAccessibleName(self.tr("Card of {code}").format(code=code.label))
        self._scroll.verticalScrollBar().setValue(0)
        self._dress()
        self._settle()
        self.show()
        self.raise_()

    def close_card(self) -> bool:
        """Hide the card; ``False`` if it was not shown."""
        if not self.isVisibleTo(self._window):
            return False
        self.hide()
        self.closed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F2 close; every other key is the window's."""
        closing = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F2)
        event.setAccepted(closing and self.close_card())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay inside the window when its size changes."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised ground with one thin line round it."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.outline), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    # -- inside ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT_PX)
        top.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._name, 1)
        whole = self._whole
        whole.setContentsMargins(3 * UNIT_PX, 2 * UNIT_PX, 2 * UNIT_PX, 2 * UNIT_PX)
        whole.setSpacing(UNIT_PX // 2)
        whole.addLayout(top)
        whole.addWidget(self._place)
        whole.addSpacing(UNIT_PX)
        whole.addWidget(self._scroll, 1)
        whole.addSpacing(UNIT_PX // 2)
        whole.addWidget(self._hint)

    def _sections(
        self, scheme: Scheme, track: Track, code: Code
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """Headings with what stands under them; what the scheme does not say is left out."""
        undefined = self.tr("The scheme gives no definition for this code.")
        least_us = code.min_duration_us or track.min_duration_us
        seconds = self.tr("{s} s").format(s=as_decimal(least_us, US_PER_S)) if least_us else ""
        for heading, lines in (
            ("", (code.definition.strip() or undefined,)),
            (self.tr("Starts"), (code.start,)),
            (self.tr("Stops"), (code.stop,)),
            (self.tr("Lasts at least"), (seconds,)),
            (self.tr("Counts"), code.include),
            (self.tr("Does not count"), code.exclude),
            (self.tr("Examples"), code.examples),
            (
                self.tr("Modifiers"),
                tuple(self._modifier_line(one) for one in scheme.modifiers_for(track, code)),
            ),
        ):
            said = tuple(line for line in lines if line.strip())
            if said:
                yield heading, said

    def _modifier_line(self, modifier: Modifier) -> str:
        kinds = {"text": self.tr("in your words"), "number": self.tr("a number")}
        offered = ", ".join(value.label for value in modifier.values)
        line = f"{modifier.label}: {offered or kinds.get(modifier.type, '')}"
        return self.tr("{modifier} (needed)").format(modifier=line) if modifier.required else line

    def _add(self, heading: str, lines: Sequence[str]) -> None:
        if heading:
            self._lines.addSpacing(UNIT_PX)
            head = _words(self._body, dim=True)
            head.setFont(small(self.font()))
            head.setText(heading)
            self._lines.addWidget(head)
        for line in lines:
            words = _words(self._body)
            words.setText(line)
            if len(lines) == 1:
                self._lines.addWidget(words)
                continue
            dot = _words(self._body, dim=True)
            dot.setText("•")
            dot.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            row = QHBoxLayout()
            row.setSpacing(UNIT_PX)
            row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            self._lines.addLayout(row)

    def _clear(self) -> None:
        fresh = QWidget()
        fresh.setAutoFillBackground(False)
        self._lines = QVBoxLayout(fresh)
        self._lines.setContentsMargins(0, 0, UNIT_PX, 0)
        self._lines.setSpacing(UNIT_PX // 2)
        self._scroll.setWidget(fresh)  # the old body goes with its lines
        fresh.setAutoFillBackground(False)
        self._body = fresh

    def _dress(self) -> None:
        self._name.setFont(title(self.font()))
        self._place.setFont(small(self.font()))
        self._hint.setFont(small(self.font()))

    def _settle(self) -> None:
        """Stand at the right edge, as tall as the words need and the window allows."""
        window = self._window
        scale = self.fontMetrics().averageCharWidth() / 6
        width = min(round(WIDTH_PX * max(scale, 1)), window.width() - 4 * UNIT_PX)
        margins = self._whole.contentsMargins()
        inside = width - margins.left() - margins.right()
        words = self._lines.totalHeightForWidth(inside - 12)
        rest = self._whole.sizeHint().height() - self._scroll.sizeHint().height()
        height = min(words + rest + UNIT_PX, window.height() - 6 * UNIT_PX)
        self.setGeometry(window.width() - width - 3 * UNIT_PX, 3 * UNIT_PX, width, height)


def _words(parent: QWidget, *, dim: bool = False) -> QLabel:
    """A label of plain text that wraps."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if dim:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
