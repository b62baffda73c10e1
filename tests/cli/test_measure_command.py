"""``imhcode measure`` as scripts use it."""

import json
from pathlib import Path

import pytest

from imhcode.cli.main import main

EXAMPLE = Path(__file__).parents[1] / "formats" / "golden" / "csv" / "worked_example.csv"
EXPECTED = json.loads(
    (Path(__file__).parents[1] / "analysis" / "measures" / "abr_example_expected.json").read_text(
        "utf-8"
    )
)


@pytest.fixture
def run(capsys):
    def run(*words, status=0):
        capsys.readouterr()
        found = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert found == status, err
        run.said = err
        return json.loads(out) if "--json" in words and status == 0 else out

    return run


@pytest.fixture
def study(tmp_path, run):
    run("new", tmp_path / "study")
    run("import", tmp_path / "study.imh", EXAMPLE, "--session", "S01", "--coder", "anna")
    return tmp_path / "study.imh"


def test_json_has_every_number_of_the_worked_example(study, run):
    rows = run("measure", study, "--json")["rows"]
    found = {(one["measure_id"], one["statistic"]): one["value"] for one in rows}
    flat = {}
    for name, value in EXPECTED.items():
        if isinstance(value, float):
            flat[name, "value"] = value
        elif isinstance(value, dict):
            flat |= {(name, key): one for key, one in value.items()}
    table = flat.pop(("response_contingency", "table"))
    counts = flat.pop(("state_transitions", "counts"))
    cells = zip("abcd", (*table[0], *table[1]), strict=True)
    flat |= {("response_contingency", f"table_{cell}"): one for cell, one in cells}
    flat |= {("state_transitions", f"counts:{pair}"): one for pair, one in counts.items()}
    flat["repair_latency", "n_events"] = 1
    assert {key: found[key] for key in flat} == pytest.approx(flat)
    assert rows[0]["denominator_s"] == EXPECTED["codable_s"]


def test_the_tables_are_written_and_named(study, run, tmp_path):
    out = run("measure", study, "--to", tmp_path / "out")
    assert f"{tmp_path / 'out' / 'survival.csv'} (5 rows)" in out
    files = run("measure", study, "--to", tmp_path / "out", "--json")["files"]
    assert len(files) == 12
    assert all(Path(one["path"]).exists() for one in files)


def test_tables_come_in_the_form_that_is_asked_for(study, run, tmp_path):
    for form, name in (("xlsx", "measures.xlsx"), ("parquet", "survival.parquet")):
        out = run("measure", study, "--to", tmp_path / form, "--as", form)
        assert str(tmp_path / form / name) in out
        assert not list((tmp_path / form).glob("*.csv"))
    for wrong in ("xls", "csv,xlsx"):
        run("measure", study, "--to", tmp_path / "no", "--as", wrong, status=2)
    assert not (tmp_path / "no").exists()


def test_figures_are_drawn_in_the_forms_that_are_asked_for(study, run, tmp_path):
    words = ("--figures", tmp_path / "out", "--figure", "contingency", "--as", "svg,pdf")
    out = run("measure", study, *words, "--width", "column")
    assert str(tmp_path / "out" / "contingency-response_contingency.svg") in out
    assert {one.suffix for one in (tmp_path / "out").iterdir()} == {".svg", ".pdf", ".csv", ".txt"}
    row = (tmp_path / "out" / "contingency-response_contingency.csv").read_text("utf-8")
    assert ",9,30,3,14," in row
    run("measure", study, "--figures", tmp_path / "out", "--figure", "lag_plot", status=2)
    run("measure", study, "--figures", tmp_path / "out", "--width", "huge", status=2)


def test_people_read_a_line_for_each_number(study, run):
    out = run("measure", study)
    assert "S01 anna primary abr" in out
    assert "(initiator not coded)" in out
    assert "1 censored" in out


def test_what_cannot_be_computed_is_refused(study, run):
    run("measure", study, "--session", "S09", status=2)
    assert "S01" in run.said
    run("measure", study, "--episode", "play", status=2)
    run("measure", study, "--set", "repaired_hold_s=99", status=2)
    assert "1 to 5" in run.said
    run("measure", study, "--set", "repaired_hold_s", status=2)
    assert "NAME=NUMBER" in run.said


def test_a_parameter_can_be_set(study, run):
    rows = run("measure", study, "--set", "response_window_s=2", "--json")["rows"]
    found = {(one["measure_id"], one["statistic"]): one["value"] for one in rows}
    assert found["response_latency", "n"] == 7
