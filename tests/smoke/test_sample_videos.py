"""The sample recordings show what they say, and their timelines keep the scheme's rules."""

import csv
import importlib.util
import json
import struct
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_videos"
TABLES = ("gold_events.csv", "trainee_events.csv", "differences.csv", "manifest.json")
RECORDINGS = json.loads((SAMPLES / "manifest.json").read_text(encoding="utf-8"))["recordings"]
BY_NAME = {entry["path"]: entry for entry in RECORDINGS}


def _frame_mark():
    path = ROOT / "tools" / "sample_scene" / "frame_mark.py"
    spec = importlib.util.spec_from_file_location("frame_mark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


mark = _frame_mark()


@pytest.fixture(scope="module")
def scheme():
    return YAML(typ="safe").load((ROOT / "coding_schemes" / "abr.yaml").read_text(encoding="utf-8"))


@pytest.fixture(params=["gold_events.csv", "trainee_events.csv"])
def events(request):
    return _rows(request.param)


def _rows(name):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _on(events, track):
    return [event for event in events if event["track_id"] == track]


def _upright(frame):
    return np.rot90(frame.to_ndarray(format="rgb24"), round(frame.rotation / 90))


# ---------------------------------------------------------------- pictures and sound


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BY_NAME))
def test_every_picture_carries_its_number_in_order(name):
    entry = BY_NAME[name]
    with av.open(str(SAMPLES / name)) as container:
        container.streams.video[0].thread_type = "AUTO"
        numbers = []
        for frame in container.decode(video=0):
            picture = _upright(frame)
            assert picture.shape == (entry["height"], entry["width"], 3)
            numbers.append(mark.read_frame_number(picture))
    assert numbers == list(range(entry["frames"]))


@pytest.mark.parametrize("name", list(BY_NAME))
def test_every_recording_is_h264_with_sound_of_the_same_length(name):
    with av.open(str(SAMPLES / name)) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        shown = float(video.duration * video.time_base)
        heard = float(sound.duration * sound.time_base)
    assert heard == pytest.approx(shown, abs=0.15)


@pytest.mark.parametrize("name", ["two_shot.mp4", "camera_infant.mp4", "camera_caregiver.mp4"])
def test_steady_recordings_keep_their_rate_exactly(name):
    with av.open(str(SAMPLES / name)) as container:
        stream = container.streams.video[0]
        unit = stream.time_base
        times = sorted(packet.pts * unit for packet in container.demux(stream) if packet.size)
    rate = Fraction(BY_NAME[name]["fps"])
    assert times == [number / rate for number in range(BY_NAME[name]["frames"])]


