"""What a coder does to events that are there."""

from dataclasses import replace

import pytest

from imhcode.domain import gestures
from imhcode.domain.event import Event, EventIsImpossible, Stamp
from imhcode.domain.gestures import NoSuchChoice, NoSuchEvent
from imhcode.domain.observation import NoSuchCode, Observation
from imhcode.domain.scheme import Modifier, ModifierValue
from imhcode.domain.tracks import NeedsLength, Overlap, TakesNoLength
from small_scheme import SMALL

BLANK = Observation(id="o", session_id="s", coder_id="c", scheme=SMALL)


def state(
    name: str, onset: int, offset: int | None, track="dyad_state", code="attuned", **more
) -> Event:
    return Event(
        id=name, track=track, code=code, onset_us=onset, offset_us=offset, recording="cam", **more
    )


def bid(name: str, at: int, until: int | None = None, **more) -> Event:
    return Event(
        id=name,
        track="infant_bid",
        code="look",
        onset_us=at,
        offset_us=at if until is None else until,
        recording="cam",
        **more,
    )


TWO = BLANK.with_events([state("a", 0, 100), state("b", 100, 200, code="out_of_step")])


def spans(observation: Observation) -> dict[str, tuple[int, int | None]]:
    return {event.id: (event.onset_us, event.offset_us) for event in observation.timeline}


def test_moving_an_onset_takes_the_abutting_neighbour_along():
    moved = TWO.after(gestures.setting_onset(TWO, "b", Stamp(70, "cam", 7)))
    assert spans(moved) == {"a": (0, 70), "b": (70, 200)}
    assert moved.timeline.get("a").offset_frame == moved.timeline.get("b").onset_frame == 7


def test_moving_an_offset_takes_the_abutting_neighbour_along():
    moved = TWO.after(gestures.setting_offset(TWO, "a", Stamp(130, "cam", 13)))
    assert spans(moved) == {"a": (0, 130), "b": (130, 200)}


def test_a_neighbour_across_a_gap_stays():
    apart = BLANK.with_events([state("a", 0, 90), state("b", 100, 200)])
    assert spans(apart.after(gestures.setting_onset(apart, "b", Stamp(95)))) == {
        "a": (0, 90),
        "b": (95, 200),
    }
    with pytest.raises(Overlap):
        apart.after(gestures.setting_onset(apart, "b", Stamp(80)))


def test_a_neighbour_on_a_track_without_order_stays():
    side_by_side = BLANK.with_events(
        [state("a", 0, 100, "touch", "hold"), state("b", 100, 200, "touch", "stroke")]
    )
    moved = side_by_side.after(gestures.setting_onset(side_by_side, "b", Stamp(50)))
    assert spans(moved) == {"a": (0, 100), "b": (50, 200)}


@pytest.mark.parametrize(
    ("gesture", "event", "at", "error"),
    [
        (gestures.setting_onset, "b", 200, NeedsLength),
        (gestures.setting_onset, "b", 201, NeedsLength),
        (gestures.setting_onset, "b", 0, NeedsLength),  # nothing would be left of its neighbour
        (gestures.setting_onset, "b", -1, NeedsLength),
        (gestures.setting_offset, "a", 0, NeedsLength),
        (gestures.setting_offset, "a", 200, NeedsLength),
        (gestures.setting_offset, "a", 300, NeedsLength),
        (gestures.setting_offset, "b", 2**62, EventIsImpossible),
    ],
)
def test_an_edge_that_leaves_no_length_is_refused(gesture, event, at, error):
    with pytest.raises(error):
        TWO.after(gesture(TWO, event, Stamp(at)))


def test_an_edge_moved_to_where_it_is_changes_nothing():
    assert gestures.setting_onset(TWO, "b", Stamp(100, "cam", None)).steps == ()
    assert gestures.setting_offset(TWO, "a", Stamp(100, "cam", None)).steps == ()


def test_an_instant_moves_whole_and_forgets_the_frame_of_an_offset_it_no_longer_has():
    coded = BLANK.with_events([bid("q", 100, onset_frame=10, offset_frame=10)])
    moved = coded.after(gestures.setting_onset(coded, "q", Stamp(300, "cam", 30))).timeline.get("q")
    assert (moved.onset_us, moved.offset_us, moved.onset_frame, moved.offset_frame) == (
        300,
        300,
        30,
        None,
    )


def test_a_bid_may_be_given_a_length_but_never_runs():
    coded = BLANK.with_events([bid("q", 100)])
    assert spans(coded.after(gestures.setting_offset(coded, "q", Stamp(250, "cam", 25)))) == {
        "q": (100, 250)
    }
    with pytest.raises(TakesNoLength):
        coded.after(gestures.adding([replace(bid("r", 5), offset_us=None)]))


