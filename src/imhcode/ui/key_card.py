"""All keys of the moment, laid over the window (F1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.keys import CodeKey
from imhcode.ui import theme
from imhcode.ui.actions import ACTIONS, MENUS
from imhcode.ui.keys.key_map import KeyMap
from imhcode.ui.widgets.key_cap import KeyCap

_AROUND_PX = 24
_COLUMN_EM = 38  #: width of a column, in widths of the letter n
_FIRST_PAGE = ("Edit", "Go", "Code")  #: what coding needs, beside its codes


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the card; a heading has no keys."""

    keys: str
    words: str
    is_heading: bool = False


class KeyCard(QFrame):
    """A panel over the window that lists codes and commands with their keys.

    What does not fit is a page further: the same key turns the page, and in the end puts the
    card away.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._pages: list[list[_Line]] = []
        self._page = 0
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Keys of the moment"))
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_AROUND_PX, _AROUND_PX, _AROUND_PX, _AROUND_PX)
        whole.addWidget(self._scroll)
        parent.installEventFilter(self)
        self.hide()

    def toggle(
        self,
        keys: Mapping[str, CodeKey],
        key_map: KeyMap,
        also: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show the card, turn its page, or put it away.

        Parameters
        ----------
        also : sequence of (str, str)
            Keys of the moment that are neither codes nor commands, with what they do.
        """
        if self.isVisible():
            self._turn_page()
            return
        later = tuple(menu for menu in MENUS if menu not in _FIRST_PAGE)
        self._pages = [
            [*_codes(keys), *_also(also), *_commands(key_map, _FIRST_PAGE)],
            _commands(key_map, later),
        ]
        self._page = 0
        self._settle()
        self.show()
        self.raise_()

    def close_card(self) -> bool:
        """Put the card away; whether it was there."""
        there = self.isVisible()
        self.hide()
        return there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def _turn_page(self) -> None:
        bar = self._scroll.verticalScrollBar()
        if bar.value() < bar.maximum():
            bar.setValue(bar.value() + bar.pageStep())
        elif self._page + 1 < len(self._pages):
            self._page += 1
            self._settle()
            bar.setValue(0)
        else:
            self.hide()

    def _settle(self) -> None:
        """Fill as many columns as fit, and take no more room than they need."""
        room = self._under.rect().adjusted(16, 16, -16, -16)
        inner = room.width() - 2 * _AROUND_PX
        width = self.fontMetrics().horizontalAdvance("n") * _COLUMN_EM
        n_columns = max(1, min(4, inner // max(1, width)))
        sheet = _sheet(self._pages[self._page], n_columns)
        self._scroll.setWidget(sheet)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        frame = 2 * _AROUND_PX + 2 * self.frameWidth()
        high = sheet.heightForWidth(room.width() - frame - bar)
        size = QSize(room.width(), high + frame).boundedTo(room.size())
        self.resize(size)
        self.move(room.center().x() - size.width() // 2, room.center().y() - size.height() // 2)


def _codes(keys: Mapping[str, CodeKey]) -> list[_Line]:
    if not keys:
        return []
    heading = QCoreApplication.translate("KeyCard", "Codes of this pass")
    lines = [_Line("", heading, is_heading=True)]
    return lines + [_Line(key.upper(), meant.code.label) for key, meant in keys.items()]


def _also(keys: Sequence[tuple[str, str]]) -> list[_Line]:
    if not keys:
        return []
    heading = QCoreApplication.translate("KeyCard", "In this pass")
    return [
        _Line("", heading, is_heading=True),
        *(_Line(key.upper(), words) for key, words in keys),
    ]


def _commands(key_map: KeyMap, menus: tuple[str, ...]) -> list[_Line]:
    lines = []
    for menu in menus:
        of_menu = [spec for spec in ACTIONS if spec.menu == menu and key_map.keys_of(spec.id)]
        if of_menu:
            lines.append(_Line("", QCoreApplication.translate("menus", menu), is_heading=True))
        for spec in of_menu:
            words = QCoreApplication.translate("actions", spec.text).rstrip("…")
            lines.append(_Line(_short(key_map.shown(spec.id)), words))
    return lines


def _short(keys: str) -> str:
    """The first of two keys, and the other if it is a single letter beside it."""
    first, *more = keys.split("  ")
    return "  ".join([first, *(one for one in more if len(one) == 1)])


def _sheet(lines: list[_Line], n_columns: int) -> QWidget:
    sheet = QWidget()
    across = QHBoxLayout(sheet)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(theme.UNIT_PX * 3)
    high = -(-len(lines) // n_columns)
    at = 0
    while at < len(lines):
        until = min(at + high, len(lines))
        if until < len(lines) and lines[until - 1].is_heading:
            until -= 1  # a heading never stands at the foot of a column
        across.addWidget(_column(lines[at:until]), 1)
        at = until
    return sheet


def _column(lines: list[_Line]) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for row, line in enumerate(lines):
        words = QLabel(line.words)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        if line.is_heading:
            font = words.font()
            font.setBold(True)
            words.setFont(font)
            grid.addWidget(words, row, 0, 1, 2)
            continue
        caps = QHBoxLayout()
        caps.setSpacing(3)
        caps.addStretch()
        for one in line.keys.split("  "):
            caps.addWidget(KeyCap(one))
        grid.addLayout(caps, row, 0)
        grid.addWidget(words, row, 1)
    grid.setRowStretch(len(lines), 1)
    return widget
