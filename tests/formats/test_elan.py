"""ELAN documents: ours to the letter and back, and those of other people."""

import io
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings

from imhcode.domain.event import Event
from imhcode.domain.study import Recording
from imhcode.formats import FORMATS
from odd_events import event_lists
from rich_record import EVENTS, RECORD

GOLDEN = Path(__file__).parent / "golden" / "elan"
ELAN = FORMATS["elan"]


def written(folder: Path, record=RECORD) -> Path:
    (part,) = ELAN.write("study", [record], folder)
    return folder / part.name


def with_events(*events: Event, record=RECORD):
    return replace(record, observation=record.observation.with_events(events))


def ms(time_us: int) -> int:
    return (time_us + 500) // 1000 * 1000


def said(event, onset_us, offset_us):
    """What must come back of an event, whichever class it is of."""
    return (
        *(event.track, event.code, onset_us, offset_us, tuple(sorted(event.modifiers))),
        *(event.links, event.comment, event.transcript, event.instance),
        getattr(event, "id", None) or getattr(event, "event_id", None),
    )


def kept(event: Event):
    onset_us = ms(event.onset_us)
    if event.is_instant:
        return said(event, onset_us, onset_us)
    until_us = None if event.is_running else max(ms(event.offset_us), onset_us + 1000)
    return said(event, onset_us, until_us)


def test_the_golden_file_is_what_is_written(tmp_path):
    assert written(tmp_path).read_bytes() == (GOLDEN / "S01_anna_gold.eaf").read_bytes()


def test_the_golden_file_is_read_as_what_was_coded():
    reading = ELAN.read(GOLDEN / "S01_anna_gold.eaf")
    back = Counter(said(one, one.onset_us, one.offset_us) for one in reading.events)
    assert back == Counter(map(kept, EVENTS))
    assert (reading.findings, reading.notes, reading.vocabulary) == ([], [], None)
    assert reading.found == len(EVENTS)
    one = reading.events[0]
    assert (one.session, one.dyad, one.coder_id) == (RECORD.session, RECORD.dyad, "anna")
    assert (one.role, one.scheme_id, one.scheme_version) == ("gold", "answering", "1.0.0")
    assert one.scheme_hash == RECORD.observation.scheme.content_hash


def test_recordings_keep_their_places_on_the_session_clock(tmp_path):
    media = ELAN.read(written(tmp_path)).media
    assert [(one.session, one.path, one.offset_us) for one in media] == [
        ("S01", "/films/S01 a.mp4", 0),
        ("S01", "/films/S01 b.mp4", -1_500_000),
    ]
    assert 'TIME_ORIGIN="1500"' in written(tmp_path).read_text()


@pytest.mark.parametrize("offset_us", [-7_000_000, 0, 400_000, 3_000_000])
@pytest.mark.parametrize("onset_us", [-2_000_000, 0, 1_000_000, 5_000_000])
def test_no_time_is_negative_in_the_file_and_every_time_comes_back(tmp_path, offset_us, onset_us):
    film = Recording(id="x", session_id="S01", path="C:/films/x.mp4", offset_us=offset_us)
    event = Event(
        id="s", track="state", code="apart", onset_us=onset_us, offset_us=onset_us + 1000_000
    )
    path = written(tmp_path, replace(with_events(event), recordings=(film,)))
    assert 'TIME_VALUE="-' not in path.read_text()
    negative = 'TIME_ORIGIN="-' in path.read_text()
    assert negative == (onset_us < offset_us)  # only what comes before the film forces it
    reading = ELAN.read(path)
    assert [(one.onset_us, one.offset_us) for one in reading.events] == [
        (onset_us, onset_us + 1_000_000)
    ]
    assert [(one.path, one.offset_us) for one in reading.media] == [("C:/films/x.mp4", offset_us)]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(event_lists())
