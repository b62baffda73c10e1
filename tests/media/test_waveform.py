"""The waveform lies on the recording's own clock, exactly, and loses nothing that was loud."""

import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from clips import X264_B, encode, even_ticks, make_audio_only
from imhcode.media import sound_pyramid_files as files
from imhcode.media.errors import MissingRecording, NoSound, RecordingIsAddress
from imhcode.media.packet_index import MISSING
from imhcode.media.sound_pyramid import Pyramid, bounded, pooled
from imhcode.media.sound_pyramid_samples import WholeSound, as_int16, first_picture_of
from imhcode.media.source import open_source
from imhcode.media.superseded import Superseded
from imhcode.media.waveform import BIN_US, read_waveform
from imhcode.services.sound_pictures import FOLDER, SoundPictures, folder_for

MS = 1_000
BEEP_MS = (500, 700)  # of the sound below, after its own beginning


def beep(seconds: float, rate: int, *, channels: int = 1, hz: int = 1000) -> np.ndarray:
    """Silence with one beep in the first channel, shape (channels, samples), -1 to 1."""
    at = np.arange(round(seconds * rate)) / rate
    on = (at >= BEEP_MS[0] / 1000) & (at < BEEP_MS[1] / 1000)
    sound = np.zeros((channels, len(at)), dtype=np.float32)
    sound[0] = np.sin(2 * np.pi * hz * at) * on * 0.5
    return sound


def write(
    path: Path,
    sound: np.ndarray,
    rate: int,
    *,
    codec: str = "pcm_s16le",
    sound_at_ms: int = 0,
    pictures_at_ms: int = 0,
    gap: tuple[int, int] | None = None,
) -> Path:
    """A recording of 2 s of pictures and of ``sound``; ``gap``: frame number, milliseconds."""
    layout = {1: "mono", 2: "stereo"}[len(sound)]
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=25)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        stream = container.add_stream(codec, rate=rate, layout=layout)
        for number in range(50):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), number, np.uint8), "rgb24")
            frame.pts, frame.time_base = number + pictures_at_ms // 40, Fraction(1, 25)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        planar = codec == "aac"
        later = 0
        for nth, start in enumerate(range(0, sound.shape[1], 1024)):
            part = sound[:, start : start + 1024]
            if planar:
                frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), "fltp", layout)
            else:
                whole = np.rint(part * 32767).astype(np.int16)
                packed = np.ascontiguousarray(whole.T.reshape(1, -1))
                frame = av.AudioFrame.from_ndarray(packed, "s16", layout)
            if gap and nth == gap[0]:
                later = gap[1] * rate // 1000
            frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
            frame.pts = start + later + sound_at_ms * rate // 1000
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def heard_ms(waveform, *, row: int = 0) -> tuple[float, float]:
    """First and last millisecond in which something is loud, the last one not included."""
    loud = np.flatnonzero(np.maximum(waveform.highs.base[row], -waveform.lows.base[row]) > 3000)
    return loud[0], loud[-1] + 1


@pytest.mark.parametrize("rate", [48_000, 44_100, 16_000, 8_000, 11_025])
@pytest.mark.parametrize(
    ("sound_at_ms", "pictures_at_ms"), [(0, 0), (200, 0), (0, 200), (120, 80), (0, 640)]
)
def test_a_beep_stands_where_it_is_heard(tmp_path, rate, sound_at_ms, pictures_at_ms):
    path = write(
        tmp_path / "beep.mkv",
        beep(2, rate),
        rate,
        sound_at_ms=sound_at_ms,
        pictures_at_ms=pictures_at_ms,
    )
    waveform = read_waveform(path)
    shift = sound_at_ms - pictures_at_ms
    first, last = heard_ms(waveform)
    assert first == pytest.approx(max(BEEP_MS[0] + shift, 0), abs=1)
    assert last == pytest.approx(BEEP_MS[1] + shift, abs=1)
    assert waveform.end_us / MS == pytest.approx(2000 + shift, abs=2)
    assert waveform.highs.base.max() == pytest.approx(32767 / 2, rel=0.1)


