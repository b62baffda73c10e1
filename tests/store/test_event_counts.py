"""How many events an observation has, as a list says it, while the study changes."""

import sqlite3
from contextlib import closing

from coded_sessions import point, scheme
from imhcode.services.studies import StudyService


def counts(study):
    return {one.session_id: one.n_events for one in study.file.observations()}


def begun(path):
    study = StudyService.create(path, [scheme("abr")])
    for session_id in ("S01", "S02"):
        study.ensure_session(session_id, "D01")
        study.coding(session_id, "anna")
    return study


def test_a_count_follows_every_edit_and_its_undoing(tmp_path):
    with begun(tmp_path / "s.imh") as study:
        coding = study.coding("S01", "anna")
        assert counts(study) == {"S01": 0, "S02": 0}
        coding.add([point("infant_bid", "look", 3), point("infant_bid", "vocal", 5)])
        assert counts(study) == counts(study) == {"S01": 2, "S02": 0}
        coding.undo()
        assert counts(study) == {"S01": 0, "S02": 0}


def test_a_count_follows_what_another_program_writes(tmp_path):
    path = tmp_path / "s.imh"
    with begun(path) as study:
        study.coding("S01", "anna").add([point("infant_bid", "look", 3)])
    with StudyService.open(path, writing=False) as reader:
        assert counts(reader) == {"S01": 1, "S02": 0}
        with closing(sqlite3.connect(path)) as other:
            other.execute("DELETE FROM events")
            other.commit()
        assert counts(reader) == {"S01": 0, "S02": 0}


def test_events_are_not_counted_again_while_nothing_changes(tmp_path):
    with begun(tmp_path / "s.imh") as study:
        study.coding("S01", "anna").add([point("infant_bid", "look", 3)])
        counts(study)
        raw = study.file._connection.connection.dbapi_connection
        asked = []
        raw.set_trace_callback(asked.append)
        counts(study)
        raw.set_trace_callback(None)
        assert asked
        assert not any("count" in one for one in asked)


def test_what_is_undone_with_its_transaction_is_not_remembered(tmp_path):
    with begun(tmp_path / "s.imh") as study:
        coding = study.coding("S01", "anna")
        coding.add([point("infant_bid", "look", 3)])
        connection = study.file._connection
        with connection.begin() as transaction:
            connection.exec_driver_sql("DELETE FROM events")
            assert study.file._counts.by_observation() == {}
            transaction.rollback()
        assert counts(study) == {"S01": 1, "S02": 0}
