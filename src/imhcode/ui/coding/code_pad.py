"""The code pad: the codes of the pass, grouped by track and subject, with their keys."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from imhcode.domain.event import Event
from imhcode.domain.keys import CodeKey
from imhcode.domain.scheme import Code, Scheme, Track
from imhcode.ui import theme
from imhcode.ui.coding.code_button import CodeButton
from imhcode.ui.coding.event_table_model import as_tooltip

COLUMNS = 2


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
        label = QLabel(
            f"{track.label}  ·  {subject}" if subject not in track.label else track.label
        )
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.small(self.font()))
        label.setStyleSheet(f"color: {theme.current().text_dim};")
        return label

    def _grid(self, track: Track, mine: set[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.UNIT_PX // 2)
        for number, code in enumerate(track.codes):
            meant = CodeKey(track, code)
            place = (track.id, code.id)
            button = CodeButton(meant, has_key=place in mine)
            button.setToolTip(as_tooltip(_meaning(code)) or "")
            button.clicked.connect(lambda _=False, asked=meant: self.code_asked.emit(asked))
            self._buttons[place] = button
            grid.addWidget(button, number // COLUMNS, number % COLUMNS)
        for at in range(COLUMNS):
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
        parts.append(f"Starts: {code.start}")
    if code.stop:
        parts.append(f"Stops: {code.stop}")
    return "\n\n".join(part for part in parts if part)
