"""``imhcode scheme``, as scripts and lab authors call it."""

import json

import pytest
from typer.testing import CliRunner

from imhcode.cli.scheme import app
from imhcode.schemes.errors import SchemeNotFound, SchemeRefused
from imhcode.schemes.shipped import find_scheme

ABR = find_scheme("abr").read_text("utf-8")


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *words: runner.invoke(app, list(words), catch_exceptions=False)


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(ABR.replace("classes: [bid, pause]", "classes: [bid, puase]"), "utf-8")
    return path


def test_list_names_the_flagship(run):
    (row,) = [
        one for one in json.loads(run("list", "--json").stdout)["schemes"] if one["id"] == "abr"
    ]
    assert row["version"] == "1.0.0"
    assert row["title"] == "Attunement, Bids and Repair"
    assert row["path"].endswith("abr.yaml")
    assert "Attunement, Bids and Repair" in run("list").stdout


def test_show_prints_codes_with_keys_and_definitions(run):
    said = run("show", "abr").stdout
    assert "Dyad state (dyad_state): states of Dyad, one at a time, no gaps" in said
    assert "  [f] Ruptured (ruptured)" in said
    assert "The connection is broken and it matters to someone" in said
    assert "Asks for: Signal clarity, About, Cue note" in said
    assert "  3. Infant bids: infant_bid" in said


def test_show_prints_the_whole_document_for_scripts(run):
    shown = json.loads(run("show", "abr", "--json").stdout)
    assert len(shown["tracks"]) == 6
    assert len(shown["content_hash"]) == 64


def test_check_of_the_flagship_finds_nothing(run):
    result = run("check", str(find_scheme("abr")))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing wrong" in result.stderr
    assert json.loads(run("check", "abr", "--json").stdout) == {"findings": []}


def test_check_prints_file_line_and_message_and_ends_with_1(run, faulty):
    result = run("check", str(faulty))
    line = ABR[: ABR.index("classes: [bid, pause]")].count("\n") + 1
    assert result.exit_code == 1
    assert result.stdout == (
        f'mine.yaml:{line}: unknown class "puase" in code "break_signal" (did you mean "pause"?)\n'
    )
    assert "1 error" in result.stderr


def test_check_tells_scripts_where(run, faulty):
    result = run("check", str(faulty), "--json")
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["severity"] == "error"
    assert finding["rule"] == "unknown-class"
    assert finding["where"] == "tracks.infant_bid.codes.break_signal.classes.1"
    assert set(finding) == {"severity", "rule", "where", "line", "message"}


def test_check_forgives_warnings(run, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        ABR.replace("label: Look bid\n        key: q", "label: Look bid\n        key: k"), "utf-8"
    )
    result = run("check", str(path))
    assert result.exit_code == 0
    assert 'key "k"' in result.stdout
    assert "1 warning" in result.stderr


def test_what_cannot_be_shown_is_refused(run, faulty):
    with pytest.raises(SchemeNotFound, match="did you mean"):
        run("show", "abrr")
    with pytest.raises(SchemeRefused, match="puase"):
        run("show", str(faulty))
    with pytest.raises(SchemeNotFound):
        run("check", "nothing.yaml")


def test_schema_prints_json_schema(run):
    assert json.loads(run("schema").stdout)["title"] == "imhcode coding scheme, format 1.0"
