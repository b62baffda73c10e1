"""BORIS projects as others have them: every version, and all the dirt of years."""

import json

import pytest

from imhcode.formats import FORMATS


def behaviour(code, kind="State event", **more):
    entry = {"type": kind, "key": "a", "code": code, "description": f"about {code}"}
    return entry | {"color": "", "category": "", "modifiers": {}, "excluded": ""} | more


def project(behaviours, observations, **more):
    made = {
        "time_format": "hh:mm:ss",
        "project_date": "2020-01-01T10:00:00",
        "project_name": "lab",
        "project_description": "",
        "project_format_version": "7.0",
        "subjects_conf": {
            "0": {"key": "1", "name": "infant", "description": ""},
            "1": {"key": "2", "name": "mother", "description": ""},
        },
        "behaviors_conf": {str(n): one for n, one in enumerate(behaviours)},
        "observations": observations,
        "behavioral_categories": [],
        "independent_variables": {},
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
    }
    return made | more


def observation(events, **more):
    made = {
        "type": "MEDIA",
        "date": "2024-03-05T10:20:30",
        "description": "",
        "time offset": 0.0,
        "events": events,
        "file": {"1": ["C:\\films\\a.mp4"], "2": []},
        "media_info": {
            "length": {"C:\\films\\a.mp4": 60.04},
            "fps": {"C:\\films\\a.mp4": 25.0},
            "offset": {"1": 0.0},
        },
    }
    return made | more


GAZE = [
    behaviour("look", excluded="away", category="gaze"),
    behaviour("away", excluded="look", category="gaze"),
    behaviour("smile", "Point event", category="face"),
]


@pytest.fixture
def read(tmp_path):
    def read(made, name="p.boris"):
        path = tmp_path / name
        path.write_text(json.dumps(made), encoding="utf-8")
        reading = FORMATS["boris"].read(path)
        refused = sum(one.severity == "error" for one in reading.findings)
        noted = sum(one.counts for one in reading.notes)
        assert reading.found == len(reading.events) + noted + refused
        return reading

    return read


def times(reading):
    return [(one.code, one.onset_us, one.offset_us) for one in reading.events]


def rules(reading):
    return [one.rule for one in reading.findings]


def test_starts_and_stops_are_paired_by_subject_behaviour_and_modifiers(read):
    events = [
        [1.5, "infant", "look", "", ""],
        ["2.250", "mother", "look", "", "from her"],
        [3, "infant", "look", "", ""],
        [4.0, "infant", "smile", "", "at 4"],
        ["5.125", "mother", "look", "", ""],
    ]
    reading = read(project(GAZE, {"tea ": observation(events)}))
    assert times(reading) == [
        ("look", 1_500_000, 3_000_000),
        ("look", 2_250_000, 5_125_000),
        ("smile", 4_000_000, 4_000_000),
    ]
    assert {one.session.id for one in reading.events} == {"tea"}
    assert [one.track for one in reading.events] == ["infant gaze", "mother gaze", "face"]
    assert [one.comment for one in reading.events] == ["", "from her", "at 4"]
    assert reading.events[0].where == "observation “tea ”, event 1 to 3"


def test_a_category_is_a_track_that_knows_whether_its_states_exclude_each_other(read):
    others = [behaviour("cry", category="voice"), behaviour("coo", category="voice")]
    events = [[1.0, "infant", "look", "", ""], [2.0, "infant", "look", "", ""]]
    reading = read(project([*GAZE, *others], {"o": observation(events)}))
    found = {one.id: (one.kind, one.exclusive, one.subject) for one in reading.vocabulary.tracks}
    assert found == {
        "gaze": ("state", True, "infant"),
        "face": ("point", None, ""),
        "voice": ("state", False, ""),
    }


def test_exclusions_that_no_track_can_say_are_kept_as_a_note(read):
    odd = [
        behaviour("a", excluded="b"),
        behaviour("b", excluded="a,c"),
        behaviour("c", excluded="b"),
    ]
    reading = read(project(odd, {}))
    assert [one.exclusive for one in reading.vocabulary.tracks] == [False]
    assert "a–b" in reading.notes[0].text


def test_a_state_without_a_partner_is_a_note_with_its_place(read):
    events = [
        [1.0, "infant", "look", "", ""],
        [2.0, "infant", "look", "", ""],
        [3.5, "infant", "away", "", "left?"],
    ]
    reading = read(project(GAZE, {"o": observation(events)}))
    assert rules(reading) == ["unpaired-state"]
    assert reading.findings[0].where == "observation “o”, event 3"
    assert [(one.text, one.counts) for one in reading.notes if one.counts] == [
        ("3.5 s · infant · away · left?", 1)
    ]