def test_whatever_can_be_coded_comes_back_but_for_what_was_said_to_be_lost(tmp_path, events):
    record = with_events(*events)
    reading = ELAN.read(written(tmp_path, record))
    assert [one for one in reading.findings if one.severity == "error"] == []
    back = {one.event_id: one for one in reading.events}
    running = [one.id for one in events if one.is_running]
    for name in running:
        assert back[name].offset_us > back[name].onset_us
    for_running = dict.fromkeys(running)
    got = Counter(
        said(one, one.onset_us, for_running.get(name, one.offset_us)) for name, one in back.items()
    )
    assert got == Counter(map(kept, events))
    lost = {one.what for one in ELAN.losses([record])}
    assert ("running" in lost) == bool(running)
    assert ("doubts" in lost) == any(one.flagged for one in events)
    assert ("passes" in lost) == any(one.pass_id for one in events)
    assert ("reviewed" in lost) == any(one.onset_reviewed or one.offset_reviewed for one in events)
    assert not lost & {"links", "modifiers", "comments", "transcripts", "instances", "ids"}


def test_elan_finds_nothing_that_overlaps_or_has_no_length(tmp_path):
    crowd = [
        Event(id=f"p{n}", track="bid", code="look", onset_us=n * 10_000, offset_us=n * 10_000)
        for n in range(20)
    ]
    short = Event(id="s", track="state", code="apart", onset_us=1_000_100, offset_us=1_000_200)
    long = [
        Event(id=f"l{n}", track="bid", code="smile", onset_us=n, offset_us=9_000_000)
        for n in range(3)
    ]
    with redirect_stdout(io.StringIO()):
        eaf = pytest.importorskip("pympi").Elan.Eaf(
            str(written(tmp_path, with_events(*crowd, short, *long)))
        )
    for tier in eaf.get_tier_names():
        spans = sorted(one[:2] for one in eaf.get_annotation_data_for_tier(tier))
        if eaf.get_parameters_for_tier(tier).get("PARENT_REF") is None:
            assert all(start < end for start, end in spans)
            assert all(one[1] <= after[0] for one, after in pairwise(spans))


def test_pympi_reads_what_we_write(tmp_path):
    with redirect_stdout(io.StringIO()):
        eaf = pytest.importorskip("pympi").Elan.Eaf(str(written(tmp_path)))
    assert eaf.get_annotation_data_for_tier("state") == [
        (1000, 5005, "together"),
        (5005, 9009, "apart"),
        (9009, 20020, "together"),
    ]
    assert eaf.get_annotation_data_for_tier("bid/look") == [(2002, 2042, "look")]
    assert [one[2] for one in eaf.get_ref_annotation_data_for_tier("clarity@bid/look")] == ["faint"]
    assert [one[2] for one in eaf.get_ref_annotation_data_for_tier("comment@state")] == [
        "she said “so, and so”; <both> & all"
    ]
    parameters = eaf.get_parameters_for_tier("bid/look")
    assert (parameters["ANNOTATOR"], parameters["PARTICIPANT"]) == ("anna", "Infant")
    assert sorted(eaf.get_controlled_vocabulary_names()) == [
        "answer",
        "bid",
        "modifier.clarity",
        "state",
    ]
    _, entries = eaf.get_cv_entries("state"), eaf.get_cv_entries("bid")
    assert {values[0][0] for values, _ in entries.values()} == {"look", "smile"}
    media = eaf.get_linked_files()
    assert [one["MEDIA_URL"] for one in media] == [
        "file:///films/S01%20a.mp4",
        "file:///films/S01%20b.mp4",
    ]
    assert sorted(eaf.constraints) == [
        *("Included_In", "Symbolic_Association", "Symbolic_Subdivision", "Time_Subdivision"),
    ]


