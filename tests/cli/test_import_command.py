"""import and export: the conversation on the command line, with the formats that there are."""

import json
from pathlib import Path

import pytest

from imhcode.cli.main import main
from imhcode.formats import FORMATS
from imhcode.services.studies import StudyService

EXAMPLE = Path(__file__).parents[1] / "formats" / "golden" / "csv" / "worked_example.csv"
#: programs whose files carry track, code and time of every event both ways
BOTH_WAYS = [name for name in ("boris", "datavyu", "elan", "textgrid") if name in FORMATS]


@pytest.fixture
def run(capsys):
    def run(*words, status=0):
        capsys.readouterr()
        found = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert found == status, err
        run.said = err
        return json.loads(out) if "--json" in words and status < 2 else out

    return run


@pytest.fixture
def study(tmp_path, run):
    run("new", tmp_path / "study")
    run("import", tmp_path / "study.imh", EXAMPLE, "--session", "S01", "--coder", "gold")
    return tmp_path / "study.imh"


def exported(run, study, to: Path, name: str) -> Path:
    files = run("export", study, "--format", name, "--to", to, "--json")["files"]
    (file,) = [Path(one["path"]) for one in files if "manifest" not in one["path"]]
    return file


def coded(path: Path, coder: str = "gold") -> list[tuple[str, str, int, int | None]]:
    with StudyService.open(path, writing=False) as study:
        entries = study.session("S01").observations
        entry = next(one for one in entries if one.coder_id == coder)
        events = study.observation(entry).timeline
        ms = [
            (one.track, one.code, one.onset_us // 1000, one.offset_us and one.offset_us // 1000)
            for one in events
        ]
    return sorted(ms, key=repr)


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_what_goes_out_for_a_program_comes_back_in(run, study, tmp_path, name):
    file = exported(run, study, tmp_path / "out", name)
    again = tmp_path / "again.imh"
    run("new", again)
    words = ("import", again, file, "--session", "S01", "--coder", "gold", "--json")
    before = again.read_bytes()
    rehearsed = run(*words, "--dry-run")
    assert again.read_bytes() == before
    report = run(*words)
    assert report == rehearsed
    assert [report[one] for one in ("found", "imported", "kept_as_notes", "refused")] == [
        *(41, 41),
        *(0, 0),
    ]
    assert coded(again) == coded(study)
    (kept,) = run("import", again, "--reports", "--json")
    assert (kept["state"], kept["imported"], kept["format"]) == ("done", 41, name)
    run("import", again, file, "--session", "S01", "--coder", "gold", status=2)
    assert "--again" in run.said


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_a_study_without_these_words_gets_a_scheme_made_of_them(run, study, tmp_path, name):
    file = exported(run, study, tmp_path / "out", name)
    again = tmp_path / "again.imh"
    run("new", again, "--scheme", "still_face")
    words = ["import", again, file, "--session", "S01", "--coder", "gold", "--new-scheme"]
    report = run(*words, "--json")
    assert (report["imported"], report["scheme_is_new"]) == (41, True)
    events = [(code, onset) for _, code, onset, _ in coded(again)]
    assert sorted(events) == sorted((code, onset) for _, code, onset, _ in coded(study))
    if report["notes"]:  # the links, whose rules the new scheme has not got
        assert [one["counts"] for one in report["notes"]] == [0] * 15
        assert "link-without-rule" in [one["rule"] for one in report["findings"]]


def test_the_words_are_mapped_by_a_document_that_somebody_corrects(run, study, tmp_path):
    file = exported(run, study, tmp_path / "out", BOTH_WAYS[0])
    other = tmp_path / "other.imh"
    run("new", other, "--scheme", "shared_play")
    mapping = tmp_path / "mapping.yaml"
    run("import", other, file, "--propose", mapping)
    assert "imhcode_import_mapping" in mapping.read_text(encoding="utf-8")
    run("import", other, file, "--propose", mapping, status=2)
    report = run("import", other, file, "--coder", "gold", "--mapping", mapping, "--json")
    assert report["found"] == 41
    assert report["found"] == report["imported"] + report["kept_as_notes"] + report["refused"]
    assert report["kept_as_notes"] == sum(one["counts"] for one in report["notes"]) > 0
    scheme = tmp_path / "made.yaml"
    run("import", other, file, "--scheme-to", scheme)
    run("scheme", "check", scheme)


def test_several_files_come_in_with_their_sums(run, study, tmp_path):
    one = tmp_path / "one.csv"
    one.write_text("session_id,track_id,code,onset_ms\nS01,infant_bid,look,1\n")
    two = tmp_path / "two.csv"
    two.write_text(
        "session_id,track_id,code,onset_ms\nS02,infant_bid,lok,1\nS02,infant_bid,look,1\n"
    )
    report = run("import", study, one, two, "--coder", "anna", "--json", status=1)
    assert (report["found"], report["imported"], report["refused"]) == (3, 2, 1)
    assert [each["file"] for each in report["files"]] == ["one.csv", "two.csv"]
    assert [each["file"] for each in report["findings"]] == ["two.csv"]


def test_of_several_files_none_comes_in_if_one_cannot_be_read(run, study, tmp_path):
    good = tmp_path / "one.csv"
    good.write_text("session_id,track_id,code,onset_ms\nS09,infant_bid,look,1\n")
    bad = tmp_path / "two.csv"
    bad.write_bytes(b"\xff")
    run("import", study, good, bad, "--coder", "anna", status=2)
    assert "two.csv" in run.said
    assert len(run("info", study, "--json")["sessions"]) == 1


def test_reports_stay_in_the_study(run, study):
    text = run("import", study, "--reports")
    assert "worked_example.csv as csv" in text
    assert "41 events found, 41 imported, 0 kept as notes, 0 refused." in text
    run("new", study.parent / "empty")
    assert "Nothing has been imported" in run("import", study.parent / "empty", "--reports")
    run("import", study, status=2)


def test_what_a_format_cannot_hold_is_said_before_and_with_the_files(run, study, tmp_path):
    name = BOTH_WAYS[0]
    text = run("export", study, "--format", name, "--dry-run")
    assert f"{name} cannot hold links (15): " in text
    assert not (tmp_path / "out").exists()
    made = run("export", study, "--format", name, "--to", tmp_path / "out", "--json")
    lost = {one["what"]: one["count"] for one in made["losses"]}
    assert lost["links"] == 15
    manifest = json.loads((tmp_path / "out" / "export_manifest.json").read_text(encoding="utf-8"))
    assert manifest["losses"] == made["losses"]
    run("export", study, "--format", name, "--to", tmp_path / "again")
    assert f"{name} cannot hold links (15): " in run.said
    assert run("export", study, "--dry-run") == "csv holds all of it.\n"
    run("export", study, status=2)


def test_one_file_is_written_where_its_name_says(run, study, tmp_path):
    name = BOTH_WAYS[0]
    ending = FORMATS[name].suffixes[0]
    made = run("export", study, "--format", name, "--to", tmp_path / f"mine{ending}", "--json")
    assert [Path(one["path"]).name for one in made["files"]] == [
        f"mine{ending}",
        f"mine{ending}.manifest.json",
    ]
    assert (tmp_path / f"mine{ending}").is_file()
    run("export", study, "--format", "csv", "--to", tmp_path / "all.csv", status=2)
    assert "3 files" in run.said
    assert not (tmp_path / "all.csv").exists()


def test_an_unknown_file_is_one_sentence_that_lists_what_can_be_read(run, study, tmp_path):
    strange = tmp_path / "film.xyz"
    strange.write_bytes(b"\x00\x01")
    run("import", study, strange, status=2)
    assert "csv (.csv, .tsv, .txt)" in run.said
    assert run.said.count("\n") == 1


def test_a_new_session_has_its_dyad_although_its_film_comes_first(run, tmp_path):
    samples = Path(__file__).parents[2] / "sample_videos"
    run("new", tmp_path / "one")
    run("add", tmp_path / "one.imh", samples / "phone.mp4", "--session", "S03", "--dyad", "D02")
    run("import", tmp_path / "one.imh", EXAMPLE, "--session", "S03", "--coder", "gold")
    file = exported(run, tmp_path / "one.imh", tmp_path / "out", "boris")
    run("new", tmp_path / "two")
    report = run("import", tmp_path / "two.imh", file, "--json")
    assert [one["outcome"] for one in report["films"]] == ["attached"]
    assert "other-dyad" not in {one["rule"] for one in report["findings"]}
    with StudyService.open(tmp_path / "two.imh", writing=False) as study:
        assert study.session("S03").session.dyad_id == "D02"
