"""new, add, info, import, export, check: a study's life from the command line."""

import json
import sys
from pathlib import Path

import cv2
import pytest

from clips import make_clip, numbered_pixels
from imhcode.cli.main import main

EXAMPLE = Path(__file__).parents[1] / "formats" / "golden" / "csv" / "worked_example.csv"


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
def study(tmp_path, run):
    run("new", tmp_path / "study")
    return tmp_path / "study.imh"


def test_a_new_study_has_the_scheme_that_was_asked_for(study, run, tmp_path):
    assert "abr 1.0.0" in run("info", study)
    own = tmp_path / "own.yaml"
    shipped = Path(__file__).parents[2] / "coding_schemes" / "abr.yaml"
    own.write_text(
        shipped.read_text(encoding="utf-8").replace("\nid: abr\n", "\nid: mine\n"), encoding="utf-8"
    )
    run("new", tmp_path / "two.imh", "--scheme", "abr", "--scheme", own)
    text = run("info", tmp_path / "two")
    assert "Scheme abr 1.0.0" in text
    assert "Scheme mine 1.0.0" in text


def test_what_cannot_be_made_is_refused_and_leaves_nothing(study, run, tmp_path):
    run("new", study, status=2)
    assert "there already" in run.said
    run("new", tmp_path / "b", "--scheme", "arb", status=2)
    assert "abr" in run.said
    run("new", tmp_path / "no" / "b", status=2)
    assert str(tmp_path / "no") in run.said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study.imh"]


def test_recordings_are_added_with_their_offsets(study, run, tmp_path):
    first, second = make_clip(tmp_path, "vfr"), make_clip(tmp_path, "mjpeg_avi")
    run(
        "add",
        study,
        first.path,
        second.path,
        "--session",
        "S01",
        "--dyad",
        "D01",
        "--offset",
        "0",
        "--offset",
        "-1.480001",
    )
    run("add", study, second.path, "--session", "S02", "--offset", "0:01.5")
    one, two = run("info", study, "--json")["sessions"]
    assert (one["id"], one["dyad"], two["id"], two["dyad"]) == ("S01", "D01", "S02", "")
    assert [
        (Path(each["path"]), each["offset_us"], each["frames"]) for each in one["recordings"]
    ] == [
        (first.path, 0, len(first.times_us)),
        (second.path, -1_480_001, len(second.numbers)),
    ]
    assert two["recordings"][0]["offset_us"] == 1_500_000


def test_a_folder_of_stills_is_added_with_its_interval(study, run, tmp_path):
    folder = tmp_path / "garden"
    folder.mkdir()
    for number in range(4):
        data = cv2.imencode(".png", numbered_pixels(number))[1].tobytes()
        (folder / f"{number}.png").write_bytes(data)
    run("add", study, folder, "--session", "S01", status=2)
    assert "folder" in run.said
    run("add", study, folder, "--session", "S01", "--interval", "0", status=2)
    assert "not a time" in run.said
    run("add", study, folder, "--session", "S01", "--interval", "2.5")
    (session,) = run("info", study, "--json")["sessions"]
    assert [one["frames"] for one in session["recordings"]] == [4]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--session", "S01", "--offset", "1", "--offset", "2", "--offset", "3"],
            "3 offsets were given for 2 videos",
        ),
        (["--session", "S01", "--offset", "soon"], "“soon” is not a time"),
        (["--session", "S01", "--offset", "--5"], "is not a time"),
        (["--session", ""], "cannot be the id of a session"),
        (["--session", "a\nb\x07"], "cannot be the id of a session"),
        (["--session", "S01", "--dyad", " D"], "cannot be the id of a dyad"),
    ],
)
def test_an_addition_that_makes_no_sense_adds_nothing(study, run, tmp_path, words, said):
    path = make_clip(tmp_path, "vfr").path
    run("add", study, path, path, *words, status=2)
    assert said in run.said
    assert run("info", study, "--json") == {"sessions": []}


def test_of_several_videos_none_is_added_if_one_cannot_be_played(study, run, tmp_path):
    path = make_clip(tmp_path, "vfr").path
    run("add", study, path, tmp_path / "gone.mp4", "--session", "S01", status=2)
    (tmp_path / "text.mp4").write_text("no film")
    run("add", study, path, tmp_path / "text.mp4", "--session", "S01", status=3)
    assert run("info", study, "--json") == {"sessions": []}


def test_events_come_in_go_out_and_come_in_again(study, run, tmp_path):
    report = run(
        "import", study, EXAMPLE, "--session", "S01", "--coder", "gold", "--role", "gold", "--json"
    )
    counts = [report[name] for name in ("found", "imported", "kept_as_notes", "refused")]
    assert (counts, report["findings"]) == ([41, 41, 0, 0], [])
    assert run("info", study, "--json")["sessions"][0]["observations"] == [
        {
            "coder": "gold",
            "role": "gold",
            "scheme": "abr",
            "version": "1.0.0",
            "events": 41,
            "ratings": 0,
            "status": "draft",
        }
    ]
    files = run("export", study, "--format", "csv", "--to", tmp_path / "out", "--json")["files"]
    assert [(Path(one["path"]).name, one["rows"]) for one in files] == [
        ("events.csv", 41),
        ("links.csv", 15),
        ("ratings.csv", 0),
        ("export_manifest.json", 0),
    ]
    run("new", tmp_path / "again")
    again = run("import", tmp_path / "again", tmp_path / "out" / "events.csv", "--json")
    assert (again["imported"], again["findings"]) == (41, [])


