"""How a person listens and looks, kept from one start of the program to the next.

What belongs to the person goes to the settings; what belongs to a recording or a session of a
study (its channel, which camera leads) goes to the study.
"""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from imhcode.settings import Settings
from imhcode.ui.coding.camera_layouts import LAYOUTS
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.playback import SPEEDS
from imhcode.ui.coding.sound_lane import SoundView
from imhcode.ui.open_study import OpenStudy

_SETTLES_MS = 500  #: a slider that is moved is written down once it rests


class Window(Protocol):
    """What remembering needs of the window."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""


class Remembering(QObject):
    """Brings back what was chosen last, and writes down what is chosen.

    Parameters
    ----------
    window : Window
        Whose settings, study and workspace are meant.
    parent : QWidget
        The same window.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLES_MS)
        self._settling.timeout.connect(self.write)
        self._bring_back()
        space = window.space
        space.playback.listening.changed.connect(self._settling.start)
        space.timeline.sound.resized.connect(self._settling.start)
        space.picture.layout_changed.connect(lambda _: self._settling.start())
        space.playback.ready.connect(self._bring_back_channel)

    def write(self) -> None:
        """Write down what is chosen now."""
        self._settling.stop()
        space, settings = self._window.space, self._window.settings
        listening = space.playback.listening
        chosen = replace(
            settings,
            volume=listening.volume,
            muted=listening.muted_by_hand,
            gain_db=listening.gain_db,
            grains=listening.grains,
            sound_view=space.timeline.sound.view.value,
            camera_layout=space.picture.arrangement,
        )
        if chosen != settings:
            self._window.change_settings(chosen)
        recording = space.playback.recording
        if self._window.study is not None and recording is not None and listening.n_channels:
            channel = "" if listening.channel is None else str(listening.channel)
            self._window.study.choose(f"channel/{recording.id}", channel)

    def _bring_back(self) -> None:
        space, settings = self._window.space, self._window.settings
        listening = space.playback.listening
        listening.set_volume(settings.volume)
        listening.set_muted(settings.muted)
        listening.set_gain_db(settings.gain_db)
        listening.set_grains(settings.grains)
        space.playback.speeds = speeds_of(settings)
        space.sound.show_speeds()
        if settings.sound_view in list(SoundView):
            space.timeline.sound.show_as(SoundView(settings.sound_view))
        for layout in LAYOUTS:
            if layout == settings.camera_layout:
                space.picture.arrange(layout)

    def _bring_back_channel(self) -> None:
        study, playback = self._window.study, self._window.space.playback
        if study is None or playback.recording is None:
            return
        kept = study.choice(f"channel/{playback.recording.id}")
        if kept.isdigit() and int(kept) < playback.listening.n_channels:
            playback.listening.set_channel(int(kept))


def speeds_of(settings: Settings) -> tuple[float, ...]:
    """The speeds a person has set, in order and with natural speed among them; or the usual."""
    speeds = {1.0}
    for text in settings.speeds:
        try:
            speed = float(text)
        except ValueError:
            return SPEEDS
        if not SPEEDS[0] <= speed <= SPEEDS[-1]:
            return SPEEDS
        speeds.add(speed)
    return tuple(sorted(speeds)) if settings.speeds else SPEEDS
