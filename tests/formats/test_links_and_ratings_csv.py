"""What stands beside events.csv: who answered whom, and global scores."""

import csv
from dataclasses import replace
from pathlib import Path

from answering_scheme import ANSWERING
from imhcode.domain.episode import Episode
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale, Scale
from imhcode.domain.study import Session
from imhcode.formats import FORMATS
from imhcode.formats.csv.columns import LINKS, RATINGS
from imhcode.formats.record import Record

SCHEME = replace(
    ANSWERING,
    links=tuple(replace(one, one_counts="first") for one in ANSWERING.links),
    ratings=(
        RatingScale(id="warmth", label="Warmth", subject="dyad", scale=Scale(minimum=1, maximum=5)),
        RatingScale(
            id="warmth_seven",
            label="Warmth, 7",
            subject="dyad",
            scale=Scale(minimum=1, maximum=7),
            alternate_of="warmth",
        ),
    ),
)


def instant(name: str, track: str, code: str, at_ms: float, *targets: str) -> Event:
    links = tuple(Link("answers", target) for target in targets)
    at_us = round(at_ms * 1000)
    return Event(id=name, track=track, code=code, onset_us=at_us, offset_us=at_us, links=links)


OBSERVATION = (
    Observation(id="o1", session_id="S01", coder_id="-anna", scheme=SCHEME)
    .with_events(
        [
            instant("b1", "bid", "look", 1000),
            instant("a2", "answer", "joins", 2500.5, "b1"),
            instant("a1", "answer", "joins", 1200, "b1", "gone"),
        ]
    )
    .with_ratings(
        [
            Rating(id="r2", scale="warmth_seven", episode="e2", value=6.5, confidence="low"),
            Rating(id="r1", scale="warmth", value=3, evidence=("b1", "a|1"), comment="=so"),
            Rating(id="r3", scale="warmth", episode="e2", na_reason="nothing seen"),
        ]
    )
)
RECORD = Record(
    observation=OBSERVATION,
    session=Session(id="S01", dyad_id="D01"),
    episodes=(
        Episode(id="e1", session_id="S01", kind="play", onset_us=0, offset_us=5),
        Episode(id="e2", session_id="S01", kind="reunion", onset_us=5),
    ),
)


def written(folder: Path, name: str, records=(RECORD,)) -> list[dict[str, str]]:
    FORMATS["csv"].write("study", records, folder)
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_link_is_a_row_with_both_ends_its_latency_and_whether_it_counts(tmp_path):
    rows = written(tmp_path, "links.csv")
    assert list(rows[0]) == list(LINKS)
    said = [(row["from_event_id"], row["to_event_id"], row["link_latency_ms"]) for row in rows]
    assert said == [("a1", "b1", "200"), ("a1", "gone", ""), ("a2", "b1", "1500.5")]
    assert [row["counts"] for row in rows] == ["1", "", "0"]
    assert [row["to_code"] for row in rows] == ["look", "", "look"]
    assert rows[0]["coder_id"] == "'-anna"


def test_a_rating_is_a_row_with_the_episode_it_is_about(tmp_path):
    rows = written(tmp_path, "ratings.csv")
    assert list(rows[0]) == list(RATINGS)
    said = [(row["rating_id"], row["episode_id"], row["episode_n"], row["value"]) for row in rows]
    assert said == [("r1", "", "", "3"), ("r3", "reunion", "2", ""), ("r2", "reunion", "2", "6.5")]
    assert (rows[0]["evidence_event_ids"], rows[0]["note"]) == (r"b1|a\|1", "'=so")
    assert (rows[1]["na_reason"], rows[2]["alternate_of"]) == ("nothing seen", "warmth")


def test_the_order_of_records_does_not_matter(tmp_path):
    other = replace(
        RECORD,
        observation=replace(OBSERVATION, id="o2", session_id="S00"),
        session=Session(id="S00"),
    )
    for name in ("links.csv", "ratings.csv"):
        one = written(tmp_path, name, [RECORD, other])
        assert one == written(tmp_path, name, [other, RECORD])
        assert [row["session_id"] for row in one] == ["S00"] * 3 + ["S01"] * 3