def test_refused_rows_are_findings_and_status_1(study, run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("track_id,code,onset_ms,mood\ninfant_bid,lok,1,x\ninfant_bid,look,2,x\n")
    words = "import", study, table, "--session", "S01", "--coder", "anna"
    report = run(*words, "--dry-run", "--json", status=1)
    assert [(one["severity"], one["rule"], one["line"]) for one in report["findings"]] == [
        ("warning", "unknown-column", 1),
        ("error", "unknown-code", 2),
    ]
    assert run("info", study, "--json") == {"sessions": []}
    text = run(*words, status=1)
    assert 't.csv:2: error: infant_bid has no code “lok” (did you mean "look"?)' in text
    assert text.endswith("2 events found, 1 imported, 0 kept as notes, 1 refused.\n")


def test_warnings_alone_are_status_0(study, run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("track_id,code,onset_ms,mood\nrupture_repair,rupture,2,x\n")
    run("import", study, table, "--session", "S01", "--coder", "anna")
    first, _ = run("check", study, "--json")["findings"]
    assert first == {
        "severity": "warning",
        "rule": "modifier-missing",
        "where": "S01/anna/primary/abr",
        "line": None,
        "message": "“rupture” at 00:00.002 lacks “What broke”",
        "track": "rupture_repair",
        "event_ids": first["event_ids"],
        "from_us": 2000,
        "until_us": 2000,
    }
    assert "warning: S01/anna/primary/abr: “rupture”" in run("check", study)
    assert run.said == "0 errors, 2 warnings\n"


def test_the_checks_of_the_scheme_are_errors_as_it_says(study, run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("track_id,code,onset_ms,mod_clarity\ninfant_bid,look,2,clear\n")
    run("import", study, table, "--session", "S01", "--coder", "anna")
    (one,) = run("check", study, "--json", status=1)["findings"]
    assert (one["severity"], one["rule"]) == ("error", "bid_without_answer")
    assert one["message"] == "“look” at 00:00.002: A bid has no response code"


def test_a_check_that_finds_an_error_is_status_1(study, run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "track_id,code,onset_ms,linked_event_id,mod_modality\ncaregiver_response,joins,2,gone,voice\n"
    )
    run("import", study, table, "--session", "S01", "--coder", "anna")
    (one,) = run("check", study, "--json", status=1)["findings"]
    assert (one["severity"], one["rule"]) == ("error", "broken-link")


def test_a_whole_study_has_nothing_to_find(study, run):
    assert run("check", study) == ""
    assert run.said == "Nothing is wrong.\n"


def test_wrong_filters_and_formats_are_refused_with_what_there_is(study, run, tmp_path):
    run("import", study, EXAMPLE, "--session", "S01", "--coder", "gold")
    for words, said in (
        (["--session", "S02"], "It has: S01"),
        (["--coder", "glod"], "It has: gold"),
        (["--scheme", "x"], "abr@1.0.0"),
        (["--role", "boss"], "reliability"),
        (["--format", "xls"], "csv"),
    ):
        run("export", study, "--to", tmp_path / "out", *words, status=2)
        assert said in run.said
    run("import", study, EXAMPLE, "--format", "xls", status=2)
    run("export", study, "--to", EXAMPLE, status=2)


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is looked at as on Unix")
def test_a_study_that_is_open_elsewhere_is_trouble(study, run, tmp_path):
    from imhcode.services.studies import StudyService

    with StudyService.open(study):
        run("import", study, EXAMPLE, "--session", "S01", "--coder", "gold", status=3)
        assert "open in another window" in run.said
        run("info", study, status=3)


def test_what_is_known_of_a_session_is_written_down_and_told(study, run):
    run("add", study, "--session", "S01", "--dyad", "D01", "--age", "7,5", "--visit", "2")
    run("add", study, "--session", "S01", "--corrected-age", "6.5", "--date", "2026-05-31")
    (session,) = run("info", study, "--json")["sessions"]
    assert (session["age_months"], session["corrected_age_months"]) == (7.5, 6.5)
    assert (session["visit"], session["date"]) == ("2", "2026-05-31")
    assert "(visit 2, 2026-05-31, 7.5 months, 6.5 months corrected)" in run("info", study)
    run("add", study, "--session", "S01", "--corrected-age", "")
    (session,) = run("info", study, "--json")["sessions"]
    assert session["corrected_age_months"] is None


def test_no_age_and_no_date_are_refused_before_anything_is_made(study, run):
    for option, text in (("--age", "half a year"), ("--age", "-1"), ("--date", "31.5.2026")):
        run("add", study, "--session", "S09", option, text, status=2)
        assert text in run.said
    assert run("info", study, "--json")["sessions"] == []
