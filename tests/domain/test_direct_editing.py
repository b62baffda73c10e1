"""Moving, cutting, joining, inserting and copying as pure edits."""

from dataclasses import replace
from itertools import count

import pytest

from imhcode.domain import gestures
from imhcode.domain.event import Event, Link, Stamp
from imhcode.domain.gestures import (
    CannotSplit,
    NothingToJoin,
    SomethingBetween,
    TakesNoTranscript,
)
from imhcode.domain.observation import NoSuchCode, Observation
from imhcode.domain.scheme import LinkRule
from imhcode.domain.tracks import NeedsLength, Overlap
from small_scheme import SMALL, code

FRAME = 10


def snap(time_us: int) -> Stamp:
    """Frames of ten microseconds on a recording that lasts a thousand."""
    frame = min(max(round(time_us / FRAME), 0), 100)
    return Stamp(frame * FRAME, "cam", frame)


ALONE = replace(
    SMALL.tracks[0],
    id="look",
    label="Looking",
    exhaustive=False,
    takes_transcript=True,
    codes=(code("at", "v"), code("away", "w")),
)
SCHEME = replace(
    SMALL,
    tracks=(*SMALL.tracks, ALONE),
    links=(
        LinkRule(id="answers", label="Answers", from_track="infant_bid", to_track="look"),
        LinkRule(id="follows", label="Follows", from_track="look", to_track="look"),
    ),
)
BLANK = Observation(id="o", session_id="s", coder_id="c", scheme=SCHEME)


def event(name, onset, offset, track="dyad_state", code="attuned", **more) -> Event:
    return Event(
        id=name,
        track=track,
        code=code,
        onset_us=onset,
        offset_us=offset,
        onset_frame=onset // FRAME,
        offset_frame=None if offset is None else offset // FRAME,
        recording="cam",
        **more,
    )


def holding(*events: Event) -> Observation:
    return BLANK.with_events(events)


def spans(observation: Observation) -> dict[str, tuple[int, int | None]]:
    return {one.id: (one.onset_us, one.offset_us) for one in observation.timeline.in_order()}


SEAMLESS = holding(
    event("a", 0, 100), event("b", 100, 200, code="out_of_step"), event("c", 200, 300)
)
LOOKS = holding(
    event("a", 0, 100, "look", "at"),
    event("b", 120, 200, "look", "away"),
    event("c", 210, 300, "look", "at"),
    event("d", 400, 500, "look", "away"),
)


# Edges