def test_elements_stand_in_the_order_of_the_grammar(tmp_path):
    root = ET.parse(written(tmp_path)).getroot()
    assert [tag for tag, _ in groupby(child.tag for child in root)] == [
        *("HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "LOCALE", "LANGUAGE", "CONSTRAINT"),
        "CONTROLLED_VOCABULARY",
    ]
    times = [int(one.get("TIME_VALUE")) for one in root.find("TIME_ORDER")]
    assert times == sorted(times)
    ids = [one.get("ANNOTATION_ID") for one in root.iter() if one.get("ANNOTATION_ID")]
    assert len(ids) == len(set(ids)) == len(EVENTS) + 7
    types = {one.get("LINGUISTIC_TYPE_ID") for one in root.iter("LINGUISTIC_TYPE")}
    assert {one.get("LINGUISTIC_TYPE_REF") for one in root.iter("TIER")} == types
    entries = {one.get("CVE_ID") for one in root.iter("CV_ENTRY_ML")}
    assert {one.get("CVE_REF") for one in root.iter("ALIGNABLE_ANNOTATION")} <= entries


def test_what_pympi_writes_we_read(tmp_path):
    eaf = pytest.importorskip("pympi").Elan.Eaf(author="x")
    eaf.add_linguistic_type("sub", constraints="Symbolic_Association", timealignable=False)
    eaf.add_tier("gaze", part="Infant", ann="zoe")
    eaf.add_tier("target", parent="gaze", ling="sub")
    eaf.add_annotation("gaze", 100, 900, "away")
    eaf.add_annotation("gaze", 900, 1500, "at")
    eaf.add_ref_annotation("target", "gaze", 1000, "face")
    eaf.add_linked_file("file:///films/x.mp4", mimetype="video/mp4", time_origin=250)
    path = tmp_path / "x.eaf"
    eaf.to_file(str(path))
    reading = ELAN.read(path)
    assert [
        (one.track, one.code, one.onset_us, one.offset_us, one.coder_id, one.modifiers)
        for one in reading.events
    ] == [
        ("gaze", "away", 100_000, 900_000, "zoe", ()),
        ("gaze", "at", 900_000, 1_500_000, "zoe", (("target", ("face",)),)),
    ]
    (track,) = [one for one in reading.vocabulary.tracks if one.id == "gaze"]
    assert (track.subject, [one.id for one in track.codes]) == ("Infant", ["away", "at"])
    assert [(one.path, one.offset_us) for one in reading.media] == [("/films/x.mp4", -250_000)]


HEAD = (
    '<ANNOTATION_DOCUMENT FORMAT="2.7"><HEADER TIME_UNITS="milliseconds"/><TIME_ORDER>'
    + "".join(f'<TIME_SLOT TIME_SLOT_ID="t{n}" TIME_VALUE="{n}000"/>' for n in range(20))
    + '<TIME_SLOT TIME_SLOT_ID="u1"/><TIME_SLOT TIME_SLOT_ID="u2"/></TIME_ORDER>'
)
TAIL = (
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="d" TIME_ALIGNABLE="true"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="ts" TIME_ALIGNABLE="true" CONSTRAINTS="Time_Subdivision"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="ss" CONSTRAINTS="Symbolic_Subdivision"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="sa" CONSTRAINTS="Symbolic_Association"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="cv" CONTROLLED_VOCABULARY_REF="words"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="point"/>'
    '<CONTROLLED_VOCABULARY CV_ID="words"><CV_ENTRY DESCRIPTION="looks off">away</CV_ENTRY>'
    "<CV_ENTRY>at</CV_ENTRY></CONTROLLED_VOCABULARY></ANNOTATION_DOCUMENT>"
)


def tier(name, kind, *annotations, **more):
    said = "".join(f' {key}="{value}"' for key, value in more.items())
    return (
        f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="{kind}"{said}>{"".join(annotations)}</TIER>'
    )


def aligned(name, start, end, value):
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}" TIME_SLOT_REF1="{start}" '
        f'TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
    )


def referring(name, to, value, previous=""):
    before = f' PREVIOUS_ANNOTATION="{previous}"' if previous else ""
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}" ANNOTATION_REF="{to}"{before}>'
        f"<ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
    )


def read(folder: Path, *tiers: str, head=HEAD, tail=TAIL):
    path = folder / "x.eaf"
    path.write_text(head + "\n".join(tiers) + tail, encoding="utf-8")
    reading = ELAN.read(path)
    errors = sum(one.severity == "error" for one in reading.findings)
    noted = sum(one.counts for one in reading.notes)
    assert reading.found == len(reading.events) + errors + noted
    return reading


def spans(reading, track):
    return [(one.code, one.onset_us, one.offset_us) for one in reading.events if one.track == track]


def rules(reading):
    return [(one.severity, one.rule) for one in reading.findings]


def test_times_that_are_not_set_lie_evenly_along_the_chain(tmp_path):
    reading = read(
        tmp_path,
        tier("parent", "d", aligned("a", "t1", "t4", "x")),
        tier(
            "part",
            "ts",
            aligned("b", "t1", "u1", "one"),
            aligned("c", "u1", "u2", "two"),
            aligned("e", "u2", "t4", "three"),
            PARENT_REF="parent",
        ),
    )
    assert spans(reading, "part") == [
        ("one", 1_000_000, 2_000_000),
        ("two", 2_000_000, 3_000_000),
        ("three", 3_000_000, 4_000_000),
    ]
    assert rules(reading) == [("warning", "times-not-set")]


