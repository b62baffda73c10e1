"""Edits and observations as values."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.domain.edit import Edit, Step
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, EventIsImpossible, Link
from imhcode.domain.gestures import adding
from imhcode.domain.observation import EventHasChanged, IdIsTaken, NoSuchCode, Observation
from imhcode.domain.timeline import Timeline
from imhcode.domain.tracks import NeedsLength, Overlap, TakesNoLength
from small_scheme import SMALL

BLANK = Observation(id="o", session_id="s", coder_id="c", scheme=SMALL)
CODES = [(track.id, code.id) for track in SMALL.tracks for code in track.codes]


@st.composite
def events(draw, ids=None):
    onset = draw(st.integers(-20, 60))
    length = draw(st.none() | st.integers(0, 30))
    track, code = draw(st.sampled_from(CODES))
    name = draw(ids if ids is not None else st.sampled_from([f"e{n}" for n in range(12)]))
    return Event(
        id=name,
        track=track,
        code=code,
        onset_us=onset,
        offset_us=None if length is None else onset + length,
    )


steps = st.builds(Step, st.none() | events(), st.none() | events())
edits = st.builds(
    Edit, st.sampled_from(["press", "import"]), st.lists(steps, max_size=6).map(tuple)
)


@given(edit=edits)
def test_the_inverse_of_the_inverse_is_the_edit(edit):
    assert edit.inverse.inverse == edit
    assert set(edit.inverse.tracks()) == set(edit.tracks())
    assert [step.inverse.inverse for step in edit.steps] == list(edit.steps)


def lawful(some: list[Event]) -> Observation:
    """As many of these events as the scheme allows together."""
    observation = BLANK
    for event in some:
        try:
            observation = observation.after(adding([event]))
        except Refused:
            continue
    return observation


@settings(deadline=None, max_examples=120)
@given(some=st.lists(events(), max_size=15), data=st.data())
def test_undoing_an_edit_is_nothing_and_a_refusal_changes_nothing(some, data):
    observation = lawful(some)
    there = observation.timeline.in_order()
    chosen = st.sampled_from(there) if there else st.none()
    aimed = st.builds(Step, st.none() | chosen, st.none() | events())
    edit = data.draw(
        st.one_of(edits, st.builds(Edit, st.just("press"), st.lists(aimed, max_size=4).map(tuple)))
    )
    before = list(there)
    try:
        changed = observation.after(edit)
    except Refused:
        assert observation.timeline.in_order() == before
        return
    assert changed.after(edit.inverse) == observation
    assert observation.timeline.in_order() == before
    ids = [event.id for event in changed.timeline]
    assert len(ids) == len(set(ids))
    lane = list(changed.timeline.lane("dyad_state"))
    assert all(first.until_us <= second.onset_us for first, second in pairwise(lane))
    assert not any(event.is_instant for event in lane)


@settings(deadline=None)
@given(
    some=st.lists(events(), max_size=20, unique_by=lambda event: event.id),
    from_us=st.integers(-30, 70),
    to_us=st.integers(-30, 70),
)
def test_a_timeline_answers_as_a_plain_list_would(some, from_us, to_us):
    def key(event):
        return (event.onset_us, event.track, event.id)

    def touches(event):
        if event.is_instant:
            return from_us <= event.onset_us < to_us
        return from_us < to_us and event.onset_us < to_us and event.until_us > from_us

    timeline = Timeline(some)
    assert timeline.between(from_us, to_us) == sorted(filter(touches, some), key=key)
    assert timeline.in_order() == sorted(some, key=key)
    assert len(timeline) == len(some)
    assert sorted(timeline.running(), key=key) == sorted((e for e in some if e.is_running), key=key)
    assert timeline.last_us() == max(
        (e.onset_us if e.is_running else e.offset_us for e in some), default=None
    )
    assert all(timeline.get(event.id) == event for event in some)
    assert timeline.get("nobody") is None
    assert timeline == Timeline(reversed(some))


def state(name: str, onset: int, offset: int | None, **more) -> Event:
    return Event(
        id=name, track="dyad_state", code="attuned", onset_us=onset, offset_us=offset, **more
    )


LONG = state("long", 0, 100)
HELD = BLANK.with_events([LONG])


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (adding([state("long", 200, 300)]), IdIsTaken),
        (adding([state("x", 200, 300), state("x", 300, 400)]), IdIsTaken),
        (adding([state("x", 10, 20)]), Overlap),
        (adding([state("x", -10, None)]), Overlap),
        (adding([state("x", 99, 101)]), Overlap),
        (adding([state("x", 200, 300), state("y", 250, 350)]), Overlap),
        (adding([state("x", 200, 200)]), NeedsLength),
        (adding([replace(state("x", 200, 300), code="stroke")]), NoSuchCode),
        (adding([replace(state("x", 200, 300), track="nowhere")]), NoSuchCode),
        (
            adding([Event(id="x", track="infant_bid", code="look", onset_us=0, offset_us=None)]),
            TakesNoLength,
        ),
        (Edit("delete", (Step(state("ghost", 0, 100), None),)), EventHasChanged),
        (Edit("delete", (Step(replace(LONG, comment="other"), None),)), EventHasChanged),
        (Edit("delete", (Step(LONG, None), Step(LONG, None))), EventHasChanged),
    ],
)
def test_the_rules_refuse_and_say_so(edit, error):
    with pytest.raises(error) as refused:
        HELD.after(edit)
    assert "{" not in str(refused.value)
    assert list(HELD.timeline) == [LONG]


def test_states_may_touch_but_not_overlap():
    both = HELD.after(adding([state("x", 100, None), state("y", -5, 0)]))
    assert len(both.timeline) == 3


def test_an_id_may_come_back_in_the_edit_that_takes_it_away():
    swapped = HELD.after(Edit("import", (Step(LONG, None), Step(None, state("long", 5, 6)))))
    assert [event.onset_us for event in swapped.timeline] == [5]


def test_undo_goes_through_the_steps_backwards():
    first, second = state("new", 200, 300), state("new", 400, 500)
    edit = Edit("import", (Step(None, first), Step(first, second), Step(LONG, None)))
    changed = HELD.after(edit)
    assert list(changed.timeline) == [second]
    assert changed.after(edit.inverse) == HELD
    assert changed.after(edit.inverse).after(edit) == changed


def test_an_event_may_change_its_track_in_one_step():
    moved = HELD.after(Edit("recode", (Step(LONG, replace(LONG, track="touch", code="hold")),)))
    assert [event.track for event in moved.timeline] == ["touch"]
    assert (
        moved.after(
            Edit("recode", (Step(LONG, replace(LONG, track="touch", code="hold")),)).inverse
        )
        == HELD
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"onset_us": 2**62},
        {"onset_us": -(2**62)},
        {"onset_us": 10, "offset_us": 9},
        {"offset_us": 2**62},
    ],
)
def test_an_event_that_could_never_be_is_refused(wrong):
    with pytest.raises(EventIsImpossible) as refused:
        replace(state("x", 0, 1), **wrong)
    assert refused.value.text()


def test_the_main_event_is_what_the_gesture_was_about():
    other = state("x", 200, None, links=(Link("answers", "long"),))
    assert Edit("press", ()).main is None
    assert Edit("press", (Step(LONG, replace(LONG, offset_us=50)), Step(None, other))).main == other
    assert Edit("delete", (Step(LONG, None),)).main == LONG
