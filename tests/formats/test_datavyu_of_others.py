"""Datavyu files as others have them: every version, and what people do in them."""

import json
import zipfile

import pytest

from imhcode.formats import FORMATS

PROJECT = """!project
dbFile: x.opf
name: x
origpath: C:\\Users\\lab
version: 5
viewerSettings:
- !vs
  classifier: datavyu.video
  feed: C:\\films\\movie.mp4
  plugin: f13f226e-df7e-31dc-8bba-f35c71e53479
  settingsId: '1'
  trackSettings: !ts {bookmark: '-1', bookmarks: [], locked: false, version: 2}
  version: 3
"""
SETTINGS = "#Tue Mar 05 10:00:00 CET 2024\noffset=-1500\nvolume=1.0\nframesPerSecond=29.97\n"


def opf(path, db, project=PROJECT, folder="", **more):
    entries = {"db": db, "project": project, "1": SETTINGS, **more}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            if text is not None:
                raw = text if isinstance(text, bytes) else text.encode()
                archive.writestr(folder + name, raw)
    return path


@pytest.fixture
def read(tmp_path):
    def read(db, **more):
        reading = FORMATS["datavyu"].read(opf(tmp_path / "x.opf", db, **more))
        refused = sum(one.severity == "error" for one in reading.findings)
        noted = sum(one.counts for one in reading.notes)
        assert reading.found == len(reading.events) + noted + refused
        return reading

    return read


def told(reading):
    return [(one.track, one.code, one.onset_us, one.offset_us) for one in reading.events]


def rules(reading):
    return [one.rule for one in reading.findings]


def test_columns_become_tracks_and_their_only_value_the_code(read):
    reading = read(
        "#4\n"
        "babylook (MATRIX,true,)-where|NOMINAL\n"
        "00:00:05:000,00:00:06:000,(away)\n"
        "00:00:01:000,00:00:03:500,( mom )\n"
        "momvoice (MATRIX,true,)-where|NOMINAL\n"
        "01:00:00:007,01:00:00:007,(sings)\n"
    )
    assert told(reading) == [
        ("babylook", "mom", 1_000_000, 3_500_000),
        ("babylook", "away", 5_000_000, 6_000_000),
        ("momvoice", "sings", 3_600_007_000, 3_600_007_000),
    ]
    assert [(one.subject, one.kind) for one in reading.vocabulary.tracks] == [
        ("baby", "state"),
        ("mom", "point"),
    ]
    assert [one.line for one in reading.events] == [4, 3, 6]
    assert [(one.path, one.offset_us, one.fps) for one in reading.media] == [
        ("C:/films/movie.mp4", -1_500_000, "29.97")
    ]


def test_the_first_of_several_values_is_the_code_and_the_others_modifiers(read):
    reading = read(
        "#4\n"
        "voc (MATRIX,true,)-type|NOMINAL,dur|NOMINAL,note|NOMINAL\n"
        "00:00:01:000,00:00:02:000,(cry,3.5,loud\\, then \\(soft\\))\n"
        "00:00:03:000,00:00:04:000,(coo,.,<note>)\n"
        "00:00:05:000,00:00:06:000,(<type>,4,)\n"
        "00:00:07:000,00:00:08:000,(cry)\n"
        "00:00:09:000,00:00:10:000,(cry,1,,extra,more)\n"
    )
    assert [(one.code, dict(one.modifiers), one.comment) for one in reading.events] == [
        ("cry", {"dur": ("3.5",)}, "loud, then (soft)"),
        ("coo", {}, ""),
        ("voc", {"dur": ("4",)}, ""),
        ("cry", {}, ""),
        ("cry", {"dur": ("1",)}, "extra, more"),
    ]
    assert [(one.id, one.type) for one in reading.vocabulary.modifiers] == [("dur", "number")]
    assert rules(reading) == ["more-cells", "wordless-cells"]


def test_where_no_value_can_be_the_code_the_column_is(read):
    cells = "".join(
        f"00:00:{n:02d}:000,00:00:{n:02d}:500,({n * 7} things happened,x)\n" for n in range(1, 40)
    )
    reading = read(f"#4\nepisode (MATRIX,true,)-what|NOMINAL,kind|NOMINAL\n{cells}")
    assert {one.code for one in reading.events} == {"episode"}
    assert dict(reading.events[0].modifiers) == {"what": ("7 things happened",), "kind": ("x",)}


def test_free_text_is_the_transcript(read):
    reading = read(
        "#4\nspeech (TEXT,true,)\n"
        "00:00:01:000,00:00:02:000,look at\\\n that\\, da!\n"
        "00:00:03:000,00:00:04:000,and here\n"
    )
    assert [(one.code, one.transcript) for one in reading.events] == [
        ("speech", "look at\n that, da!"),
        ("speech", "and here"),
    ]
    assert [one.line for one in reading.events] == [3, 5]