def test_different_modifiers_at_start_and_stop_are_both_said_and_kept(read):
    sets = {"0": {"name": "at", "type": 0, "values": ["toy (t)", "mother (m)"]}}
    events = [[1.0, "infant", "look", "toy", ""], [2.0, "infant", "look", "mother", ""]]
    made = project([behaviour("look", modifiers=sets)], {"o": observation(events)})
    reading = read(made)
    assert reading.events == []
    assert rules(reading) == ["modifiers-differ"]
    assert "“toy”" in reading.findings[0].message
    assert "“mother”" in reading.findings[0].message
    assert sum(one.counts for one in reading.notes) == 2


def test_modifiers_asked_for_at_the_stop_only_are_taken_and_flagged(read):
    sets = {"0": {"name": "at", "type": 0, "ask at stop": True, "values": ["toy"]}}
    events = [[1.0, "infant", "look", "", ""], [2.0, "infant", "look", "toy", ""]]
    reading = read(project([behaviour("look", modifiers=sets)], {"o": observation(events)}))
    assert times(reading) == [("look", 1_000_000, 2_000_000)]
    assert reading.events[0].modifiers == (("at", ("toy",)),)
    assert reading.events[0].flagged
    assert rules(reading) == ["modifiers-at-one-end"]


def test_every_kind_of_modifier_is_taken_apart(read):
    sets = {
        "0": {"name": "target", "type": 0, "values": ["a toy (t)", "mother (m)"]},
        "1": {"name": "how", "type": 1, "values": ["vocal (v)", "touch"]},
        "2": {"name": "", "type": 2, "values": []},
        "3": {"name": "from file", "type": 3, "values": []},
    }
    made = project(
        [behaviour("bid", "Point event", modifiers=sets)],
        {"o": observation([[1.0, "infant", "bid", "a toy|vocal,touch|3.5|-0.2", ""]])},
    )
    reading = read(made)
    assert reading.events[0].modifiers == (
        ("target", ("a toy",)),
        ("how", ("vocal", "touch")),
        ("bid 3", ("3.5",)),
        ("from file", ("-0.2",)),
    )
    kinds = {one.id: (one.type, one.values) for one in reading.vocabulary.modifiers}
    assert kinds == {
        "target": ("choice", ("a toy", "mother")),
        "how": ("multi", ("vocal", "touch")),
        "bid 3": ("number", ()),
        "from file": ("text", ()),
    }


def test_answers_that_nobody_offered_are_taken_and_said(read):
    sets = {"0": {"name": "at", "type": 0, "values": ["toy"]}}
    made = project(
        [behaviour("look", "Point event", modifiers=sets)],
        {"o": observation([[1.0, "infant", "look", "wall|very", ""]])},
    )
    reading = read(made)
    assert reading.events[0].modifiers == (("at", ("wall",)), ("look 2", ("very",)))
    assert rules(reading) == ["undeclared-modifier", "undeclared-modifier"]


def test_stops_that_boris_made_a_millisecond_early_adjoin(read):
    events = [
        [1.0, "infant", "look", "", "", 25],
        [1.999, "infant", "look", "", "", "NA"],
        [2.0, "infant", "away", "", "", 50],
        [3.0, "infant", "away", "", "", 75],
    ]
    reading = read(project(GAZE, {"o": observation(events)}))
    assert times(reading) == [("look", 1_000_000, 2_000_000), ("away", 2_000_000, 3_000_000)]
    assert rules(reading) == ["adjoining"]
    assert "1 states" in reading.findings[0].message
    assert (reading.events[1].onset_frame, reading.events[1].offset_frame) == (50, 75)
    assert reading.events[1].recording == "C:/films/a.mp4"


def test_the_time_offset_is_taken_off_and_players_have_borises_sign(read):
    events = [[100.5, "infant", "smile", "", ""]]
    films = {
        "file": {"1": ["a.mp4", "b.mp4"], "2": ["side.mp4"], "3": []},
        "media_info": {
            "length": {"a.mp4": 60.04, "b.mp4": 30, "side.mp4": 9},
            "fps": {"a.mp4": 29.97},
            "offset": {"1": 0.0, "2": -20.5},
        },
    }
    made = observation(events, **{"time offset": 100.0}, **films)
    reading = read(project(GAZE, {"o": made}))
    assert times(reading) == [("smile", 500_000, 500_000)]
    assert rules(reading) == ["time-offset"]
    assert [(one.path, one.offset_us, one.fps) for one in reading.media] == [
        ("a.mp4", 0, "29.97"),
        ("b.mp4", 60_040_000, ""),
        ("side.mp4", -20_500_000, ""),
    ]


