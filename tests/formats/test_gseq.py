"""Sequential data of GSEQ: all five types read, timed sequences written and read back."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.formats import FORMATS
from imhcode.formats.running import end_of_record_us
from odd_events import event_lists
from rich_record import EVENTS, RECORD

GOLDEN = Path(__file__).parent / "golden" / "gseq"
GSEQ = FORMATS["gseq"]


def read(folder: Path, raw: bytes | str):
    path = folder / "lab.sds"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    reading = GSEQ.read(path)
    errors = sum(one.severity == "error" for one in reading.findings)
    assert reading.found == len(reading.events) + errors
    return reading


def said(reading):
    return [
        (one.session.id, one.track, one.code, one.onset_us, one.offset_us) for one in reading.events
    ]


def spans(reading):
    return [(one.code, one.onset_us / 1e6, _s(one.offset_us)) for one in reading.events]


def _s(time_us):
    return None if time_us is None else time_us / 1e6


def rules(reading):
    return [one.rule for one in reading.findings]


def with_events(*events: Event):
    return replace(RECORD, observation=RECORD.observation.with_events(events))


def test_the_golden_file_is_what_is_written(tmp_path):
    (part,) = GSEQ.write("study", [RECORD], tmp_path)
    assert (tmp_path / part.name).read_bytes() == (GOLDEN / part.name).read_bytes()


def test_the_golden_file_is_read_as_what_was_coded_to_the_millisecond():
    reading = GSEQ.read(GOLDEN / "observations.sds")
    assert Counter(said(reading)) == Counter(
        ("S01", one.track, one.code, ms(one.onset_us), ms(one.offset_us)) for one in EVENTS
    )
    assert {(one.coder_id, one.role, one.dyad.id) for one in reading.events} == {
        ("anna", "gold", "D01")
    }
    exclusive = {one.id: one.exclusive for one in reading.vocabulary.tracks}
    assert exclusive == {"state": True, "bid": False, "answer": False}
    assert reading.findings == []


def ms(time_us):
    return (time_us + 500) // 1000 * 1000


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(event_lists())
def test_whatever_can_be_coded_comes_back_but_for_what_was_said_to_be_lost(tmp_path, events):
    record = with_events(*events)
    (part,) = GSEQ.write("study", [record], tmp_path)
    reading = read(tmp_path, (tmp_path / part.name).read_bytes())
    lost = {one.what for one in GSEQ.losses([record])}
    shift = max(0, -min((one.onset_us for one in events), default=0))
    running = any(one.is_running for one in events)
    end_us = end_of_record_us(record)  # of a state that runs
    expected = Counter(
        (one.track, one.code, ms(one.onset_us + shift), ms(until(one, end_us) + shift))
        for one in events
    )
    got = Counter((one.track, one.code, one.onset_us, one.offset_us) for one in reading.events)
    assert got == expected
    assert ("running" in lost) == running
    assert ("clock" in lost) == bool(shift)
    assert ("links" in lost) == any(one.links for one in events)
    assert ("modifiers" in lost) == any(one.modifiers for one in events)
    assert not lost & {"names", "codes", "coder"}


def until(event, end_us):
    return end_us if event.is_running else event.offset_us


def test_codes_that_several_tracks_have_get_the_track_before_them(tmp_path):
    state, bid, answer = RECORD.observation.scheme.tracks
    bid = replace(bid, codes=(replace(bid.codes[0], id="apart"), *bid.codes[1:]))
    scheme = replace(RECORD.observation.scheme, tracks=(state, bid, answer))
    record = replace(RECORD, observation=replace(RECORD.observation, scheme=scheme))
    text = (tmp_path / GSEQ.write("study", [record], tmp_path)[0].name).read_text()
    assert "($state = together state_apart)" in text
    assert "bid = bid_apart smile" in text
    assert [one.count for one in GSEQ.losses([record]) if one.what == "names"] == [2]


def test_two_coders_of_one_session_stay_two(tmp_path):
    other = replace(RECORD.observation, coder_id="ben", role="reliability", id="o2")
    GSEQ.write("study", [RECORD, replace(RECORD, observation=other)], tmp_path)
    reading = GSEQ.read(tmp_path / "observations.sds")
    who = Counter((one.session.id, one.coder_id, one.role) for one in reading.events)
    assert who == {("S01", "anna", "gold"): 6, ("S01", "ben", "reliability"): 6}


def test_timed_sequences_have_streams_open_ends_moments_and_a_stop_for_all(tmp_path):
    text = """Timed ($Mother = MPas MAct) (IPas IAct) Fuss
 * Age (Young Old) Sex (male female);
