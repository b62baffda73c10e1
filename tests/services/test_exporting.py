import errno
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from answering_scheme import ANSWERING, DOCUMENT
from imhcode.domain.event import Event
from imhcode.schemes.building import scheme_from_document
from imhcode.services import whole_folder
from imhcode.services.exporting import export
from imhcode.services.format_choice import UnknownFormat
from imhcode.services.importing import UnknownRole
from imhcode.services.studies import StudyService
from imhcode.services.whole_folder import FileInTheWay, NotWritten
from imhcode.store.errors import NoSuchEntry

SECOND = scheme_from_document({**DOCUMENT, "id": "second"})


def bid(number: int) -> Event:
    return Event(id=f"e{number}", track="bid", code="look", onset_us=number, offset_us=number)


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING, SECOND]) as service:
        for number, (session, coder, role, scheme) in enumerate(
            [
                ("S01", "anna", "primary", ANSWERING),
                ("S01", "eva", "gold", ANSWERING),
                ("S02", "anna", "primary", SECOND),
            ]
        ):
            service.ensure_session(session)
            service.coding(session, coder, role=role, scheme=scheme).add([bid(number)])
        yield service


def ids(folder: Path) -> list[str]:
    lines = (folder / "events.csv").read_text().splitlines()
    place = lines[0].split(",").index("event_id")
    return [line.split(",")[place] for line in lines[1:]]


def test_the_same_study_gives_the_same_bytes(study, tmp_path):
    first = export(study, "csv", tmp_path / "one" / "deep")
    second = export(study, "csv", tmp_path / "two")
    assert [one.sha256 for one in first] == [one.sha256 for one in second]
    for one, other in zip(first, second, strict=True):
        assert one.path.read_bytes() == other.path.read_bytes()


def test_the_files_are_named_with_their_rows_and_hashes(study, tmp_path):
    events, links, ratings, manifest = export(study, "csv", tmp_path / "out")
    assert (events.path, events.rows, manifest.path) == (
        tmp_path / "out" / "events.csv",
        3,
        tmp_path / "out" / "export_manifest.json",
    )
    assert (links.rows, ratings.rows) == (0, 0)
    for one in (events, links, ratings, manifest):
        assert hashlib.sha256(one.path.read_bytes()).hexdigest() == one.sha256
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "events.csv",
        "export_manifest.json",
        "links.csv",
        "ratings.csv",
    ]


def test_the_manifest_says_what_was_exported_and_how(study, tmp_path):
    *tables, manifest = export(study, "csv", tmp_path / "out", scheme="second")
    said = json.loads(manifest.path.read_text())
    assert said["study_id"] == study.study_id
    assert said["format"] == "csv"
    assert said["filters"] == {"scheme": "second"}
    assert said["schemes"] == [{"id": "second", "version": "1.0.0", "hash": SECOND.content_hash}]
    assert said["files"] == [
        {"path": f"{name}.csv", "rows": rows, "sha256": table.sha256}
        for name, rows, table in zip(("events", "links", "ratings"), (1, 0, 0), tables, strict=True)
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["e0", "e1", "e2"]),
        ({"session": "S01"}, ["e0", "e1"]),
        ({"coder": "anna"}, ["e0", "e2"]),
        ({"role": "gold"}, ["e1"]),
        ({"role": "consensus"}, []),
        ({"scheme": "second"}, ["e2"]),
        ({"scheme": "answering@1.0.0", "coder": "eva"}, ["e1"]),
    ],
)
def test_filters_choose_observations(study, tmp_path, filters, expected):
    export(study, "csv", tmp_path / "out", **filters)
    assert ids(tmp_path / "out") == expected


@pytest.mark.parametrize(
    ("filters", "error", "said"),
    [
        ({"session": "S09"}, NoSuchEntry, "S01, S02"),
        ({"coder": "ann"}, NoSuchEntry, "anna, eva"),
        ({"scheme": "abr"}, NoSuchEntry, "answering"),
        ({"scheme": "second@2.0.0"}, NoSuchEntry, "second@1.0.0"),
        ({"role": "boss"}, UnknownRole, "gold"),
    ],
)
def test_a_filter_nobody_knows_is_refused_with_what_there_is(study, tmp_path, filters, error, said):
    with pytest.raises(error, match=said):
        export(study, "csv", tmp_path / "out", **filters)
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_refused(study, tmp_path):
    with pytest.raises(UnknownFormat, match="csv"):
        export(study, "xls", tmp_path / "out")


def test_a_file_where_the_folder_should_be_is_refused_and_kept(study, tmp_path):
    (tmp_path / "out").write_text("mine")
    for place in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(FileInTheWay, match="out"):
            export(study, "csv", place)
    assert (tmp_path / "out").read_text() == "mine"


def test_a_disk_that_fails_leaves_what_was_there_and_no_half_file(study, tmp_path, monkeypatch):
    export(study, "csv", tmp_path / "out", session="S01")
    before = (tmp_path / "out" / "events.csv").read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_folder.os, "fsync", full)
    with pytest.raises(NotWritten, match="No space left"):
        export(study, "csv", tmp_path / "out")
    assert (tmp_path / "out" / "events.csv").read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "events.csv",
        "export_manifest.json",
        "links.csv",
        "ratings.csv",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of Unix")
def test_a_real_limit_on_file_size_is_trouble_with_a_sentence(study, tmp_path):
    study.coding("S01", "anna", scheme=ANSWERING).add(bid(number) for number in range(100, 400))
    study.close()
    program = (
        "import resource, signal, sys; from imhcode.cli.main import main;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));"
        f"sys.exit(main(['export', {str(study.path)!r}, '--to', {str(tmp_path / 'out')!r}]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert run.returncode == 3
    assert "could not be written" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()
