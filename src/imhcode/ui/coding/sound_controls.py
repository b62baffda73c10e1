"""How fast, and how it sounds: the small row beside the transport."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSlider, QToolButton, QWidget

from imhcode.ui import theme
from imhcode.ui.coding.playback import Playback

_GAINS_DB = (0, 6, 12, 18, 24)
_VOLUME_STEPS = 100


class SoundControls(QWidget):
    """Speed, mute, volume, and a menu of channel, gain and sound while stepping.

    Parameters
    ----------
    playback : Playback
        What it asks, and whose state it shows.
    """

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._listening = playback.listening
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT_PX // 2)
        self.speed = QComboBox()
        self.speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Speed; the pitch of voices is kept"))
        self.show_speeds()
        self.speed.activated.connect(self._choose_speed)
        self.mute = QToolButton()
        self.mute.setCheckable(True)
        self.mute.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mute.clicked.connect(self._listening.set_muted)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, _VOLUME_STEPS)
        self.volume.setFixedWidth(9 * theme.UNIT_PX)
        self.volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.valueChanged.connect(
            lambda value: self._listening.set_volume(value / _VOLUME_STEPS)
        )
        self.more = QToolButton()
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setText(self.tr("Listen"))
        self.more.setToolTip(self.tr("Channel, gain, sound of single steps"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self._menu)
        for widget in (self.speed, self.mute, self.volume, self.more):
            row.addWidget(widget)
        playback.speed_changed.connect(self._show)
        self._listening.changed.connect(self._show)
        self._show()

    def show_speeds(self) -> None:
        """Offer the speeds that slower and faster go by."""
        with QSignalBlocker(self.speed):
            self.speed.clear()
            for one in self._playback.speeds:
                self.speed.addItem(speed_text(one), one)
            self.speed.setCurrentIndex(self.speed.findData(self._playback.speed))

    def _show(self) -> None:
        listening = self._listening
        speed = self._playback.speed
        with QSignalBlocker(self.speed):
            place = self.speed.findData(speed)
            if place < 0:  # shuttling
                self.speed.setPlaceholderText(speed_text(speed))
            self.speed.setCurrentIndex(place)
        with QSignalBlocker(self.volume):
            self.volume.setValue(round(listening.volume * _VOLUME_STEPS))
        self.mute.setChecked(listening.muted)
        self.mute.setText(self.tr("Muted") if listening.muted else self.tr("Sound"))
        self.mute.setAccessibleName(self.tr("Mute"))
        why = "" if listening.has_sound else self.tr("This recording has no sound")
        self.mute.setToolTip(why or self.tr("Mute"))
        self.volume.setToolTip(why or self.tr("Volume"))
        for widget in (self.mute, self.volume, self.more):
            widget.setEnabled(listening.has_sound)

    def _choose_speed(self, place: int) -> None:
        self._playback.set_speed(self.speed.itemData(place))

    def _fill_menu(self) -> None:
        menu, listening = self._menu, self._listening
        menu.clear()
        menu.addSection(self.tr("Channel, in both ears"))
        self._add(self.tr("All"), listening.channel is None, lambda: listening.set_channel(None))
        for channel in range(listening.n_channels if listening.n_channels > 1 else 0):
            self._add(
                self.tr("Only {n}").format(n=channel + 1),
                listening.channel == channel,
                lambda channel=channel: listening.set_channel(channel),
            )
        menu.addSection(self.tr("Gain"))
        for gain_db in _GAINS_DB:
            self._add(
                self.tr("+{n} dB").format(n=gain_db) if gain_db else self.tr("None"),
                listening.gain_db == gain_db,
                lambda gain_db=gain_db: listening.set_gain_db(gain_db),
            )
        menu.addSeparator()
        self._add(
            self.tr("Hear single steps"),
            listening.grains,
            lambda: listening.set_grains(not listening.grains),
        )

    def _add(self, text: str, checked: bool, act: object) -> None:
        action = self._menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(act)


def speed_text(speed: float) -> str:
    """A speed as people write it, with the sign of multiplication behind it."""
    return f"{speed:g}×".replace("-", "−")