def test_subdivisions_share_their_parents_time_in_the_order_of_the_chain(tmp_path):
    reading = read(
        tmp_path,
        tier(
            "words",
            "ss",
            referring("c", "a", "two", "b"),
            referring("b", "a", "one"),
            PARENT_REF="p",
        ),
        tier("p", "d", aligned("a", "t2", "t4", "both")),
    )
    assert spans(reading, "words") == [("two", 3_000_000, 4_000_000), ("one", 2_000_000, 3_000_000)]


def test_an_associated_tier_says_more_of_its_parent_even_if_it_comes_first(tmp_path):
    reading = read(
        tmp_path,
        tier("deep", "sa", referring("c", "b", "loud"), PARENT_REF="how"),
        tier("how", "sa", referring("b", "a", "vocal"), PARENT_REF="p"),
        tier("p", "d", aligned("a", "t2", "t4", "bid")),
    )
    (event,) = reading.events
    assert sorted(event.modifiers) == [("deep", ("loud",)), ("how", ("vocal",))]
    assert [(one.id, one.values) for one in reading.vocabulary.modifiers] == [
        ("how", ("vocal",)),
        ("deep", ("loud",)),
    ]


def test_a_tier_that_names_nobody_is_about_whom_the_tier_above_it_is_about(tmp_path):
    reading = read(
        tmp_path,
        tier("hands", "included", aligned("a2", "t1", "t2", "up"), PARENT_REF="play"),
        tier(
            "play",
            "plain",
            aligned("a1", "t1", "t2", "toy"),
            PARTICIPANT="mother",
            PARENT_REF="hands",
        ),
        tier(
            "own",
            "included",
            aligned("a3", "t1", "t2", "off"),
            PARENT_REF="play",
            PARTICIPANT="baby",
        ),
        tier("looks", "plain", aligned("a4", "t1", "t2", "away"), PARENT_REF="looks"),
    )
    about = {one.id: one.subject for one in reading.vocabulary.tracks}
    assert about == {"hands": "mother", "play": "mother", "own": "baby", "looks": ""}


def test_prose_becomes_transcript_and_remarks_become_comment(tmp_path):
    utterances = [aligned(f"a{n}", f"t{n}", f"t{n + 1}", f"word {n}") for n in range(13)]
    remarks = [referring("r", "a3", "the camera shakes here, and nobody can say " + "why " * 9)]
    reading = read(
        tmp_path,
        tier("speech", "d", *utterances),
        tier("my comments", "sa", *remarks, PARENT_REF="speech"),
    )
    assert {one.code for one in reading.events} == {"text"}
    assert [one.transcript for one in reading.events] == [f"word {n}" for n in range(13)]
    assert reading.events[3].comment.startswith("my comments: the camera shakes")
    assert rules(reading) == [("warning", "free-text")] * 2
    assert "transcript of events with the code “text”" in reading.findings[0].message


def test_many_rare_codes_of_one_word_are_codes_still(tmp_path):
    words = [aligned(f"a{n}", f"t{n}", f"t{n + 1}", f"code_{n}") for n in range(18)]
    reading = read(tmp_path, tier("g", "d", *words))
    assert [one.code for one in reading.events] == [f"code_{n}" for n in range(18)]
    assert rules(reading) == []


def test_a_tier_with_a_vocabulary_has_codes_however_rare_each_is(tmp_path):
    reading = read(
        tmp_path,
        tier(
            "g", "cv", *(aligned(f"a{n}", f"t{n}", f"t{n + 1}", f"so many {n}") for n in range(14))
        ),
    )
    codes = [(one.id, one.definition) for one in reading.vocabulary.tracks[0].codes]
    assert codes[:3] == [("away", "looks off"), ("at", ""), ("so many 0", "")]
    assert rules(reading) == []


