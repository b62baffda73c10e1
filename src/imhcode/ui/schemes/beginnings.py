"""What a scheme can begin with: one that is there, a list of codes, or a few lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from imhcode.domain.scheme import Scheme
from imhcode.ui import theme

if TYPE_CHECKING:
    from imhcode.services.scheme_editing import SchemeDraft

_BEGIN = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way to begin.

    Attributes
    ----------
    words : str
        What it is called.
    begin : callable
        Makes the draft; ``None`` if the author changed their mind.
    """

    words: str
    begin: "Callable[[], SchemeDraft | None]"


class Beginnings(QWidget):
    """A list of beginnings; ``Enter`` takes the current one.

    Signals
    -------
    chosen(object)
        The :class:`Beginning` that was taken.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Write a coding scheme"))
        title.setFont(theme.title(self.font()))
        words = QLabel(
            self.tr(
                "A scheme says what can be coded: tracks, codes, keys. Begin with something that "
                "is there, and change it; nothing you do here touches what it was made from."
            )
        )
        words.setWordWrap(True)
        self.list = QListWidget()
        self.list.setStyleSheet("QListWidget::item { padding: 6px 4px; }")
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("What to begin with"))
        self.list.itemActivated.connect(lambda one: self.chosen.emit(one.data(_BEGIN)))
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setSpacing(theme.UNIT_PX * 2)
        for widget in (title, words):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[theme.UNIT_PX * 4] * 4)
        whole.addWidget(middle, 1, Qt.AlignmentFlag.AlignHCenter)
        self.setFocusProxy(self.list)
        middle.setMinimumWidth(min(theme.scaled(600), 900))

    def show_beginnings(self, beginnings: Sequence[Beginning]) -> None:
        """Offer these."""
        self.list.clear()
        for one in beginnings:
            item = QListWidgetItem(one.words)
            item.setToolTip(one.words)
            item.setData(_BEGIN, one)
            self.list.addItem(item)
        self.list.setCurrentRow(0)


def beginnings_of(kept: Sequence[Scheme]) -> list[Beginning]:
    """What needs no file: a few lines, the schemes of a study, those that come with imhcode."""
    from imhcode.schemes.shipped import shipped_schemes, title_of  # noqa: PLC0415  (when asked)

    found = [Beginning(_tr("A few lines that work"), _small)]
    words = _tr("{title} {version}, of the open study")
    for scheme in kept:
        called = words.format(title=scheme.title, version=scheme.version)
        found.append(Beginning(called, _from_study(scheme)))
    words = _tr("Like “{title}” ({id}), which comes with imhcode")
    for name, path in shipped_schemes().items():
        found.append(Beginning(words.format(title=title_of(path), id=name), _copy_of(name)))
    return found


def _small() -> "SchemeDraft":
    from imhcode.services.scheme_editing import SchemeDraft  # noqa: PLC0415

    return SchemeDraft.small()


def _copy_of(name: str) -> "Callable[[], SchemeDraft]":
    def make() -> "SchemeDraft":
        from imhcode.services.scheme_editing import SchemeDraft  # noqa: PLC0415

        return SchemeDraft.copy_of(name)

    return make


def _from_study(scheme: Scheme) -> "Callable[[], SchemeDraft]":
    def make() -> "SchemeDraft":
        from imhcode.services.scheme_editing import SchemeDraft  # noqa: PLC0415

        return SchemeDraft.of_scheme(scheme)

    return make


def _tr(text: str) -> str:
    return QCoreApplication.translate("Beginnings", text)
