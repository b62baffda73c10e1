"""What the menu of the coding window does about clips."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.settings import Settings
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy

if TYPE_CHECKING:  # clips load decoders and the database library: not before they are asked for
    from imhcode.ui.clips.clip_window import ClipWindow

_US_PER_S = 1_000_000
_LENGTH_US = 10 * _US_PER_S  #: from the playhead on, where nothing is marked or selected


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""


class ClipCommands:
    """Opens the window of clips on the stretch that is marked, or the event that is selected.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of the window of clips.

    Attributes
    ----------
    page : ClipWindow or None
        Made when it is first asked for.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.page: ClipWindow | None = None

    def make_clip(self) -> None:
        """Make a clip of the open session."""
        study = self._window.study
        if study is None or study.recording is None:
            self._window.say(_tr("Open a session with a recording first."), "refused")
            return
        from imhcode.ui.clips.clip_window import ClipWindow  # noqa: PLC0415

        if self.page is None:
            self.page = ClipWindow(self._parent)
        self._window.space.playback.pause()
        try:
            self.page.open(study, self._window.settings.coder, self._stretch())
        except ImhcodeError as error:
            self._window.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")
            return
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()

    def let_go(self) -> None:
        """The study is being closed."""
        if self.page is not None:
            self.page.close_study()
            self.page.close()

    def _stretch(self) -> tuple[int, int]:
        """What is marked, else the selected event, else some seconds from the playhead on."""
        study, space = self._window.study, self._window.space
        if space.by_hand.stretch is not None:
            return space.by_hand.stretch
        event = space.model.selected_event() if space.model else None
        if event is not None and event.offset_us is not None and event.offset_us > event.onset_us:
            return event.onset_us, event.offset_us
        from_us = space.stamp().time_us if event is None else event.onset_us
        if study is None or study.recording is None:
            return from_us, from_us + _LENGTH_US
        end_us = study.recording.offset_us + study.recording.end_us
        if end_us <= from_us:
            from_us = max(study.recording.offset_us, end_us - _LENGTH_US)
        return from_us, min(from_us + _LENGTH_US, end_us)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClipCommands", text)
