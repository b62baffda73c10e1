"""The worked example as a coded session, and coded sessions of plain tuples."""

import csv
import json
from functools import cache
from pathlib import Path

from imhcode.analysis.coded_lane import lanes_of
from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.measuring import compute
from imhcode.domain.event import Event, Link
from imhcode.domain.observation import Observation
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme

HERE = Path(__file__).parent / "analysis" / "measures"
S = 1_000_000


@cache
def scheme(name):
    return load_scheme(find_scheme(name))


def coded(
    events, *, of="abr", until_s=60, episodes=(), age=None, ratings=(), document=None, from_s=0
):
    """A coded session of events."""
    the_scheme = scheme(of) if isinstance(of, str) else of
    observation = Observation(id="o", session_id="S", coder_id="c", scheme=the_scheme)
    observation = observation.with_events(events)
    return CodedSession(
        the_scheme,
        document or the_scheme.document,
        lanes_of(observation),
        (round(from_s * S), round(until_s * S)),
        episodes=episodes,
        age_months=age,
        ratings=ratings,
    )


def state(track, code, from_s, until_s, **more):
    name = f"{track}-{code}-{from_s}-{more.get('instance', '')}"
    until_us = None if until_s is None else round(until_s * S)
    return Event(
        id=name, track=track, code=code, onset_us=round(from_s * S), offset_us=until_us, **more
    )


def point(track, code, at_s, **more):
    return state(track, code, at_s, at_s, **more)


def answer(track, code, at_s, link, to):
    return point(track, code, at_s, links=(Link(link, to.id),))


def number(session, measure_id, statistic="value", section=None):
    declared = session.measures[measure_id]
    result = compute(declared, session, section or session.session)
    (found,) = [one for one in result.numbers if one.statistic == statistic]
    return found


def worked_events():
    """Those of the worked example."""
    text = (HERE / "abr_example_events.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        onset_us = round(float(row["onset_ms"]) * 1000)
        offset = row["offset_ms"]
        links = (Link(row["link_id"], row["linked_event_id"]),) if row["linked_event_id"] else ()
        yield Event(
            id=row["event_id"],
            track=row["track_id"],
            code=row["code"],
            onset_us=onset_us,
            offset_us=round(float(offset) * 1000) if offset else onset_us,
            links=links,
        )


def expected():
    return json.loads((HERE / "abr_example_expected.json").read_text("utf-8"))
