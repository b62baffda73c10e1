"""What one change of a mapping does to events, case by case."""

import copy

from answering_scheme import ANSWERING, DOCUMENT
from imhcode.domain.event import Event
from imhcode.domain.moving import moved
from imhcode.domain.rating import Rating
from imhcode.domain.timeline import Timeline
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.mapping import mapping_in
from imhcode.schemes.source import parse

HEADING = 'imhcode_mapping: "1.0"\nfrom: answering@1.0.0\nto: answering@2.0.0\n'


def event(event_id, track, code, onset_us, offset_us=None, **more):
    until_us = onset_us if offset_us is None else offset_us
    return Event(id=event_id, track=track, code=code, onset_us=onset_us, offset_us=until_us, **more)


def move(text, events, change=lambda plain: None, ratings=(), old=ANSWERING):
    plain = copy.deepcopy(old.document) | {"version": "2.0.0"}
    change(plain)
    new = scheme_from_document(plain)
    mapping, findings = mapping_in(parse(HEADING + text), old, new)
    assert findings == []
    done = moved(Timeline(events), ratings, mapping, old, new)
    return {step.after.id: step.after for step in done.edit.steps}, done


def test_a_track_of_states_becomes_a_modifier_of_what_begins_during_them():
    def change(plain):
        del plain["tracks"][0]
        distance = {"id": "distance", "label": "Distance", "type": "choice"}
        values = [{"id": "near", "label": "Near"}, {"id": "away", "label": "Away"}]
        plain["modifiers"].append(distance | {"values": values})
        plain["tracks"][0]["modifiers"].append("distance")

    text = (
        "tracks:\n  - {change: to_modifier, from: state, on: bid, modifier: distance,"
        " values: {together: near, apart: away}}\n"
    )
    states = [
        event("s1", "state", "together", 0, 10),
        event("s2", "state", "apart", 10, 20),
        event("s3", "state", "together", 30, 40),
    ]
    bids = [event(f"b{at}", "bid", "look", at) for at in (9, 10, 20)]
    left, done = move(text, [*states, *bids], change)
    distances = {one.id: one.modifier("distance") for one in left.values()}
    assert distances == {"b9": ("near",), "b10": ("away",), "b20": ()}
    (look,) = done.looks  # nothing began during the third state
    assert (look.event, look.onset_us, look.reason) == ("b20", 30, "note")


def test_a_modifier_decides_a_split_and_what_lacks_it_waits_for_a_coder():
    def change(plain):
        plain["tracks"][1]["codes"].append({"id": "glance", "label": "Glance"})

    text = (
        "codes:\n  - {change: split_by, track: bid, from: look, modifier: clarity,"
        " values: {clear: look, faint: glance}}\n"
    )
    clear, faint = ((("clarity", (value,)),) for value in ("clear", "faint"))
    bids = [
        event("b1", "bid", "look", 1, modifiers=clear),
        event("b2", "bid", "look", 2, modifiers=faint),
        event("b3", "bid", "look", 3),
        event("b4", "bid", "smile", 4, modifiers=faint),
    ]
    left, done = move(text, bids, change)
    assert [(one.code, one.modifiers) for one in left.values()] == [
        ("look", ()),
        ("glance", ()),
        ("look", ()),
        ("smile", faint),
    ]
    assert [(one.event, one.reason) for one in done.looks] == [("b3", "choose")]
    assert "choose “Look” or “Glance”" in left["b3"].comment


MERGE = "codes:\n  - {change: merge, track: state, from: [together, apart], to: together}\n"


def without_apart(plain):
    del plain["tracks"][0]["codes"][1]


def test_neighbours_that_have_become_one_are_joined_but_not_those_that_were_apart_before():
    states = [
        event("s1", "state", "together", 0, 10),
        event("s2", "state", "apart", 10, 20, offset_frame=5),
        event("s3", "state", "together", 20, 30),
        event("s4", "state", "together", 30, 40),  # the coder meant two
        event("s5", "state", "apart", 50, 60),  # a gap
    ]
    left, done = move(MERGE, states, without_apart)
    assert [(one.id, one.onset_us, one.offset_us) for one in left.values()] == [
        ("s1", 0, 30),
        ("s4", 30, 40),
        ("s5", 50, 60),
    ]
    assert (done.joined, done.looks) == (2, ())


def test_neighbours_of_which_one_says_more_are_left_for_a_coder():
    states = [
        event("s1", "state", "together", 0, 10),
        event("s2", "state", "apart", 10, 20, comment="across the room"),
    ]
    left, done = move(MERGE, states, without_apart)
    assert len(left) == 2
    assert [(one.event, one.reason) for one in done.looks] == [("s2", "joined-up")]
    assert left["s2"].comment.startswith("across the room\n[answering@1.0.0] ")


def test_evidence_follows_the_events_it_speaks_of():
    scale = {"id": "warmth", "label": "Warmth", "subject": "dyad", "scale": {"min": 1, "max": 5}}
    old = scheme_from_document(DOCUMENT | {"ratings": [scale]})
    states = [event("s1", "state", "together", 0, 10), event("s2", "state", "apart", 10, 20)]
    rating = Rating(id="r", scale="warmth", value=3, evidence=("s2", "s1"))
    _, done = move(MERGE, states, without_apart, [rating], old)
    assert [one.after.evidence for one in done.edit.ratings] == [("s1",)]


def test_a_score_that_the_new_scale_has_not_got_is_said():
    scale = {"id": "warmth", "label": "Warmth", "subject": "dyad", "scale": {"min": 1, "max": 7}}
    old = scheme_from_document(DOCUMENT | {"ratings": [scale]})

    def change(plain):
        plain["ratings"] = [scale | {"scale": {"min": 1, "max": 5}}]

    ratings = [
        Rating(id="r1", scale="warmth", value=6),
        Rating(id="r2", scale="warmth", value=5, episode="play"),
    ]
    _, done = move("", [], change, ratings, old)
    assert [one.after.id for one in done.edit.ratings] == ["r2"]
    assert [one.message for one in done.looks] == ["the rating Warmth = 6 has no place any more"]
