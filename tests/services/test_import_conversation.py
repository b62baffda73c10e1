"""Importing is a conversation: what is found, what it would become, what is doubtful."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answering_scheme import ANSWERING
from clips import make_clip
from foreign_format import ForeignFormat
from imhcode.formats import FORMATS
from imhcode.media.superseded import Superseded
from imhcode.schemes.document import load_scheme
from imhcode.services.format_choice import UnknownFormat, format_to_read
from imhcode.services.import_plan import Choices, read_file
from imhcode.services.import_proposals import ProposalIsThere, write_mapping, write_scheme
from imhcode.services.import_report import lines_of
from imhcode.services.importing import ImportedBefore, Importing, import_file
from imhcode.services.mapping_document import ImportMappingRefused
from imhcode.services.studies import StudyService


@pytest.fixture(autouse=True, scope="module")
def foreign():
    """The format of the tests, among the others while these tests run."""
    "csv" in FORMATS  # noqa: B015  (the modules are looked for before the format is added)
    FORMATS.add(ForeignFormat())
    yield
    FORMATS._found.pop("foreign")


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", []) as service:
        yield service


def foreign_file(folder: Path, *lines: str, name: str = "lab.foreign") -> Path:
    path = folder / name
    path.write_text("\n".join(["FOREIGN", *lines]) + "\n", encoding="utf-8")
    return path


def rules(report):
    return {(one.severity, one.rule) for one in report.findings}


def counts(report):
    return report.found, report.imported, report.kept_as_notes, report.refused


GAZE = (
    "#track Baby-gaze - - infant",
    "#code Baby-gaze Mutter - m",
    "#code Baby-gaze away - p",
    "T1;anna;Baby-gaze;Mutter;0;1000;how=clear",
    "T1;anna;Baby-gaze;away;1000;1500;",
)


def test_words_become_a_checked_scheme_whose_ids_are_legal_and_whose_labels_are_theirs(
    study, tmp_path
):
    file = foreign_file(
        tmp_path, *GAZE, "T1;anna;Rufe!;hallo du;500;500;", "T1;anna;Rufe!;Hallo-Du;600;600;"
    )
    report = import_file(study, file)
    assert counts(report) == (4, 4, 0, 0)
    gaze, calls = study.scheme().tracks
    assert (gaze.id, gaze.label, gaze.kind, gaze.exclusive) == (
        "baby_gaze",
        "Baby-gaze",
        "state",
        True,
    )
    assert [(one.id, one.label, one.key) for one in gaze.codes] == [
        ("mutter", "Mutter", "m"),
        ("away", "away", "p"),
    ]
    assert (calls.id, calls.kind, calls.exclusive) == ("rufe", "point", False)
    assert [(one.id, one.label) for one in calls.codes] == [
        ("hallo_du", "hallo du"),
        ("hallo_du_2", "Hallo-Du"),
    ]
    assert {"kind-by-events", "exclusive-by-events"} <= {rule for _, rule in rules(report)}
    (entry,) = study.sessions()
    events = study.observation(entry.observations[0]).timeline
    assert [one.modifiers for one in events if one.code == "mutter"] == [(("how", ("clear",)),)]


def test_overlapping_events_are_a_doubt_and_leave_the_track_open_to_both(study, tmp_path):
    file = foreign_file(
        tmp_path, "#track g state yes infant", "#code g a", "#code g b",
        "T1;k;g;a;0;1000;", "T1;k;g;b;900;1500;",
    )  # fmt: skip
    report = import_file(study, file)
    assert counts(report) == (2, 2, 0, 0)
    (doubt,) = [one for one in report.findings if one.rule == "overlap"]
    assert doubt.line == 6
    assert not study.scheme().tracks[0].exclusive


def test_moments_and_states_of_one_track_get_a_track_each(study, tmp_path):
    file = foreign_file(
        tmp_path, "#track g", "#code g look state", "#code g blink point",
        "T1;k;g;look;0;1000;", "T1;k;g;blink;500;500;",
    )  # fmt: skip
    assert counts(import_file(study, file)) == (2, 2, 0, 0)
    assert [(one.id, one.kind) for one in study.scheme().tracks] == [
        ("g", "state"),
        ("g_points", "point"),
    ]


def test_lengths_and_moments_of_open_words_are_points_that_may_last(study, tmp_path):
    file = foreign_file(tmp_path, "T1;k;g;a;0;1000;", "T1;k;g;a;2000;2000;")
    assert counts(import_file(study, file)) == (2, 2, 0, 0)
    (track,) = study.scheme().tracks
    assert (track.kind, track.takes_duration) == ("point", True)


def test_one_slip_of_the_hand_makes_no_points_of_states(study, tmp_path):
    lines = [f"T1;k;g;a;{n * 1000};{n * 1000 + 500};" for n in range(20)]
    report = import_file(study, foreign_file(tmp_path, *lines, "T1;k;g;a;30000;30000;"))
    assert counts(report) == (21, 20, 1, 0)
    (track,) = study.scheme().tracks
    assert (track.kind, track.exclusive) == ("state", True)


def test_a_second_file_of_the_same_words_takes_the_scheme_that_is_there(study, tmp_path):
    import_file(study, foreign_file(tmp_path, *GAZE))
    report = import_file(
        study, foreign_file(tmp_path, "T2;anna;Baby-gaze;away;0;10;", name="b.foreign")
    )
    assert (report.scheme, report.scheme_is_new) == ("lab@0.1.0", False)
    assert len(study.schemes()) == 1


def test_a_second_file_with_a_new_word_gets_a_scheme_of_its_own_name(study, tmp_path):
    import_file(study, foreign_file(tmp_path, *GAZE))
    (tmp_path / "more").mkdir()
    report = import_file(study, foreign_file(tmp_path / "more", "T2;anna;Baby-gaze;up;0;10;"))
    assert (report.scheme, report.scheme_is_new) == ("lab_2@0.1.0", True)


@pytest.fixture
def answering(tmp_path):
    with StudyService.create(tmp_path / "answering.imh", [ANSWERING]) as service:
        yield service


def test_onto_a_scheme_of_the_study_only_what_has_the_same_name_goes(answering, tmp_path):
    file = foreign_file(
        tmp_path,
        "T1;k;bid;look;1;1;clarity=clear,mood=odd",
        "T1;k;bid;smiles;2;2;",
        "T1;k;hand;up;3;3;",
    )
    report = import_file(answering, file, scheme="answering")
    assert counts(report) == (3, 1, 2, 0)
    said = [one.message for one in report.findings if one.rule == "no-counterpart"]
    assert "did you mean bid/smile?" in said[0]
    assert [one.text for one in report.notes] == [
        "bid: smiles, 00:00.002 – 00:00.002",
        "hand: up, 00:00.003 – 00:00.003",
    ]
    (event,) = answering.observation(answering.sessions()[0].observations[0]).timeline
    assert event.modifiers == (("clarity", ("clear",)),)
    assert event.comment == "[mood: odd]"
    assert ("warning", "modifier-in-comment") in rules(report)


def test_a_proposed_mapping_is_corrected_by_hand_and_obeyed(answering, tmp_path):
    file = foreign_file(tmp_path, "T1;k;bid;smiles;2;2;", "T1;k;hand;up;3;3;", "T1;k;hand;no;4;4;")
    mapping = tmp_path / "mapping.yaml"
    write_mapping(answering, read_file(file), "", mapping)
    text = mapping.read_text(encoding="utf-8")
    assert "smile" in text
    with pytest.raises(ProposalIsThere):
        write_mapping(answering, read_file(file), "", mapping)
    text = text.replace("code: up, to: note", "code: up, to: look")
    mapping.write_text(text, encoding="utf-8")
    report = import_file(answering, file, mapping=mapping)
    assert counts(report) == (3, 2, 1, 0)
    codes = {
        one.code for one in answering.observation(answering.sessions()[0].observations[0]).timeline
    }
    assert codes == {"smile", "look"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: up", "code: upp", "has no code “upp”"),
        ("to: note", "to: lok", 'no code “lok” (did you mean "look"?)'),
        ("events:", "evnts:", 'unknown field "evnts"'),
        ("to: note", "to_track: bids, to: look", "no track “bids”"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_line(answering, tmp_path, old, new, said):
    file = foreign_file(tmp_path, "T1;k;hand;up;3;3;")
    mapping = tmp_path / "mapping.yaml"
    write_mapping(answering, read_file(file), "", mapping)
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ImportMappingRefused) as refusal:
        import_file(answering, file, mapping=mapping)
    assert "mapping.yaml:" in refusal.value.text()
    assert said in refusal.value.text()
    assert answering.sessions() == []


def test_the_scheme_it_would_make_can_be_written_out_and_read(study, tmp_path):
    to = tmp_path / "lab.yaml"
    write_scheme(study, read_file(foreign_file(tmp_path, *GAZE)), to)
    assert load_scheme(to).tracks[0].id == "baby_gaze"
    assert study.schemes() == {}


def test_a_dry_run_says_the_same_and_changes_nothing(study, tmp_path):
    file = foreign_file(tmp_path, *GAZE, "#note odd", "T1;anna;Baby-gaze;away;;;")
    before = study.path.read_bytes()
    rehearsed = import_file(study, file, dry_run=True)
    assert study.path.read_bytes() == before
    assert import_file(study, file) == rehearsed
    assert counts(rehearsed) == (4, 2, 1, 1)


def test_each_observation_is_one_edit_that_can_be_undone(study, tmp_path):
    file = foreign_file(tmp_path, *GAZE, "T2;eva;Baby-gaze;away;0;10;")
    report = import_file(study, file)
    assert [(one.session, one.coder, one.events) for one in report.observations] == [
        ("T1", "anna", 2),
        ("T2", "eva", 1),
    ]
    coding = study.coding("T1", "anna")
    assert len(coding.history) == 1
    coding.undo()
    assert len(coding.observation.timeline) == 0


def test_a_cancelled_import_leaves_whole_observations_and_says_which(study, tmp_path):
    lines = [f"T{n};anna;g;a;0;10;" for n in range(5)]
    file = foreign_file(tmp_path, *lines)
    importing = Importing(study, read_file(file), Choices())
    answers = iter([True, True, False])
    report = importing.carried_out(wanted=lambda: next(answers))
    assert (report.cancelled, report.imported) == (True, 2)
    assert [one.session.id for one in study.sessions()] == ["T0", "T1"]
    (kept,) = study.file.log_of_imports().all()
    assert (kept.state, len(kept.report["observations"])) == ("cancelled", 2)


def test_whoever_pulls_the_plug_finds_a_report_of_what_came_in(study, tmp_path):
    file = foreign_file(tmp_path, "T1;anna;g;a;0;10;", "T2;anna;g;a;0;10;")
    importing = Importing(study, read_file(file), Choices())
    importing.begin()
    importing.take(importing.targets[0])
    study.close()
    with StudyService.open(study.path) as again:
        (kept,) = again.file.log_of_imports().all()
        assert kept.state == "going on"
        assert [one["session"] for one in kept.report["observations"]] == ["T1"]
        assert again.sessions()[0].observations[0].n_events == 1


def test_a_state_without_length_is_a_note_and_no_length_is_made_up(study, tmp_path):
    file = foreign_file(
        tmp_path, "#track g state yes infant", "#code g a", "#code g b",
        "T1;k;g;a;0;1000;", "T1;k;g;a;1000;1000;", "T1;k;g;b;1500;1500;", "T1;k;g;a;2000;2000;",
    )  # fmt: skip
    report = import_file(study, file)
    assert counts(report) == (4, 1, 3, 0)
    doubts = [one for one in report.findings if one.rule == "no-length"]
    assert [(one.line, one.message.split(":")[0]) for one in doubts] == [
        (6, "“g” “a” lasts, but 2 of its events have no length"),
        (7, "“g” “b” lasts, but 1 of its events have no length"),
    ]
    assert [one.text for one in report.notes] == [
        "g: a, 00:01.000 – 00:01.000",
        "g: b, 00:01.500 – 00:01.500",
        "g: a, 00:02.000 – 00:02.000",
    ]
    (entry,) = study.session("T1").observations
    assert [one.duration_us for one in study.observation(entry).timeline] == [1_000_000]


def test_moments_mapped_onto_a_track_of_points_come_in(answering, tmp_path):
    file = foreign_file(tmp_path, "T1;k;bid;look;5;5;", "T1;k;state;apart;6;6;")
    report = import_file(answering, file, scheme="answering")
    assert counts(report) == (2, 1, 1, 0)


def test_working_out_tells_how_far_it_is_and_can_be_stopped(study, tmp_path):
    lines = [f"T1;k;g;a;{n};{n + 1};" for n in range(2_000)]
    file = foreign_file(tmp_path, *lines)
    shares: list[float] = []
    Importing(study, read_file(file), Choices()).rehearsed(shares.append)
    assert shares == [0.25, 0.5, 0.75, 1.0]

    def enough(share: float) -> None:
        if share > 0.4:
            raise Superseded

    with pytest.raises(Superseded):
        Importing(study, read_file(file), Choices()).rehearsed(enough)


def test_a_plan_that_was_shown_is_what_happens(study, tmp_path):
    read = read_file(foreign_file(tmp_path, *GAZE))
    shown = Importing(study, read, Choices())
    told = shown.rehearsed()
    done = Importing(study, read, Choices(), plan=shown.plan).carried_out()
    assert (done.imported, done.scheme) == (told.imported, told.scheme) == (2, "lab@0.1.0")


def test_the_same_file_a_second_time_is_noticed(study, tmp_path):
    file = foreign_file(tmp_path, *GAZE)
    import_file(study, file)
    with pytest.raises(ImportedBefore, match="--again"):
        import_file(study, file)
    assert ("warning", "imported-before") in rules(import_file(study, file, dry_run=True))
    other = tmp_path / "copy.foreign"
    other.write_bytes(file.read_bytes())
    with pytest.raises(ImportedBefore):
        import_file(study, other)
    assert import_file(study, file, again=True).refused == 2  # they overlap those that are there
    assert len(study.file.log_of_imports().all()) == 2  # one refused whole leaves its own


def test_a_session_is_called_after_the_whole_name_of_its_file(study, tmp_path):
    for name in ("P01.2023-05-04.foreign", "P01.2023-05-11.foreign"):
        import_file(study, foreign_file(tmp_path, f";;g;{name[4:14]};0;10;", name=name))
    named = {one.session.id for one in study.sessions()}
    assert named == {"P01.2023-05-04", "P01.2023-05-11"}


def test_what_the_file_leaves_open_is_told(study, tmp_path):
    report = import_file(study, foreign_file(tmp_path, ";;g;a;0;10;", name="visit 3.foreign"))
    assert {("warning", "session-by-name"), ("warning", "coder-unknown")} <= rules(report)
    (one,) = report.observations
    assert (one.session, one.coder) == ("visit 3", "unknown")
    named = import_file(study, foreign_file(tmp_path, ";;g;a;0;11;"), session="S9", coder="eva")
    assert (named.observations[0].session, named.observations[0].coder) == ("S9", "eva")


def test_films_are_looked_for_beside_the_file_and_become_recordings(study, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    clip = make_clip(folder, "vfr")
    film = f"#film T1 C:\\old\\{clip.path.name} 500"
    file = foreign_file(folder, film, "#film T1 /no/such.mp4 0", "T1;anna;g;a;540;700;")
    report = import_file(study, file)
    assert [(one.outcome, one.offset_us) for one in report.films] == [
        ("attached", 500_000),
        ("not found", 0),
    ]
    assert ("warning", "media-not-found") in rules(report)
    (entry,) = study.sessions()
    (recording,) = entry.recordings
    assert recording.offset_us == 500_000
    (event,) = study.observation(entry.observations[0]).timeline
    assert (event.recording, event.onset_frame) == (recording.id, clip_frame(clip, 40_000))


def test_films_are_left_out_when_nobody_wants_them(study, tmp_path):
    clip = make_clip(tmp_path, "vfr")
    file = foreign_file(tmp_path, f"#film T1 {clip.path.name} 0", "T1;anna;g;a;40;700;")
    report = import_file(study, file, films=False)
    assert [one.outcome for one in report.films] == ["left out"]
    assert study.sessions()[0].recordings == ()


def clip_frame(clip, at_us):
    return max(n for n, onset in enumerate(clip.times_us) if onset <= at_us)


def test_times_are_moved_onto_frames_only_when_asked_and_the_shift_is_told(study, tmp_path):
    clip = make_clip(tmp_path, "vfr")
    study.add_recording(clip.path, "T1")
    study.add_recording(clip.path, "T2")
    second, third = clip.times_us[2], clip.times_us[3]
    from_ms, to_ms = second // 1000 + 1, third // 1000 + 2
    plain = import_file(study, foreign_file(tmp_path, f"T1;anna;g;a;{from_ms};{to_ms};"))
    assert plain.moved is None
    file = foreign_file(tmp_path, f"T2;anna;g;a;{from_ms};{to_ms};", name="b.foreign")
    report = import_file(study, file, snap=True)
    moves = abs(from_ms * 1000 - second), abs(to_ms * 1000 - third)
    assert (report.moved.times, report.moved.max_us) == (2, max(moves))
    assert report.moved.mean_us == pytest.approx(sum(moves) / 2)
    (event,) = study.observation(study.session("T2").observations[0]).timeline
    assert (event.onset_us, event.offset_us) == (second, third)
    assert (event.onset_frame, event.offset_frame) == (2, 3)
    (event,) = study.observation(study.session("T1").observations[0]).timeline
    assert event.onset_us == from_ms * 1000


def test_frames_of_the_file_are_held_against_the_real_ones(answering, tmp_path):
    clip = make_clip(tmp_path, "vfr")
    answering.add_recording(clip.path, "S01")
    table = tmp_path / "old.csv"
    at_ms = clip.times_us[7] / 1000
    table.write_text(
        "session_id,coder_id,track_id,code,onset_ms,onset_frame\n"
        f"S01,anna,bid,look,{at_ms},7\nS01,anna,bid,smile,{at_ms},9\n"
    )
    report = import_file(answering, table)
    (doubt,) = report.findings
    assert (doubt.rule, report.imported) == ("other-frames", 2)
    assert "1 events" in doubt.message
    assert "by up to 2" in doubt.message
    events = answering.observation(answering.sessions()[0].observations[0]).timeline
    assert [one.onset_frame for one in events] == [7, 7]


def test_events_beyond_the_recording_are_a_doubt(answering, tmp_path):
    clip = make_clip(tmp_path, "vfr")
    answering.add_recording(clip.path, "T1")
    report = import_file(answering, foreign_file(tmp_path, "T1;k;bid;look;9000000;9000000;"))
    assert (report.imported, rules(report)) == (1, {("warning", "beyond-recording")})


def test_a_file_of_words_alone_brings_its_scheme(study, tmp_path):
    report = import_file(study, foreign_file(tmp_path, "#track g state yes infant", "#code g a"))
    assert (counts(report), report.scheme_is_new) == ((0, 0, 0, 0), True)
    assert [one.id for one in study.schemes().values()] == ["lab"]
    assert len(study.file.log_of_imports().all()) == 1


def test_a_format_is_found_by_its_ending_then_by_its_beginning(tmp_path):
    ours = tmp_path / "t.txt"
    ours.write_text("track_id,code,onset_ms\n")
    theirs = tmp_path / "u.txt"
    theirs.write_bytes(b"FOREIGN\n")
    nameless = tmp_path / "v"
    nameless.write_bytes(b"FOREIGN\n")
    assert format_to_read(ours).name == "csv"
    assert format_to_read(theirs).name == "foreign"
    assert format_to_read(nameless).name == "foreign"
    assert format_to_read(theirs, "csv").name == "csv"
    strange = tmp_path / "w.xyz"
    strange.write_bytes(b"?")
    with pytest.raises(UnknownFormat) as refusal:
        format_to_read(strange)
    assert "csv (.csv, .tsv, .txt)" in refusal.value.text()


def test_a_kept_report_reads_as_the_fresh_one(study, tmp_path):
    report = import_file(study, foreign_file(tmp_path, *GAZE, "#note odd"))
    (kept,) = study.file.log_of_imports().all()
    assert kept.report == json.loads(json.dumps(report.as_json()))
    assert lines_of(kept.report)[-1] == "3 events found, 2 imported, 1 kept as notes, 0 refused."
    assert "note: odd" in lines_of(kept.report)


event_lines = st.lists(
    st.builds(
        "{};{};{};{};{};{};{}".format,
        st.sampled_from(["T1", "T2", ""]),
        st.sampled_from(["anna", ""]),
        st.sampled_from(["gaze", "bid", "Ä!", "state"]),
        st.sampled_from(["look", "Look ", "smile", "1", "together"]),
        st.sampled_from(["", "0", "10", "20", "-5"]),
        st.sampled_from(["", "20", "30", "40"]),
        st.sampled_from(["", "how=x", "how=x,how=y", "clarity=clear"]),
    ),
    max_size=15,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lines=event_lines, notes=st.integers(0, 3), onto=st.booleans(), exclusive=st.booleans())
def test_found_is_imported_and_notes_and_refused(tmp_path_factory, lines, notes, onto, exclusive):
    folder = tmp_path_factory.mktemp("sum")
    declared = ["#track gaze state yes infant", "#code gaze look"] if exclusive else []
    file = foreign_file(folder, *declared, *(["#note x"] * notes), *lines)
    with StudyService.create(folder / "s.imh", [ANSWERING]) as study:
        report = import_file(study, file, scheme="answering" if onto else "")
        assert report.found == len(lines) + notes
        assert report.found == report.imported + report.kept_as_notes + report.refused
        stored = sum(one.n_events for each in study.sessions() for one in each.observations)
        assert stored == report.imported
        errors = [one for one in report.findings if one.severity == "error"]
        assert len(errors) == report.refused
        assert sum(one.counts for one in report.notes) == report.kept_as_notes