def test_a_film_whose_place_cannot_be_known_is_a_note(read):
    films = {"file": {"1": ["a.mp4", "b.mp4"]}, "media_info": {"length": {}}}
    reading = read(project(GAZE, {"o": observation([], **films)}))
    assert [one.path for one in reading.media] == ["a.mp4"]
    assert rules(reading) == ["media-length"]
    assert any("b.mp4" in one.text for one in reading.notes)
    assert [one.id for one in reading.sessions] == ["o"]


def test_times_that_count_from_the_epoch_are_brought_to_the_film(read):
    films = {
        "media_creation_date_as_offset": True,
        "media_info": {
            "length": {"C:\\films\\a.mp4": 60},
            "media_creation_time": {"C:\\films\\a.mp4": 1_700_000_000},
        },
    }
    events = [[1_700_000_002.5, "infant", "smile", "", ""]]
    reading = read(project(GAZE, {"o": observation(events, **films)}))
    assert times(reading) == [("smile", 2_500_000, 2_500_000)]
    assert rules(reading) == ["epoch"]


def test_a_live_observation_has_no_film_and_may_count_from_the_day(read):
    live = {"type": "LIVE", "file": [], "media_info": {}, "start_from_current_time": True}
    events = [[36_000.25, "infant", "smile", "", ""], [36_001.0, "infant", "smile", "", ""]]
    reading = read(project(GAZE, {"o": observation(events, **live)}))
    assert [one.onset_us for one in reading.events] == [250_000, 1_000_000]
    assert rules(reading) == ["time-of-day"]
    assert reading.media == []


def test_pictures_without_a_time_are_notes_and_those_with_one_events(read):
    pictures = {"type": "IMAGES", "file": {}, "directories_list": ["/pics"], "media_info": {}}
    events = [
        [float("nan"), "infant", "smile", "", "", 3, "/pics/3.jpg"],
        [1.5, "infant", "smile", "", "", 4, "/pics/4.jpg"],
    ]
    reading = read(project(GAZE, {"o": observation(events, **pictures)}))
    assert times(reading) == [("smile", 1_500_000, 1_500_000)]
    assert reading.events[0].onset_frame is None
    assert rules(reading) == ["no-time", "images"]
    assert any("/pics/3.jpg" in one.text and one.counts == 1 for one in reading.notes)


def test_undeclared_behaviours_and_subjects_are_points_with_a_word_on_it(read):
    events = [[1.0, "dog", "bark", "", ""], [2.0, "dog", "bark", "loud", ""]]
    reading = read(project(GAZE, {"o": observation(events)}))
    assert [one.offset_us - one.onset_us for one in reading.events] == [0, 0]
    assert rules(reading)[:2] == ["undeclared-code", "undeclared-subject"]
    assert "“bark”" in reading.findings[0].message


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        ("nothing", "not-an-event"),
        ([1.0], "not-an-event"),
        ({"time": 1}, "not-an-event"),
        (["soon", "infant", "smile", "", ""], "no-time"),
        ([None, "infant", "smile", "", ""], "no-time"),
        ([True, "infant", "smile", "", ""], "no-time"),
        ([1e300, "infant", "smile", "", ""], "no-time"),
        (["1e999999", "infant", "smile", "", ""], "no-time"),
        ([10**30, "infant", "smile", "", ""], "no-time"),
        (["0x10", "infant", "smile", "", ""], "no-time"),
    ],
)
def test_a_broken_event_costs_nothing_but_itself(read, event, rule):
    good = [1.0, "infant", "smile", "", ""]
    reading = read(project(GAZE, {"o": observation([event, good])}))
    assert times(reading) == [("smile", 1_000_000, 1_000_000)]
    assert rules(reading) == [rule]
    assert reading.findings[0].where == "observation “o”, event 1"


