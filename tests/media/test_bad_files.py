"""What is no recording is refused at once, in a sentence, without waiting and without network."""

import os
import random
import socket
import sys

import numpy as np
import pytest

from clips import encode, even_ticks, make_audio_only
from imhcode.domain.errors import ImhcodeError
from imhcode.media import errors
from imhcode.media.fingerprint import fingerprint, quick_fingerprint
from imhcode.media.picture import Picture
from imhcode.media.png import write_png
from imhcode.media.source import open_source
from imhcode.media.verification import verify

OPENERS = [open_source, verify]


def refused(path, kind):
    for opener in OPENERS:
        with pytest.raises(kind) as said:
            opener(path)
        text = said.value.text()
        assert "{" not in text
        assert text.endswith(".")


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/baby.mp4",
        "rtsp://camera/1",
        "file:///etc/hostname",
        "concat:///a.ts",
        "\\\\server\\share\\baby.mp4",
        "http:/example.org/baby.mp4",  # what a Path makes of it
    ],
)
def test_an_address_is_refused(address):
    refused(address, errors.RecordingIsAddress)
    with pytest.raises(errors.RecordingIsAddress):
        fingerprint(address)


@pytest.mark.parametrize("name", ["", "no such file.mp4", "a\0b.mp4", "x.mp4/inside.mp4"])
def test_a_missing_file_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.mp4").write_bytes(b"x")
    refused(name, errors.MissingRecording)


def test_a_folder_is_refused(tmp_path):
    refused(tmp_path, errors.RecordingIsFolder)


def test_an_empty_file_is_told(tmp_path):
    path = tmp_path / "empty.mp4"
    path.touch()
    refused(path, errors.EmptyRecording)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files on Windows")
def test_a_pipe_a_device_and_a_socket_are_refused_without_reading(tmp_path):
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    refused(pipe, errors.RecordingIsDevice)
    refused("/dev/zero", errors.RecordingIsDevice)
    link = tmp_path / "link.mp4"
    link.symlink_to("/dev/zero")
    refused(link, errors.RecordingIsDevice)
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(tmp_path / "s.mp4"))
        refused(tmp_path / "s.mp4", errors.RecordingIsDevice)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_that_leads_round_in_circles_is_told(tmp_path):
    path = tmp_path / "loop.mp4"
    path.symlink_to(path)
    refused(path, errors.UnreadableRecording)


@pytest.mark.parametrize("name", ["notes.mp4", "notes.txt", "notes.avi", "notes.ts"])
def test_a_text_file_is_no_recording_whatever_its_name(tmp_path, name):
    path = tmp_path / name
    path.write_text("09:14 baby turns away\n" * 200)
    refused(path, errors.NotARecording)


def test_a_playlist_and_a_still_image_are_no_recordings(tmp_path, clip):
    target = clip("h264_ts").path
    playlist = tmp_path / "list.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{target}\n#EXT-X-ENDLIST\n")
    joined = tmp_path / "list.ffconcat"
    joined.write_text(f"ffconcat version 1.0\nfile '{target}'\n")
    still = tmp_path / "still.png"
    pixels = np.zeros((16, 16, 3), np.uint8)
    write_png(Picture(frame=0, time_us=0, width=16, height=16, pixels=pixels), still)
    for path in (playlist, joined, still):
        refused(path, errors.NotARecording)


def test_random_bytes_are_no_recording(tmp_path):
    path = tmp_path / "random.mp4"
    path.write_bytes(os.urandom(200_000))
    refused(path, errors.NotARecording)


def test_a_recording_cut_off_before_its_index_is_told_as_damaged(tmp_path, clip):
    data = clip("cfr25").path.read_bytes()
    for share in (0.3, 0.6):
        path = tmp_path / "cut.mp4"
        path.write_bytes(data[: int(len(data) * share)])
        refused(path, errors.DamagedRecording)


def test_sound_alone_has_no_pictures(tmp_path):
    refused(make_audio_only(tmp_path / "sound.m4a"), errors.NoPictures)


def test_pictures_that_cannot_be_decoded_are_told(tmp_path, clip):
    data = bytearray(clip("two_frames").path.read_bytes())
    start = data.index(b"mdat") + 4
    end = data.index(b"moov") - 4
    data[start:end] = bytes(end - start)
    path = tmp_path / "blank.mp4"
    path.write_bytes(data)
    with pytest.raises((errors.NoDecodableFrame, errors.NotARecording)):
        open_source(path)


def test_damaged_bytes_never_raise_anything_but_a_sentence(tmp_path, clip):
    chance = random.Random(5)
    for kind in ("cfr25", "h264_ts", "mpeg4_b_avi", "h264_mkv"):
        whole = clip(kind).path.read_bytes()
        for turn in range(12):
            data = bytearray(whole)
            for _ in range(30):
                data[chance.randrange(len(data))] = chance.randrange(256)
            path = tmp_path / f"{kind}{turn}{clip(kind).path.suffix}"
            path.write_bytes(data)
            try:
                source = open_source(path)
            except ImhcodeError:
                continue
            for frame in range(0, len(source.frame_times), 17):
                try:
                    source.picture(frame)
                except ImhcodeError:
                    continue
            source.close()


def test_a_title_in_an_unknown_encoding_keeps_no_recording_shut(tmp_path, clip):
    whole = clip("h264_mkv").path.read_bytes()
    path = tmp_path / "title.mkv"
    path.write_bytes(whole.replace(b"Lavf", b"\x8c\xe4vf"))
    assert path.read_bytes() != whole
    source = open_source(path)
    source.close()
    assert len(source.frame_times) == 120


def test_a_name_that_looks_like_a_protocol_is_just_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    encode(tmp_path / "film.mp4", ticks=even_ticks(3))
    odd = "concat:säugling 1.mp4"
    (tmp_path / "film.mp4").rename(tmp_path / odd)
    source = open_source(odd)
    assert len(source.frame_times) == 3
    source.close()


def test_fingerprints_tell_files_apart(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"x" * 3_000_000)
    second.write_bytes(b"x" * 2_999_999 + b"y")
    assert fingerprint(first) != fingerprint(second)
    assert quick_fingerprint(first) != quick_fingerprint(second)
    assert quick_fingerprint(first).startswith("3000000-")
    second.write_bytes(first.read_bytes())
    assert (fingerprint(first), quick_fingerprint(first)) == (
        fingerprint(second),
        quick_fingerprint(second),
    )


def test_the_fingerprint_is_the_sha256_of_the_file(tmp_path):
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    assert fingerprint(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
