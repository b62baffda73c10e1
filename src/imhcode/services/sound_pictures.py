"""What the sound of a recording looks like, worked out once, in the background, and kept.

Importing this module loads no decoder: the thread that needs one does.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from imhcode.media.errors import NoSound
from imhcode.media.superseded import Superseded

if TYPE_CHECKING:
    from imhcode.media.spectrogram import Spectrogram
    from imhcode.media.waveform import Waveform

Work = Literal["", "waveform", "spectrogram"]
FOLDER = ".imhcode-index"  #: beside the study; may be deleted at any time
_PATIENCE_S = 5.0


def folder_for(study: Path) -> Path:
    """Where the pictures of a study's recordings are kept."""
    return study.absolute().parent / FOLDER


class SoundPictures:
    """Waveform and spectrogram of one recording.

    Nothing happens before `start`.  One plain thread works out what is wanted, the waveform
    first, and ends.  Everything may be asked at any time from the thread that made this.

    Parameters
    ----------
    path : Path
        The recording.
    folder : Path or None
        Where results are kept and found again; ``None``: nowhere.
    content_hash : str
        What is in the file (`Recording.sha256` or `Recording.quick_hash`); empty: it is looked at.
    mixed : bool
        One row for all channels, or one for each.
    on_change : callable
        Called without arguments on the working thread when anything below has changed, progress
        included, at most once for each percent; never again once `cancel` has returned.
    """

    def __init__(
        self,
        path: Path,
        folder: Path | None,
        *,
        content_hash: str = "",
        mixed: bool = True,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._path = path
        self._folder = folder
        self._content_hash = content_hash
        self._mixed = mixed
        self._on_change = on_change
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._thread: threading.Thread | None = None
        self._cancelled = False
        self._wants_spectrogram = False
        self._work: Work = ""
        self._percent = 0
        self._waveform: Waveform | None = None
        self._spectrogram: Spectrogram | None = None
        self._failure: Exception | None = None

    @property
    def waveform(self) -> "Waveform | None":
        """The waveform, once it is there."""
        return self._waveform

    @property
    def spectrogram(self) -> "Spectrogram | None":
        """The spectrogram, once it is there."""
        return self._spectrogram

    @property
    def working_on(self) -> Work:
        """What is being worked out now; empty if nothing."""
        return self._work

    @property
    def percent(self) -> int:
        """How much of that is done."""
        return self._percent

    @property
    def failure(self) -> Exception | None:
        """Why there is no picture: an `ImhcodeError` with its sentence, or our own mistake."""
        return self._failure

    def start(self, *, spectrogram: bool = False) -> None:
        """Work out what is not there yet: the waveform and, if wanted, then the spectrogram."""
        with self._lock:
            self._wants_spectrogram = self._wants_spectrogram or spectrogram
            if self._thread is None and not self._cancelled and self._missing():
                self._thread = threading.Thread(
                    target=self._run, name="imhcode-sound-pictures", daemon=True
                )
                self._thread.start()

    def cancel(self) -> None:
        """Stop working, for good; what is there stays."""
        with self._telling:
            self._cancelled = True
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_PATIENCE_S)  # it looks up once a second of sound, so a few milliseconds

    def _missing(self) -> Work:
        if self._failure is not None or self._cancelled:
            return ""
        if self._waveform is None:
            return "waveform"
        return "spectrogram" if self._wants_spectrogram and self._spectrogram is None else ""

    def _run(self) -> None:
        while True:
            with self._lock:
                self._work, self._percent = self._missing(), 0
                if not self._work:
                    self._thread = None
                    break
            self._tell()
            try:
                if self._path.is_dir():
                    raise NoSound
                if self._work == "waveform":
                    self._waveform = self._make_waveform()
                else:
                    self._spectrogram = self._make_spectrogram()
            except Superseded:
                continue
            except Exception as failure:  # noqa: BLE001  (shown, not lost)
                self._failure = failure
        self._tell()

    def _tell(self) -> None:
        with self._telling:
            if not self._cancelled:
                self._on_change()

    def _progress(self, share: float) -> None:
        percent = int(share * 100)
        if percent != self._percent:
            self._percent = percent
            self._tell()

    def _is_wanted(self) -> bool:
        return not self._cancelled

    def _make_waveform(self) -> "Waveform":
        from imhcode.media import sound_pyramid_files as files  # noqa: PLC0415
        from imhcode.media.waveform import read_waveform  # noqa: PLC0415

        key = self._key()
        place = files.waveform_path(self._folder, key, mixed=self._mixed) if self._folder else None
        kept = files.kept_waveform(place) if place else None
        if kept is not None:
            return kept
        made = read_waveform(
            self._path, mixed=self._mixed, wanted=self._is_wanted, on_progress=self._progress
        )
        if place:
            files.keep_waveform(place, made)  # a disk that refuses costs the time, not the picture
        return made

    def _make_spectrogram(self) -> "Spectrogram":
        from imhcode.media import sound_pyramid_files as files  # noqa: PLC0415
        from imhcode.media.spectrogram import read_spectrogram  # noqa: PLC0415

        place = files.spectrogram_path(self._folder, self._key()) if self._folder else None
        kept = files.kept_spectrogram(place) if place else None
        if kept is not None:
            return kept
        made = read_spectrogram(self._path, wanted=self._is_wanted, on_progress=self._progress)
        if place:
            files.keep_spectrogram(place, made)
        return made

    def _key(self) -> str:
        if not self._content_hash:
            from imhcode.media.fingerprint import quick_fingerprint  # noqa: PLC0415

            self._content_hash = quick_fingerprint(self._path)
        return self._content_hash