@pytest.mark.parametrize("name", ["beep.mp4", "beep.mov", "beep.ts"])
def test_the_delay_of_an_encoder_is_made_good(tmp_path, name):
    path = write(tmp_path / name, beep(2, 48_000), 48_000, codec="aac", sound_at_ms=100)
    first, last = heard_ms(read_waveform(path))
    assert first == pytest.approx(BEEP_MS[0] + 100, abs=6)  # AAC smears over a few milliseconds
    assert last == pytest.approx(BEEP_MS[1] + 100, abs=6)


def test_a_gap_in_the_sound_is_silence_and_moves_nothing(tmp_path):
    path = write(tmp_path / "gap.mkv", beep(2, 48_000), 48_000, gap=(30, 300))  # from 640 ms on
    waveform = read_waveform(path)
    loud = waveform.highs.base[0] > 3000
    assert loud[500:640].all()
    assert not loud[641:940].any()
    assert loud[940:1000].all()
    assert waveform.end_us / MS == pytest.approx(2300, abs=2)


def test_what_one_microphone_hears_is_as_high_in_the_mixed_waveform(tmp_path):
    path = write(tmp_path / "two.mkv", beep(2, 48_000, channels=2), 48_000)
    mixed, apart = read_waveform(path), read_waveform(path, mixed=False)
    assert (mixed.channels, apart.channels) == (1, 2)
    assert np.array_equal(mixed.highs.base[0], apart.highs.base[0])
    assert heard_ms(apart) == heard_ms(mixed)
    assert not apart.highs.base[1].any()


def test_loudness_is_the_root_of_the_mean_square(tmp_path):
    path = write(tmp_path / "beep.mkv", beep(2, 48_000), 48_000)
    waveform = read_waveform(path)
    assert waveform.loudness.base[0, 35] == pytest.approx(32767 / 2 / np.sqrt(2), rel=0.01)
    assert waveform.loudness.base[0, 10] == 0
    assert waveform.furthest == waveform.highs.base.max()


@pytest.mark.parametrize("kind", ["open_gop_ts", "h264_ts", "h264_ts_wrap", "h264_edit_list",
    "h264_late_start", "h264_ts_cut_start", "mpeg2_ps", "mpeg4_b_avi", "vp8_webm", "hevc",
    "h264_interlaced_ts", "h264_fragmented"])  # fmt: skip
def test_time_0_is_that_of_the_frame_times(clip, kind):
    path = clip(kind).path
    index = open_source(path).index
    assert index.first_pts != MISSING
    assert first_picture_of(path) == index.first_pts * index.time_base


def test_sound_without_pictures_begins_at_its_own_zero(tmp_path):
    waveform = read_waveform(make_audio_only(tmp_path / "sound.m4a"))
    assert waveform.end_us / MS == pytest.approx(1000, abs=45)


def test_a_film_without_sound_says_so(clip):
    with pytest.raises(NoSound, match="This recording has no sound"):
        read_waveform(clip("cfr25").path)


@pytest.mark.parametrize(
    ("path", "error"),
    [("https://x.example/a.mp4", RecordingIsAddress), ("no.mp4", MissingRecording)],
)
def test_only_files_of_this_computer_are_listened_to(path, error):
    with pytest.raises(error):
        read_waveform(path)


def test_a_file_cut_off_gives_the_sound_that_is_left(tmp_path):
    whole = write(tmp_path / "beep.ts", beep(2, 48_000), 48_000, codec="aac")
    cut = tmp_path / "cut.ts"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 3 // 4 // 188 * 188])
    assert 200 * MS < read_waveform(cut).end_us < read_waveform(whole).end_us


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int32, np.float32, np.float64])
def test_samples_of_every_kind_become_16_bits(dtype):
    share = np.array([[-1, -0.5, 0, 0.5]])
    full = {np.uint8: 128, np.int16: 2**15, np.int32: 2**31}.get(dtype, 1)
    given = (share * full + (128 if dtype is np.uint8 else 0)).astype(dtype)
    assert np.abs(as_int16(given) - share * 32768).max() <= 1


def test_too_loud_and_undefined_floats_are_cut_off():
    given = np.array([[-7, 7, np.nan, np.inf]], dtype=np.float32)
    assert as_int16(given).tolist() == [[-32768, 32767, 0, 32767]]


def test_reading_stops_when_nobody_wants_it(tmp_path):
    path = write(tmp_path / "beep.mkv", beep(20, 48_000), 48_000)
    shares = []
    with pytest.raises(Superseded):
        read_waveform(path, wanted=lambda: len(shares) < 3, on_progress=shares.append)
    assert len(shares) == 3
    assert shares == sorted(shares)
    assert 0 < shares[-1] < 0.5


