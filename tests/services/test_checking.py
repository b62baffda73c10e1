import sqlite3

import pytest

from answering_scheme import ANSWERING
from clips import make_clip
from imhcode.domain.event import Event, Link
from imhcode.services.checking import check
from imhcode.services.studies import StudyService
from imhcode.store.study_file import StudyFile

GUARDS = ("edits_are_never_changed", "edits_are_never_deleted")


def state(id_, onset_us, offset_us, code="together"):
    return Event(id=id_, track="state", code=code, onset_us=onset_us, offset_us=offset_us)


def bid(id_, at_us, **more):
    return Event(
        id=id_,
        track="bid",
        code="look",
        onset_us=at_us,
        offset_us=at_us,
        **{"modifiers": (("clarity", ("clear",)),), **more},
    )


def answer(id_, at_us, *links):
    return Event(id=id_, track="answer", code="joins", onset_us=at_us, offset_us=at_us, links=links)


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as service:
        service.ensure_session("S01")
        yield service


def found(study):
    return [(one.severity, one.rule, one.where, one.line) for one in check(study)]


WHERE = "S01/anna/primary/answering"


def test_a_whole_study_gives_no_findings(study):
    coding = study.coding("S01", "anna")
    coding.add(
        [
            state("s1", 0, 10),
            state("s2", 10, 20, "apart"),
            bid("b1", 5),
            answer("a1", 6, Link("answers", "b1")),
        ]
    )
    coding.delete(["s2"])
    coding.undo()
    assert found(study) == []


@pytest.mark.parametrize(
    ("events", "severity", "rule", "said"),
    [
        ([bid("b1", 5, modifiers=())], "warning", "modifier-missing", "lacks “Clarity”"),
        ([state("s1", 0, None)], "warning", "still-running", "00:00.000"),
        (
            [state("s1", 0, 1000), state("s2", 5_000_000, 6_000_000)],
            "warning",
            "gap",
            "00:00.001 and 00:05.000",
        ),
        ([answer("a1", 6, Link("answers", "gone"))], "error", "broken-link", "gone"),
        ([answer("a1", 6, Link("repairs", "a1"))], "error", "broken-link", "no link “repairs”"),
        (
            [answer("a1", 6), answer("a2", 7, Link("answers", "a1"))],
            "error",
            "broken-link",
            "from answer to answer",
        ),
        ([bid("b1", 5, modifiers=(("clarity", ("dim",)),))], "error", "unknown-choice", "dim"),
        (
            [bid("b1", 5, modifiers=(("clarity", ("clear",)), ("mood", ("x",))))],
            "error",
            "unknown-modifier",
            "mood",
        ),
    ],
)
def test_what_is_unfinished_or_wrong_in_the_coding_is_named(study, events, severity, rule, said):
    study.coding("S01", "anna").add(events)
    (one,) = check(study)
    assert (one.severity, one.rule, one.where, one.line) == (severity, rule, WHERE, None)
    assert said in one.message


def tampered(study, *statements):
    """Change the file behind the program's back, and look at it again."""
    path = study.path
    study.close()
    with sqlite3.connect(path) as raw:
        guards = {
            name: raw.execute("SELECT sql FROM sqlite_schema WHERE name = ?", [name]).fetchone()[0]
            for name in GUARDS
        }
        for name in GUARDS:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for guard in guards.values():
            raw.execute(guard)
    raw.close()
    with StudyService(StudyFile.open(path, writing=False)) as again:
        return check(again)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "UPDATE events SET onset_us = onset_us - 1 WHERE id = 'b1'",
            [("error", "log-replay", None, "differ in b1")],
        ),
        ("DELETE FROM events WHERE id = 'b1'", [("error", "log-replay", None, "differ in b1")]),
        ("UPDATE edits SET coder_id = 'eva' WHERE n = 2", [("error", "log-chain", 2, "line 2")]),
        (
            "DELETE FROM edits WHERE n = 1",
            [
                ("error", "log-chain", 1, "taken away"),
                ("error", "log-replay", 3, "does not follow"),
                ("error", "log-replay", None, "differ in b1, s1"),
            ],
        ),
        (
            """UPDATE edits SET steps = replace(steps, '"onset_us":6', '"onset_us":4') WHERE n = 1""",
            [("error", "log-chain", 1, "line 1"), ("error", "log-replay", 3, "does not follow")],
        ),
        (
            "UPDATE events SET modifiers = '[[' WHERE id = 'b1'",
            [("error", "events-unreadable", None, "cannot be read")],
        ),
        (
            "UPDATE edits SET steps = '[[' WHERE n = 2",
            [("error", "log-chain", 2, ""), ("error", "log-unreadable", 2, "stops making sense")],
        ),
    ],
)
def test_a_file_changed_behind_our_back_is_found_out(study, statement, expected):
    coding = study.coding("S01", "anna")
    coding.add([bid("b1", 5), bid("b2", 6), state("s1", 0, 10)])
    coding.add([state("s2", 10, 20)])
    coding.delete(["b2"])
    findings = tampered(study, statement)
    assert [(one.severity, one.rule, one.line) for one in findings] == [one[:3] for one in expected]
    for one, (*_, said) in zip(findings, expected, strict=True):
        assert said in one.message


def test_events_that_no_rule_allows_are_found_even_when_the_log_agrees(study):
    coding = study.coding("S01", "anna")
    coding.add([state("s1", 0, 10), state("s2", 10, 20, "apart"), bid("b1", 5)])
    rules = [
        one.rule
        for one in tampered(
            study,
            "UPDATE events SET offset_us = 15 WHERE id = 's1'",
            "UPDATE events SET code = 'gone' WHERE id = 'b1'",
        )
    ]
    assert rules == ["log-replay", "unknown-code", "overlap"]


def test_recordings_that_are_gone_or_replaced_are_named(study, tmp_path):
    for name in ("vfr", "mjpeg_avi"):
        study.add_recording(make_clip(tmp_path, name).path, "S01")
    gone, replaced = study.session("S01").recordings
    study.coding("S01", "anna").add([bid("b1", 5), bid("b2", 3_600_000_000)])
    assert found(study) == [("warning", "outside-coded-range", WHERE, None)]
    study.path_of(gone).unlink()
    with study.path_of(replaced).open("ab") as file:
        file.write(b"x")
    assert found(study) == [
        ("warning", "recording-missing", f"S01/{gone.id}", None),
        ("error", "recording-replaced", f"S01/{replaced.id}", None),
        ("warning", "outside-coded-range", WHERE, None),
    ]
