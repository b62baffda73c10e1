"""What a study learns of a recording, read on whatever thread, and stopped at any time."""

import hashlib
from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from answering_scheme import ANSWERING
from clips import encode, make_clip, numbered_pixels
from imhcode.domain.study import Recording
from imhcode.media.errors import MissingRecording, NoStills, RecordingIsFolder, RecordingNotRead
from imhcode.media.playability import playability
from imhcode.media.source import open_source
from imhcode.media.superseded import Superseded
from imhcode.services.contents import content_hash, quick_content_hash
from imhcode.services.converting import jumps_are_long, make_copy
from imhcode.services.recording_facts import read_facts
from imhcode.services.studies import CopyHasOtherFrames, StudyService


@pytest.fixture
def film(tmp_path) -> Path:
    return make_clip(tmp_path, "cfr25").path


@pytest.fixture
def stills(tmp_path) -> Path:
    folder = tmp_path / "garden"
    folder.mkdir()
    for number in range(5):
        data = cv2.imencode(".png", numbered_pixels(number))[1].tobytes()
        (folder / f"{number}.png").write_bytes(data)
    return folder


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as service:
        yield service


def test_a_film_is_read_with_its_progress_and_known_by_its_bytes(film, tmp_path):
    shares: list[float] = []
    pictures: list[object] = []
    facts = read_facts(
        film, tmp_path / "index", on_progress=shares.append, on_first_picture=pictures.append
    )
    assert (facts.frames, facts.end_us, facts.fps) == (120, 4_800_000, "25")
    assert facts.sha256 == hashlib.sha256(film.read_bytes()).hexdigest()
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(pictures) == 1
    assert len(list((tmp_path / "index").iterdir())) == 1


def test_stills_are_known_by_their_names_and_bytes(stills):
    facts = read_facts(stills, interval_us=2_000_000)
    assert (facts.frames, facts.end_us, facts.fps) == (5, 10_000_000, "0.5")
    assert (facts.interval_us, facts.sha256) == (2_000_000, content_hash(stills))
    before = quick_content_hash(stills)
    (stills / "3.png").rename(stills / "3b.png")
    assert content_hash(stills) != facts.sha256
    assert quick_content_hash(stills) != before


def test_a_note_beside_the_stills_changes_nothing(stills):
    before = content_hash(stills), quick_content_hash(stills)
    (stills / "notes.txt").write_text("windy")
    assert (content_hash(stills), quick_content_hash(stills)) == before


def test_reading_stops_when_nobody_wants_it(film):
    with pytest.raises(Superseded):
        read_facts(film, wanted=lambda: False)


def test_a_film_that_grows_while_it_is_read_is_refused(film):
    def grow(_: float) -> None:
        with film.open("ab") as file:
            file.write(b"more")

    with pytest.raises(RecordingNotRead, match="while it was read"):
        read_facts(film, on_progress=grow)


def test_a_film_that_is_exchanged_while_it_is_read_is_refused(film):
    other = film.read_bytes()[:-1]

    def exchange(share: float) -> None:
        if share == 1:
            film.write_bytes(other)

    with pytest.raises(RecordingNotRead, match="changed while it was read"):
        read_facts(film, on_progress=exchange)


def test_what_is_no_recording_is_refused_before_anything_is_read(tmp_path, stills):
    for path, interval_us, error in (
        (tmp_path / "gone.mp4", 0, MissingRecording),
        (stills, 0, RecordingIsFolder),
    ):
        with pytest.raises(error):
            read_facts(path, interval_us=interval_us)
    (tmp_path / "bare").mkdir()
    with pytest.raises(NoStills):
        read_facts(tmp_path / "bare", interval_us=1)


def test_a_study_takes_what_was_read(study, film, stills):
    first = study.add_facts(read_facts(film), "S01", offset_us=7)
    second = study.add_facts(read_facts(stills, interval_us=500_000), "S01")
    kept = study.file.all(Recording)
    assert kept == [first, second]
    assert [one.interval_us for one in kept] == [0, 500_000]
    assert [study.state_of(one) for one in kept] == ["there", "there"]


def test_a_copy_stands_in_for_its_original_and_only_for_that(study, film, tmp_path):
    recording = study.add_facts(read_facts(film), "S01", offset_us=40_000)
    copy = make_copy(film, tmp_path / "copy.mp4")
    with pytest.raises(CopyHasOtherFrames, match="lacks 3 damaged frames"):
        study.use_copy(recording, replace(copy, frames=copy.frames - 3))
    changed = study.use_copy(recording, copy)
    assert study.path_of(changed) == tmp_path / "copy.mp4"
    assert (changed.id, changed.offset_us, changed.frames) == (recording.id, 40_000, 120)
    assert study.state_of(changed) == "there"


def test_a_copy_that_nobody_wants_any_more_is_not_kept(film, tmp_path):
    shares: list[float] = []
    with pytest.raises(Superseded):
        make_copy(
            film,
            tmp_path / "copy.mp4",
            on_progress=shares.append,
            wanted=lambda: max(shares, default=0) < 0.9,
        )
    assert sorted(one.name for one in tmp_path.iterdir()) == [film.name]


def test_other_columns_of_a_recording_are_left_as_they_are(study, film):
    recording = study.add_facts(read_facts(film), "S01")
    study.file.change(replace(recording, offset_us=99))
    assert study.set_deinterlaced(recording.id, False).offset_us == 99
    assert study.move_recording(recording, film.with_name("b.mp4")).deinterlaced is False


@pytest.mark.parametrize("frames", [120, 260])
def test_slow_jumps_are_found_in_an_open_recording_too(tmp_path, frames):
    path = tmp_path / "large.mp4"
    options = {"preset": "ultrafast", "g": "999", "x264-params": "scenecut=0"}
    encode(path, ticks=range(frames), options=options, size=(1920, 1088), colour=(60, 60, 60))
    source = open_source(path)
    assert jumps_are_long(source) == playability(path).conversion_helps == (frames > 250)
    source.close()