@pytest.mark.parametrize("name", ["camera_infant.mp4", "camera_caregiver.mp4"])
def test_cameras_reorder_their_pictures_and_have_a_keyframe_every_ten_seconds(name):
    with av.open(str(SAMPLES / name)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    keys = [number for number, packet in enumerate(packets) if packet.is_keyframe]
    assert keys == list(range(0, len(packets), 300))
    assert any(later.pts < earlier.pts for earlier, later in pairwise(packets))


def test_the_second_camera_starts_later_by_what_the_manifest_says():
    assert BY_NAME["camera_infant.mp4"]["offset_us"] == 0
    assert BY_NAME["camera_caregiver.mp4"]["offset_us"] == 1_480_000


def test_both_cameras_hear_the_same_scene_at_the_offset_between_them():
    first, second = _loudness("camera_infant.mp4"), _loudness("camera_caregiver.mp4")
    lags = range(100, 200)  # hundredths of a second
    likeness = [np.corrcoef(first[lag : lag + 4000], second[:4000])[0, 1] for lag in lags]
    assert lags[int(np.argmax(likeness))] == pytest.approx(148, abs=2)


def test_a_voice_bid_is_heard_from_its_frame_on():
    (bid,) = [event for event in _rows("gold_events.csv") if event["event_id"] == "b01"]
    loud = _loudness("two_shot.mp4")
    at = int(bid["onset_ms"]) // 10
    assert loud[at + 8 : at + 30].mean() > 10 * loud[at - 40 : at - 4].mean()


def _loudness(name):
    """Return the loudness of every hundredth of a second."""
    with av.open(str(SAMPLES / name)) as container:
        samples = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    return np.sqrt((samples[: len(samples) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))


def test_the_phone_is_irregular_and_stored_on_its_side():
    with av.open(str(SAMPLES / "phone.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (854, 480)
        frames = [(frame.time, frame.rotation) for frame in container.decode(video=0)]
    assert {rotation for _, rotation in frames} == {-90}
    gaps = np.diff([time for time, _ in frames])
    assert gaps.min() >= 1 / 31 - 1e-4
    assert 0.085 < gaps.max() <= 0.1201
    assert len({round(gap, 3) for gap in gaps}) > 8


def test_the_phones_file_itself_says_a_quarter_turn_clockwise():
    one = 1 << 16
    turned = struct.pack(">9i", 0, one, 0, -one, 0, 0, 480 * one, 0, 1 << 30)
    assert (SAMPLES / "phone.mp4").read_bytes().count(turned) == 1


def test_all_samples_together_stay_small():
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 12_000_000


# ---------------------------------------------------------------- the mark


@pytest.mark.parametrize("number", [0, 1, 5461, 16383])
def test_the_mark_is_read_as_it_was_drawn(number):
    picture = np.full((480, 640, 3), 128, np.uint8)
    mark.draw_frame_number(picture, number)
    assert mark.read_frame_number(picture) == number


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_without_a_mark_is_refused(grey):
    with pytest.raises(ValueError, match="no frame number"):
        mark.read_frame_number(np.full((480, 640, 3), grey, np.uint8))


def test_a_damaged_mark_is_refused():
    picture = np.zeros((480, 640, 3), np.uint8)
    mark.draw_frame_number(picture, 77)
    block = picture[480 - 16 : 480 - 4, 8 + 10 * 12 : 8 + 11 * 12]
    block[:] = 255 - block
    with pytest.raises(ValueError, match="parity"):
        mark.read_frame_number(picture)


def test_the_phones_picture_is_not_read_lying_down():
    with av.open(str(SAMPLES / "phone.mp4")) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    with pytest.raises(ValueError, match="no frame number"):
        mark.read_frame_number(picture)


def test_a_number_too_large_for_the_mark_is_refused():
    with pytest.raises(ValueError, match="between 0 and 16383"):
        mark.draw_frame_number(np.zeros((480, 640, 3), np.uint8), 16384)


# ---------------------------------------------------------------- the timelines


def test_the_committed_tables_are_what_the_tool_makes(tmp_path):
    tool = ROOT / "tools" / "make_sample_videos.py"
    subprocess.run(
        [sys.executable, str(tool), "--tables-only", "--into", str(tmp_path)], check=True
    )
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes(), name


def test_every_code_and_modifier_value_is_the_schemes(events, scheme):
    tracks = {track["id"]: track for track in scheme["tracks"]}
    modifiers = {modifier["id"]: modifier for modifier in scheme["modifiers"]}
    for event in events:
        track = tracks[event["track_id"]]
        codes = {code["id"]: code for code in track["codes"]}
        code = codes[event["code"]]
        allowed = {*track.get("modifiers", []), *code.get("modifiers", [])}
        for name, modifier in modifiers.items():
            value = event[f"mod_{name}"]
            wanted = name in allowed and event["code"] not in modifier.get("not_for", [])
            assert wanted or not value, (event["event_id"], name)
            if wanted and modifier["required"]:
                assert value, (event["event_id"], name)
            if value and modifier["type"] != "text":
                assert set(value.split("|")) <= {choice["id"] for choice in modifier["values"]}


def test_times_lie_on_frames_inside_the_recording(events):
    for event in events:
        times = [int(event[name]) for name in ("onset_ms", "offset_ms") if event[name]]
        assert all(time % 40 == 0 and 0 <= time <= 120_000 for time in times), event["event_id"]
        assert bool(event["offset_ms"]) == (event["track_id"] == "dyad_state")


def test_dyad_states_cover_the_recording_without_gap_or_overlap(events, scheme):
    (track,) = [track for track in scheme["tracks"] if track["id"] == "dyad_state"]
    shortest = {
        code["id"]: code.get("min_duration_s", track["min_duration_s"]) for code in track["codes"]
    }
    states = _on(events, "dyad_state")
    assert [state["onset_ms"] for state in states] == ["0", *(s["offset_ms"] for s in states[:-1])]
    assert states[-1]["offset_ms"] == "120000"
    for state in states:
        lasting_s = (int(state["offset_ms"]) - int(state["onset_ms"])) / 1000
        assert lasting_s >= shortest[state["code"]]
    assert all(a["code"] != b["code"] for a, b in pairwise(states))


def test_every_link_joins_the_right_tracks_within_its_window(events, scheme):
    by_id = {event["event_id"]: event for event in events}
    assert len(by_id) == len(events)
    for link in scheme["links"]:
        sources = [
            event
            for event in _on(events, link["from_track"])
            if event["code"] in link.get("from_codes", [event["code"]])
        ]
        window = link["window_s"]
        for event in sources:
            assert event["link_id"] == link["id"], event["event_id"]
            target = by_id[event["linked_event_id"]]
            assert target["track_id"] == link["to_track"]
            assert target["code"] in link.get("to_codes", [target["code"]])
            latency_s = (int(event["onset_ms"]) - int(target["onset_ms"])) / 1000
            assert window["min"] <= latency_s <= (window["max"] or latency_s), event["event_id"]
    kinds = {link["id"] for link in scheme["links"]}
    assert {event["link_id"] for event in events} <= {"", *kinds}


def test_every_bid_and_every_invitation_has_exactly_one_answer(events):
    for asking, answering in (
        ("infant_bid", "caregiver_response"),
        ("caregiver_invite", "infant_uptake"),
    ):
        asked = sorted(event["event_id"] for event in _on(events, asking))
        answered = sorted(event["linked_event_id"] for event in _on(events, answering))
        assert asked == answered


def test_no_answer_stands_where_the_window_of_its_bid_ends(events):
    onsets = {event["event_id"]: int(event["onset_ms"]) for event in events}
    missed = [event for event in events if event["code"] == "no_answer"]
    assert missed
    for event in missed:
        assert int(event["onset_ms"]) == onsets[event["linked_event_id"]] + 5000


def test_ruptures_and_repairs_stand_beside_their_states(events):
    states = _on(events, "dyad_state")
    ruptured = [state["onset_ms"] for state in states if state["code"] == "ruptured"]
    restored = [int(s["onset_ms"]) for s in states if s["code"] in ("attuned", "side_by_side")]
    assert [
        e["onset_ms"] for e in _on(events, "rupture_repair") if e["code"] == "rupture"
    ] == ruptured
    for event in events:
        if event["code"] == "repaired":
            assert min(abs(int(event["onset_ms"]) - onset) for onset in restored) <= 500


def test_the_scene_plays_every_kind_of_bid_and_most_kinds_of_answer(scheme):
    gold = _rows("gold_events.csv")
    bids = _on(gold, "infant_bid")
    (track,) = [track for track in scheme["tracks"] if track["id"] == "infant_bid"]
    assert len(bids) >= 10
    assert {bid["code"] for bid in bids} == {code["id"] for code in track["codes"]}
    answers = {event["code"] for event in _on(gold, "caregiver_response")}
    kinds = {"joins", "matches_feeling", "comforts", "gives_space", "partial", "overrides"}
    assert answers >= kinds | {"presses_on", "misreads", "no_answer"}
    assert {s["code"] for s in _on(gold, "dyad_state")} >= {"ruptured", "repairing", "uncodable"}


def test_the_differences_name_exactly_the_events_that_differ():
    gold = {event["event_id"]: event for event in _rows("gold_events.csv")}
    trainee = {event["event_id"]: event for event in _rows("trainee_events.csv")}
    listed = _rows("differences.csv")

    def said(event):
        what = {key: value for key, value in event.items() if key not in ("event_id", "note")}
        return {**what, "linked_event_id": what["linked_event_id"].removeprefix("t_")}

    missed = {id_ for id_ in gold if f"t_{id_}" not in trainee}
    added = {id_ for id_ in trainee if id_.removeprefix("t_") not in gold}
    changed = {i for i in gold if i not in missed and said(gold[i]) != said(trainee[f"t_{i}"])}
    boundaries = {s["offset_ms"]: s["event_id"] for s in _on(gold.values(), "dyad_state")}
    told = {d["gold_event_id"] for d in listed if d["gold_event_id"]}
    # a boundary that moved changes the state before it too; it is listed once, with the state after
    before = {
        boundaries[gold[id_]["onset_ms"]] for id_ in told & set(_state_ids(gold)) if id_ != "s01"
    }
    assert told >= missed
    assert told <= missed | changed
    assert changed - told <= before
    assert {d["trainee_event_id"] for d in listed if not d["gold_event_id"]} == added
    assert {d["trainee_event_id"] for d in listed if d["trainee_event_id"]} <= set(trainee)


def _state_ids(events):
    return [id_ for id_, event in events.items() if event["track_id"] == "dyad_state"]
