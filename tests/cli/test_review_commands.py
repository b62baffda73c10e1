"""consent, goals, moments, delete-recording: the clinician's half from the command line."""

import json
import re

import pytest

from clips import make_clip
from imhcode.cli.main import main
from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.event import Event, Link
from imhcode.services.clip_register import ClipRegister
from imhcode.services.studies import StudyService


@pytest.fixture
def run(capsys):
    def run(*words, status=0):
        assert main([str(word) for word in words]) == status
        out, err = capsys.readouterr()
        return json.loads(out) if "--json" in words else out + err

    return run


@pytest.fixture
def study(tmp_path, run):
    path = tmp_path / "study.imh"
    run("new", path, "--scheme", "strengths_review", "--scheme", "abr")
    run("add", path, make_clip(tmp_path, "mjpeg_avi").path, "--session", "S1", "--dyad", "D")
    return path


@pytest.fixture
def family(study, run):
    run("consent", "person", study, "D", "baby", "--relation", "child", "--session", "S1")
    run("consent", "person", study, "D", "mother", "--relation", "parent", "--session", "S1")
    return study


def test_consent_is_written_down_and_shown_as_a_matrix(family, run):
    run("consent", "grant", family, "D", "mother", "treatment", "--on", "2026-01-01",
        "--until", "2026-12-31", "--note", "on paper")  # fmt: skip
    run("consent", "grant", family, "D", "baby", "treatment", "--on", "2026-03-01")
    run("consent", "refuse", family, "D", "mother", "public-excerpt", "--on", "2026-01-01")
    found = run("consent", "matrix", family, "D", "--on", "2026-02-01", "--json")
    rows = {one["label"]: one for one in found["rows"]}
    assert found["on"] == "2026-02-01"
    assert found["uses"][0] == "treatment"
    assert (rows["mother"]["treatment"], rows["mother"]["public_excerpt"]) == (
        "granted", "refused",
    )  # fmt: skip
    assert (rows["baby"]["treatment"], rows["baby"]["research"]) == ("not_yet", "not_asked")
    text = run("consent", "matrix", family, "D", "--on", "2027-01-01")
    assert re.search(r"mother +expired +not asked", text)
    listed = run("consent", "list", family, "D", "--json")
    assert [one["label"] for one in listed["people"]] == ["baby", "mother"]
    assert listed["statements"][0] == {
        "person": "mother", "use": "treatment", "answer": "granted", "on": "2026-01-01",
        "until": "2026-12-31", "note": "on paper",
    }  # fmt: skip
    assert "2026-01-01  mother: refused public_excerpt" in run("consent", "list", family, "D")


def test_a_withdrawal_lists_every_clip(family, run):
    run("consent", "grant", family, "D", "mother", "teaching", "--on", "2026-01-01")
    listed = run("consent", "list", family, "D", "--json")
    mother = next(one["id"] for one in listed["people"] if one["label"] == "mother")
    with StudyService.open(family) as service:
        register = ClipRegister(service.file, "S1", "kim")
        for name, people in (("her.mp4", (mother,)), ("them.mp4", ())):
            clip = ClipRecord(
                id="", file_name=name, sha256="0", session_id="S1", people=people, use="teaching"
            )
            register.register(clip)
    found = run("consent", "withdraw", family, "D", "mother", "teaching", "--json")
    assert found["withdrawn"] == ["teaching"]
    assert [(one["file"], one["how"]) for one in found["clips"]] == [
        ("her.mp4", "shown"), ("them.mp4", "perhaps"),
    ]  # fmt: skip
    said = run("consent", "withdraw", family, "D", "mother", "teaching", status=0)
    assert "2 clips made with them:" in said
    assert "her.mp4  (shown" in said


def test_what_makes_no_sense_is_refused_with_what_there_is(family, run):
    said = run("consent", "grant", family, "D", "uncle", "research", status=2)
    assert "no person “uncle”" in said
    assert "baby, mother" in said
    assert "treatment, supervision" in run(
        "consent", "grant", family, "D", "baby", "broadcast", status=2
    )
    assert "“soon” is not a date" in run(
        "consent", "grant", family, "D", "baby", "research", "--on", "soon", status=2
    )
    run("consent", "matrix", family, "nobody", status=2)
    run("consent", "person", family, "D", "aunt", "--relation", "aunt", status=2)


