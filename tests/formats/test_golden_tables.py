"""One record as other programs' tables, compared as bytes."""

import gzip
from pathlib import Path

import pytest

from exchanged_records import EVENTS, record_of
from imhcode.formats import FORMATS

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["boris-tabular", "datavyu-csv", "datavyu-json", "datavyur"])
def test_the_golden_files_are_what_is_written(name, tmp_path):
    parts = FORMATS[name].write("study", [record_of(EVENTS)], tmp_path)
    assert {one.name for one in parts} == {one.name for one in (GOLDEN / name).iterdir()}
    for one in parts:
        assert (tmp_path / one.name).read_bytes() == (GOLDEN / name / one.name).read_bytes()


def test_a_packed_project_is_the_golden_one_packed(tmp_path):
    (part,) = FORMATS["boris-gz"].write("study", [record_of(EVENTS)], tmp_path)
    (golden,) = (GOLDEN / "boris-gz").iterdir()
    assert part.name == golden.name
    unpacked = gzip.decompress((tmp_path / part.name).read_bytes())
    assert unpacked == gzip.decompress(golden.read_bytes())
    assert unpacked == (GOLDEN / "boris" / "project.boris").read_bytes()
