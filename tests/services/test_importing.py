import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from answering_scheme import ANSWERING, DOCUMENT
from clips import make_clip
from imhcode.domain.event import Link
from imhcode.domain.study import Dyad, Session
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.exporting import export
from imhcode.services.format_choice import UnknownFormat
from imhcode.services.import_targets import NotSaid
from imhcode.services.importing import UnknownRole, import_file
from imhcode.services.studies import NoScheme, StudyService
from odd_events import event_lists

OWN = {"study_id", "record_id"}  # what another study cannot share


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as service:
        yield service


def table(folder: Path, text: str, name: str = "events.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def events(study, session="S01", coder="anna", role="primary"):
    entry = study.entry(session, coder, role, ANSWERING)
    return sorted(study.observation(entry).timeline, key=lambda event: event.id)


def rules(report):
    return [(one.severity, one.rule, one.line) for one in report.findings]


def by_anna(study, path, **given):
    return import_file(study, path, session="S01", coder="anna", **given)


def test_four_columns_are_enough(study, tmp_path):
    path = table(
        tmp_path, "session_id,track_id,code,onset_ms\nS01,bid,look,1500.033\nS01,state,together,0\n"
    )
    report = import_file(study, path, coder="anna")
    assert (report.found, report.imported, report.kept_as_notes, report.refused) == (2, 2, 0, 0)
    bid, state = sorted(events(study), key=lambda event: event.track)
    assert (bid.onset_us, bid.offset_us, bid.is_instant) == (1_500_033, 1_500_033, True)
    assert (state.onset_us, state.offset_us, state.is_running) == (0, None, True)
    assert len({bid.id, state.id, ""}) == 3


def test_what_the_file_says_wins_over_what_the_caller_says(study, tmp_path):
    path = table(
        tmp_path,
        "session_id,coder_id,coding_role,track_id,code,onset_ms\nS07,eva,gold,bid,look,1\n,,,bid,look,2\n",
    )
    import_file(study, path, session="S01", coder="anna", role="training")
    assert [event.onset_us for event in events(study, "S07", "eva", "gold")] == [1000]
    assert [event.onset_us for event in events(study, "S01", "anna", "training")] == [2000]


def test_each_observation_gets_one_edit_and_one_undo_takes_it_back(study, tmp_path):
    rows = "".join(f"bid,look,{at}\n" for at in range(20))
    by_anna(study, table(tmp_path, "track_id,code,onset_ms\n" + rows))
    coding = study.coding("S01", "anna")
    assert len(coding.history) == 1
    coding.undo()
    assert events(study) == []
    coding.redo()
    assert len(events(study)) == 20


def test_a_new_session_comes_with_its_dyad(study, tmp_path):
    head = "session_id,dyad_id,child_id,site_id,group_blind,visit,session_date_shifted,child_age_mo,child_age_corr_mo,coder_id,track_id,code,onset_ms\n"
    import_file(
        study, table(tmp_path, head + "S01,D01,C01,north,x,1,2024-03-05,9.5,8,anna,bid,look,1\n")
    )
    (entry,) = study.sessions()
    assert entry.session == Session(
        id="S01",
        dyad_id="D01",
        visit="1",
        date="2024-03-05",
        child_age_months=9.5,
        child_age_corrected_months=8.0,
    )
    assert study.dyads() == {"D01": Dyad(id="D01", child_id="C01", site_id="north", group="x")}


def test_a_session_that_is_there_stays_as_it_is(study, tmp_path):
    study.ensure_session("S01", "D01")
    report = by_anna(study, table(tmp_path, "dyad_id,track_id,code,onset_ms\nD02,bid,look,1\n"))
    assert rules(report) == [("warning", "other-dyad", 2)]
    assert study.session("S01").session.dyad_id == "D01"


@pytest.mark.parametrize(
    ("row", "rule", "said"),
    [
        ("e9,bidd,look,5,,,,,", "unknown-track", 'did you mean "bid"'),
        ("e9,bid,lok,5,,,,,", "unknown-code", 'did you mean "look"'),
        ("e9,bid,look,5,,,,claer,", "unknown-choice", 'did you mean "clear"'),
        ("e9,bid,look,5,,,,clear|faint,", "several-choices", "one choice"),
        ("e9,answer,joins,5,,,,clear,", "unknown-modifier", "takes no modifier"),
        ("e1,bid,look,5,,,,,", "id-taken", "e1"),
        ("e9,answer,joins,5,,e1,answer,,", "unknown-link", 'did you mean "answers"'),
        ("e9,answer,joins,5,9,,,,", "takes-no-length", "takes no offset"),
        ("e9,state,apart,50,50,,,,", "needs-length", "no length"),
        ("e9,state,apart,1,3,,,,", "overlap", "overlap"),
        ("e9,bid,look,9e17,,,,,", "impossible", "not a time of the session"),
        ("e9,bid,look,-9e17,,,,,", "impossible", "not a time of the session"),
        (f"e9,bid,look,5,,,,,{'x' * 201}", "too-long", "200"),
    ],
)
def test_a_row_the_scheme_forbids_is_refused_and_the_others_come_in(
    study, tmp_path, row, rule, said
):
    head = (
        "event_id,track_id,code,onset_ms,offset_ms,linked_event_id,link_id,mod_clarity,mod_words\n"
    )
    good = "e1,state,together,0,2,,,,\n", "e2,bid,smile,7,,,,faint,\n"
    report = by_anna(study, table(tmp_path, head + good[0] + row + "\n" + good[1]))
    assert rules(report) == [("error", rule, 3)]
    assert said in report.findings[0].message
    assert (report.found, report.imported, report.refused) == (3, 2, 1)
    assert [event.id for event in events(study)] == ["e1", "e2"]


def test_of_two_rows_that_cannot_both_be_the_later_is_refused(study, tmp_path):
    rows = "a,state,together,0,10\nb,state,together,5,15\nc,state,together,10,20\nd,state,together,19,30\ne,state,together,30,\n"
    report = by_anna(study, table(tmp_path, "event_id,track_id,code,onset_ms,offset_ms\n" + rows))
    assert rules(report) == [("error", "overlap", 3), ("error", "overlap", 5)]
    assert [event.id for event in events(study)] == ["a", "c", "e"]


def test_a_row_that_overlaps_what_is_already_coded_is_refused(study, tmp_path):
    path = table(tmp_path, "track_id,code,onset_ms,offset_ms\nstate,together,0,10\n")
    by_anna(study, path)
    again = by_anna(study, path, again=True)
    assert rules(again) == [("error", "overlap", 2)]
    assert len(study.coding("S01", "anna").history) == 1


def test_a_file_without_one_good_row_leaves_no_trace(study, tmp_path):
    report = by_anna(
        study, table(tmp_path, "track_id,code,onset_ms,offset_ms\nstate,apart,5,5\nbid,lok,1,\n")
    )
    assert (report.imported, report.refused) == (0, 2)
    assert study.sessions() == []


def test_a_dry_run_reports_and_changes_nothing(study, tmp_path):
    path = table(tmp_path, "track_id,code,onset_ms\nbid,look,1\nbid,lok,1\n")
    before = study.path.read_bytes()
    dry = by_anna(study, path, dry_run=True)
    assert study.path.read_bytes() == before
    assert dry == by_anna(study, path)


def test_a_link_to_nothing_is_kept_with_a_warning(study, tmp_path):
    path = table(
        tmp_path,
        "event_id,track_id,code,onset_ms,linked_event_id\na1,answer,joins,5,gone\na2,answer,joins,6,a1\n",
    )
    report = by_anna(study, path)
    assert rules(report) == [("warning", "link-to-nothing", 2)]
    assert [event.links for event in events(study)] == [
        (Link("answers", "gone"),),
        (Link("answers", "a1"),),
    ]


def test_unknown_passes_and_words_for_numbers_are_taken_with_a_warning(study, tmp_path):
    path = table(
        tmp_path,
        "track_id,code,onset_ms,pass_id,mod_times,mod_weather\nbid,look,5,third,often,rain\n",
    )
    report = by_anna(study, path)
    assert sorted(rules(report)) == [
        ("warning", "not-a-number", 2),
        ("warning", "unknown-column", 1),
        ("warning", "unknown-pass", 2),
    ]
    (event,) = events(study)
    assert (event.pass_id, event.modifiers) == ("third", (("times", ("often",)),))


def test_who_coded_what_must_be_said_somewhere(study, tmp_path):
    path = table(tmp_path, "track_id,code,onset_ms\nbid,look,5\n")
    with pytest.raises(NotSaid, match="--session"):
        import_file(study, path, coder="anna")
    with pytest.raises(NotSaid, match="--coder"):
        import_file(study, path, session="S01")
    assert study.sessions() == []


def test_with_two_schemes_the_file_or_the_caller_says_which(study, tmp_path):
    second = scheme_from_document({**DOCUMENT, "id": "second"})
    study.add_scheme(second)
    with pytest.raises(NotSaid, match="second@1"):
        by_anna(study, table(tmp_path, "track_id,code,onset_ms\nbid,look,5\n"))
    path = table(
        tmp_path,
        "scheme_id,track_id,code,onset_ms\nsecond,bid,look,5\n,bid,look,5\nthird,bid,look,5\n",
    )
    report = by_anna(study, path, scheme="answering")
    assert rules(report) == [("error", "unknown-scheme", 4)]
    assert {one.scheme_id for one in study.session("S01").observations} == {"second", "answering"}


HEAD = "track_id,code,onset_ms,offset_ms\n"
LONG, WITHIN = "state,apart,0,100\n", "state,together,10,20\nstate,apart,30,40\nstate,apart,60,70\n"


def test_all_that_a_long_event_covers_is_refused_and_the_rest_comes_in(study, tmp_path):
    path = table(tmp_path, HEAD + LONG + WITHIN + "state,together,100,150\n")
    report = by_anna(study, path)
    assert (report.imported, report.refused) == (2, 3)
    assert rules(report) == [("error", "overlap", n) for n in (3, 4, 5)]


def test_all_that_an_event_which_is_there_covers_is_refused(study, tmp_path):
    by_anna(study, table(tmp_path, HEAD + LONG, "first.csv"))
    report = by_anna(study, table(tmp_path, HEAD + WITHIN + "state,together,100,150\n"))
    assert (report.imported, report.refused) == (1, 3)
    assert rules(report) == [("error", "overlap", n) for n in (2, 3, 4)]


SHIPPED = load_scheme(find_scheme("shared_play"))
COLUMNS = "scheme_id,scheme_version,scheme_hash,track_id,code,onset_ms,offset_ms\n"


def row_of(scheme, content_hash):
    track = next(one for one in scheme.tracks if one.kind == "state")
    about = f"{scheme.id},{scheme.version},{content_hash}"
    return f"{about},{track.id},{track.codes[0].id},5,9\n"


def test_a_scheme_that_comes_with_the_program_joins_the_study_with_its_events(study, tmp_path):
    path = table(tmp_path, COLUMNS + row_of(SHIPPED, SHIPPED.content_hash))
    told = by_anna(study, path, dry_run=True)
    assert (told.imported, rules(told)) == (1, [("warning", "scheme-added", 2)])
    assert SHIPPED.content_hash not in study.schemes()
    assert by_anna(study, path).imported == 1
    assert SHIPPED.content_hash in study.schemes()
    assert [one.scheme_id for one in study.session("S01").observations] == [SHIPPED.id]


def test_a_scheme_of_a_shipped_name_and_other_text_is_refused_once_for_all_rows(study, tmp_path):
    path = table(tmp_path, COLUMNS + 3 * row_of(SHIPPED, "another text"))
    report = by_anna(study, path)
    assert (report.found, report.imported, report.refused) == (3, 0, 3)
    (finding,) = report.findings
    assert (finding.rule, finding.line) == ("unknown-scheme", 2)
    assert SHIPPED.id in finding.message
    assert "imhcode scheme add" in finding.message
    assert finding.message.endswith("(3 rows)")
    assert SHIPPED.content_hash not in study.schemes()


def test_a_scheme_of_the_same_name_and_other_text_is_a_warning(study, tmp_path):
    path = table(
        tmp_path,
        "scheme_id,scheme_version,scheme_hash,track_id,code,onset_ms\nanswering,1.0.0,abc,bid,look,5\n",
    )
    assert rules(by_anna(study, path)) == [("warning", "other-scheme", 2)]


def test_a_study_without_schemes_takes_nothing(tmp_path):
    with StudyService.create(tmp_path / "bare.imh", []) as study, pytest.raises(NoScheme):
        by_anna(study, table(tmp_path, "track_id,code,onset_ms\nbid,look,5\n"))


def test_unknown_formats_and_roles_are_refused(study, tmp_path):
    path = table(tmp_path, "track_id,code,onset_ms\nbid,look,5\n")
    with pytest.raises(UnknownFormat, match="csv"):
        by_anna(study, path, format_name="nobodys")
    with pytest.raises(UnknownFormat, match="csv"):
        by_anna(study, table(tmp_path, "x", "events.xyz"))
    with pytest.raises(UnknownRole, match="training"):
        by_anna(study, path, role="boss")
    bad = table(tmp_path, "coding_role,track_id,code,onset_ms\nglod,bid,look,5\n")
    assert 'did you mean "gold"' in by_anna(study, bad).findings[0].message


def test_frames_are_worked_out_from_the_recording_that_covers_the_time(study, tmp_path):
    clip = make_clip(tmp_path, "vfr")
    recording = study.add_recording(clip.path, "S01", offset_us=1_000_000)
    at_us = [1_000_000 + clip.times_us[number] for number in (0, 7, 9)]
    rows = f"e1,bid,look,{at_us[1] / 1000},,,\ne2,state,together,{at_us[0] / 1000},{at_us[2] / 1000},,\ne3,bid,look,500,,,\ne4,bid,look,{at_us[1] / 1000},,3,other\n"
    by_anna(
        study,
        table(tmp_path, "event_id,track_id,code,onset_ms,offset_ms,onset_frame,media_id\n" + rows),
    )
    assert [(one.recording, one.onset_frame, one.offset_frame) for one in events(study)] == [
        (recording.id, 7, None),
        (recording.id, 0, 9),
        ("", None, None),
        ("other", 3, None),
    ]


def test_a_recording_that_is_gone_gives_no_frames_and_stops_nothing(study, tmp_path):
    clip = make_clip(tmp_path, "vfr")
    study.add_recording(clip.path, "S01")
    clip.path.unlink()
    report = by_anna(study, table(tmp_path, "track_id,code,onset_ms\nbid,look,40\n"))
    assert (report.imported, report.findings) == (1, ())
    assert events(study)[0].onset_frame is None


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(event_lists())
def test_export_and_import_are_each_others_inverse(tmp_path_factory, events):
    folder = tmp_path_factory.mktemp("inverse")
    with (
        StudyService.create(folder / "one.imh", [ANSWERING]) as one,
        StudyService.create(folder / "two.imh", [ANSWERING]) as two,
    ):
        one.ensure_session("S01", "D01")
        coding = one.coding("S01", "anna", role="gold")
        coding.add(events)
        export(one, "csv", folder / "first")
        report = import_file(two, folder / "first" / "events.csv")
        assert [finding for finding in report.findings if finding.severity == "error"] == []
        export(two, "csv", folder / "second")
        if events:
            back = two.observation(two.sessions()[0].observations[0])
            assert back.timeline == coding.observation.timeline
            assert back.role == "gold"
    assert shared(folder / "second") == shared(folder / "first")


def shared(folder: Path) -> list[dict[str, str]]:
    """The file without what belongs to one study only."""
    with (folder / "events.csv").open(encoding="utf-8", newline="") as file:
        return [
            {name: cell for name, cell in row.items() if name not in OWN}
            for row in csv.DictReader(file)
        ]


def test_the_worked_example_comes_in_whole_and_goes_out_the_same(tmp_path):
    example = Path(__file__).parents[1] / "formats" / "golden" / "csv" / "worked_example.csv"
    abr = load_scheme(find_scheme("abr"))
    with StudyService.create(tmp_path / "abr.imh", [abr]) as study:
        report = import_file(study, example, session="S01", coder="gold")
        assert (report.found, report.imported, report.refused, report.findings) == (41, 41, 0, ())
        export(study, "csv", tmp_path / "out")
    assert told(tmp_path / "out" / "events.csv", example) == told(example, example)


def told(path: Path, like: Path) -> list[dict[str, str]]:
    """The columns that ``like`` has, by event."""
    with like.open(newline="") as file:
        names = next(csv.reader(file))
    with path.open(newline="") as file:
        rows = [{name: row[name] for name in names} for row in csv.DictReader(file)]
    return sorted(rows, key=lambda row: row["event_id"])