def test_what_falls_due_is_told(family, run):
    assert run("consent", "due", family) == "Nothing falls due.\n"
    run("consent", "keep", family, "S1", "2026-07-01")
    found = run("consent", "due", family, "--on", "2026-06-15", "--json")
    assert found["due"] == [
        {"what": "session", "id": "S1", "on": "2026-07-01",
         "message": "Session S1 is kept until 2026-07-01."}
    ]  # fmt: skip
    run("consent", "keep", family, "S9", "2026-07-01", status=2)
    run("consent", "keep", family, "S1", "")
    assert run("consent", "due", family, "--on", "2026-06-15", "--json") == {"due": []}


def test_goals_come_with_what_was_tried(family, run):
    goal = run("goals", "add", family, "D", "sleep well", "--since", "2026-01-01").strip()
    run("goals", "tried", family, "D", goal[:6], "a song", "--session", "S1", "--how", "she smiled")
    run("goals", "status", family, "D", goal, "resting")
    assert run("goals", "list", family, "D", "--json") == {
        "goals": [
            {"id": goal, "text": "sleep well", "status": "resting", "since": "2026-01-01",
             "tried": [{"text": "a song", "session": "S1", "on": "", "how_it_went": "she smiled"}]}
        ]
    }  # fmt: skip
    assert "sleep well  (resting, since 2026-01-01)" in run("goals", "list", family, "D")
    run("goals", "status", family, "D", "", "open", status=2)
    run("goals", "status", family, "D", goal, "failed", status=2)


def test_moments_and_candidates_are_listed(family, run):
    with StudyService.open(family) as service:
        coding = service.coding("S1", "kim", scheme=service.scheme("strengths_review"))
        coding.add(
            [
                Event(
                    id="m", track="moment", code="follows", onset_us=0, offset_us=2_000_000,
                    modifiers=(("status", ("chosen",)),), comment="private",
                )
            ]
        )  # fmt: skip
        researcher = service.coding("S1", "ria", scheme=service.scheme("abr"))
        at = {"onset_us": 2_500_000, "offset_us": 2_500_000}
        researcher.add([Event(id="b", track="infant_bid", code="look", **at)])
        links = (Link("answers", "b"),)
        answer = Event(id="a", track="caregiver_response", code="joins", links=links, **at)
        researcher.add([answer])
    found = run("moments", family, "--session", "S1", "--json")
    assert [(one["title"], one["status"]) for one in found["moments"]] == [
        ("You followed along", "chosen")
    ]
    assert "private" not in json.dumps(found)
    said = run("moments", family, "--session", "S1")
    assert said == (
        "00:00.000–00:02.000  You followed along  (Parent follows, chosen)\n1 moment.\n"
    )
    found = run("moments", family, "--session", "S1", "--from-query", "bids-met", "--json")
    assert found["candidates"] == [
        {"onset_us": 500_000, "offset_us": 2_500_000, "why": "bids met within 1 s",
         "event_ids": ["b", "a"], "coder": "ria", "role": "primary", "scheme": "abr"}
    ]  # fmt: skip
    said = run("moments", family, "--session", "S1", "--from-query", "dyad_state >8s")
    assert said == "0 candidates.\n"
    said = run("moments", family, "--session", "S1", "--from-query", "smiles", status=2)
    assert "no track “smiles”" in said


def test_a_recording_is_destroyed_only_if_that_is_said(family, run, tmp_path):
    original = tmp_path / "mjpeg_avi.avi"
    said = run("delete-recording", family, "S1-mjpeg_avi")
    assert "Nothing was destroyed" in said
    assert str(original) in said
    told = run("delete-recording", family, "S1-mjpeg_avi", "--json")
    assert (told["done"], told["would_destroy"]) == (False, [str(original)])
    assert original.exists()
    paper = tmp_path / "certificate.txt"
    done = run("delete-recording", family, "S1-mjpeg_avi", "--really", "--to", paper, "--json")
    assert (done["done"], done["files"]) == (True, ["mjpeg_avi.avi"])
    assert not original.exists()
    assert paper.read_text("utf-8") == done["certificate"]
    run("delete-recording", family, "S1-mjpeg_avi", "--really", "--to", paper, status=2)
    run("delete-recording", family, "S9", "--really", status=2)
