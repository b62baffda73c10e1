"""One camera on the wall: its picture and a line that says which camera it is."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from imhcode.domain.study import Recording
from imhcode.domain.timecode import as_decimal
from imhcode.ui import theme
from imhcode.ui.coding.camera_menu import camera_menu
from imhcode.ui.coding.picture_view import PictureView

CAPTION_PX = 28  #: at the usual text size
SMALLEST_PX = (96, 54)


class CameraFrame(QWidget):
    """A picture with its caption: name, offset, pictures dropped, and the button to let it lead.

    Signals
    -------
    lead_asked(str), hear_asked(str), mute_asked(str, bool), deinterlace_asked(str, bool)
        The recording's id; whether it is to be silent, or shown without combs.
    """

    lead_asked = Signal(str)
    hear_asked = Signal(str)
    mute_asked = Signal(str, bool)
    deinterlace_asked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recording: Recording | None = None
        self.leads = False
        self.is_heard = False
        self.is_muted = False
        self.is_deinterlaced = True
        self.view = PictureView(self)
        self.view.setMinimumSize(*SMALLEST_PX)
        self.view.menu_asked.connect(self._show_menu)
        self.view.double_clicked.connect(self._double_clicked)
        self.view.look_changed.connect(self._dress)
        self.caption = QWidget(self)
        self.caption.setFixedHeight(theme.scaled(CAPTION_PX))
        self.caption.setAutoFillBackground(True)
        row = QHBoxLayout(self.caption)
        row.setContentsMargins(theme.UNIT_PX, 0, 0, 0)
        row.setSpacing(theme.UNIT_PX)
        self._name, self._facts = QLabel(), QLabel()
        for label in (self._name, self._facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(0)
        self._lead = QToolButton()
        self._lead.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lead.setText(self.tr("Lead"))
        self._lead.setToolTip(
            self.tr("Step by the frames of this camera; events are coded on its pictures")
        )
        self._lead.clicked.connect(self._ask_lead)
        row.addWidget(self._name)
        row.addWidget(self._facts, 1)
        row.addWidget(self._lead)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.caption)
        self._dropped = 0
        self.caption.hide()

    def show_recording(self, recording: Recording | None, *, leads: bool) -> None:
        """Say which camera this is, where it lies, and whether it leads."""
        self.recording, self.leads = recording, leads
        self._dress()

    def show_dropped(self, dropped: int) -> None:
        """Say how many pictures of this camera could not be shown in time."""
        if dropped != self._dropped:
            self._dropped = dropped
            self._dress()

    def set_heard(self, heard: bool) -> None:
        """Note that it is this camera that is heard, though another leads."""
        self.is_heard = heard
        self._dress()

    def set_muted(self, muted: bool) -> None:
        """Note that the camera is silent, or is not."""
        self.is_muted = muted
        self._dress()

    def _dress(self) -> None:
        if self.recording is None:
            return
        tokens = theme.current()
        self.caption.setFixedHeight(theme.scaled(CAPTION_PX))
        name = Path(self.recording.path).stem
        self._name.setStyleSheet(f"color: {tokens.text if self.leads else tokens.text_dim};")
        self._facts.setStyleSheet(f"color: {tokens.text_dim};")
        self._facts.setText(" · ".join(self._facts_in_words()))
        self._lead.setVisible(not self.leads)
        taken = self._facts.sizeHint().width() + 4 * theme.UNIT_PX
        if not self.leads:
            taken += self._lead.sizeHint().width()
        room = max(3 * theme.UNIT_PX, self.width() - taken)
        middle = Qt.TextElideMode.ElideMiddle
        self._name.setText(self._name.fontMetrics().elidedText(name, middle, room))
        self._name.setToolTip(name)
        self.view.setAccessibleName(self.tr("Picture of {name}").format(name=name))

    def _facts_in_words(self) -> list[str]:
        if self.recording is None:
            return []
        words = [self.tr("leads")] if self.leads else []
        words.append(offset_in_words(self.recording.offset_us))
        if self.is_heard:
            words.append(self.tr("heard"))
        if self.is_muted:
            words.append(self.tr("muted"))
        if self.view.look.zoom > 1:
            words.append(f"{self.view.look.zoom:.1f}×")
        if self._dropped:
            words.append(self.tr("{n} dropped").format(n=self._dropped))
        return words

    def _double_clicked(self) -> None:
        if self.leads:
            self.view.show_whole()
        else:
            self._ask_lead()

    def _ask_lead(self) -> None:
        if self.recording is not None:
            self.lead_asked.emit(self.recording.id)

    def _show_menu(self, at: QPoint) -> None:
        menu = camera_menu(self.view)
        if self.recording is not None:
            recording_id = self.recording.id
            menu.addSeparator()
            lead = menu.addAction(self.tr("Let this camera lead"))
            lead.setEnabled(not self.leads)
            lead.triggered.connect(self._ask_lead)
            hear = menu.addAction(self.tr("Hear this camera"))
            hear.triggered.connect(lambda: self.hear_asked.emit(recording_id))
            mute = menu.addAction(self.tr("Mute"))
            mute.setCheckable(True)
            mute.setChecked(self.is_muted)
            mute.toggled.connect(lambda on: self.mute_asked.emit(recording_id, on))
            combs = menu.addAction(self.tr("Interlaced pictures without combs"))
            combs.setCheckable(True)
            combs.setChecked(self.is_deinterlaced)
            combs.toggled.connect(lambda on: self.deinterlace_asked.emit(recording_id, on))
        menu.popup(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def offset_in_words(offset_us: int) -> str:
    """An offset with its sign in seconds, to the nearest millisecond: ``+1.48 s``."""
    sign = "+" if offset_us >= 0 else "−"
    return f"{sign}{as_decimal(round(abs(offset_us) / 1_000), 1_000)} s"