def test_an_edge_set_on_another_recording_keeps_no_frame_of_this_one():
    coded = BLANK.with_events([state("x", 0, 100, "touch", "hold", onset_frame=0, offset_frame=10)])
    ended = coded.after(gestures.setting_offset(coded, "x", Stamp(80, "side", 999))).timeline.get(
        "x"
    )
    assert (ended.recording, ended.offset_us, ended.offset_frame) == ("cam", 80, None)
    begun = coded.after(gestures.setting_onset(coded, "x", Stamp(20, "side", 999))).timeline.get(
        "x"
    )
    assert (begun.recording, begun.onset_frame, begun.offset_frame) == ("side", 999, None)


def test_recoding_keeps_to_the_track():
    assert TWO.after(gestures.recoding(TWO, "a", "uncodable")).timeline.get("a").code == "uncodable"
    assert gestures.recoding(TWO, "a", "attuned").steps == ()
    for stranger in ("stroke", "", "Attuned"):
        with pytest.raises(NoSuchCode):
            gestures.recoding(TWO, "a", stranger)


def test_a_recoded_event_drops_the_modifiers_its_new_code_does_not_take():
    clarity = replace(SMALL.modifiers[0], not_for=("smile",))
    scheme = replace(SMALL, modifiers=(clarity,))
    coded = replace(BLANK, scheme=scheme).with_events(
        [bid("q", 1, modifiers=(("clarity", ("faint",)),))]
    )
    assert coded.after(gestures.recoding(coded, "q", "smile")).timeline.get("q").modifiers == ()


def test_a_modifier_takes_only_what_it_offers():
    coded = BLANK.with_events([bid("q", 1)])
    assert coded.after(gestures.modifying(coded, "q", "clarity", ("faint",))).timeline.get(
        "q"
    ).modifier("clarity") == ("faint",)
    for wrong in (("loud",), ("clear", "faint"), ("",)):
        with pytest.raises(NoSuchChoice):
            gestures.modifying(coded, "q", "clarity", wrong)
    with pytest.raises(NoSuchChoice):
        gestures.modifying(coded, "q", "pitch", ("high",))
    with pytest.raises(NoSuchChoice):
        gestures.modifying(TWO, "a", "clarity", ("clear",))


def test_a_multi_modifier_takes_several_and_none_takes_it_off():
    several = replace(SMALL.modifiers[0], type="multi")
    coded = replace(BLANK, scheme=replace(SMALL, modifiers=(several,))).with_events([bid("q", 1)])
    both = coded.after(gestures.modifying(coded, "q", "clarity", ("clear", "faint")))
    assert both.timeline.get("q").modifier("clarity") == ("clear", "faint")
    assert both.after(gestures.modifying(both, "q", "clarity", ())) == coded


def test_a_text_modifier_is_cleaned_and_kept_short():
    word = Modifier(id="clarity", label="Word", type="text", max_length=5)
    coded = replace(BLANK, scheme=replace(SMALL, modifiers=(word,))).with_events([bid("q", 1)])
    said = coded.after(gestures.modifying(coded, "q", "clarity", ("\x00mama papa\x07",)))
    assert said.timeline.get("q").modifier("clarity") == ("mama ",)
    assert gestures.modifying(coded, "q", "clarity", ("\x00",)).steps == ()


def test_a_comment_is_cleaned_and_nothing_takes_it_off():
    written = TWO.after(gestures.commenting(TWO, "a", " she\r\nlooks \ud800away\x00 "))
    assert written.timeline.get("a").comment == "she\nlooks ?away"
    assert written.after(gestures.commenting(written, "a", "  ")) == TWO


def test_deleting_the_same_event_twice_in_one_gesture_deletes_it_once():
    assert spans(TWO.after(gestures.deleting(TWO, ["a", "a"]))) == {"b": (100, 200)}


@pytest.mark.parametrize(
    "gesture",
    [
        lambda o: gestures.deleting(o, ["a", "ghost"]),
        lambda o: gestures.setting_onset(o, "ghost", Stamp(0)),
        lambda o: gestures.setting_offset(o, "ghost", Stamp(0)),
        lambda o: gestures.recoding(o, "ghost", "attuned"),
        lambda o: gestures.modifying(o, "ghost", "clarity", ()),
        lambda o: gestures.commenting(o, "ghost", "x"),
    ],
)
def test_an_event_that_is_not_there_is_named(gesture):
    with pytest.raises(NoSuchEvent, match="ghost"):
        gesture(TWO)


def test_closing_ends_what_runs_and_takes_away_what_would_have_no_length():
    coded = BLANK.with_events(
        [
            state("runs", 0, None),
            state("starts here", 50, None, "touch", "hold"),
            state("starts later", 60, None, "touch", "stroke"),
            state("is over", 10, 20, "touch", "stroke"),
        ]
    )
    closed = coded.after(gestures.closing_all(coded, Stamp(50, "cam", 5)))
    assert spans(closed) == {"runs": (0, 50), "starts later": (60, None), "is over": (10, 20)}
    assert closed.timeline.get("runs").offset_frame == 5


def test_modifier_values_speak_with_their_labels():
    modifier = Modifier(
        id="m", label="M", type="choice", values=(ModifierValue(id="v", label="Value"),)
    )
    assert (modifier.label_of("v"), modifier.label_of("free text")) == ("Value", "free text")
