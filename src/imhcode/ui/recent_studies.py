"""The studies opened lately: on the start page and in the File menu."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from imhcode.ui import theme


class RecentStudies(QWidget):
    """One button a study, and one to forget them all.

    Signals
    -------
    chosen(str)
        One of the studies.
    forget_asked()
        The list is to be forgotten.
    """

    chosen = Signal(str)
    forget_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT_PX // 2)
        top = QHBoxLayout()
        title = QLabel(self.tr("Lately"))
        forget = QPushButton(self.tr("Forget these"))
        forget.setFlat(True)
        forget.setToolTip(self.tr("The studies stay where they are; only this list goes"))
        forget.clicked.connect(self.forget_asked)
        top.addWidget(title, 1)
        top.addWidget(forget)
        column.addLayout(top)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(2)
        column.addLayout(self._buttons)
        self.hide()

    def show_recent(self, studies: Sequence[str]) -> None:
        """Offer these, newest first."""
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for study in studies:
            button = QPushButton(name_of(study, studies))
            button.setToolTip(study)
            button.setFlat(True)
            button.setStyleSheet("text-align: left;")
            button.clicked.connect(lambda _=False, asked=study: self.chosen.emit(asked))
            self._buttons.addWidget(button)
        self.setVisible(bool(studies))


def fill_recent_menu(menu: QMenu, studies: Sequence[str], choose: Callable[[str], None]) -> None:
    """Put the studies into a menu, the first ten with a digit to press."""
    menu.clear()
    for n, study in enumerate(studies, start=1):
        name = name_of(study, studies).replace("&", "&&")
        action = menu.addAction(f"&{n}  {name}")
        action.setToolTip(study)
        action.triggered.connect(lambda _=False, asked=study: choose(asked))
    if not studies:
        menu.addAction(QCoreApplication.translate("RecentStudies", "None")).setEnabled(False)


def name_of(study: str, studies: Sequence[str]) -> str:
    """The name of a study; with its folder where another has the same name."""
    path = Path(study)
    if sum(Path(one).stem == path.stem for one in studies) > 1:
        return f"{path.stem}   ({path.parent.name})"
    return path.stem
