"""The lane of sound above the tracks of the timeline."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from imhcode.domain.errors import ImhcodeError
from imhcode.ui.coding.sound_lane_painting import paint_spectrogram, paint_waveform
from imhcode.ui.coding.timeline_painting import Columns
from imhcode.ui.coding.timeline_rows import usual_height
from imhcode.ui.messages import said
from imhcode.ui.theme import UNIT_PX, Theme, small

if TYPE_CHECKING:
    from imhcode.services.sound_pictures import SoundPictures


class SoundView(StrEnum):
    """What the lane shows."""

    OFF = "off"
    WAVEFORM = "waveform"
    SPECTROGRAM = "spectrogram"


class SoundLane(QObject):
    """Sound of the recording on show, on the session clock; painted by the timeline.

    Nothing is worked out while the lane is off, and no spectrogram before one is asked for.

    Signals
    -------
    changed()
        What the lane shows has changed.
    resized()
        Its height has changed.
    """

    changed = Signal()
    resized = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = SoundView.OFF
        self._pictures: SoundPictures | None = None
        self._offset_us = 0
        self._emphasis = True
        self._arrived.connect(self._take_over, Qt.ConnectionType.QueuedConnection)

    # What the owner says

    @property
    def view(self) -> SoundView:
        """What the lane is asked to show."""
        return self._view

    def show_as(self, view: SoundView) -> None:
        """Show a waveform, a spectrogram, or no lane at all."""
        if view is self._view:
            return
        self._view = view
        self._start()
        self.resized.emit()
        self.changed.emit()

    def listen(
        self, path: Path, folder: Path | None, *, content_hash: str = "", offset_us: int = 0
    ) -> None:
        """Show the sound of another recording.

        Parameters
        ----------
        folder : Path or None
            Where pictures of sound are kept (`imhcode.services.sound_pictures.folder_for`).
        content_hash : str
            `Recording.sha256` or `Recording.quick_hash`; empty: the file is looked at.
        offset_us : int
            Session time = recording time + ``offset_us``.
        """
        from imhcode.services.sound_pictures import SoundPictures  # noqa: PLC0415

        self.close()
        self._offset_us = offset_us
        self._pictures = SoundPictures(
            path, folder, content_hash=content_hash, on_change=self._arrived.emit
        )
        self._start()
        self.changed.emit()

    def set_offset(self, offset_us: int) -> None:
        """Lay the recording elsewhere on the session clock."""
        self._offset_us = offset_us
        self.changed.emit()

    def emphasise_speech(self, on: bool) -> None:
        """Let the pitches of voices stand out of a spectrogram, or show all alike."""
        self._emphasis = on
        self.changed.emit()

    def close(self) -> None:
        """Stop working and show nothing."""
        if self._pictures is not None:
            self._pictures.cancel()
            self._pictures = None
            self.changed.emit()

    # What it says

    def height(self, font: QFont) -> int:
        """Logical pixels it would like to have; 0 when off."""
        tall = {SoundView.OFF: 0.0, SoundView.WAVEFORM: 1.5, SoundView.SPECTROGRAM: 2.0}
        return round(usual_height(font) * tall[self._view])

    def words(self) -> str:
        """Why there is no picture (yet); empty when everything is there."""
        pictures = self._pictures
        if pictures is None:
            return self.tr("No recording is open.")
        if isinstance(pictures.failure, ImhcodeError):
            return said(pictures.failure)
        if self._view is SoundView.SPECTROGRAM and pictures.spectrogram is None:
            if pictures.waveform is not None:
                return self.tr("spectrogram {percent} %").format(percent=pictures.percent)
        elif pictures.waveform is not None:
            return ""
        if self._view is SoundView.SPECTROGRAM and pictures.spectrogram is not None:
            return ""
        return self.tr("sound {percent} %").format(percent=pictures.percent)

    def description(self) -> str:
        """The lane for those who do not see it; does not change with every percent."""
        if self._view is SoundView.OFF:
            return ""
        pictures = self._pictures
        waiting = pictures is not None and pictures.failure is None
        if self.words() and waiting:
            return self.tr("The sound lane is being worked out.")
        if self.words():
            return self.tr("Sound lane: {why}").format(why=self.words())
        if self._view is SoundView.WAVEFORM:
            return self.tr("The sound lane shows how loud the recording is.")
        return self.tr("The sound lane shows the pitches and the loudness of the recording.")

    # Painting

    def paint(
        self, painter: QPainter, at: QPointF, height: int, columns: Columns, font: QFont, now: Theme
    ) -> None:
        """Draw the lane with its top left corner at a place of the picture."""
        pictures, unit = self._pictures, columns.unit
        area = QRectF(at.x(), at.y(), len(columns) / unit, height)
        waveform = pictures.waveform if pictures else None
        spectrogram = pictures.spectrogram if pictures else None
        tall = max(round(height * unit), 2)
        pixels = None
        if self._view is SoundView.SPECTROGRAM and spectrogram is not None:
            band = _speech_band() if self._emphasis else None
            pixels = paint_spectrogram(
                spectrogram, waveform, columns, self._offset_us, tall, now, speech_band=band
            )
        elif waveform is not None:
            pixels = paint_waveform(waveform, columns, self._offset_us, tall, now)
        if pixels is None:
            painter.fillRect(area, QColor(now.lane))
        else:
            high, wide = pixels.shape
            image = QImage(pixels.data, wide, high, wide * 4, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(unit)
            painter.drawImage(at, image)
        _write(painter, area, self.words(), small(font), now)

    def _start(self) -> None:
        if self._pictures is not None and self._view is not SoundView.OFF:
            self._pictures.start(spectrogram=self._view is SoundView.SPECTROGRAM)

    def _take_over(self) -> None:
        failure = None if self._pictures is None else self._pictures.failure
        self.changed.emit()
        if failure is not None and not isinstance(failure, ImhcodeError):
            raise failure  # our mistake: let it be seen where mistakes are seen


def _speech_band() -> tuple[int, int]:
    from imhcode.media.spectrogram import SPEECH_HZ, band_of  # noqa: PLC0415

    low_hz, high_hz = SPEECH_HZ
    return band_of(low_hz), band_of(high_hz)


def _write(painter: QPainter, area: QRectF, words: str, font: QFont, now: Theme) -> None:
    """Words at the left of the lane, on a plate so that no picture disturbs them."""
    if not words:
        return
    metrics = QFontMetricsF(font)
    room = area.width() - 2 * UNIT_PX
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    width, high = metrics.horizontalAdvance(words), metrics.height()
    plate = QRectF(area.left(), area.center().y() - high / 2, width + 2 * UNIT_PX, high)
    painter.fillRect(plate, QColor(now.lane))
    painter.setFont(font)
    painter.setPen(QColor(now.text_dim))
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(plate.adjusted(UNIT_PX, 0, 0, 0), align, words)