@pytest.mark.parametrize(
    ("edge", "name", "to", "way", "left"),
    [
        ("onset", "b", 80, "trim", {"a": (0, 80), "b": (80, 200)}),
        ("onset", "b", 80, "push", {"a": (-20, 80), "b": (80, 200)}),
        ("offset", "b", 250, "trim", {"b": (120, 250), "c": (250, 300)}),
        ("offset", "b", 250, "push", {"b": (120, 250), "c": (250, 340)}),
        ("offset", "b", 350, "push", {"b": (120, 350), "c": (350, 440), "d": (440, 540)}),
    ],
)
def test_a_neighbour_in_the_way_is_trimmed_or_pushed_as_chosen(edge, name, to, way, left):
    move = gestures.setting_onset if edge == "onset" else gestures.setting_offset
    edit = move(LOOKS, name, Stamp(to, "cam", to // FRAME), way=way)
    after = LOOKS.after(edit)
    assert spans(after) == spans(LOOKS) | left
    assert after.after(edit.inverse) == LOOKS


def test_what_is_pushed_lies_on_frames_again_and_has_to_be_reviewed_again():
    looked_at = replace(LOOKS.timeline.get("c"), onset_reviewed=True, offset_reviewed=True)
    there = LOOKS.after(gestures.deleting(LOOKS, ["c"])).after(gestures.adding([looked_at]))
    pushed = there.after(
        gestures.setting_offset(there, "b", snap(250), way="push", snap=lambda us: snap(us + 4))
    ).timeline.get("c")
    assert (pushed.onset_frame, pushed.offset_frame, pushed.offset_us) == (25, 34, 340)
    assert not pushed.onset_reviewed
    assert not pushed.offset_reviewed


def test_pushing_against_the_end_of_the_recording_stops_there():
    late = holding(event("a", 900, 950, "look", "at"), event("b", 950, 990, "look", "away"))
    with pytest.raises(NeedsLength):
        gestures.setting_offset(late, "a", snap(1000), way="push", snap=snap)


@pytest.mark.parametrize("way", ["refuse", "trim", "push"])
def test_on_an_exhaustive_track_the_shared_edge_moves_whatever_is_chosen(way):
    edit = gestures.setting_onset(SEAMLESS, "b", snap(70), way=way, snap=snap)
    assert spans(SEAMLESS.after(edit)) == {"a": (0, 70), "b": (70, 200), "c": (200, 300)}
    edit = gestures.setting_offset(SEAMLESS, "b", snap(150), way=way, snap=snap)
    assert spans(SEAMLESS.after(edit)) == {"a": (0, 100), "b": (100, 150), "c": (150, 300)}


@pytest.mark.parametrize("way", ["trim", "push"])
def test_a_neighbour_of_which_nothing_would_be_left_is_in_the_way_for_good(way):
    with pytest.raises(NeedsLength):
        gestures.setting_onset(SEAMLESS, "c", snap(100), way=way, snap=snap)
    if way == "trim":
        with pytest.raises(NeedsLength):
            gestures.setting_onset(LOOKS, "c", snap(120), way=way, snap=snap)


def test_without_a_choice_what_is_in_the_way_refuses():
    with pytest.raises(Overlap):
        LOOKS.after(gestures.setting_offset(LOOKS, "b", snap(250)))


def test_neighbours_of_another_instance_are_not_in_the_way():
    both = holding(
        event("a", 0, 100, "look", "at", instance="mother"),
        event("b", 150, 200, "look", "at", instance="father"),
        event("c", 250, 300, "look", "at", instance="mother"),
    )
    moved = both.after(gestures.setting_offset(both, "a", snap(270), way="trim", snap=snap))
    assert spans(moved) == {"a": (0, 270), "b": (150, 200), "c": (270, 300)}


def test_a_nudge_is_a_gesture_of_its_own():
    edit = gestures.nudging(LOOKS, "b", "onset", snap(130), way="trim")
    assert (edit.gesture, spans(LOOKS.after(edit))["b"]) == ("nudge", (130, 200))
    edit = gestures.nudging(LOOKS, "b", "offset", snap(190), way="trim")
    assert spans(LOOKS.after(edit))["b"] == (120, 190)


# Whole events


def test_a_whole_event_keeps_its_length_and_its_frames():
    moved = LOOKS.after(gestures.moving(LOOKS, "d", snap(620), snap=snap)).timeline.get("d")
    assert (moved.onset_us, moved.offset_us) == (620, 720)
    assert (moved.onset_frame, moved.offset_frame) == (62, 72)


def test_on_an_exhaustive_track_neighbours_fill_what_a_moved_event_leaves():
    edit = gestures.moving(SEAMLESS, "b", snap(130), snap=snap, way="push")
    assert spans(SEAMLESS.after(edit)) == {"a": (0, 130), "b": (130, 230), "c": (230, 300)}
    with pytest.raises(NeedsLength):
        gestures.moving(SEAMLESS, "b", snap(200), snap=snap)


@pytest.mark.parametrize(
    ("way", "left"),
    [
        ("trim", {"b": (180, 260), "c": (260, 300)}),
        ("push", {"b": (180, 260), "c": (260, 350)}),
    ],
)
def test_a_moved_event_trims_or_pushes_what_it_meets(way, left):
    edit = gestures.moving(LOOKS, "b", snap(180), way=way, snap=snap)
    assert spans(LOOKS.after(edit)) == spans(LOOKS) | left


def test_a_running_state_moves_by_its_onset_and_an_instant_whole():
    there = holding(event("a", 0, None, "look", "at"), event("q", 50, 50, "infant_bid", "look"))
    assert spans(there.after(gestures.moving(there, "a", snap(30))))["a"] == (30, None)
    assert spans(there.after(gestures.moving(there, "q", snap(30))))["q"] == (30, 30)
    assert not gestures.moving(there, "q", snap(50))


# Cutting and joining


def test_a_split_event_keeps_its_answers_on_the_first_part():
    there = holding(
        event("a", 0, 100, "look", "at", comment="said", links=(Link("follows", "z"),)),
        event("q", 50, 50, "infant_bid", "look", links=(Link("answers", "a"),)),
    )
    cut = there.after(gestures.splitting(there, "a", snap(40), new_id="new"))
    assert spans(cut) == {"a": (0, 40), "new": (40, 100), "q": (50, 50)}
    first, second = cut.timeline.get("a"), cut.timeline.get("new")
    assert (first.comment, second.comment, len(first.links), second.links) == ("said", "", 1, ())
    assert (first.offset_frame, second.onset_frame, second.offset_frame) == (4, 4, 10)


@pytest.mark.parametrize("at", [0, 100, -10, 110])
def test_a_cut_outside_the_event_or_on_its_edge_is_refused(at):
    with pytest.raises(CannotSplit):
        gestures.splitting(SEAMLESS, "a", Stamp(at), new_id="new")


def test_a_split_and_a_join_are_nothing():
    cut = SEAMLESS.after(gestures.splitting(SEAMLESS, "b", snap(150), new_id="new"))
    assert cut.after(gestures.joining(cut, ["new", "b"])) == SEAMLESS
    assert cut.after(gestures.joining(cut, ["b"])) == SEAMLESS


def test_joining_closes_the_gap_between_and_takes_everything_along():
    there = holding(
        event("a", 0, 100, "look", "at", comment="one", links=(Link("follows", "b"),)),
        event("b", 150, 200, "look", "at", comment="two", flagged=True, transcript="there"),
        event("q", 160, 160, "infant_bid", "look", links=(Link("answers", "b"),)),
    )
    joined = there.after(gestures.joining(there, ["b", "a"]))
    one = joined.timeline.get("a")
    assert spans(joined) == {"a": (0, 200), "q": (160, 160)}
    assert (one.comment, one.flagged, one.transcript, one.links) == ("one\ntwo", True, "there", ())
    assert joined.timeline.get("q").links == (Link("answers", "a"),)
    assert there.after(gestures.joining(there, ["b", "a"])) == joined


def test_what_is_not_of_one_kind_or_not_beside_cannot_be_joined():
    for wrong in (["a", "b"], ["c"], [], ["b"]):
        with pytest.raises(NothingToJoin):
            gestures.joining(SEAMLESS, wrong)
    with pytest.raises(SomethingBetween, match="out_of_step"):
        gestures.joining(SEAMLESS, ["a", "c"])


def test_on_a_track_that_allows_several_the_next_of_the_same_code_is_joined():
    there = holding(
        event("a", 0, 100, "touch", "hold"),
        event("b", 50, 60, "touch", "stroke"),
        event("c", 90, 150, "touch", "hold"),
    )
    joined = there.after(gestures.joining(there, ["a"]))
    assert spans(joined) == {"a": (0, 150), "b": (50, 60)}


# Several codes, inserting, copying


def test_several_events_get_one_code_in_one_edit():
    edit = gestures.recoding_all(SEAMLESS, ["a", "b", "c"], "uncodable")
    assert {one.code for one in SEAMLESS.after(edit).timeline} == {"uncodable"}
    mixed = holding(event("a", 0, 9), event("b", 0, 9, "touch", "hold"))
    with pytest.raises(NoSuchCode):
        gestures.recoding_all(mixed, ["a", "b"], "attuned")


@pytest.mark.parametrize(
    ("onset", "offset", "left"),
    [
        (120, 150, {"b": (100, 120), "n": (120, 150), "n0": (150, 200)}),
        (100, 150, {"n": (100, 150), "b": (150, 200)}),
        (50, 250, {"a": (0, 50), "n": (50, 250), "c": (250, 300)}),
        (400, 450, {"n": (400, 450)}),
    ],
)
def test_an_inserted_stretch_trims_splits_and_replaces_what_is_there(onset, offset, left):
    ids = (f"n{n}" for n in count())
    new = event("n", onset, offset, code="uncodable")
    edit = gestures.inserting(SEAMLESS, new, new_id=lambda: next(ids))
    after = SEAMLESS.after(edit)
    kept = {} if (onset, offset) == (50, 250) else spans(SEAMLESS)
    assert spans(after) == kept | left
    assert after.after(edit.inverse) == SEAMLESS


def test_inserting_what_holds_already_changes_nothing():
    assert not gestures.inserting(SEAMLESS, event("n", 10, 20), new_id=lambda: "x")


def test_inserting_on_a_track_that_allows_several_leaves_the_others():
    there = holding(event("a", 0, 100, "touch", "hold"))
    edit = gestures.inserting(there, event("n", 10, 20, "touch", "stroke"), new_id=lambda: "x")
    assert spans(there.after(edit)) == {"a": (0, 100), "n": (10, 20)}


def test_copies_take_times_and_frames_but_neither_comment_nor_links():
    ids = (f"n{n}" for n in count())
    there = holding(
        event("q", 20, 60, "infant_bid", "look", comment="x", modifiers=(("clarity", ("faint",)),)),
        event("r", 60, 90, "infant_bid", "smile"),
    )
    edit = gestures.copying(there, ["q", "r"], "look", "at", new_id=lambda: next(ids))
    copied = there.after(edit)
    assert spans(copied) == {"q": (20, 60), "n0": (20, 60), "n1": (60, 90), "r": (60, 90)}
    one = copied.timeline.get("n0")
    assert (one.comment, one.modifiers, one.offset_frame) == ("", (), 6)
    back = gestures.copying(LOOKS, ["a"], "infant_bid", "look", new_id=lambda: "new")
    assert LOOKS.after(back).timeline.get("new").modifier("clarity") == ("clear",)


def test_an_instant_cannot_be_copied_to_where_states_are():
    there = holding(event("q", 20, 20, "infant_bid", "look"))
    with pytest.raises(NeedsLength):
        gestures.copying(there, ["q"], "look", "at", new_id=lambda: "n")


# What is said about events


def test_doubt_and_words_are_said_of_events():
    doubtful = LOOKS.after(gestures.flagging(LOOKS, ["a", "b"], True))
    assert {one.id for one in doubtful.timeline if one.flagged} == {"a", "b"}
    assert not gestures.flagging(doubtful, ["a", "b"], True)
    said = LOOKS.after(gestures.transcribing(LOOKS, "a", " come here "))
    assert said.timeline.get("a").transcript == "come here"
    with pytest.raises(TakesNoTranscript):
        gestures.transcribing(SEAMLESS, "a", "no")


def test_where_two_states_meet_there_is_one_boundary():
    edit = gestures.reviewing(SEAMLESS, "b", "onset")
    after = SEAMLESS.after(edit).timeline
    assert (after.get("a").offset_reviewed, after.get("b").onset_reviewed) == (True, True)
    assert not after.get("b").offset_reviewed
    edit = gestures.reviewing(LOOKS, "a", "offset")
    assert [step.after.id for step in edit.steps] == ["a"]
