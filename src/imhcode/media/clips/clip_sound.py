"""The sound of a clip, by its place on the clip's own clock."""

import numpy as np
from numpy.typing import NDArray

from imhcode.media.audio import RATE_HZ
from imhcode.media.clips.pictures import ClipPictures
from imhcode.media.clips.plan import ClipCamera, Shot
from imhcode.media.sound_mix import mix_matrix
from imhcode.media.sound_reader import SoundReader

_RATE_MHZ = RATE_HZ / 1_000_000  # samples a microsecond


class ClipSound:
    """Both ears of a clip at `RATE_HZ`; where nothing is to be heard there is silence.

    Parameters
    ----------
    pictures : ClipPictures
        The clip; its recordings are open.

    Attributes
    ----------
    n_samples : int
        As long as the pictures; 0 where no shot has sound at all.

    Raises
    ------
    UnreadableSound
        A recording has sound that cannot be decoded.
    """

    def __init__(self, pictures: ClipPictures) -> None:
        schedule = pictures.schedule
        self._tracks: list[_ShotSound] = []
        readers: dict[ClipCamera, _Ears] = {}
        self._readers = readers
        try:
            for part, shot in enumerate(schedule.plan.parts):
                if not isinstance(shot, Shot) or shot.sound_from is None:
                    continue
                camera = shot.sound_from
                track = pictures.source_of(camera).sound_track
                if track is None:
                    continue
                if camera not in readers:
                    readers[camera] = _Ears(SoundReader(track.path, track.zero_s))
                starts_us, span = schedule.starts_us(part), schedule.span(part)
                self._tracks.append(
                    _ShotSound(
                        readers[camera],
                        starts=_samples(starts_us),
                        ends=_samples(starts_us + span.until_us - span.from_us),
                        recorded_from=_samples(span.from_us - camera.offset_us),
                        muted=[
                            (
                                int((starts_us + muted_us - span.from_us) * _RATE_MHZ),
                                int((starts_us + until_us - span.from_us) * _RATE_MHZ) + 1,
                            )
                            for muted_us, until_us in shot.muted
                        ],
                    )
                )
        except BaseException:
            self.close()
            raise
        self.n_samples = _samples(schedule.end_us) if self._tracks else 0

    def samples(self, first: int, n_samples: int) -> NDArray[np.float32]:
        """Return samples ``first`` to ``first + n_samples``, shape (n_samples, 2), within ±1."""
        found = np.zeros((n_samples, 2), np.float32)
        for track in self._tracks:
            track.lay_under(found, first)
        return np.clip(found, -1.0, 1.0)

    def close(self) -> None:
        """Let go of all recordings."""
        for reader in self._readers.values():
            reader.close()


class _Ears:
    """A recording's sound, mixed for two ears."""

    def __init__(self, reader: SoundReader) -> None:
        self._reader = reader
        self._mix = mix_matrix(reader.channel_names)
        self.close = reader.close

    def samples(self, first: int, n_samples: int) -> NDArray[np.float32]:
        return np.asarray(self._reader.samples(first, n_samples) @ self._mix, dtype=np.float32)


class _ShotSound:
    """Where a recording's sound lies in the clip, all in samples of the clip."""

    def __init__(
        self,
        ears: _Ears,
        *,
        starts: int,
        ends: int,
        recorded_from: int,
        muted: list[tuple[int, int]],
    ) -> None:
        self._ears = ears
        self._starts, self._ends = starts, ends
        self._recorded_from = recorded_from
        self._muted = muted

    def lay_under(self, found: NDArray[np.float32], first: int) -> None:
        """Write what is heard from sample ``first`` on into an array."""
        low, high = max(first, self._starts), min(first + len(found), self._ends)
        if low >= high:
            return
        heard = self._ears.samples(low - self._starts + self._recorded_from, high - low)
        for begins, ends in self._muted:
            heard[max(0, begins - low) : max(0, ends - low)] = 0.0
        found[low - first : high - first] = heard


def _samples(time_us: int) -> int:
    return round(time_us * RATE_HZ / 1_000_000)
