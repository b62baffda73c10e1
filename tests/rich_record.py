"""One record that holds everything a study can know of a session, for formats to write."""

from dataclasses import replace

from answering_scheme import ANSWERING
from imhcode.domain.episode import Episode
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale, Scale
from imhcode.domain.study import Dyad, Recording, Session
from imhcode.formats.record import Record

SCHEME = replace(
    ANSWERING,
    ratings=(
        RatingScale(id="warmth", label="Warmth", subject="dyad", scale=Scale(minimum=1, maximum=5)),
    ),
)
EVENTS = (
    Event(id="s1", track="state", code="together", onset_us=1_000_033, offset_us=5_005_005),
    Event(id="s2", track="state", code="apart", onset_us=5_005_005, offset_us=9_009_009),
    Event(
        id="s3",
        track="state",
        code="together",
        onset_us=9_009_009,
        offset_us=20_020_020,
        comment="she said “so, and so”; <both> & all",
    ),
    Event(
        id="b1",
        track="bid",
        code="look",
        onset_us=2_002_002,
        offset_us=2_002_002,
        modifiers=(("clarity", ("faint",)), ("how", ("face", "voice"))),
        comment="first",
    ),
    Event(
        id="b2",
        track="bid",
        code="smile",
        onset_us=6_006_006,
        offset_us=7_007_007,
        modifiers=(("clarity", ("clear",)),),
        transcript="da!",
    ),
    Event(
        id="a1",
        track="answer",
        code="joins",
        onset_us=8_008_008,
        offset_us=8_008_008,
        links=(Link("answers", "b1"),),
    ),
)
OBSERVATION = (
    Observation(id="o1", session_id="S01", coder_id="anna", scheme=SCHEME, role="gold")
    .with_events(EVENTS)
    .with_ratings([Rating(id="r1", scale="warmth", value=3.0, comment="warm")])
)
RECORD = Record(
    observation=OBSERVATION,
    session=Session(id="S01", dyad_id="D01", visit="1", date="2024-03-05", child_age_months=9.0),
    dyad=Dyad(id="D01", child_id="C01"),
    fps={"S01-a": "25", "S01-b": "25"},
    episodes=(Episode(id="e1", session_id="S01", kind="play", onset_us=0, offset_us=20_000_000),),
    recordings=(
        Recording(
            id="S01-a", session_id="S01", path="/films/S01 a.mp4", frames=750, end_us=30_000_000
        ),
        Recording(
            id="S01-b",
            session_id="S01",
            path="/films/S01 b.mp4",
            offset_us=-1_500_000,
            frames=750,
            end_us=30_000_000,
        ),
    ),
)