def test_progress_rises_to_the_whole(tmp_path):
    path = write(tmp_path / "beep.mkv", beep(4, 48_000), 48_000)
    shares = []
    read_waveform(path, on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


# The pyramid


def naive(base: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Bin by bin: the greatest that ends in a column, or the one in which the column lies."""
    us_per_column, bin_us = int(edges[1] - edges[0]), 1_000
    while bin_us * 4 <= us_per_column:
        bin_us *= 4
        rest = -base.shape[1] % 4
        base = np.pad(base, ((0, 0), (0, rest))).reshape(len(base), -1, 4).max(axis=2)
    out = np.zeros((len(base), len(edges) - 1), dtype=base.dtype)
    for at, (left, right) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        ends = [n for n in range(left // bin_us, right // bin_us) if (n + 1) * bin_us > left]
        inside = [n for n in ends or [left // bin_us] if 0 <= n < base.shape[1]]
        if inside:
            out[:, at] = base[:, inside].max(axis=1)
    return out


@pytest.mark.parametrize("us_per_column", [300, 1_000, 1_700, 4_000, 6_100, 70_000, 3_000_000])
@pytest.mark.parametrize("from_us", [-5_000_000, 0, 333_333, 9_500_000])
def test_columns_show_what_a_loop_over_all_bins_finds(us_per_column, from_us):
    base = np.random.default_rng(3).integers(1, 30_000, (2, 10_000)).astype(np.int16)
    pyramid = Pyramid(base, 1_000, np.maximum)
    edges = from_us + (np.arange(201) * us_per_column).astype(np.int64)
    shown, exact = pyramid.columns(edges), naive(base, edges)
    inside = (edges[:-1] >= 0) & (edges[1:] < pyramid.end_us)
    assert np.array_equal(shown[:, inside], exact[:, inside])
    outside = (edges[1:] <= 0) | (edges[:-1] >= pyramid.end_us)
    assert not shown[:, outside].any()
    assert shown[:, ~outside].all()


def test_one_loud_millisecond_is_seen_at_every_zoom():
    base = np.zeros((1, 3_600_000), dtype=np.int16)
    base[0, 1_234_567] = 9_999
    pyramid = Pyramid(base, 1_000, np.maximum)
    for us_per_column in (1_000, 10_000, 250_000, 2_250_000):
        edges = np.arange(0, 3_600_000_001, us_per_column, dtype=np.int64)
        assert pyramid.columns(edges).max() == 9_999
    assert pyramid.nbytes < 2 * base.nbytes


def test_between_bins_lines_lead_from_middle_to_middle():
    pyramid = Pyramid(np.array([[0, 100, 0]], dtype=np.int16), 1_000, np.maximum)
    edges = np.arange(-1_000, 4_001, 100, dtype=np.int64)
    shown = pyramid.between(edges)[0]
    assert shown[:10].max() == 0
    assert shown[24:26].tolist() == [95, 95]
    assert shown[20] == pytest.approx(55)
    assert (np.diff(shown[15:25]) > 0).all()


def test_pooling_keeps_the_rest_at_the_end():
    assert pooled(np.array([[1, 5, 2, 9, 7]]), 2, np.maximum).tolist() == [[5, 9, 7]]


def test_a_very_long_recording_gets_longer_bins():
    pyramid = bounded(np.arange(1000)[None], 1_000, np.maximum, 300)
    assert (pyramid.base.shape[1], pyramid.bin_us, pyramid.end_us) == (250, 4_000, 1_000_000)


def test_an_empty_pyramid_can_be_asked():
    pyramid = Pyramid(np.zeros((1, 0), dtype=np.int16), 1_000, np.maximum)
    edges = np.arange(5, dtype=np.int64)
    assert not pyramid.columns(edges).any()
    assert not pyramid.between(edges).any()


# On disk, and in the background


def pictures(path: Path, folder: Path | None, **given) -> tuple[SoundPictures, threading.Event]:
    """Pictures of a sound, and an event that is set when the work is over."""
    done = threading.Event()
    made: list[SoundPictures] = []

    def on_change() -> None:
        if not made[0].working_on:
            done.set()

    made.append(SoundPictures(path, folder, on_change=on_change, **given))
    return made[0], done


def test_the_second_time_the_waveform_comes_from_the_disk(tmp_path):
    path = write(tmp_path / "beep.mkv", beep(2, 48_000), 48_000)
    folder = folder_for(tmp_path / "study.imh")
    assert folder == tmp_path / FOLDER
    first, done = pictures(path, folder, content_hash="abc")
    first.start()
    assert done.wait(20)
    assert first.waveform is not None
    place = files.waveform_path(folder, "abc")
    assert [one.name for one in folder.iterdir()] == [place.name]
    path.write_bytes(b"nothing that could be decoded")
    second, done = pictures(path, folder, content_hash="abc")
    second.start()
    assert done.wait(20)
    assert second.failure is None
    assert np.array_equal(second.waveform.highs.base, first.waveform.highs.base)
    assert np.array_equal(second.waveform.lows.base, first.waveform.lows.base)
    assert np.array_equal(second.waveform.loudness.base, first.waveform.loudness.base)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half a file", None])
def test_a_damaged_file_is_as_good_as_none(tmp_path, damage):
    path = write(tmp_path / "beep.mkv", beep(2, 48_000), 48_000)
    place = files.waveform_path(tmp_path, "abc")
    files.keep_waveform(place, read_waveform(path))
    whole = place.read_bytes()
    place.write_bytes(whole[:-200] if damage is None else damage)
    assert files.kept_waveform(place) is None
    again, done = pictures(path, tmp_path, content_hash="abc")
    again.start()
    assert done.wait(20)
    assert place.read_bytes() == whole


def test_a_file_with_other_numbers_in_it_is_not_believed(tmp_path):
    place = tmp_path / "x.npz"
    arrays = {"lows": np.zeros((1, 5), np.int16), "highs": np.zeros((1, 6), np.int16)}
    np.savez(place, loudness=np.zeros((1, 1), np.uint16), **arrays)
    assert files.kept_waveform(place) is None
    np.savez(place, loudness=np.array([{}], dtype=object), **arrays)
    assert files.kept_waveform(place) is None


def test_a_content_hash_cannot_lead_out_of_the_folder(tmp_path):
    assert files.waveform_path(tmp_path, "../../elsewhere").parent == tmp_path


def test_where_nothing_can_be_kept_there_is_still_a_waveform(tmp_path):
    path = write(tmp_path / "beep.mkv", beep(2, 48_000), 48_000)
    (tmp_path / "file").write_bytes(b"")
    found, done = pictures(path, tmp_path / "file" / "folder")
    found.start()
    assert done.wait(20)
    assert found.waveform is not None
    assert found.failure is None


def test_a_film_without_sound_fails_with_the_sentence(clip, tmp_path):
    found, done = pictures(clip("cfr25").path, tmp_path)
    found.start()
    assert done.wait(20)
    assert isinstance(found.failure, NoSound)
    found.start(spectrogram=True)
    assert found.working_on == ""
    assert found.waveform is None


def test_cancelling_stops_and_says_nothing_more(tmp_path):
    path = write(tmp_path / "beep.mkv", beep(60, 48_000), 48_000)
    told = []
    begun = threading.Event()

    def on_change() -> None:
        told.append(found.percent)
        if found.percent:
            begun.set()

    found = SoundPictures(path, tmp_path, on_change=on_change)
    found.start()
    assert begun.wait(20)
    found.cancel()
    so_far = len(told)
    assert found.waveform is None
    assert not any(one.name == "imhcode-sound-pictures" for one in threading.enumerate())
    assert len(told) == so_far
    assert not list(tmp_path.glob("*.npz"))
    found.start()
    assert found.working_on == ""


def test_blocks_follow_one_another_without_a_gap(tmp_path):
    path = write(
        tmp_path / "late.mkv", beep(2, 48_000, channels=2), 48_000, sound_at_ms=800, gap=(9, 500)
    )
    blocks = list(WholeSound(path).blocks())
    assert {len(block) for block in blocks} == {2}
    assert sum(block.shape[1] for block in blocks) == pytest.approx(3.3 * 48_000, abs=100)


def test_b_frames_do_not_shift_the_sound(tmp_path):
    path = tmp_path / "film.mp4"
    encode(path, ticks=even_ticks(60), options=X264_B, with_sound=True)
    assert read_waveform(path).end_us / BIN_US == pytest.approx(2400, abs=50)