def test_words_in_several_languages_are_one_code(tmp_path):
    tail = TAIL.replace(
        '<CV_ENTRY DESCRIPTION="looks off">away</CV_ENTRY>',
        '<CV_ENTRY_ML CVE_ID="c1"><CVE_VALUE LANG_REF="eng" DESCRIPTION="looks off">away</CVE_VALUE>'
        '<CVE_VALUE LANG_REF="deu">weg</CVE_VALUE></CV_ENTRY_ML>',
    )
    german = aligned("b", "t3", "t4", "weg").replace(
        "TIME_SLOT_REF2", 'CVE_REF="c1" TIME_SLOT_REF2'
    )
    empty = aligned("c", "t5", "t6", "").replace("TIME_SLOT_REF2", 'CVE_REF="c1" TIME_SLOT_REF2')
    reading = read(
        tmp_path, tier("g", "cv", aligned("a", "t1", "t2", "away"), german, empty), tail=tail
    )
    assert [one.code for one in reading.events] == ["away"] * 3


def test_a_template_has_words_and_no_events(tmp_path):
    path = tmp_path / "x.etf"
    path.write_text(HEAD + tier("g", "cv", PARTICIPANT="Infant") + TAIL, encoding="utf-8")
    reading = ELAN.read(path)
    assert (reading.found, reading.events) == (0, [])
    (track,) = reading.vocabulary.tracks
    assert (track.id, track.subject, [one.id for one in track.codes]) == (
        "g",
        "Infant",
        ["away", "at"],
    )


def test_short_annotations_of_type_point_are_instants_and_long_ones_never(tmp_path):
    head = HEAD.replace('"2000"', '"1040"')
    reading = read(tmp_path, tier("p", "point", aligned("a", "t1", "t2", "bid")), head=head)
    assert spans(reading, "p") == [("bid", 1_000_000, 1_000_000)]
    assert rules(reading) == [("warning", "taken-as-instants")]
    reading = read(tmp_path, tier("p", "point", aligned("a", "t1", "t2", "bid")))
    assert spans(reading, "p") == [("bid", 1_000_000, 2_000_000)]


@pytest.mark.parametrize(
    ("units", "onset_us"), [("PAL-frames", 40_000_000), ("NTSC-frames", 33_366_667)]
)
def test_times_in_frames_are_understood(tmp_path, units, onset_us):
    head = HEAD.replace("milliseconds", units)
    reading = read(tmp_path, tier("g", "d", aligned("a", "t1", "t2", "x")), head=head)
    assert reading.events[0].onset_us == onset_us


def test_what_has_no_place_here_is_kept_as_a_note(tmp_path):
    head = HEAD.replace(
        "<TIME_ORDER>", '<TIME_ORDER><LINKED_FILE_DESCRIPTOR LINK_URL="file:///a.csv"/>'
    )
    tail = TAIL.replace("</ANNOTATION", '<LEXICON_REF LEX_REF_ID="l"/></ANNOTATION', 1)
    reading = read(tmp_path, tier("g", "cv", aligned("a", "t1", "t2", " ")), head=head, tail=tail)
    assert [one.counts for one in reading.notes] == [1, 0, 0]
    assert "00:01.000–00:02.000" in reading.notes[0].text
    assert "/a.csv" in reading.notes[1].text
    assert "lexicon" in reading.notes[2].text


def test_a_tier_added_in_elan_to_our_file_comes_in_beside_ours(tmp_path):
    path = written(tmp_path)
    added = tier("extra", "d", aligned("n1", "ts1", "ts2", "nod"), ANNOTATOR="ben")
    path.write_text(path.read_text().replace("<LINGUISTIC_TYPE ", added + "<LINGUISTIC_TYPE ", 1))
    reading = ELAN.read(path)
    assert reading.found == len(EVENTS) + 1
    (event,) = [one for one in reading.events if one.track == "extra"]
    assert (event.code, event.coder_id, event.scheme_id) == ("nod", "ben", "")
    assert [one.id for one in reading.vocabulary.tracks] == ["state", "bid", "answer", "extra"]


def test_two_observations_are_two_files_whatever_their_coders_are_called(tmp_path):
    def by(coder):
        return replace(RECORD, observation=replace(RECORD.observation, coder_id=coder))

    parts = ELAN.write("s", [by("a/b"), by("a_b"), by("A_B"), by("..")], tmp_path)
    assert [one.name for one in parts] == [
        *("S01_a_b_gold.eaf", "S01_a_b_gold_2.eaf", "S01_A_B_gold_3.eaf", "S01_.._gold.eaf"),
    ]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(one.name for one in parts)