def test_an_offset_that_was_not_set_is_a_state_that_runs(read):
    reading = read("#4\nlook (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:00:000,(a)\n")
    assert told(reading) == [("look", "a", 1_000_000, None)]
    assert rules(reading) == ["no-offset"]


def test_an_offset_before_the_onset_is_a_note_with_its_place(read):
    reading = read("#4\nlook (MATRIX,true,)-x|NOMINAL\n00:00:05:000,00:00:04:000,(a)\n")
    assert reading.events == []
    assert rules(reading) == ["offset-before-onset"]
    assert reading.findings[0].where == "column “look”, line 3"
    assert reading.notes[0].text == "00:00:05:000–00:00:04:000: a"


def test_a_gap_of_one_millisecond_closes_and_no_other(read):
    reading = read(
        "#4\nlook (MATRIX,true,)-x|NOMINAL\n"
        "00:00:01:000,00:00:01:999,(a)\n"
        "00:00:02:000,00:00:02:998,(b)\n"
        "00:00:03:000,00:00:03:000,(c)\n"
        "00:00:03:001,00:00:04:000,(d)\n"
    )
    assert [(one.onset_us, one.offset_us) for one in reading.events] == [
        (1_000_000, 2_000_000),
        (2_000_000, 2_998_000),
        (3_000_000, 3_000_000),
        (3_001_000, 4_000_000),
    ]
    assert rules(reading) == ["joined-cells"]


@pytest.mark.parametrize(
    ("second", "coder", "role"),
    [
        ("look_rel", "rel", "reliability"),
        ("look.rel", "rel", "reliability"),
        ("look_pri", "pri", "primary"),
    ],
)
def test_a_second_column_of_one_name_is_another_coder(read, second, coder, role):
    reading = read(
        "#4\nlook (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n"
        f"{second} (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(b)\n"
    )
    assert [(one.track, one.coder_id, one.role, one.code) for one in reading.events] == [
        ("look", "", "", "a"),
        ("look", coder, role, "b"),
    ]
    (track,) = reading.vocabulary.tracks
    assert [one.id for one in track.codes] == ["a", "b"]


def test_a_name_that_ends_so_without_a_partner_is_left_alone(read):
    reading = read("#4\nlook_rel (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n")
    assert (reading.events[0].track, reading.events[0].coder_id) == ("look_rel", "")


def test_the_column_id_is_about_the_session(read):
    reading = read(
        "#4\nid (MATRIX,true,)-id|NOMINAL,testdate|NOMINAL,age_months|NOMINAL,sex|NOMINAL\n"
        "00:00:00:000,00:00:00:000,(17,2024\\-03\\-05,9.5,f)\n"
        "look (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n"
    )
    one = reading.events[0]
    assert (one.session.date, one.session.child_age_months) == ("2024-03-05", 9.5)
    assert {note.text for note in reading.notes} == {"id: 17", "sex: f"}
    assert reading.found == 1


def test_hidden_columns_empty_columns_and_comments_are_said(read):
    reading = read(
        "#4\nlook (MATRIX,false,seen twice)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n"
        "empty (MATRIX,true,)-x|NOMINAL\n"
    )
    assert [(one.text, one.where) for one in reading.notes] == [
        ("is hidden in Datavyu", "column “look”"),
        ("seen twice", "comment of column “look”"),
        ("has no cells", "column “empty”"),
    ]


@pytest.mark.parametrize(
    "db",
    [
        "#3\nmy look (MATRIX,true)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a\\,b)\n",
        "#2\n0:name-a|FLOAT,b|NOMINAL\nmy look (NOMINAL)\n00:00:01:000,00:00:02:000,a\\,b\n",
        "my look (NOMINAL)\n00:00:01:000,00:00:02:000,a,b\n",
        "\ufeff#4\r\nmy look (MATRIX,true,)-x|NOMINAL\r\n00:00:01:000,00:00:02:000,(a\\,b)\r\n",
    ],
)
def test_every_version_of_the_columns_is_read(read, db):
    reading = read(db)
    assert told(reading) == [("my look", "a,b", 1_000_000, 2_000_000)]


def test_the_oldest_files_have_backslashes_that_mean_nothing(read):
    reading = read(
        "look (NOMINAL)\r\n00:00:01:000,00:00:02:000,a\\b\\\r\n00:00:03:000,00:00:04:000,c\r\n"
    )
    assert [one.code for one in reading.events] == ["a\\b\\", "c"]


def test_films_of_older_projects_have_their_offset_in_the_project(read):
    older = (
        "!project\nversion: 3\nname: x\ndbFile: x.opf\nviewerSettings:\n"
        "- !vs {feed: /films/a.mp4, offset: 2500, plugin: org.x.Y, version: 2}\n"
    )
    reading = read("#2\nlook (NOMINAL)\n", project=older)
    assert [(one.path, one.offset_us) for one in reading.media] == [("/films/a.mp4", 2_500_000)]


