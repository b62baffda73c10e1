"""A clip is made if consent covers it, and the study remembers it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeping_clips import make_beeping_clip
from clips import encode
from imhcode.domain.consent import NotCovered
from imhcode.domain.event import Event
from imhcode.domain.moment import Moment, MomentCard
from imhcode.media.clips.errors import ClipIsThere, EmptyPlan, RegionWrong
from imhcode.media.clips.export import NOT_DEIDENTIFIED
from imhcode.media.clips.regions import HIDINGS, SHAPES, Box, KeyBox, Region
from imhcode.media.errors import FrameOutOfRange
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services import clips as clip_service
from imhcode.services.clip_masks import (
    MasksNotRead,
    MasksNotUnderstood,
    masks_from_text,
    read_masks,
    text_of_masks,
)
from imhcode.services.clip_register import ClipRegister, clips_of
from imhcode.services.clips import (
    SPOKEN,
    ClipWish,
    MomentIsRunning,
    NoCameraInSession,
    RecordingIsGone,
    make_clip,
    prepared,
    registered,
    stretch_of_frames,
)
from imhcode.services.consent import Consents, clips_with
from imhcode.services.family import People, Present
from imhcode.services.studies import StudyService
from imhcode.store.errors import NoSuchEntry, StudyTrouble
from written_clips import digest, numbers_of, pictures_of

DAY = "2026-05-31"


@pytest.fixture
def study(tmp_path):
    videos = tmp_path / "videos"
    videos.mkdir()
    make_beeping_clip(videos / "room.mp4", (1.0, 2.0), n_frames=150)
    encode(videos / "close.mp4", ticks=range(150))
    path = tmp_path / "study.imh"
    with StudyService.create(path, [load_scheme(find_scheme("abr"))]) as service:
        service.add_recording(videos / "room.mp4", "S1", offset_us=1_000_000, dyad_id="D1")
        service.add_recording(videos / "close.mp4", "S1", offset_us=1_200_000)
        people = People(service.file, "D1", "cara")
        consents = Consents(service.file, "D1", "cara")
        for label, relation in (("child", "child"), ("mother", "parent")):
            one = people.add(label, relation)
            Present(service.file, "S1", "cara").add(one.id)
            consents.grant(one.id, "treatment", "2026-01-01")
            consents.grant(one.id, "family_copy", "2026-01-01")
            if label == "child":
                consents.grant(one.id, "research", "2026-01-01")
        yield service


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def wish(**more):
    return ClipWish(**{"session_id": "S1", "stretches_us": ((2_000_000, 3_000_000),), **more})


def made(study, to, **more):
    return make_clip(study, wish(**more), to, coder_id="cara", on=DAY)


def person(study, label):
    return People(study.file, "D1", "cara").called(label).id


def moment(onset_us, offset_us, title="", place=None):
    event = Event(
        id=f"E{onset_us}", track="moment", code="comfort", onset_us=onset_us, offset_us=offset_us
    )
    card = MomentCard(id=event.id, session_id="S1", title=title, place=place)
    return Moment(event, "O1", "S1", "Comfort", "You helped when it was hard", card)


def test_a_clip_is_written_and_the_study_remembers_it(study, out):
    done = made(study, out / "clip.mp4", muted_us=((2_500_000, 2_600_000),))
    assert numbers_of(out / "clip.mp4") == list(range(25, 50))
    assert done.made.has_sound
    (record,) = clips_of(study.file)
    assert record == done.record
    assert (record.file_name, record.sha256) == ("clip.mp4", digest(out / "clip.mp4"))
    assert record.stretches_us == ((2_000_000, 3_000_000),)
    assert set(record.people) == {person(study, "child"), person(study, "mother")}
    assert (record.masked, record.use, record.made_on, record.made_by) == (
        (),
        "treatment",
        DAY,
        "cara",
    )
    assert (record.recording_ids, record.dyad_id) == (("S1-room",), "D1")
    assert (record.muted, record.muted_us) == ("stretches", ((2_500_000, 2_600_000),))
    for label in ("child", "mother"):
        assert [one.clip.id for one in clips_with(study.file, person(study, label))] == [record.id]


def test_what_consent_does_not_cover_is_refused_with_the_reason_and_leaves_nothing(study, out):
    with pytest.raises(NotCovered, match="mother has not been asked about research"):
        made(study, out / "clip.mp4", use="research")
    with pytest.raises(NotCovered):
        made(study, out / "clip.mp4", use="public_excerpt")
    consents = Consents(study.file, "D1", "cara")
    consents.withdraw(person(study, "child"), "treatment", "2026-05-01")
    with pytest.raises(NotCovered, match="taken the agreement"):
        made(study, out / "clip.mp4")
    assert list(out.iterdir()) == []
    assert clips_of(study.file) == []


def test_who_is_covered_from_first_to_last_need_not_have_agreed(study, out):
    def region(**more):
        box = KeyBox(0, Box(0, 0, 64, 64))
        return Region(key_boxes=(box,), person="mother", **more)

    done = made(study, out / "one.mp4", use="research", masks={"S1-room": (region(),)})
    assert NOT_DEIDENTIFIED in done.warnings
    assert any("mother is covered" in one for one in done.warnings)
    assert (done.record.masked, done.record.people) == (
        (person(study, "mother"),),
        (person(study, "child"),),
    )
    for _, pixels in pictures_of(out / "one.mp4"):
        assert pixels[:, :62].max() < 24
    two = {"recording_ids": ("S1-room", "S1-close"), "use": "research"}
    for masks in (
        {"S1-room": (region(first_frame=10),)},  # not from the first frame on
        {"S1-room": (region(),), "S1-close": ()},  # not in the picture beside it
        {"S1-close": (region(),)},
    ):
        with pytest.raises(NotCovered):
            made(study, out / "two.mp4", masks=masks, **two)
    both = {"S1-room": (region(),), "S1-close": (region(),)}
    assert made(study, out / "two.mp4", masks=both, **two).record.masked
    someone = replace(region(), person="aunt")
    with pytest.raises(NoSuchEntry, match="mother"):
        made(study, out / "three.mp4", masks={"S1-room": (someone,)})


@pytest.mark.parametrize(
    ("use", "has_sound", "heard"),
    [
        ("treatment", None, True),
        ("family_copy", None, True),
        ("research", None, False),
        ("treatment", False, False),
        ("research", True, True),
    ],
)
def test_sound_is_there_by_default_where_those_heard_are_there(study, out, use, has_sound, heard):
    Consents(study.file, "D1", "cara").grant(person(study, "mother"), "research", "2026-01-01")
    done = made(study, out / "clip.mp4", use=use, has_sound=has_sound)
    assert done.made.has_sound is heard
    assert done.record.muted == ("none" if heard else "all")
    assert (SPOKEN in done.warnings) is (use == "research" and heard)


def test_moments_are_joined_in_their_order_with_their_titles(study, out):
    moments = (moment(4_000_000, 5_000_000, "You two together"), moment(0, 1_500_000))
    done = made(study, out / "reel.mp4", stretches_us=(), moments=moments, with_titles=True)
    numbers = numbers_of(out / "reel.mp4")
    card = [None] * 75
    # the second begins two seconds before its signal, before the camera runs: from its start on
    assert numbers == [*card, *range(75, 100), *card, *range(13)]
    assert done.record.moment_ids == ("E4000000", "E0")
    assert done.record.stretches_us == ((4_000_000, 5_000_000), (1_000_000, 1_500_000))
    with pytest.raises(MomentIsRunning, match="You helped"):
        made(study, out / "open.mp4", stretches_us=(), moments=(moment(0, None),))


def test_frames_of_a_recording_are_a_stretch_of_the_session(study, out):
    stretch = stretch_of_frames(study, "S1-close", 30, 149)
    assert stretch == (2_400_000, 7_200_000)
    made(study, out / "clip.mp4", stretches_us=(stretch,), recording_ids=("S1-close",))
    assert numbers_of(out / "clip.mp4") == list(range(30, 150))
    with pytest.raises(FrameOutOfRange):
        stretch_of_frames(study, "S1-close", 30, 150)


def test_what_cannot_be_shown_is_refused(study, out):
    study.ensure_session("S2", "D1")
    with pytest.raises(NoCameraInSession):
        made(study, out / "a.mp4", session_id="S2")
    with pytest.raises(NoSuchEntry):
        made(study, out / "a.mp4", recording_ids=("S1-other",))
    with pytest.raises(EmptyPlan):
        made(study, out / "a.mp4", stretches_us=())
    (room, _) = study.session("S1").recordings
    path = study.path_of(room)
    path.rename(path.with_name("moved.mp4"))
    with pytest.raises(RecordingIsGone, match="missing"):
        made(study, out / "a.mp4")
    encode(path, ticks=range(9))
    with pytest.raises(RecordingIsGone, match="replaced"):
        made(study, out / "a.mp4")
    assert list(out.iterdir()) == []


def test_a_clip_that_cannot_be_written_down_is_not_kept(study, out, monkeypatch):
    def full(*_):
        raise StudyTrouble(path="study.imh", why="the disk is full")

    monkeypatch.setattr(ClipRegister, "register", full)
    with pytest.raises(StudyTrouble):
        made(study, out / "clip.mp4")
    assert list(out.iterdir()) == []


def test_the_steps_can_be_taken_apart(study, out):
    what = prepared(study, wish(), DAY)
    assert clips_of(study.file) == []
    written = clip_service.export_clip(what.plan, out / "clip.mp4")
    done = registered(study, what, written, "cara", DAY)
    assert clips_of(study.file) == [done.record]
    with pytest.raises(ClipIsThere):
        made(study, out / "clip.mp4")
    assert clips_of(study.file) == [done.record]


# ---- masks as a text -----------------------------------------------------------------------------

numbers = st.floats(-1e4, 1e4, allow_nan=False)
boxes = st.builds(Box, numbers, numbers, st.floats(0.5, 1e4), st.floats(0.5, 1e4))


@st.composite
def regions(draw):
    frames = draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=5, unique=True))
    first = draw(st.none() | st.integers(0, 10**6))
    last = draw(st.none() | st.integers(first or 0, 2 * 10**6))
    return Region(
        key_boxes=tuple(KeyBox(frame, draw(boxes)) for frame in sorted(frames)),
        shape=draw(st.sampled_from(SHAPES)),
        hiding=draw(st.sampled_from(HIDINGS)),
        first_frame=first,
        last_frame=last,
        person=draw(st.text(max_size=8)),
    )


@given(
    masks=st.dictionaries(
        st.sampled_from(["a", "b"]), st.lists(regions(), min_size=1, max_size=3).map(tuple)
    )
)
def test_masks_written_as_a_text_are_read_as_the_same(masks):
    assert masks_from_text(text_of_masks(masks), ["a", "b"]) == masks


GOOD = {"boxes": [{"frame": 0, "x": 1, "y": 2, "width": 3, "height": 4}]}


def test_the_only_recording_need_not_be_named(tmp_path):
    path = tmp_path / "masks.json"
    path.write_text("\ufeff" + json.dumps({"masks": [GOOD]}), encoding="utf-8")
    found = read_masks(path, ["only"])
    assert found == {"only": (Region(key_boxes=(KeyBox(0, Box(1, 2, 3, 4)),)),)}
    with pytest.raises(MasksNotUnderstood, match="not one of a, b"):
        read_masks(path, ["a", "b"])


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"masks": {}}',
        '{"masks": [1]}',
        '{"masks": [], "more": 1}',
        '{"masks": [], "masks": []}',
        *(
            json.dumps({"masks": [{**GOOD, **more}]})
            for more in (
                {"boxes": []},
                {"boxes": None},
                {"boxes": [{"frame": 0}]},
                {"boxes": [{**GOOD["boxes"][0], "frame": -1}]},
                {"boxes": [{**GOOD["boxes"][0], "frame": 1.5}]},
                {"boxes": [{**GOOD["boxes"][0], "frame": True}]},
                {"boxes": [{**GOOD["boxes"][0], "x": "1"}]},
                {"boxes": [{**GOOD["boxes"][0], "x": float("nan")}]},
                {"boxes": [{**GOOD["boxes"][0], "x": float("inf")}]},
                {"boxes": [{**GOOD["boxes"][0], "x": 10**400}]},
                {"boxes": [{**GOOD["boxes"][0], "width": 0}]},
                {"boxes": GOOD["boxes"] * 2},
                {"box": 1},
                {"hiding": "veil"},
                {"shape": 7},
                {"shape": ["ellipse"]},
                {"person": 7},
                {"recording": "other"},
                {"recording": ["only"]},
                {"first_frame": "a"},
                {"first_frame": 5, "last_frame": 4},
            )
        ),
    ],
)
def test_masks_that_are_not_understood_hide_nothing_and_say_so(wrong):
    with pytest.raises((MasksNotUnderstood, RegionWrong)):
        masks_from_text(wrong, ["only"])


def test_a_file_of_masks_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(MasksNotRead, match="No such file"):
        read_masks(tmp_path / "none.json", ["a"])
    path = tmp_path / "masks.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MasksNotUnderstood):
        read_masks(path, ["a"])
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(MasksNotUnderstood, match="too large"):
        read_masks(path, ["a"])