! a remark,
over lines ! % and one of a line
<Ann & Bo>   ,0:00 MPas,0:05- MAct,0:12.5- MPas,1:02:00-
 & IPas,10-20 IAct,20-  % so it ends %
 & Fuss,0:30 Fuss,40 ,1:03:00 (Young, female)/
<Two> MPas,1-2 ,5 (Old male)/"""
    reading = read(tmp_path, text.replace("\n", "\r\n"))
    assert spans(reading) == [
        *(("MPas", 5, 12.5), ("MAct", 12.5, 3720), ("MPas", 3720, 3780)),
        *(("IPas", 10, 20), ("IAct", 20, 3780), ("Fuss", 30, 30), ("Fuss", 40, 40)),
        ("MPas", 1, 2),
    ]
    assert {one.session.id for one in reading.events} == {"Ann & Bo", "Two"}
    tracks = {
        one.id: (one.exclusive, [c.id for c in one.codes]) for one in reading.vocabulary.tracks
    }
    assert tracks == {
        "codes": (None, ["Fuss"]),
        "Mother": (True, ["MPas", "MAct"]),
        "set 2": (True, ["IPas", "IAct"]),
    }
    notes = [one.text for one in reading.notes]
    assert notes[:2] == ["a remark,\nover lines", "and one of a line"]
    assert "Age: Young" in notes
    assert "Sex: female" in notes
    assert "the sequence goes from 00:00.000 to 1:03:00.000" in notes
    assert reading.findings == []


def test_states_go_on_until_the_next_of_their_stream(tmp_path):
    reading = read(
        tmp_path,
        "State (a b) (x y); <S> ,0 a,0 b,10 a,15 & x,2 y,4 ,20; a=5 b=2.5 a=1/",
    )
    assert spans(reading) == [
        *(("a", 0, 10), ("b", 10, 15), ("a", 15, 20), ("x", 2, 4), ("y", 4, 20)),
        *(("a", 0, 5), ("b", 5, 7.5), ("a", 7.5, 8.5)),
    ]
    assert [one.session.id for one in reading.events][4:6] == ["S", "lab_1"]
    assert rules(reading) == ["no-name"]


def test_a_state_without_end_runs_and_it_is_said(tmp_path):
    reading = read(tmp_path, "State a b; <S> a,1 b,2/")
    assert spans(reading) == [("a", 1, 2), ("b", 2, None)]
    assert rules(reading) == ["no-end"]


def test_events_have_their_order_only(tmp_path):
    reading = read(tmp_path, "Event a b c;\n<S1> a b c a/\n<S2> b/")
    assert spans(reading) == [("a", 0, 0), ("b", 1, 1), ("c", 2, 2), ("a", 3, 3), ("b", 0, 0)]
    assert rules(reading) == ["no-times"]
    assert {one.kind for one in reading.vocabulary.tracks} == {"point"}


def test_multievents_of_one_group_hold_together(tmp_path):
    reading = read(tmp_path, "Multievent (a b) (x y);\n<S1> a x. b. a y./")
    assert spans(reading) == [("a", 0, 0), ("x", 0, 0), ("b", 1, 1), ("a", 2, 2), ("y", 2, 2)]


def test_intervals_are_repeated_and_empty_ones_counted(tmp_path):
    reading = read(
        tmp_path,
        "Interval=10'\nLooking = lk\nSmiling = sm\n;\n<S1> lk sm, , lk*2, *3, Smiling/",
    )
    assert spans(reading) == [
        *(("lk", 0, 10), ("sm", 0, 10), ("lk", 20, 30), ("lk", 30, 40), ("sm", 70, 80)),
    ]
    (track,) = reading.vocabulary.tracks
    assert (track.kind, track.bin_us) == ("interval", 10_000_000)
    assert [(one.id, one.label) for one in track.codes] == [("lk", "Looking"), ("sm", "Smiling")]
    assert all(one.line == 5 for one in reading.events)


def test_factors_may_be_numbers_and_names_and_some_are_ours(tmp_path):
    text = "Timed a * Skill = 1 (Low = 1 High = 2) coder (anna ben) role (gold);"
    reading = read(tmp_path, text + "<S> a,1 (Skill=2 coder=ben)/ <T> a,1 (Low anna gold)/")
    assert [(one.coder_id, one.role) for one in reading.events] == [("ben", ""), ("anna", "gold")]
    assert {"Skill: High", "Skill: Low"} <= {one.text for one in reading.notes}


def test_codes_that_nobody_declared_come_in_all_the_same(tmp_path):
    reading = read(tmp_path, "Timed <seconds>;\n% made by another program\n<S> Ann_look,1.5-2.25/")
    assert said(reading) == [("S", "codes", "Ann_look", 1_500_000, 2_250_000)]
    assert reading.vocabulary.tracks == ()


def test_the_same_name_twice_makes_two_sessions(tmp_path):
    reading = read(tmp_path, "Timed a; <S> a,1/ <S> a,2/")
    assert [one.session.id for one in reading.events] == ["S", "S_2"]
    assert rules(reading) == ["name-twice"]


def test_a_single_sequence_without_a_name_leaves_the_session_to_the_person(tmp_path):
    assert said(read(tmp_path, "Timed a; a,1/")) == [("", "codes", "a", 1_000_000, 1_000_000)]


def test_western_letters_come_in(tmp_path):
    reading = read(tmp_path, "Timed ($Mère = tête); <Zoë> tête,1-2/".encode("latin-1"))
    assert said(reading)[0][:3] == ("Zoë", "Mère", "tête")


BROKEN = {
    "a time that is none": ("a,1:xx", "not-a-time"),
    "a time before nought": ("a,-5", "not-a-time"),
    "an infinite time": ("a,inf-2", "not-a-time"),
    "a time of 5,000 digits": ("a," + "9" * 5000, "not-a-time"),
    "a code without time": ("a", "not-a-time"),
    "an offset before the onset": ("a,5-4", "offset-before-onset"),
    "a time without a code": (",5-7", "no-code"),
    "a bracket that nobody closes": ("(a", "not-a-time"),
    "a remark without end": ("! so", "open-remark"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_in_one_item_is_found_and_the_others_are_taken(tmp_path, case):
    dirt, rule = BROKEN[case]
    reading = read(tmp_path, f"Timed a b;\n<S> b,1-2\n{dirt}\n")
    assert spans(reading) == [("b", 1, 2)]
    (error,) = [one for one in reading.findings if one.severity == "error"]
    assert (error.rule, error.line) == (rule, 3)


REFUSED = {
    "an empty file": ("", "no “;” ends its head"),
    "a picture": (b"\x89PNG\r\n\x1a\nabc;", "its first word is not a type"),
    "a table": ("code,onset\na,1\n", "no “;” ends its head"),
    "a head without end": ("Timed a b c\n<S> a,1/", "no “;” ends its head"),
    "no type": ("Sequence a b; a b/", "its first word is not a type of data"),
    "repeats without end": ("Interval a; a*999999999, a/", "line 1: with all that is repeated"),
    "repeats of 5,000 digits": ("Interval a;\n\na*" + "9" * 5000, "line 3: with all that"),
    "many repeats": ("Interval a;" + "a*900000," * 3, "more than 2,000,000 events"),
    "a NUL": ("Timed a;\na,1\0", "line 2 holds a NUL"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_of_something_else_is_refused_with_a_sentence(tmp_path, case):
    text, sentence = REFUSED[case]
    with pytest.raises(Refused, match=sentence):
        read(tmp_path, text)


def test_a_file_is_known_by_its_beginning():
    assert GSEQ.recognises(b"\xef\xbb\xbf Timed <seconds> a;")
    assert GSEQ.recognises(b"Interval=10' a;")
    assert not GSEQ.recognises(b"Event,Onset\n1,2\n")
    assert not GSEQ.recognises(b"")


def test_the_last_of_a_stream_ends_with_the_stop_of_another(tmp_path):
    reading = read(tmp_path, "Timed (a b) (x y); <S> a,0- b,3- & x,1- ,9/")
    ends = [one.offset_us for one in reading.events]
    assert ends == [3_000_000, 9_000_000, 9_000_000]
    assert all(a.onset_us <= b.onset_us for a, b in pairwise(reading.events[:2]))
