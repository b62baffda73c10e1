"""The spectrogram shows the right pitch at the right time."""

from pathlib import Path

import av
import numpy as np
import pytest

from imhcode.media import sound_pyramid_files as files
from imhcode.media.errors import NoSound
from imhcode.media.spectrogram import (
    BANDS,
    HOP_US,
    LOUDEST_DB,
    QUIETEST_DB,
    SPEECH_HZ,
    Spectrogram,
    band_edges_hz,
    band_of,
    read_spectrogram,
)
from imhcode.media.superseded import Superseded


def write(path: Path, sound: np.ndarray, rate: int) -> Path:
    """A file with sound only; ``sound`` from -1 to 1, shape (samples,) or (2, samples)."""
    rows = np.atleast_2d(sound)
    with av.open(str(path), "w") as container:
        layout = {1: "mono", 2: "stereo"}[len(rows)]
        stream = container.add_stream("pcm_s16le", rate=rate, layout=layout)
        whole = np.rint(rows * 32767).astype(np.int16)
        packed = np.ascontiguousarray(whole.T.reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(packed, "s16", layout)
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def tone(hz: float, rate: int, seconds: float = 1.0, level: float = 0.5) -> np.ndarray:
    return level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("hz", [250, 440, 1_000, 3_000, 6_500])
def test_a_tone_is_in_its_own_band(tmp_path, rate, hz):
    if hz > rate / 2:
        pytest.skip("that rate cannot carry that tone")
    found = read_spectrogram(write(tmp_path / "tone.wav", tone(hz, rate), rate))
    assert found.bands.base.shape == (BANDS, 100)
    strongest = found.bands.base[:, 10:90].argmax(axis=0)
    assert np.abs(strongest - band_of(hz)).max() <= 1


def test_a_tone_is_as_strong_as_it_is(tmp_path):
    found = read_spectrogram(write(tmp_path / "tone.wav", tone(1_000, 48_000), 48_000))
    strength = found.bands.base[band_of(1_000), 50] / 255 * (LOUDEST_DB - QUIETEST_DB) + QUIETEST_DB
    assert strength == pytest.approx(20 * np.log10(0.5), abs=4)
    softer = read_spectrogram(write(tmp_path / "soft.wav", tone(1_000, 48_000, level=0.05), 48_000))
    top = band_of(1_000)
    gone = int(found.bands.base[top, 50]) - int(softer.bands.base[top, 50])
    assert gone == pytest.approx(20 / (LOUDEST_DB - QUIETEST_DB) * 255, abs=4)


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_click_is_where_it_is_heard(tmp_path, rate):
    sound = np.zeros(2 * rate)
    sound[round(1.235 * rate)] = 0.9
    found = read_spectrogram(write(tmp_path / "click.wav", sound, rate))
    loudness = found.bands.base[:, :].astype(int).sum(axis=0)
    around = np.flatnonzero(loudness > loudness.max() * 0.9)
    assert np.mean(around) == pytest.approx(123, abs=1)  # column 123 is centred on 1.235 s


def test_what_is_higher_than_the_lane_does_not_fold_down(tmp_path):
    found = read_spectrogram(write(tmp_path / "hiss.wav", tone(15_000, 48_000), 48_000))
    loud = read_spectrogram(write(tmp_path / "tone.wav", tone(5_000, 48_000), 48_000))
    assert int(loud.bands.base.max()) - int(found.bands.base[:, 10:90].max()) > 100  # 40 dB


def test_silence_and_missing_pitches_are_empty(tmp_path):
    found = read_spectrogram(write(tmp_path / "tone.wav", tone(1_000, 8_000), 8_000))
    assert not found.bands.base[band_of(4_500) :].any()
    silent = read_spectrogram(write(tmp_path / "none.wav", np.zeros(48_000), 48_000))
    assert not silent.bands.base.any()
    assert silent.loud > silent.quiet


def test_columns_do_not_depend_on_how_the_sound_was_cut(tmp_path):
    """Blocks are a second long; a tone through all of them is the same in every column."""
    found = read_spectrogram(write(tmp_path / "tone.wav", tone(700, 48_000, 9), 48_000))
    middle = found.bands.base[:, 5:-5].astype(int)
    assert found.bands.base.shape[1] == 900
    assert np.abs(middle[band_of(700)] - middle[band_of(700), 0]).max() <= 2


def test_both_channels_are_in_it(tmp_path):
    sound = np.stack([tone(500, 48_000), tone(2_000, 48_000)])
    found = read_spectrogram(write(tmp_path / "two.wav", sound, 48_000))
    for hz in (500, 2_000):
        assert found.bands.base[band_of(hz), 50] > 150


def test_an_hour_stays_bounded():
    hour = Spectrogram.of(np.zeros((BANDS, 3600 * 1_000_000 // HOP_US), dtype=np.uint8))
    day = Spectrogram.of(np.zeros((BANDS, 5 * 3600 * 1_000_000 // HOP_US), dtype=np.uint8))
    assert hour.nbytes < 32_000_000
    assert day.nbytes < 64_000_000
    assert day.end_us >= 5 * 3600 * 1_000_000


def test_voices_take_two_thirds_of_the_bands():
    low, high = (band_of(hz) for hz in SPEECH_HZ)
    assert (high - low) / BANDS > 0.6
    edges = band_edges_hz()
    assert (edges[0], round(edges[-1])) == (0, 8_000)
    assert (np.diff(edges) > 0).all()


def test_it_is_kept_and_found_again(tmp_path):
    found = read_spectrogram(write(tmp_path / "tone.wav", tone(1_000, 48_000), 48_000))
    place = files.spectrogram_path(tmp_path, "abc")
    assert files.keep_spectrogram(place, found)
    again = files.kept_spectrogram(place)
    assert again is not None
    assert np.array_equal(again.bands.base, found.bands.base)
    assert files.kept_waveform(place) is None


def test_it_can_be_stopped(tmp_path):
    path = write(tmp_path / "tone.wav", tone(1_000, 48_000, 20), 48_000)
    shares = []
    with pytest.raises(Superseded):
        read_spectrogram(path, wanted=lambda: len(shares) < 2, on_progress=shares.append)
    assert len(shares) == 2


def test_a_film_without_sound_says_so(clip):
    with pytest.raises(NoSound):
        read_spectrogram(clip("cfr25").path)
