"""``imhcode agree`` and ``imhcode report --agreement`` as scripts use them."""

import csv
import json

import pytest

from imhcode.cli.main import main
from imhcode.formats.csv.writing_agreement import AGREEMENT


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder), "--no-window"]) == 0
    return folder / "demo.imh"


def test_rows_have_the_columns_of_the_table(demo, capsys):
    assert main(["agree", str(demo), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert all(set(row) == set(AGREEMENT) for row in rows)
    assert all((row["value"] is None) == bool(row["null_reason"]) for row in rows)
    time = next(row for row in rows if row["index"] == "kappa_time" and row["level"] == "pooled")
    assert time["value"] == pytest.approx(0.788, abs=0.001)
    assert (time["coder_a"], time["coder_b"]) == ("gold", "trainee")


def test_the_order_of_coders_is_the_order_of_the_pair(demo, capsys):
    words = ["--coders", "trainee", "gold", "--track", "infant_bid", "--tolerance", "0.1", "--json"]
    assert main(["agree", str(demo), *words]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {(row["coder_a"], row["coder_b"]) for row in rows} == {("trainee", "gold")}
    assert {row["track_id"] for row in rows} == {"infant_bid"}
    assert {row["tolerance_s"] for row in rows if row["index"] == "kappa_event"} == {0.1}


def test_the_table_shows_time_and_events_side_by_side(demo, capsys):
    assert main(["agree", str(demo)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "track",
        "kappa_time",
        "kappa_time_tolerance",
        "kappa_event",
        "kappa_event_linked",
    ]
    assert lines[1].split() == ["dyad_state", "0.788", "0.841", "0.515", "0.640"]
    assert lines[2].split() == ["infant_bid", "–", "–", "0.798", "–"]


def test_measures_are_listed_under_the_tracks(demo, capsys):
    assert main(["agree", str(demo), "--measures"]) == 0
    tracks, measures = capsys.readouterr().out.split("\n\n")
    assert "bid_rate" not in tracks
    lines = measures.splitlines()
    assert lines[0].split() == ["measure", "ICC(2,1)", "95", "%", "interval", "n"]
    assert next(one for one in lines if one.startswith("bid_rate ")).split() == [
        *("bid_rate", "too", "few", "sessions", "–", "1")
    ]
    assert any(one.startswith("response_latency, median ") for one in lines)


def test_files_are_written_and_named(demo, tmp_path, capsys):
    assert main(["agree", str(demo), "--to", str(tmp_path / "out"), "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    names = [one["path"].rsplit("/")[-1] for one in files]
    assert names == [
        "agreement.csv",
        "disagreements.csv",
        "confusion.csv",
        "methods.txt",
        "agreement_manifest.json",
    ]
    with (tmp_path / "out" / "disagreements.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == files[1]["rows"] == 39
    manifest = json.loads((tmp_path / "out" / "agreement_manifest.json").read_text("utf-8"))
    assert manifest["parameters"]["seed"] == 1
    assert len(manifest["inputs"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["--session", "S99"],
        ["--coders", "gold", "nobody"],
        ["--track", "nothing"],
        ["--role", "boss"],
        ["--tolerance", "-1"],
        ["gold"],
        ["--session", "S02"],
    ],
)
def test_what_is_not_there_is_refused(demo, words, capsys):
    assert main(["agree", str(demo), *words]) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.usefixtures("qapp")  # a PDF is drawn by the application that the window tests have
@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_report_is_one_file(demo, tmp_path, ending, capsys):
    file = tmp_path / f"agreement.{ending}"
    assert main(["report", str(demo), "--agreement", "--to", str(file)]) == 0
    assert file.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"<!DOCTYPE html>")
    assert [one.name for one in tmp_path.iterdir()] == [file.name]
    capsys.readouterr()


def test_a_report_of_measures_lists_each_of_them_once(demo, tmp_path):
    for words, there in (([], False), (["--measures"], True)):
        file = tmp_path / "agreement.html"
        assert main(["report", str(demo), "--agreement", *words, "--to", str(file)]) == 0
        text = file.read_text("utf-8")
        assert ("<h2>Measures</h2>" in text) == there
        assert text.count('<th scope="row">bid rate</th>') == there
        assert ("intraclass correlations" in text) == there


def test_a_report_about_nothing_is_refused(demo, tmp_path, capsys):
    assert main(["report", str(demo), "--to", str(tmp_path / "x.html")]) == 2
    assert main(["report", str(demo), "--agreement", "--to", str(tmp_path / "x.docx")]) == 2
    wrong = ["--bands", "mine", "--to", str(tmp_path / "x.html")]
    assert main(["report", str(demo), "--agreement", *wrong]) == 2
    assert "landis-koch" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
