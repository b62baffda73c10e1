"""The demo: made whole or not at all, and the same again."""

import json

import pytest

from imhcode.cli.main import main
from imhcode.domain.consent import USES
from imhcode.services.consent import may_export
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService


@pytest.fixture
def demo(tmp_path, capsys):
    assert main(["demo", str(tmp_path), "--no-window"]) == 0
    capsys.readouterr()
    return tmp_path / "demo.imh"


def test_the_demo_has_its_recordings_and_both_timelines(demo, capsys):
    assert main(["info", str(demo), "--json"]) == 0
    sessions = {one["id"]: one for one in json.loads(capsys.readouterr().out)["sessions"]}
    assert sessions["S01"]["recordings"][0]["frames"] == 3000
    assert [(one["coder"], one["role"]) for one in sessions["S01"]["observations"]] == [
        ("gold", "gold"),
        ("trainee", "training"),
    ]
    assert [one["offset_us"] for one in sessions["S02"]["recordings"]] == [0, 1_480_000]
    assert main(["check", str(demo)]) == 0


def test_the_drawn_people_of_the_demo_have_agreed_to_every_use(demo):
    with StudyService.open(demo, writing=False) as study:
        for entry in study.sessions():
            for use in USES:
                assert may_export(study.file, entry.session.id, use, "2026-01-01")


def test_making_it_again_keeps_what_was_coded_in_it(demo):
    before = demo.read_bytes()
    assert main(["demo", str(demo.parent), "--no-window"]) == 0
    assert demo.read_bytes() == before


def test_a_recording_that_was_copied_by_half_is_copied_anew(demo):
    demo.unlink()
    film = demo.parent / "two_shot.mp4"
    film.write_bytes(film.read_bytes()[:1000])
    assert main(["demo", str(demo.parent), "--no-window"]) == 0
    assert film.read_bytes() == (sample_folder() / "two_shot.mp4").read_bytes()


def test_every_sample_frame_by_index_and_by_time_is_the_one_asked_for(monkeypatch):
    from benchmarks.sample_frames import run

    assert set(run(smoke=True).values()) == {1.0}
