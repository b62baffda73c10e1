"""The code pad: the codes of the pass, grouped by track and subject, with their keys."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from imhcode.domain.event import Event
from imhcode.domain.keys import CodeKey
from imhcode.domain.scheme import Code, Scheme, Track
from imhcode.ui import theme
from imhcode.ui.coding.code_button import CodeButton
from imhcode.ui.coding.event_table_model import as_tooltip
from imhcode.ui.widgets.line_label import LineLabel

COLUMNS = 2
_ONE_COLUMN_FROM = 1.5  #: words so large that a code needs the whole width
_LEAST_PX = 130  #: height that is always there if the codes need it, at the usual text size


class CodePad(QScrollArea):
    """Buttons for the codes that can be coded now.

    Signals
    -------
    code_asked(CodeKey)
        A code was clicked.
    """

    code_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[tuple[str, str], CodeButton] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Code pad"))

    def sizeHint(self) -> QSize:
        """As high as its codes, so that what lies below gets the rest."""
        page = self.widget()
        height = page.sizeHint().height() if page else 0
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """A few rows of codes; whatever lies below can be scrolled to."""
        at_least = theme.scaled(_LEAST_PX)
        return QSize(200, min(self.sizeHint().height(), at_least))

    def show_tracks(
        self, scheme: Scheme, tracks: Sequence[Track], keys: dict[str, CodeKey]
    ) -> None:
        """Show the codes of these tracks; ``keys`` says which character codes what."""
        self._buttons.clear()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.UNIT_PX, 0)
        column.setSpacing(theme.UNIT_PX)
        mine = {(meant.track.id, meant.code.id) for meant in keys.values()}
        for track in tracks:
            column.addWidget(self._heading(scheme, track))
            column.addLayout(self._grid(track, mine))
        if not tracks:
            column.addWidget(self._teaching(self.tr("Nothing is coded in this pass.")))
        before = self.takeWidget()
        if before is not None:  # not at once: this may happen while Qt dresses all widgets in turn
            before.hide()
            before.deleteLater()
        self.setWidget(page)
        self.updateGeometry()

    def show_holding(self, holding: dict[str, list[Event]]) -> None:
        """Light the codes that hold at the playhead, by track."""
        lit = {(track, event.code) for track, events in holding.items() for event in events}
        for place, button in self._buttons.items():
            button.set_holds(place in lit)

    def pointed_at(self) -> CodeKey | None:
        """The code under the pointer or with the focus."""
        for button in self._buttons.values():
            if button.underMouse() or button.hasFocus():
                return button.meant
        return None

    def _heading(self, scheme: Scheme, track: Track) -> QWidget:
        subject = scheme.subject_label(track.subject)
        label = LineLabel(dim=True)  # cut where it is too long: the codes need the room
        label.show_text(
            f"{track.label}  ·  {subject}" if subject not in track.label else track.label
        )
        label.setToolTip(as_tooltip(label.text()) or "")
        label.setFont(theme.small(self.font()))
        return label

    def _grid(self, track: Track, mine: set[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.UNIT_PX // 2)
        columns = COLUMNS if theme.scaled(100) < 100 * _ONE_COLUMN_FROM else 1
        for number, code in enumerate(track.codes):
            meant = CodeKey(track, code)
            place = (track.id, code.id)
            button = CodeButton(meant, has_key=place in mine)
            button.setToolTip(as_tooltip(_meaning(code)) or "")
            button.clicked.connect(lambda _=False, asked=meant: self.code_asked.emit(asked))
            self._buttons[place] = button
            grid.addWidget(button, number // columns, number % columns)
        for at in range(columns):
            grid.setColumnStretch(at, 1)
        return grid

    def _teaching(self, words: str) -> QWidget:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setStyleSheet(f"color: {theme.current().text_dim};")
        return label


def _meaning(code: Code) -> str:
    parts = [code.definition]
    if code.start:
        parts.append(_tr("Starts: {rule}").format(rule=code.start))
    if code.stop:
        parts.append(_tr("Stops: {rule}").format(rule=code.stop))
    return "\n\n".join(part for part in parts if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodePad", text)
