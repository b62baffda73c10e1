"""clip: from the command line to a file, with and without consent."""

import json
import sqlite3

import pytest

from beeping_clips import make_beeping_clip
from clips import encode
from imhcode.cli.main import main
from imhcode.domain.event import Event
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.review import Cards
from imhcode.services.studies import StudyService
from written_clips import digest, numbers_of, pictures_of, sound_of


@pytest.fixture
def run(capsys):
    def run(*words, status=0):
        capsys.readouterr()
        found = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert found == status, err
        if status in (2, 3):
            assert out == ""
        run.said = err
        return json.loads(out) if "--json" in words and status < 2 else out

    return run


@pytest.fixture
def study(tmp_path):
    make_beeping_clip(tmp_path / "room.mp4", (1.0, 2.0), n_frames=150)
    encode(tmp_path / "close.mp4", ticks=range(150))
    path = tmp_path / "study.imh"
    with StudyService.create(path, [load_scheme(find_scheme("strengths_review"))]) as service:
        service.add_recording(tmp_path / "room.mp4", "S1", dyad_id="D1")
        service.add_recording(tmp_path / "close.mp4", "S1", offset_us=200_000)
        one = People(service.file, "D1", "cara").add("mother", "parent")
        Present(service.file, "S1", "cara").add(one.id)
        for use in ("treatment", "teaching"):
            Consents(service.file, "D1", "cara").grant(one.id, use, "2026-01-01")
    return path


def test_a_stretch_becomes_a_film(study, run, tmp_path):
    to = tmp_path / "out.mp4"
    before = digest(tmp_path / "room.mp4")
    told = run("clip", study, "S1", "--from", "1.5", "--until", "0:02.5", "--to", to, "--json")
    assert numbers_of(to) == list(range(37, 63))
    assert told["spans"] == [
        {"first_frame": 37, "last_frame": 62, "from_us": 1_480_000, "until_us": 2_520_000}
    ]
    facts = ("frames", "duration_us", "width", "height", "sound", "sha256", "use", "warnings")
    assert [told[one] for one in facts] == [
        *(26, 1_040_000, 128, 64, True, digest(to), "treatment", [])
    ]
    assert digest(tmp_path / "room.mp4") == before
    said = run("clip", study, "S1", "--frames", "3-3", "--to", tmp_path / "b.mp4")
    assert "b.mp4: 1 picture, with sound" in said
    assert numbers_of(tmp_path / "b.mp4") == [3]


def test_two_cameras_masks_and_silence(study, run, tmp_path):
    mask = tmp_path / "mask.json"
    box = {"frame": 0, "x": 0, "y": 0, "width": 128, "height": 64}
    mask.write_text(json.dumps({"masks": [{"recording": "S1-close", "boxes": [box]}]}))
    to = tmp_path / "out.mp4"
    words = ["--camera", "S1-room", "--camera", "S1-close", "--mask", mask]
    stretch = ["--from", "0.8", "--until", "1.6"]
    told = run("clip", study, "S1", *stretch, *words, "--mute", "--to", to, "--json")
    assert told["width"] == 256
    assert not told["sound"]
    assert len(told["warnings"]) == 1
    assert "anonymous" in told["warnings"][0]
    for _, pixels in pictures_of(to):
        assert pixels[:, 130:].max() < 24
        assert pixels[:, :120].max() > 150


def test_stretches_without_sound(study, run, tmp_path):
    to = tmp_path / "out.mp4"
    words = ["--from", "0.8", "--until", "2.4", "--mute-between", "0.9-1.3"]
    run("clip", study, "S1", *words, "--use", "teaching", "--to", to)
    loud = abs(sound_of(to)).max(axis=1)
    assert loud[: int(0.6 * 48_000)].max() < 0.01
    assert loud.max() > 0.2


def test_moments_become_a_reel(study, run, tmp_path):
    statuses = {3: "chosen", 1: "chosen", 2: "candidate", 4: "kept_back"}
    with StudyService.open(study) as service:
        coding = service.coding("S1", "cara")
        coding.add(
            Event(
                id=f"E{second}",
                track="moment",
                code="comfort",
                onset_us=second * 1_000_000,
                offset_us=second * 1_000_000 + 200_000,
                modifiers=(("status", (status,)),),
                comment="private thought",
            )
            for second, status in statuses.items()
        )
        Cards(service.file, "S1", "cara").reorder(["E3", "E1"])
    to = tmp_path / "reel.mp4"
    told = run("clip", study, "S1", "--moments", "chosen", "--reel", "--to", to, "--json")
    card = [None] * 75
    assert numbers_of(to) == [*card, *range(75, 80), *card, *range(25, 30)]
    assert len(told["spans"]) == 2
    run("clip", study, "S1", "--moments", "E2", "--to", tmp_path / "one.mp4")
    assert numbers_of(tmp_path / "one.mp4") == list(range(50, 55))
    run("clip", study, "S1", "--moments", "shown", "--to", tmp_path / "no.mp4", status=2)
    assert "no moment “shown”" in run.said


def test_what_is_refused_says_why_and_writes_nothing(study, run, tmp_path):
    to = tmp_path / "out.mp4"
    stretch = ("--from", "1", "--until", "2", "--to", to)
    run("clip", study, "S1", *stretch, "--use", "research", status=2)
    assert "mother has not been asked about research" in run.said
    for words, said in (
        (("--to", to), "say what to show"),
        (("--from", "1", "--to", to), "say what to show"),
        ((*stretch, "--frames", "1-2"), "say what to show"),
        ((*stretch, "--mute", "--sound"), "--mute"),
        ((*stretch, "--mute-between", "1"), "two ends"),
        (("--frames", "7-3", "--to", to), "no frames"),
        (("--frames", "7-333", "--to", to), "There is no frame 333"),
        (("--from", "1", "--until", "99", "--to", to), "has no pictures for the whole"),
        (("--from", "2", "--until", "1", "--to", to), "shows nothing"),
        ((*stretch, "--use", "fun"), "fun"),
        ((*stretch, "--camera", "S1-attic"), "S1-attic"),
        ((*stretch, "--mask", tmp_path / "room.mp4"), "masks cannot be read"),
    ):
        run("clip", study, "S1", *words, status=2)
        assert said in run.said
    run("clip", study, "S9", *stretch, status=2)
    run("clip", study, "S1", *stretch[:-1], tmp_path / "out.avi", status=2)
    assert not to.exists()
    with sqlite3.connect(study) as file:
        assert file.execute("SELECT count(*) FROM clips").fetchone() == (0,)
    file.close()
