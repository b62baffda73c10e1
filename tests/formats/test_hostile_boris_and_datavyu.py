"""Files made to do harm, or broken past use: what is said of each, and that nothing happens."""

import gzip
import io
import json
import stat
import tracemalloc
import zipfile

import pytest

from imhcode.domain.errors import ImhcodeError
from imhcode.formats import FORMATS, strict_json, strict_zip

GOOD = json.dumps({"behaviors_conf": {}, "observations": {}})
DB = "#4\nlook (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n"


def boris(**more):
    return json.dumps({"behaviors_conf": {}, "observations": {}} | more).encode()


def archive(*entries, **named):
    """A ZIP archive; an entry is a name or a `ZipInfo`, with its bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in (*entries, *((name, raw) for name, raw in named.items())):
            packed.writestr(name, raw)
    return file.getvalue()


def link():
    info = zipfile.ZipInfo("db")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return archive((info, "/etc/passwd"))


def encrypted():
    raw = bytearray(archive(db=DB))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    return bytes(raw)


def twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return archive(("db", DB), ("db", DB))


def damaged():
    raw = bytearray(archive(db=DB * 50))
    raw[60] ^= 0xFF
    return bytes(raw)


def lying():
    """A bomb whose entry says that it is small."""
    raw = bytearray(archive(db="a" * 5_000_000))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(mark) + place
        raw[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(raw)


def project(text):
    return archive(db=DB, project=text)


HOSTILE = {
    # BORIS
    "x.boris: nothing": (b"", "column 1, it is empty"),
    "x.boris: blanks": (b" \n ", "column 1, it is empty"),
    "x.boris: cut short": (GOOD.encode()[:-4], "cannot be read as JSON: in line 1"),
    "x.boris: something else": (b'{"a": 1}', "is no BORIS project: it has no “behaviors_conf”"),
    "x.boris: a list": (b"[1, 2]", "is no BORIS project"),
    "x.boris: a number": (b"7", "is no BORIS project"),
    "x.boris: infinity": (boris(a=float("inf")), "Infinity is no number"),
    "x.boris: minus infinity": (boris(a=float("-inf")), "-Infinity is no number"),
    "x.boris: a key twice": (
        b'{"behaviors_conf": {}, "observations": {},\n "observations": {}}',
        "“observations” stands twice in one object".replace("“", '"').replace("”", '"'),
    ),
    "x.boris: brackets without end": (
        b'{"behaviors_conf":' + b"[" * 200_000,
        "its brackets stand inside each other without end",
    ),
    "x.boris: a number of 5000 digits": (
        b'{"behaviors_conf": {},\n "observations": ' + b"7" * 5000 + b"}",
        "line 2, column 18, a number has more digits",
    ),
    "x.boris: half a character": (
        b'{"behaviors_conf": {},\n "a": "\\ud83d"}',
        "line 2, column 8, \\ud83d is half a character",
    ),
    "x.boris: the other half": (b'{"a": "x\\udc00"}', "\\udc00 is half a character"),
    "x.boris: UTF-16": (GOOD.encode("utf-16"), "the byte 0xff is no UTF-8 there"),
    "x.boris: Latin-1": (b'{"a":\n "\xe9"}', "line 2, column 3, the byte 0xe9 is no UTF-8 there"),
    "x.boris: a NUL": (b'{"a\0": 1}', "invalid control character"),
    "x.boris: YAML": (b"behaviors_conf: {}\n", "cannot be read as JSON"),
    "x.boris.gz: no gzip": (b"\x1f\x8bnothing", "what is packed in it is damaged"),
    "x.boris.gz: cut short": (gzip.compress(GOOD.encode())[:-9], "what is packed in it is damaged"),
    "x.boris: newer": (boris(project_format_version="12.1"), "was saved by a newer BORIS"),
    "x.boris: a newer version of many digits": (
        boris(project_format_version="9" * 4000),
        "was saved by a newer BORIS",
    ),
    "x.boris: observations as a list": (
        boris(observations=[1]),
        "“observations” is a list, not an object",
    ),
    "x.boris: an observation as text": (
        boris(observations={"tea": "x"}),
        "observation “tea” is a text, not an object",
    ),
    "x.boris: events as text": (
        boris(observations={"tea": {"events": "x"}}),
        "events of observation “tea” is a text, not a list",
    ),
    "x.boris: media as a list": (
        boris(observations={"tea": {"events": [], "media_info": [1]}}),
        "“media_info” is a list, not an object",
    ),
    "x.boris: a behaviour without a code": (
        boris(behaviors_conf={"0": {"type": "State event"}}),
        "behaviour 0 has no code",
    ),
    "x.boris: a behaviour twice": (
        boris(behaviors_conf={"0": {"code": "a"}, "1": {"code": "a"}}),
        "behaviour 1 repeats the code “a”",
    ),
    "x.boris: modifiers as a number": (
        boris(behaviors_conf={"0": {"code": "a", "modifiers": 7}}),
        "“modifiers” is a number, not an object",
    ),
    # Datavyu
    "x.opf: nothing": (b"", "is not a whole archive"),
    "x.opf: no archive": (b"#4\nlook (NOMINAL)\n", "is not a whole archive"),
    "x.opf: cut short": (archive(db=DB)[:-20], "is not a whole archive"),
    "x.opf: damaged": (damaged(), "is not a whole archive"),
    "x.opf: without columns": (archive(project="x"), "it has no “db” entry"),
    "x.opf: a name outside": (
        archive(("../db", DB)),
        "“../db” in it has a name that points outside",
    ),
    "x.opf: a name outside, inside": (
        archive(("x/../../db", DB)),
        "has a name that points outside of the archive",
    ),
    "x.opf: an absolute name": (archive(("/etc/db", DB)), "points to a place of its own"),
    "x.opf: a drive": (archive(("C:\\db", DB)), "points to a place of its own"),
    "x.opf: a link": (link(), "“db” in it is a link to something else"),
    "x.opf: encrypted": (encrypted(), "“db” in it is encrypted"),
    "x.opf: a name twice": (twice(), "“db” in it stands there twice"),
    "x.opf: a bomb": (archive(db="a" * 5_000_000), "swells to more than 200 times its size"),
    "x.opf: a bomb that lies": (lying(), "is not a whole archive"),
    "x.opf: thousands of entries": (
        archive(*((f"e{n}", b"") for n in range(1_100))),
        "is one of 1100 files",
    ),
    "x.opf: a project with a tag of Python": (
        project("!!python/object/apply:os.system ['true']\n"),
        "line 1 of its “project” entry is not what Datavyu writes",
    ),
    "x.opf: a project with another tag": (
        project("!project\nname: x\nviewerSettings:\n- !evil {feed: a}\n"),
        "line 4 of its “project” entry is not what Datavyu writes",
    ),
    "x.opf: a project with a key twice": (
        project("!project\nname: x\nname: y\n"),
        "of its “project” entry is not what Datavyu writes",
    ),
    "x.opf: a project of brackets": (
        project("[" * 5_000),
        "of its “project” entry is not what Datavyu writes",
    ),
    "x.opf: a project of two megabytes": (
        archive(db=DB, project=b"".join(b"a%d: 1\n" % n for n in range(150_000))),
        "more than 1000000 characters",
    ),
    "x.csv: nothing": (b"", "is no Datavyu file: it has no column like “name.ordinal”"),
    "x.csv: no columns of Datavyu": (b"a,b\n1,2\n", "it has no column like “name.ordinal”"),
    "x.csv: an ordinal alone": (b"a.ordinal,b\n", "is not followed by its onset and its offset"),
    "x.csv: a column twice": (
        b"a.ordinal,a.onset,a.offset,a.ordinal,a.onset,a.offset\n",
        "the column “a.ordinal” is there twice",
    ),
    "x.csv: a quote left open": (
        b'a.ordinal,a.onset,a.offset,a.x\n0,1,2,"' + b"x" * 10_100_000,
        "the table is broken: field larger than field limit",
    ),
    "x.json: no passes": (b'{"a": 1}', "it has no list of “passes”"),
    "x.json: passes of numbers": (b'{"passes": [7]}', "pass 1 has no name"),
    "x.json: cells as text": (
        b'{"passes": [{"name": "a", "cells": "x"}]}',
        "pass 1 has no arguments or no list of cells",
    ),
    "x.json: NaN": (b'{"passes": [NaN]}', "line 1, column 13, NaN is no number"),
}
READERS = {
    "boris": "boris",
    "gz": "boris",
    "opf": "datavyu",
    "csv": "datavyu-csv",
    "json": "datavyu-json",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_broken_file_gets_a_sentence_with_the_place(what, tmp_path):
    raw, sentence = HOSTILE[what]
    name = what.partition(":")[0]
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(ImhcodeError) as refused:
        FORMATS[READERS[name.rpartition(".")[2]]].read(path)
    said = refused.value.text()
    assert sentence in said
    assert str(path) in said
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_what_swells_is_stopped_at_the_stated_size(tmp_path, monkeypatch):
    monkeypatch.setattr(strict_json, "LARGEST", 1_000_000)
    path = tmp_path / "x.boris.gz"
    path.write_bytes(gzip.compress(b" " * 50_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(ImhcodeError, match="is larger than 1 MB"):
            FORMATS["boris"].read(path)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_an_archive_of_more_than_the_stated_size_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(strict_zip, "LARGEST", 2_000)
    path = tmp_path / "x.opf"
    path.write_bytes(archive(db=DB * 40, project="x"))
    with pytest.raises(ImhcodeError, match="once unpacked"):
        FORMATS["datavyu"].read(path)


def test_nan_is_taken_only_where_boris_writes_it(tmp_path):
    path = tmp_path / "x.boris"
    path.write_bytes(boris(rest=float("nan")))
    assert [one.text for one in FORMATS["boris"].read(path).notes] == ['"NaN"']


def test_whole_characters_of_two_halves_are_taken(tmp_path):
    path = tmp_path / "x.boris"
    path.write_bytes(
        b'\xef\xbb\xbf{"behaviors_conf": {}, "observations": {}, "a": "\\ud83d\\ude42\\\\ud8"}'
    )
    assert FORMATS["boris"].read(path).notes[0].text == '"🙂\\\\ud8"'


def test_the_folder_that_one_system_adds_to_archives_is_passed_over(tmp_path):
    path = tmp_path / "x.opf"
    path.write_bytes(
        archive(("x/", ""), ("x/db", DB), ("__MACOSX/x/._db", "?"), ("x/.DS_Store", "?"))
    )
    assert len(FORMATS["datavyu"].read(path).events) == 1


def test_a_cell_of_ten_megabytes_is_read_in_one_go(tmp_path):
    path = tmp_path / "x.opf"
    value = ("x" * 99 + "\\\n") * 100_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as stored:
        stored.writestr("db", f"#4\nsays (TEXT,true,)\n00:00:01:000,00:00:02:000,{value}\n")
        stored.writestr("project", "!project {}")
    (event,) = FORMATS["datavyu"].read(path).events
    assert len(event.transcript) == 100 * 100_000 - 1


def test_a_line_made_to_keep_a_reader_busy_is_a_note(tmp_path):
    path = tmp_path / "x.opf"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as stored:
        stored.writestr("db", "#4\n" + "x (A,true," * 300_000 + "\n")
        stored.writestr("project", "!project {}")
    reading = FORMATS["datavyu"].read(path)
    assert reading.events == []
    assert len(reading.notes) == 1


def test_a_folder_and_a_missing_file_are_said_to_be_unreadable(tmp_path):
    for name in ("boris", "datavyu", "datavyu-csv", "datavyu-json"):
        for path in (tmp_path, tmp_path / "none"):
            with pytest.raises(ImhcodeError, match="cannot be read"):
                FORMATS[name].read(path)
