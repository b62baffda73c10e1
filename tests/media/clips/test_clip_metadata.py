"""A clip says nothing but what it shows."""

import json
import shutil
import subprocess
from fractions import Fraction

import av
import pytest

from beeping_clips import make_beeping_clip
from imhcode.media.clips.export import export_clip
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot, TitleCard

SECRETS = {
    "title": "Anna Schmidt",
    "comment": "visit of the family",
    "artist": "Dr Example",
    "creation_time": "2024-05-17T10:20:30.000000Z",
    "location": "+48.2082+016.3738/",
    "com.apple.quicktime.location.ISO6709": "+48.2082+016.3738/",
    "make": "Phonemaker",
    "model": "P9",
    "encoder": "P9 camera",
}
WORDS = (
    *("Anna", "Schmidt", "family", "Example", "2024", "48.2082", "Phonemaker", "camera"),
    *("x264", "Lavc", "Lavf", "FFMP", "libx264", "core", "chapter", "visit"),
)


@pytest.fixture
def telling(tmp_path):
    """A recording with everything a camera or an editor writes into one."""
    plain = make_beeping_clip(tmp_path / "plain.mp4", (0.5,), n_frames=60)
    path = tmp_path / "Anna Schmidt 2024.mov"
    with (
        av.open(str(plain)) as source,
        av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as target,
    ):
        target.metadata.update(SECRETS)
        copies = {}
        for stream in source.streams:
            copies[stream.index] = target.add_stream_from_template(stream)
            copies[stream.index].metadata.update(handler_name="Anna's handler", language="deu")
        chapter = {"id": 1, "start": 0, "end": 1000, "time_base": Fraction(1, 1000)}
        target.set_chapters([{**chapter, "metadata": {"title": "Anna chapter"}}])
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                target.mux(packet)
    return path


def test_no_word_of_the_recording_nor_of_a_program_is_in_the_file(telling, tmp_path):
    before = telling.read_bytes()
    assert b"Phonemaker" in before
    camera = ClipCamera(path=telling)
    shot = Shot(cameras=(camera,), from_us=0, until_us=2_000_000, sound_from=camera)
    made = export_clip(ClipPlan((TitleCard(text="Together"), shot)), tmp_path / "clip.mp4")
    found = made.path.read_bytes()
    assert [word for word in WORDS if word.lower().encode() in found.lower()] == []
    assert found.count(b"ilst") == found.count(b"\0\0\0\x08ilst") == 1  # the list of words: empty
    with av.open(str(made.path)) as container:
        assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
        assert [one.type for one in container.streams] == ["video", "audio"]
        assert container.chapters() == []
        for stream in container.streams:
            assert set(stream.metadata) <= {"language", "handler_name", "vendor_id"}
            assert stream.metadata["language"] == "und"
            assert stream.metadata["handler_name"] in ("VideoHandler", "SoundHandler")
    # when it was made is not in it either: bytes 12 to 20 of each header
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        at = found.index(box)
        assert found[at + 8 : at + 16] == bytes(8)
    assert telling.read_bytes() == before


def test_the_index_stands_first_and_players_find_what_they_know(telling, tmp_path):
    camera = ClipCamera(path=telling)
    shot = Shot(cameras=(camera,), from_us=0, until_us=2_000_000, sound_from=camera)
    found = export_clip(ClipPlan((shot,)), tmp_path / "clip.mp4").path
    data = found.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(found)) as container:
        video, audio = container.streams
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert video.width % 2 == video.height % 2 == 0
        assert audio.codec_context.name == "aac"


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="a second opinion, where there is one")
def test_another_program_finds_no_metadata_either(telling, tmp_path):
    camera = ClipCamera(path=telling)
    shot = Shot(cameras=(camera,), from_us=0, until_us=2_000_000, sound_from=camera)
    made = export_clip(ClipPlan((shot,)), tmp_path / "clip.mp4").path
    words = ["-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters"]
    run = subprocess.run(["ffprobe", *words, str(made)], capture_output=True, text=True, check=True)
    told = json.loads(run.stdout)
    tags = set(told["format"]["tags"])
    for stream in told["streams"]:
        tags |= set(stream["tags"])
        assert not stream.get("side_data_list")
    assert tags == {
        *("major_brand", "minor_version", "compatible_brands"),
        *("language", "handler_name", "vendor_id"),
    }
    assert told["chapters"] == []
