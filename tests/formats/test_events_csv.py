from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from answering_scheme import ANSWERING
from imhcode.domain.episode import Episode
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.domain.study import Dyad, Session
from imhcode.formats import FORMATS
from imhcode.formats.csv.columns import BEFORE_MODIFIERS
from imhcode.formats.joined import split
from imhcode.formats.record import Record
from odd_events import event_lists

GOLDEN = Path(__file__).parent / "golden"

EVENTS = [
    Event(
        id="s1",
        track="state",
        code="together",
        onset_us=-1_480_000,
        offset_us=33_367,
        onset_frame=0,
        offset_frame=45,
        recording="S01-cam",
    ),
    Event(
        id="s2",
        track="state",
        code="apart",
        onset_us=33_367,
        offset_us=None,
        onset_frame=45,
        recording="S01-cam",
        comment='=SUM(A1), said "she"\nand left',
    ),
    Event(
        id="b1",
        track="bid",
        code="look",
        onset_us=42_160_033,
        offset_us=42_160_033,
        modifiers=(
            ("clarity", ("faint",)),
            ("how", ("face", "voice")),
            ("times", ("-3",)),
            ("words", ("-uh | hm",)),
        ),
        pass_id="bids",
    ),
    Event(
        id="b2",
        track="bid",
        code="smile",
        onset_us=42_200_000,
        offset_us=43_000_000,
        instance="big sister",
        transcript="=da, „da“ | da",
        flagged=True,
        onset_reviewed=True,
    ),
    Event(
        id="a1",
        track="answer",
        code="joins",
        onset_us=43_160_033,
        offset_us=43_160_033,
        links=(Link("answers", "b1"), Link("answers", "gone"), Link("answers", "b2")),
    ),
]
RECORD = Record(
    observation=Observation(
        id="o1", session_id="S01", coder_id="-anna", scheme=ANSWERING, role="gold"
    ).with_events(EVENTS),
    session=Session(
        id="S01",
        dyad_id="D01",
        visit="1",
        date="2024-03-05",
        child_age_months=9.0,
        child_age_corrected_months=8.25,
    ),
    dyad=Dyad(id="D01", child_id="C01", site_id="north", group="x"),
    fps={"S01-cam": "29.97"},
    episodes=(
        Episode(id="p", session_id="S01", kind="play", onset_us=0, offset_us=42_200_000),
        Episode(id="q", session_id="S01", kind="still_face", onset_us=42_200_000),
    ),
)


def written(records, folder: Path) -> bytes:
    FORMATS["csv"].write("study-1", records, folder)
    return (folder / "events.csv").read_bytes()


def rebuilt(path: Path, like: Observation) -> Observation:
    """The observation as the file alone has it."""
    events = []
    for row in FORMATS["csv"].read(path).events:
        values = {one.id: one.values for one in like.scheme.modifiers}
        said = tuple(
            sorted(
                (name, split(cells[0]) if values[name] else cells) for name, cells in row.modifiers
            )
        )
        until = row.offset_us if row.offset_us is not None or row.track == "state" else row.onset_us
        events.append(
            Event(
                id=row.event_id,
                track=row.track,
                code=row.code,
                onset_us=row.onset_us,
                offset_us=until,
                onset_frame=row.onset_frame,
                offset_frame=row.offset_frame,
                recording=row.recording,
                modifiers=said,
                links=row.links,
                pass_id=row.pass_id,
                comment=row.comment,
                instance=row.instance,
                transcript=row.transcript,
                flagged=row.flagged,
                onset_reviewed=row.onset_reviewed,
                offset_reviewed=row.offset_reviewed,
            )
        )
    return replace(like).with_events(events)


def test_the_golden_file_is_what_is_written(tmp_path):
    assert written([RECORD], tmp_path) == (GOLDEN / "csv" / "events.csv").read_bytes()


def test_the_golden_file_is_read_as_what_was_coded():
    back = rebuilt(GOLDEN / "csv" / "events.csv", RECORD.observation)
    assert back.timeline == RECORD.observation.timeline


def test_who_and_where_are_read_back():
    row = FORMATS["csv"].read(GOLDEN / "csv" / "events.csv").events[0]
    assert (row.session, row.dyad) == (RECORD.session, RECORD.dyad)
    assert (row.coder_id, row.role) == ("-anna", "gold")
    assert (row.scheme_id, row.scheme_version, row.scheme_hash) == (
        "answering",
        "1.0.0",
        ANSWERING.content_hash,
    )


def test_the_columns_are_those_that_were_promised(tmp_path):
    header = written([RECORD], tmp_path).split(b"\n")[0].decode().split(",")
    assert header == [*BEFORE_MODIFIERS, "mod_clarity", "mod_how", "mod_words", "mod_times", "note"]


def test_rows_stand_by_session_coder_scheme_time_track_and_id(tmp_path):
    def record(session, coder):
        observation = replace(RECORD.observation, session_id=session, coder_id=coder)
        return replace(RECORD, observation=observation, session=Session(id=session))

    FORMATS["csv"].write(
        "x", [record("S02", "b"), record("S02", "a"), record("S01", "b")], tmp_path
    )
    rows = FORMATS["csv"].read(tmp_path / "events.csv").events
    keys = [(row.session.id, row.coder_id, row.onset_us, row.track, row.event_id) for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == 15


def test_a_study_without_observations_gives_a_header_only(tmp_path):
    assert written([], tmp_path).decode() == ",".join([*BEFORE_MODIFIERS, "note"]) + "\n"


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(event_lists())
def test_whatever_can_be_coded_comes_back_and_goes_out_as_the_same_bytes(tmp_path, events):
    observation = RECORD.observation.with_events(events)
    first = written([replace(RECORD, observation=observation)], tmp_path)
    back = rebuilt(tmp_path / "events.csv", observation)
    assert back.timeline == observation.timeline
    assert written([replace(RECORD, observation=back)], tmp_path) == first


@pytest.mark.parametrize("name", FORMATS.names())
def test_every_format_has_a_golden_file_and_the_name_of_its_module(name):
    assert any((GOLDEN / name).iterdir())
    module = type(FORMATS[name]).__module__
    assert module == f"imhcode.formats.{name.replace('-', '_')}"
