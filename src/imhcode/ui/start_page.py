"""The first page: what can be opened, and how to begin."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.recent_studies import RecentStudies


class StartPage(QWidget):
    """Recent studies, a video to open, and the demo.

    Signals
    -------
    open_asked()
        A file is to be chosen.
    demo_asked()
        The demo study is to be made and opened.
    scheme_asked()
        A coding scheme is to be written.
    recent_asked(str)
        One of the recent studies.
    """

    open_asked = Signal()
    demo_asked = Signal()
    scheme_asked = Signal()
    recent_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.UNIT_PX)
        middle = QWidget()
        middle.setLayout(self._column)
        middle.setFixedWidth(theme.scaled(480))
        whole.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
        title = QLabel("imhcode")
        title.setFont(theme.title(self.font()))
        self._column.addWidget(title)
        self._column.addWidget(
            self._words(
                self.tr(
                    "Open a recording and press a key: what you code is saved at once, on the "
                    "frame you see. Nothing leaves this computer."
                )
            )
        )
        self._column.addSpacing(theme.UNIT_PX)
        self._button(self.tr("Open a study or a video…   Ctrl+O"), self._ask_open)
        self._button(self.tr("Open the demo"), self._ask_demo)
        self._button(self.tr("Write a coding scheme…"), self._ask_scheme)
        self.recent = RecentStudies()
        self.recent.chosen.connect(self.recent_asked)
        self._column.addSpacing(theme.UNIT_PX * 2)
        self._column.addWidget(self.recent)

    def show_recent(self, studies: Sequence[str]) -> None:
        """Offer the studies opened lately."""
        self.recent.show_recent(studies)

    def _ask_open(self) -> None:
        self.open_asked.emit()

    def _ask_demo(self) -> None:
        self.demo_asked.emit()

    def _ask_scheme(self) -> None:
        self.scheme_asked.emit()

    def _button(self, words: str, then: Callable[[], None]) -> None:
        button = QPushButton(words)
        button.setMinimumHeight(40)
        button.clicked.connect(then)
        self._column.addWidget(button)

    def _words(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setForegroundRole(self.foregroundRole())
        return label
