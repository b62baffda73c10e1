"""``imhcode scheme diff``, ``mapping``, ``add``, ``move`` and ``manual``."""

import json

import pytest

from imhcode.cli.main import main
from imhcode.domain.event import Event
from imhcode.services.studies import StudyService

SCHEME = """\
imhcode_scheme: "1.0"
id: lab
version: "1.0.0"
title: Lab
subjects: [{id: dyad, label: Dyad, role: group}]
tracks:
  - id: state
    label: State
    subject: dyad
    kind: state
    exclusive: true
    codes:
      - {id: near, label: Near, key: q, definition: Close to each other.}
      - {id: far, label: Far, key: w, definition: Out of reach.}
"""
CHANGED = (
    SCHEME.replace("1.0.0", "2.0.0").replace("id: near", "id: close").replace("key: w", "key: e")
)


@pytest.fixture
def lab(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab.yaml").write_text(SCHEME, "utf-8")
    (tmp_path / "lab2.yaml").write_text(CHANGED, "utf-8")
    assert main(["new", "s.imh", "--scheme", "lab.yaml"]) == 0
    with StudyService.open(tmp_path / "s.imh") as study:
        study.ensure_session("S01")
        for coder in ("anna", "ben"):
            study.coding("S01", coder).add(
                [
                    Event(id="e1", track="state", code="near", onset_us=0, offset_us=2_000_000),
                    Event(id="e2", track="state", code="far", onset_us=2_000_000, offset_us=None),
                ]
            )
    return tmp_path


def codes(lab, version):
    with StudyService.open(lab / "s.imh", writing=False) as study:
        return {
            entry.coder_id: [event.code for event in study.observation(entry).timeline.in_order()]
            for entry in study.file.observations()
            if entry.scheme_version == version
        }


@pytest.fixture
def run(capsys):
    def call(*words):
        capsys.readouterr()
        status = main(["scheme", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_diff_says_in_words_what_changed_and_which_version_fits(lab, run):
    status, said, _ = run("diff", "lab.yaml", "lab2.yaml")
    assert status == 0
    assert said.splitlines() == [
        "Changes of meaning:",
        "  Code “Near” on State is perhaps “Near” (close) now: the same definition",
        "Changes of handling:",
        "  Code “Far” on State: key w → e",
        "These ask for a new major version; from 1.0.0 to 2.0.0 the major number is raised.",
    ]
    too_little = CHANGED.replace("2.0.0", "1.0.1")
    (lab / "lab2.yaml").write_text(too_little, "utf-8")
    status, said, _ = run("diff", "lab.yaml", "lab2.yaml", "--json")
    shown = json.loads(said)
    assert (status, shown["fits"], shown["raised"]) == (1, "major", "patch")
    assert set(shown["differences"][0]) == {"weight", "kind", "where", "message", "renamed_to"}
    assert run("diff", "lab.yaml", "lab.yaml") == (0, "Nothing differs.\n", "")


def test_a_scheme_in_a_study_is_compared_and_printed_like_a_file(lab, run):
    assert run("diff", "s.imh", "lab.yaml") == (0, "Nothing differs.\n", "")
    assert run("diff", "s.imh:lab@1.0.0", "lab2.yaml")[0] == 0
    assert run("diff", "s.imh:lab@9.0.0", "lab2.yaml")[0] == 2
    assert run("manual", "s.imh", "--to", "manual.html")[0] == 0
    assert "Close to each other." in (lab / "manual.html").read_text("utf-8")


def test_from_an_old_version_to_a_new_one_by_the_commands(lab, run):
    status, _, err = run("move", "s.imh", "--to", "lab2.yaml")
    assert status == 2
    assert "Near (near) on state is not in lab@2.0.0" in err
    assert run("mapping", "lab.yaml", "lab2.yaml", "--to", "map.yaml")[0] == 0
    assert run("mapping", "lab.yaml", "lab2.yaml", "--to", "map.yaml")[0] == 2
    move = ("move", "s.imh", "--to", "lab2.yaml", "--mapping", "map.yaml")
    status, said, _ = run(*move, "--dry-run")
    assert (status, said.splitlines()[0]) == (
        0,
        "S01, anna, primary, lab@1.0.0: 2 events of 2 (tried only)",
    )
    assert codes(lab, "2.0.0") == {}
    status, said, err = run(*move)
    assert status == 0
    assert "2 observations moved to lab@2.0.0; 0 to look at." in err
    assert codes(lab, "2.0.0") == {"anna": ["close", "far"], "ben": ["close", "far"]}
    assert codes(lab, "1.0.0") == {"anna": ["near", "far"], "ben": ["near", "far"]}
    status, said, _ = run(*move, "--coder", "ben", "--json")
    (again,) = json.loads(said)["observations"]
    assert (status, again["events"]) == (1, 0)
    assert "already" in again["refusal"]


def test_move_lists_what_a_coder_has_to_look_at_with_its_time(lab, run):
    (lab / "map.yaml").write_text(
        'imhcode_mapping: "1.0"\nfrom: lab@1.0.0\nto: lab@2.0.0\ncodes:\n'
        "  - {change: rename, track: state, from: near, to: close}\n"
        "  - {change: to_note, track: state, from: far}\n",
        "utf-8",
    )
    move = ("move", "s.imh", "--to", "lab2.yaml", "--mapping", "map.yaml", "--coder", "anna")
    status, said, err = run(*move, "--dry-run", "--json")
    (look,) = json.loads(said)["observations"][0]["looks"]
    assert (status, look["event"], look["onset_us"], look["reason"]) == (1, "e1", 2_000_000, "note")
    assert json.loads(said)["losses"] == ['events of "far" on state become notes']
    status, said, err = run(*move)
    assert status == 1
    assert "  00:02.000: here was “Far” on State at 00:02.000" in said
    assert "1 observation moved to lab@2.0.0; 1 to look at." in err
    assert 'events of "far" on state become notes' in err


def test_a_scheme_in_use_is_not_replaced(lab, run):
    (lab / "lab.yaml").write_text(SCHEME.replace("Out of reach", "Away"), "utf-8")
    status, _, err = run("add", "s.imh", "lab.yaml")
    assert status == 2
    assert "Raise the version" in err
    assert run("add", "s.imh", "lab2.yaml")[1] == "Added: Lab (lab 2.0.0).\n"
    (lab / "lab2.yaml").write_text(CHANGED.replace("Out of reach", "Away"), "utf-8")
    assert run("add", "s.imh", "lab2.yaml")[1] == "Replaced: Lab (lab 2.0.0).\n"
    assert run("add", "s.imh", "lab2.yaml")[1] == "Has already: Lab (lab 2.0.0).\n"


def test_manual_and_card_are_written_as_page_and_as_pdf(lab, run, qapp):
    for name, more in (
        ("manual.html", ()),
        ("manual.pdf", ("--paper", "Letter")),
        ("card.html", ("--card",)),
        ("card.pdf", ("--card",)),
    ):
        status, said, _ = run("manual", "lab.yaml", "--to", name, *more)
        assert (status, said) == (0, f"Wrote {name}.\n")
        start = (lab / name).read_bytes()[:9]
        assert start.startswith(b"%PDF-1." if name.endswith("pdf") else b"<!DOCTYPE")
    status, _, err = run("manual", "lab.yaml", "--to", "manual.txt")
    assert status == 2
    assert ".html or .pdf" in err