def test_independent_variables_become_facts_of_the_session_where_there_are_any(read):
    variables = {
        "Child age months": "9.5",
        "Visit": "2",
        "Observer": "anna",
        "Dyad ID": "D7",
        "weather": "rain",
        "age": "40",
    }
    made = observation([[1.0, "infant", "smile", "", ""]], independent_variables=variables)
    reading = read(project(GAZE, {"o": made}))
    one = reading.events[0]
    assert (one.session.child_age_months, one.session.visit, one.coder_id) == (9.5, "2", "anna")
    assert (one.session.dyad_id, one.session.date) == ("D7", "2024-03-05")
    kept = {note.text for note in reading.notes}
    assert {"weather: rain", "age: 40", "time of day: 10:20:30"} <= kept


def test_events_out_of_order_are_sorted_before_they_are_paired(read):
    events = [[5.0, "infant", "look", "", ""], [1.0, "infant", "look", "", "start"]]
    reading = read(project(GAZE, {"o": observation(events)}))
    assert times(reading) == [("look", 1_000_000, 5_000_000)]
    assert rules(reading) == ["unsorted"]


def test_a_stop_that_boris_added_is_flagged(read):
    added = "Event automatically added by the fix unpaired state events function"
    events = [[1.0, "infant", "look", "", ""], [2.0, "infant", "look", "", added]]
    reading = read(project(GAZE, {"o": observation(events)}))
    assert reading.events[0].flagged
    assert rules(reading) == ["stop-by-boris"]


def test_code_that_a_project_carries_is_kept_as_text_and_never_run(read, tmp_path):
    trap = tmp_path / "trap"
    code = f"open({str(trap)!r}, 'w')"
    reading = read(project(GAZE, {}, converters={"hms": {"code": code, "description": "d"}}))
    assert not trap.exists()
    assert rules(reading) == ["code-not-run"]
    assert any(one.where == "converter “hms”" for one in reading.notes)


def test_areas_of_coding_maps_are_notes_and_their_names_modifiers(read):
    areas = {"0": {"code": "left hand", "geometry": [[0, 0], [9, 9]], "color": [1, 2, 3, 4]}}
    maps = {"body": {"name": "body", "areas": areas, "bitmap": "aGVsbG8="}}
    touch = behaviour("touch", "Point event with coding map", **{"coding map": "body"})
    events = [[1.0, "infant", "touch", "left hand", ""]]
    reading = read(project([touch], {"o": observation(events)}, coding_map=maps))
    assert reading.events[0].modifiers == (("body", ("left hand",)),)
    assert any("left hand" in one.text and "[9, 9]" in one.text for one in reading.notes)


def test_unknown_keys_are_notes(read):
    reading = read(project(GAZE, {}, future={"a": 1}))
    assert [one.text for one in reading.notes] == ['{"a": 1}']


def test_the_oldest_projects_are_read(read):
    made = project(
        [behaviour("look", modifiers="toy,mother|near,far"), behaviour("cry", modifiers="")],
        {
            "o": {
                "type": "VIDEO",
                "date": "2012-01-01T00:00:00",
                "file": ["a.mp4", "b.mp4"],
                "time offset": None,
                "time offset second player": 2.5,
                "events": [
                    ["1.0", "infant", "look", "toy|far", ""],
                    ["2.0", "infant", "look", "toy|far", ""],
                ],
            }
        },
        subjects_conf={"0": ["1", "infant"]},
    )
    for name in ("project_format_version", "behavioral_categories", "coding_map", "converters"):
        del made[name]
    for one in made["behaviors_conf"].values():
        del one["category"]
    reading = read(made)
    assert times(reading) == [("look", 1_000_000, 2_000_000)]
    assert reading.events[0].modifiers == (("look 1", ("toy",)), ("look 2", ("far",)))
    assert [(one.path, one.offset_us) for one in reading.media] == [
        ("a.mp4", 0),
        ("b.mp4", 2_500_000),
    ]
    assert reading.findings == []


def test_behaviours_without_a_category_have_tracks_with_plain_names(tmp_path):
    words = [behaviour("plays"), behaviour("smile", "Point event")]
    rows = [
        [1.0, "", "smile", "", ""],
        [2.0, "", "plays", "", ""],
        [3.0, "mother", "smile", "", ""],
    ]
    path = tmp_path / "x.boris"
    path.write_text(json.dumps(project(words, {"one": observation(rows)})), encoding="utf-8")
    reading = FORMATS["boris"].read(path)
    names = [name for one in reading.vocabulary.tracks for name in (one.id, one.label)]
    assert names
    assert all(name == " ".join(name.split()) for name in names)
    (unpaired,) = [one for one in reading.findings if one.rule == "unpaired-state"]
    assert unpaired.message.startswith("“plays” of no focal subject has no partner")