def test_text_of_an_older_windows_is_read_and_that_is_said(read):
    db = "#4\nlook (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(Mädchen)\n"
    reading = read(db.encode("cp1252"))
    assert reading.events[0].code == "Mädchen"
    assert rules(reading) == ["encoding"]
    assert reading.findings[0].line == 3


def test_everything_may_stand_inside_one_folder(read):
    db = "#4\nlook (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n"
    reading = read(db, folder="x/")
    assert (len(reading.events), len(reading.media)) == (1, 1)


def test_a_file_without_a_project_has_its_events_all_the_same(read):
    db = "#4\nlook (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n"
    reading = read(db, project=None)
    assert len(reading.events) == 1
    assert rules(reading) == ["no-project"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("00:00:01:000", "broken-cell"),
        ("00:00:01:000,00:00:02:000", "broken-cell"),
        ("00:00:01,00:00:02:000,(a)", "broken-cell"),
        ("00:xx:01:000,00:00:02:000,(a)", "broken-cell"),
        ("00:00:01:000,-0:00:02:000,(a)", "broken-cell"),
        ("99:00:99999999:000,00:00:02:000,(a)", "broken-cell"),
    ],
)
def test_a_broken_cell_costs_nothing_but_itself(read, line, rule):
    db = f"#4\nlook (MATRIX,true,)-x|NOMINAL\n{line}\n00:00:01:000,00:00:02:000,(good)\n"
    reading = read(db)
    assert [one.code for one in reading.events] == ["good"]
    assert rules(reading) == [rule]
    assert reading.findings[0].line == 3


def test_a_cell_before_the_first_column_is_refused_and_other_lines_are_notes(read):
    reading = read("#4\n00:00:01:000,00:00:02:000,(a)\nwhat is this\n")
    assert rules(reading) == ["no-column", "stray"]
    assert [one.text for one in reading.notes] == ["what is this"]


def test_a_newer_version_is_read_as_the_newest_known_and_said(read):
    reading = read("#7\nlook (MATRIX,true,)-x|NOMINAL\n00:00:01:000,00:00:02:000,(a)\n")
    assert (len(reading.events), rules(reading)) == (1, ["newer-version"])


def test_a_table_of_cells_is_read_as_datavyu_exports_it(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        "look.ordinal,look.onset,look.offset,look.where,voc.ordinal,voc.onset,voc.offset,voc.t,\n"
        "0,1000,1999,mom,0,500,500,cry,\n"
        "1,2000,3000,away,,,,,\n"
        "2,x,3000,away,1,700,600,coo,\n",
        encoding="utf-8",
    )
    form = FORMATS["datavyu-csv"]
    assert form.recognises(path.read_bytes())
    assert not form.recognises(b"track_id,code,onset_ms\n")
    reading = form.read(path)
    assert told(reading) == [
        ("look", "mom", 1_000_000, 2_000_000),
        ("look", "away", 2_000_000, 3_000_000),
        ("voc", "cry", 500_000, 500_000),
    ]
    assert rules(reading) == ["joined-cells", "broken-cell", "offset-before-onset"]
    assert reading.found == 5


def test_json_is_read_whatever_the_order_of_its_fields(tmp_path):
    path = tmp_path / "x.json"
    cell = {"offset": "00:00:02:000", "values": {"x": "a"}, "onset": "00:00:01:000"}
    passes = [{"cells": [cell, 7], "arguments": {"x": "NOMINAL"}, "name": "look"}]
    path.write_text(json.dumps({"passes": passes}), encoding="utf-8")
    form = FORMATS["datavyu-json"]
    assert form.recognises(path.read_bytes())
    reading = form.read(path)
    assert told(reading) == [("look", "a", 1_000_000, 2_000_000)]
    assert reading.events[0].where == "column “look”, cell 1"
    assert rules(reading) == ["broken-cell"]
    assert reading.found == 2


def test_a_value_of_two_lines_stays_whole_after_a_copy_made_for_windows(read):
    db = "#4\nsays (MATRIX,true,)-who|NOMINAL,content|NOMINAL\n"
    db += "00:00:05:000,00:00:05:000,(m,a ball\\\nand a rattle)\n"
    db += "00:00:07:000,00:00:07:000,(m,that is a very long sentence about it)\n"
    here, there = read(db), read(db.replace("\n", "\r\n"))
    assert [one.transcript for one in here.events] == [one.transcript for one in there.events]
    assert "a ball\nand a rattle" in [one.transcript for one in there.events]
    assert not there.notes


def test_a_line_that_is_neither_a_column_nor_a_cell_is_told(read):
    reading = read("#4\nlook(NOMINAL)\nlook (NOMINAL,true,)\n00:00:01:000,00:00:02:000,left\n")
    assert ("stray", 2) in [(one.rule, one.line) for one in reading.findings]
    assert [one.text for one in reading.notes] == ["look(NOMINAL)"]
