"""What a clip is to be: from when until when, which cameras, what for, with which sound."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from imhcode.domain.consent import USES
from imhcode.domain.timecode import as_clock, from_clock
from imhcode.media.frame_times import FrameTimes
from imhcode.services.clips import WITH_SOUND, ClipWish
from imhcode.ui import theme
from imhcode.ui.clips.preview_maker import Preview
from imhcode.ui.review.consent_words import use_words
from imhcode.ui.widgets.choices import combo
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService

_CUT_US = 999  # clocks show whole milliseconds, cut: what is copied from one means that frame
_KEPT, _MUTED, _IN_STRETCHES = "kept", "muted", "stretches"


class ClipForm(QWidget):
    """The left side of the window.

    Signals
    -------
    changed()
        Another clip is wanted.
    edge_typed(bool, str)
        The beginning (else the end) was typed.
    """

    changed = Signal()
    edge_typed = Signal(bool, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._muted_us: tuple[tuple[int, int], ...] = ()
        self._begun_us: tuple[int, int] | None = None
        self.begins, self.ends = QLineEdit(), QLineEdit()
        self.length = QLabel()
        self.camera = combo(self.tr("Camera"))
        self.beside = combo(self.tr("Beside it"))
        self.use = combo(self.tr("What for"))
        self.consent = WrappedLabel()
        self.sound = combo(self.tr("Sound"))
        self.silences = QListWidget()
        self.silences.setAccessibleName(self.tr("Stretches without sound"))
        self.silences.setMaximumHeight(theme.scaled(96))
        self.hint = WrappedLabel(
            self.tr(
                "M begins a silence at the picture that is shown, and ends it. Del deletes one."
            )
        )
        for label in (self.consent, self.hint, self.length):
            label.setFont(theme.small(self.font()))
        for use in USES:
            self.use.addItem(use_words(use), use)
        self.sound.addItem(self.tr("kept"), _KEPT)
        self.sound.addItem(self.tr("muted"), _MUTED)
        self.sound.addItem(self.tr("muted in stretches"), _IN_STRETCHES)
        form = QFormLayout()
        form.setSpacing(theme.UNIT_PX)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("From"), self.begins),
            (self.tr("Until"), self.ends),
            ("", self.length),
            (self.tr("Camera"), self.camera),
            (self.tr("Beside it"), self.beside),
            (self.tr("What for"), self.use),
        )
        for words, field in rows:
            if words:
                field.setAccessibleName(words)
            form.addRow(words, field)
        form.addRow(self.consent)
        form.addRow(self.tr("Sound"), self.sound)
        form.addRow(self.silences)
        form.addRow(self.hint)
        for line in (self.begins, self.ends):
            line.setToolTip(self.tr("A time such as 1:02.5, or a frame such as f1054"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addStretch(1)
        self.begins.editingFinished.connect(lambda: self._typed(self.begins, True))
        self.ends.editingFinished.connect(lambda: self._typed(self.ends, False))
        self.camera.activated.connect(lambda _: self._choose_camera())
        self.beside.activated.connect(lambda _: self.changed.emit())
        self.use.activated.connect(lambda _: self._choose_use())
        self.sound.activated.connect(lambda _: self._choose_sound())
        self._show_silences()

    def open(self, study: "StudyService", session_id: str, leading: str) -> None:
        """Offer the cameras of a session."""
        self._muted_us, self._begun_us = (), None
        for box in (self.camera, self.beside):
            box.clear()
        self.beside.addItem(self.tr("none"), "")
        for one in study.session(session_id).recordings:
            name = study.path_of(one).name
            self.camera.addItem(name, one.id)
            self.beside.addItem(name, one.id)
        self.camera.setCurrentIndex(max(0, self.camera.findData(leading)))
        self.beside.setCurrentIndex(0)
        self.beside.setEnabled(self.camera.count() > 1)
        self.use.setCurrentIndex(0)
        self.sound.setCurrentIndex(self.sound.findData(_KEPT))
        self._show_silences()

    @property
    def cameras(self) -> tuple[str, ...]:
        """The ids of the cameras, the one that leads first."""
        leading, beside = self.camera.currentData(), self.beside.currentData()
        return (leading,) if not beside or beside == leading else (leading, beside)

    def wish(self, session_id: str, stretch: tuple[int, int]) -> ClipWish:
        """What the form says, without masks."""
        kind = self.sound.currentData()
        return ClipWish(
            session_id=session_id,
            stretches_us=(stretch,),
            recording_ids=self.cameras,
            use=self.use.currentData(),
            has_sound=kind != _MUTED,
            muted_us=self._muted_us if kind == _IN_STRETCHES else (),
        )

    def silence_here(self, from_us: int, until_us: int) -> None:
        """Begin a silence with the picture shown from and until then, or end it with it."""
        self.sound.setCurrentIndex(self.sound.findData(_IN_STRETCHES))
        if self._begun_us is None:
            self._begun_us = from_us, until_us
            self._show_silences()
            return
        begun, self._begun_us = self._begun_us, None
        new = min(begun[0], from_us), max(begun[1], until_us)
        self._muted_us = tuple(sorted((*self._muted_us, new)))
        self._show_silences()
        self.changed.emit()

    def take_silence(self) -> None:
        """Delete the silence that is chosen."""
        row = self.silences.currentRow()
        if 0 <= row < len(self._muted_us):
            self._muted_us = self._muted_us[:row] + self._muted_us[row + 1 :]
        else:
            self._begun_us = None
        self._show_silences()
        self.changed.emit()

    def show_stretch(self, shown: Preview, offset_us: int) -> None:
        """Say both ends as they will be: frame and time."""
        span = shown.span
        words = self.tr("{time} · frame {frame}")
        last_us = offset_us + shown.times.time_of(span.last_frame)
        for line, frame, at_us in (
            (self.begins, span.first_frame, span.from_us),
            (self.ends, span.last_frame, last_us),
        ):
            if not line.isModified():
                line.setText(words.format(time=as_clock(at_us), frame=frame))
        words = self.tr("{n} frames, {seconds} s; both ends are shown")
        seconds = f"{(span.until_us - span.from_us) / 1_000_000:.2f}"
        self.length.setText(words.format(n=shown.count, seconds=seconds))

    def _typed(self, line: QLineEdit, is_beginning: bool) -> None:
        if line.isModified():
            line.setModified(False)
            self.edge_typed.emit(is_beginning, line.text())

    def _choose_camera(self) -> None:
        if self.beside.currentData() == self.camera.currentData():
            self.beside.setCurrentIndex(0)
        self.changed.emit()

    def _choose_use(self) -> None:
        usual = _KEPT if self.use.currentData() in WITH_SOUND else _MUTED
        if self.sound.currentData() != _IN_STRETCHES:
            self.sound.setCurrentIndex(self.sound.findData(usual))
        self._choose_sound()

    def _choose_sound(self) -> None:
        self._show_silences()
        self.changed.emit()

    def _show_silences(self) -> None:
        self.silences.clear()
        for one in self._muted_us:
            self.silences.addItem(" – ".join(map(as_clock, one)))
        if self._begun_us is not None:
            words = self.tr("{time} – …: M ends it")
            self.silences.addItem(words.format(time=as_clock(self._begun_us[0])))
        shown = self.sound.currentData() == _IN_STRETCHES
        self.silences.setVisible(shown)
        self.hint.setVisible(shown)


def edge_of(text: str, times: FrameTimes, offset_us: int, *, is_beginning: bool) -> int:
    """The session time of an edge that was typed as a time or a frame; the last frame is shown.

    Raises
    ------
    NotATime, FrameOutOfRange
        It is none.
    """
    text = text.split("·", maxsplit=1)[0].strip().lower()
    if text.startswith("f") and text[1:].strip().isdigit():
        frame = int(text[1:])
        times.check(frame)
    else:
        at_us = from_clock(text) - offset_us + _CUT_US
        if at_us - _CUT_US <= times.end_us <= at_us:
            at_us = times.end_us - 1
        frame = times.frame_at(at_us)
    if is_beginning:
        return offset_us + times.time_of(frame)
    end = times.end_us if frame == times.last_frame else times.time_of(frame + 1)
    return offset_us + end
