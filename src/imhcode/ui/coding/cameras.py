"""The wall: the pictures of all cameras of the session, one of which leads."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from imhcode.domain.study import Recording
from imhcode.media.picture import Picture
from imhcode.ui import theme
from imhcode.ui.coding.camera_frame import CAPTION_PX, CameraFrame
from imhcode.ui.coding.camera_layouts import Layout, places
from imhcode.ui.coding.camera_look import Look
from imhcode.ui.coding.picture_view import PictureView

USUAL_ASPECT = 16 / 9


class CameraWall(QWidget):
    """Takes the place of one picture: what is painted here is what the leading camera shows.

    With a single camera it looks and behaves like a :class:`PictureView`.

    Signals
    -------
    size_wanted(int, int)
        Pictures of the leading camera of this size, in device pixels, would fit exactly.
    follower_size_wanted(str, int, int)
        The same for another camera, by the id of its recording.
    lead_asked(str), hear_asked(str), mute_asked(str, bool), deinterlace_asked(str, bool),
    layout_changed(str),
    sync_asked()
        What was asked for by hand.
    """

    size_wanted = Signal(int, int)
    follower_size_wanted = Signal(str, int, int)
    lead_asked = Signal(str)
    hear_asked = Signal(str)
    mute_asked = Signal(str, bool)
    deinterlace_asked = Signal(str, bool)
    layout_changed = Signal(str)
    sync_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: Layout = "side-by-side"
        self._aspect = USUAL_ASPECT
        self._looks: dict[str, Look] = {}
        self._muted: set[str] = set()
        self._room = _Room(self._place)
        self._frames = [self._new_frame()]
        self._lead = self._frames[0]
        self._bar = self._new_bar()
        self._bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._room, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._lead.view)

    # -- like a single picture ---------------------------------------------------------------

    @property
    def painted(self) -> Picture | None:
        """The picture of the leading camera that is really on screen."""
        return self._lead.view.painted

    @property
    def lead_view(self) -> PictureView:
        """The view of the leading camera."""
        return self._lead.view

    def show_picture(self, picture: Picture) -> None:
        """Paint a picture of the leading camera at once."""
        self._lead.view.show_picture(picture)
        aspect = picture.width / picture.height
        if abs(aspect - self._aspect) > 0.01:
            self._aspect = aspect
            self._place()

    def show_words(self, words: str) -> None:
        """Show a sentence instead of the leading camera's picture."""
        self._lead.view.show_words(words)

    # -- the cameras -------------------------------------------------------------------------

    def show_cameras(self, recordings: Sequence[Recording], lead_id: str) -> None:
        """Hang up one frame a recording; the one called ``lead_id`` leads."""
        had_focus = self.hasFocus()
        self._keep_looks()
        kept = {frame.recording.id: frame for frame in self._frames if frame.recording}
        if len(recordings) == 1 and not kept:
            kept = {recordings[0].id: self._frames[0]}
        frames = []
        for recording in recordings:
            frame = kept.pop(recording.id, None) or self._new_frame()
            frame.show_recording(recording, leads=recording.id == lead_id)
            frame.view.set_look(self._looks.get(recording.id, Look()))
            frame.set_muted(recording.id in self._muted)
            frame.is_deinterlaced = recording.deinterlaced
            frame.caption.setVisible(len(recordings) > 1)
            frames.append(frame)
        for frame in self._frames:
            if frame not in frames:
                frame.hide()
                frame.deleteLater()
        self._frames = frames or [self._new_frame()]
        self._lead = next((one for one in self._frames if one.leads), self._frames[0])
        self._bar.setVisible(len(recordings) > 1)
        self.setFocusProxy(self._lead.view)
        if had_focus:
            self._lead.view.setFocus()
        self._place()
        for frame in self._frames:
            frame.setVisible(True)
        self._ask_sizes()

    def views(self) -> list[tuple[str, PictureView]]:
        """The view of every camera, with the id of its recording."""
        return [(one.recording.id, one.view) for one in self._frames if one.recording]

    def show_recording(self, recording: Recording) -> None:
        """Say where a camera lies now."""
        frame = self.frame(recording.id)
        if frame is not None:
            frame.show_recording(recording, leads=frame.leads)

    def frame(self, recording_id: str) -> CameraFrame | None:
        """The frame of a camera, if it hangs here."""
        found = (one for one in self._frames if one.recording and one.recording.id == recording_id)
        return next(found, None)

    def set_muted(self, recording_id: str, muted: bool) -> None:
        """Show that a camera is silent, or is not."""
        (self._muted.add if muted else self._muted.discard)(recording_id)
        frame = self.frame(recording_id)
        if frame is not None:
            frame.set_muted(muted)

    def show_heard(self, recording_id: str) -> None:
        """Note which camera is heard though another leads; empty: the one that leads."""
        for frame in self._frames:
            heard = frame.recording is not None and frame.recording.id == recording_id
            frame.set_heard(heard and not frame.leads)

    def is_muted(self, recording_id: str) -> bool:
        """Whether a camera is to be silent."""
        return recording_id in self._muted

    @property
    def arrangement(self) -> Layout:
        """How the pictures lie."""
        return self._layout

    def arrange(self, layout: Layout) -> None:
        """Lay the pictures side by side, one large, or one inside the other."""
        if layout != self._layout:
            self._layout = layout
            self._buttons[layout].setChecked(True)
            self._place()
            self.layout_changed.emit(layout)

    # -- inside ------------------------------------------------------------------------------

    def _new_frame(self) -> CameraFrame:
        frame = CameraFrame(self._room)
        frame.lead_asked.connect(self.lead_asked)
        frame.hear_asked.connect(self.hear_asked)
        frame.mute_asked.connect(self._mute)
        frame.deinterlace_asked.connect(self.deinterlace_asked)
        frame.view.size_wanted.connect(lambda w, h: self._want_size(frame, w, h))
        return frame

    def _mute(self, recording_id: str, muted: bool) -> None:
        self.set_muted(recording_id, muted)
        self.mute_asked.emit(recording_id, muted)

    def _want_size(self, frame: CameraFrame, width: int, height: int) -> None:
        if frame is self._lead:
            self.size_wanted.emit(width, height)
        elif frame.recording is not None:
            self.follower_size_wanted.emit(frame.recording.id, width, height)

    def _ask_sizes(self) -> None:
        for frame in self._frames:
            ratio = frame.view.devicePixelRatioF() * frame.view.look.zoom
            view = frame.view
            self._want_size(frame, round(view.width() * ratio), round(view.height() * ratio))

    def _keep_looks(self) -> None:
        for frame in self._frames:
            if frame.recording is not None:
                self._looks[frame.recording.id] = frame.view.look

    def _place(self) -> None:
        caption_px = theme.scaled(CAPTION_PX) if len(self._frames) > 1 else 0
        lead = self._frames.index(self._lead)
        rectangles = places(
            self._layout, len(self._frames), lead, self._room.size(), caption_px, self._aspect
        )
        for frame, rectangle in zip(self._frames, rectangles, strict=True):
            frame.setGeometry(rectangle)
            if frame is not self._lead:
                frame.raise_()

    def _new_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        half = theme.UNIT_PX // 2
        row.setContentsMargins(theme.UNIT_PX, half, theme.UNIT_PX, half)
        row.setSpacing(half)
        group = QButtonGroup(bar)
        self._buttons: dict[Layout, QToolButton] = {}
        words: tuple[tuple[Layout, str], ...] = (
            ("side-by-side", self.tr("Side by side")),
            ("one-large", self.tr("One large")),
            ("inset", self.tr("Picture in picture")),
        )
        for layout, said in words:
            button = QToolButton()
            button.setText(said)
            button.setCheckable(True)
            button.setChecked(layout == self._layout)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, asked=layout: self.arrange(asked))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[layout] = button
        row.addStretch()
        sync = QToolButton()
        sync.setText(self.tr("Sync cameras…"))
        sync.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        sync.clicked.connect(self.sync_asked)
        row.addWidget(sync)
        return bar


class _Room(QWidget):
    """Where the frames hang; tells when it is another size."""

    def __init__(self, resized: object) -> None:
        super().__init__()
        self._resized = resized
        self.setMinimumSize(240, 135)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized()  # type: ignore[operator]
