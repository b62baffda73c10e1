"""The window that shows a package for supervision: clips and words, and nothing to change."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.study import Recording
from imhcode.domain.timecode import as_clock
from imhcode.services.package_opening import OpenPackage, open_package
from imhcode.services.package_values import PackagedMoment
from imhcode.ui import theme
from imhcode.ui.coding.picture_view import PictureView
from imhcode.ui.coding.playback import Playback
from imhcode.ui.widgets.airy_rows import AiryRows
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.wrapped_label import WrappedLabel


class PackageWindow(QWidget):
    """A list of moments, the clip of one of them, and what is said of it.

    Space plays and stands still, the arrows go one frame, Up and Down choose another moment.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.package: OpenPackage | None = None
        self.playback = Playback(self)
        self.picture = PictureView()
        self.rule = WrappedLabel("")
        self.moments = QListWidget()
        self.moments.setItemDelegate(AiryRows(self.moments))
        self.title = QLabel()
        self.words = WrappedLabel("")
        self.play = QPushButton(self.tr("Play or pause"))
        self.again = QPushButton(self.tr("Again"))
        self.slower = QPushButton(self.tr("Slower"))
        self.faster = QPushButton(self.tr("Faster"))
        self.strip = MessageStrip()
        self._lay_out()
        self.picture.size_wanted.connect(self.playback.set_size)
        self.playback.picture_due.connect(self.picture.show_picture)
        self.playback.trouble.connect(lambda words: self.strip.say(words, "trouble"))
        self.moments.currentRowChanged.connect(self._show_moment)
        self.play.clicked.connect(self.toggle)
        self.again.clicked.connect(self.play_again)
        self.slower.clicked.connect(self.playback.slower)
        self.faster.clicked.connect(self.playback.faster)
        QApplication.instance().aboutToQuit.connect(self._let_go)  # type: ignore[union-attr]
        self.setWindowTitle(self.tr("Package for supervision"))
        self.resize(1120, 680)

    def open(self, path: Path, passphrase: str = "") -> None:
        """Show a package; what was shown before stays if this one cannot be opened.

        Raises
        ------
        Refused, Trouble
            As `imhcode.services.package_opening.open_package`.
        """
        today = date.today().isoformat()  # noqa: DTZ011  (the day on the wall)
        package = open_package(path, today, passphrase)
        self._let_go()
        self.package = package
        words = self.tr(
            "For supervision only. Made on {made}, to be opened until {last}. Nothing can be "
            "changed here, and nothing goes out of here."
        )
        manifest = package.manifest
        self.rule.say(words.format(made=manifest.made_on, last=manifest.expires_on))
        self.strip.clear()
        for one in package.moments:
            self.moments.addItem(f"{one.title}\n{as_clock(one.duration_us)}")
        self.moments.setCurrentRow(0)
        self.moments.setFocus()

    def toggle(self) -> None:
        """Play, or stand still."""
        if self.playback.is_playing:
            self.playback.pause()
        elif self._is_over():
            self.play_again()
        else:
            self.playback.play()

    def play_again(self) -> None:
        """Play the clip from its beginning."""
        self.playback.seek(0)
        self.playback.play()

    def _is_over(self) -> bool:
        times, shown = self.playback.frame_times, self.picture.painted
        return times is not None and shown is not None and shown.frame == times.last_frame

    def _show_moment(self, row: int) -> None:
        if self.package is None or not 0 <= row < len(self.package.moments):
            return
        moment = self.package.moments[row]
        self.title.setText(moment.title)
        self.words.say(self._said_of(moment))
        self.picture.show_words(self.tr("Reading the frame times…"))
        recording = Recording(id=moment.clip, session_id="", path=moment.clip)
        self.playback.open(recording, self.package.clip(moment))

    def _said_of(self, moment: PackagedMoment) -> str:
        lines = [
            ("", moment.kind),
            (self.tr("In the child's words"), moment.childs_words),
            (self.tr("Question"), moment.question),
            (self.tr("Goal"), moment.goal),
            (self.tr("Comment"), moment.comment),
            (self.tr("Private note"), moment.private_note),
        ]
        return "\n".join(f"{name}: {said}" if name else said for name, said in lines if said)

    def _let_go(self) -> None:
        self.playback.close()
        self.picture.show_words("")
        self.moments.clear()
        self.title.clear()
        self.words.say("")
        if self.package is not None:
            self.package.close()
            self.package = None

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.moments.setAccessibleName(self.tr("Moments"))
        self.moments.setWordWrap(True)
        self.moments.installEventFilter(self)
        for label in (self.title, self.words, self.rule):
            label.setTextFormat(Qt.TextFormat.PlainText)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        for button in (self.play, self.again, self.slower, self.faster):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        buttons.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(unit * 2, 0, 0, 0)
        column.setSpacing(unit)
        column.addWidget(self.picture, 1)
        column.addLayout(buttons)
        column.addWidget(self.title)
        column.addWidget(self.words)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.moments)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 820])
        inner = QVBoxLayout()
        inner.setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 2)
        inner.setSpacing(unit * 2)
        inner.addWidget(self.rule)
        inner.addWidget(split, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(inner, 1)
        outer.addWidget(self.strip)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the picture go before those of the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._act_on(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act_on(event):
            super().keyPressEvent(event)

    def _act_on(self, event: QKeyEvent) -> bool:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Backspace: self.play_again,
            Qt.Key.Key_Left: lambda: self.playback.step(-1),
            Qt.Key.Key_Right: lambda: self.playback.step(1),
            Qt.Key.Key_Minus: self.playback.slower,
            Qt.Key.Key_Equal: self.playback.faster,
            Qt.Key.Key_Escape: self.close,
        }
        act = acts.get(event.key())
        if act is not None:
            act()
        return act is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        super().closeEvent(event)
