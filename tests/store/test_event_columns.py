"""Columns of events as SQLite packs them: the same events, whatever stands in their texts."""

import random
import sqlite3
from contextlib import closing

import pytest

from child_coder import as_one_gesture_after_another, coding_in, new_study
from imhcode.domain.event import FAR_FUTURE_US
from imhcode.store.errors import StudyIsDamaged
from imhcode.store.event_columns import ColumnReader, Needed
from imhcode.store.study_file import StudyFile
from small_scheme import SMALL

TRACKS = [track.id for track in SMALL.tracks]
EVERYTHING = Needed(tracks=TRACKS, ids=TRACKS, modifiers=TRACKS, links=TRACKS)


@pytest.fixture
def path(tmp_path):
    path = new_study(tmp_path / "study.imh")
    study = StudyFile.open(path)
    coding, rng = coding_in(study), random.Random(5)
    for _ in range(200):
        as_one_gesture_after_another(coding, rng)
    study.close()
    return path


def changed(path, sql):
    with closing(sqlite3.connect(path)) as file:
        file.execute(sql)
        file.commit()
    return StudyFile.open(path)


def rows_of(columns):
    """One tuple an event and track, as the columns say it."""
    found = []
    for track, one in columns.items():
        n = len(one.onsets_us)
        nothing = [()] * n
        found += zip(
            [track] * n,
            one.ids,
            [one.names[k] for k in one.codes.tolist()],
            one.onsets_us.tolist(),
            one.offsets_us.tolist(),
            one.instances or [""] * n,
            one.modifiers or nothing,
            one.links or nothing,
            strict=True,
        )
    return found


def rows_wanted(study):
    return [
        (
            one.track,
            one.id,
            one.code,
            one.onset_us,
            FAR_FUTURE_US if one.offset_us is None else one.offset_us,
            one.instance,
            one.modifiers,
            one.links,
        )
        for one in sorted(study.events_of("obs"), key=lambda one: one.id)
    ]


def test_columns_are_the_events(path):
    study = StudyFile.open(path)
    found = rows_of(ColumnReader(study).read("obs", EVERYTHING))
    assert len(found) > 20
    assert len({row[0] for row in found}) > 1
    assert any(row[6] for row in found)  # something was chosen for some event
    assert sorted(found, key=lambda row: row[1]) == rows_wanted(study)
    study.close()


def test_persons_and_ids_may_be_written_with_anything(path):
    odd = 'a,b\x1e\x1f"|é'
    study = changed(path, f"UPDATE events SET instance = '{odd}', id = '{odd}' || id")
    found = rows_of(ColumnReader(study).read("obs", EVERYTHING))
    assert sorted(found, key=lambda row: row[1]) == rows_wanted(study)
    study.close()


def test_what_nobody_asked_for_is_not_there(path):
    study = StudyFile.open(path)
    whole = ColumnReader(study).read("obs", EVERYTHING)
    some = ColumnReader(study).read("obs", Needed(tracks=TRACKS[:1]))
    assert list(some) == TRACKS[:1]
    one = some[TRACKS[0]]
    assert (one.ids, one.modifiers, one.links) == ((), (), ())
    assert one.onsets_us.tolist() == whole[TRACKS[0]].onsets_us.tolist()
    assert ColumnReader(study).read("nobody", EVERYTHING) == {}
    study.close()


def test_a_code_that_the_scheme_lacks_has_no_place(path):
    study = StudyFile.open(path)
    one = ColumnReader(study).read("obs", EVERYTHING)[TRACKS[0]]
    places = one.places({one.names[0]: 7})
    assert set(places[one.codes == 0].tolist()) == {7}
    assert set(places[one.codes != 0].tolist()) <= {-1}
    study.close()


@pytest.mark.parametrize(
    "change",
    ["onset_us = 'soon'", "onset_us = 1.5", "modifiers = '{'", "links = '[1]'", "code = char(30)"],
)
def test_a_row_that_says_nonsense_is_damage(path, change):
    study = changed(path, f"UPDATE events SET {change}")
    with pytest.raises(StudyIsDamaged):
        ColumnReader(study).read("obs", EVERYTHING)
    study.close()
