"""Each scheme that ships codes the flagship sample by keys only, pass by pass, in the real window."""

import pytest
from PySide6.QtCore import Qt

from imhcode.domain.keys import keys_of
from imhcode.domain.observation import Observation
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import shipped_schemes
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService
from imhcode.ui.coding.bins import Bins
from imhcode.ui.coding.walk import Walk

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SCHEMES = sorted(shipped_schemes())
STILL_FACE_FROM_S = (0, 20, 40)


def test_seven_schemes_ship():
    assert len(SCHEMES) == 7


class Fingers:
    """Presses keys in one window, and waits for what they should bring."""

    def __init__(self, driver) -> None:
        self.driver = driver
        self.n_presses = 0

    @property
    def space(self):
        return self.driver.space

    def press(self, key, modifier=None) -> None:
        self.n_presses += 1
        self.driver.press(key, modifier)

    def character(self, character: str) -> None:
        self.press(Qt.Key(ord(character.upper())))

    def until(self, holds) -> None:
        self.driver.qtbot.waitUntil(holds, timeout=20_000)

    def seen_us(self) -> int:
        return self.space.stamp().time_us

    def step(self, n_seconds: int = 1) -> None:
        """Some whole seconds on, seen."""
        wanted = self.seen_us() + n_seconds * 1_000_000
        for _ in range(n_seconds):
            self.press(Qt.Key.Key_Right, SHIFT)
        self.until(lambda: self.seen_us() == wanted)

    def home(self) -> None:
        self.press(Qt.Key.Key_Home)
        self.until(lambda: self.seen_us() == 0)

    def answer_questions(self) -> None:
        """Whatever the panel asks is answered by the first that it offers."""
        panel = self.space.modifiers
        for _ in range(20):
            asked = panel.asking
            if asked is None:
                return
            self.press(Qt.Key.Key_1)
            if panel.asking == asked:  # several may hold: 0 goes on
                self.press(Qt.Key.Key_0)
        raise AssertionError(f"{panel.asking} asks for ever")


def code_freely(fingers: Fingers) -> None:
    """Every code of the pass, a second apart."""
    fingers.home()
    model = fingers.space.model
    if any(len(model.observation.timeline.lane(track.id)) for track in model.tracks()):
        fingers.press(Qt.Key.Key_Right)  # coded in an earlier pass: beside that
        fingers.until(lambda: fingers.seen_us() > 0)
    for character in list(model.keys()):
        before = model.n_edits
        fingers.step()
        fingers.character(character)
        assert model.n_edits > before, f"{character} did nothing in {model.pass_id}"
        fingers.answer_questions()
        model.select("")


def walk_along(fingers: Fingers) -> None:
    """Every target has an answer that the scheme allows, given on a frame of its window."""
    model, walk = fingers.space.model, fingers.space.passing.guide
    assert walk.walking.targets, "there is nothing to walk along"
    characters = list(model.keys())
    for number, target in enumerate(walk.walking.targets):
        if walk.walking.is_answered(target.id):
            continue
        assert walk.target.id == target.id
        fingers.until(lambda: not model.is_on_the_way)
        fingers.until(lambda target=target: fingers.seen_us() > target.onset_us)
        fitting = [
            character
            for character in characters
            if target.code in (model.keys()[character].code.answers_only or (target.code,))
        ]
        fingers.character(fitting[number % len(fitting)])
        fingers.answer_questions()
        assert walk.walking.is_answered(target.id)
        if walk.target.id == target.id:  # several codes may belong to it: Enter leaves it
            fingers.press(Qt.Key.Key_Return)


def bin_by_bin(fingers: Fingers) -> None:
    """A dozen bins, each with another code, and the next one comes by itself."""
    model, bins = fingers.space.model, fingers.space.passing.guide
    characters = list(model.keys())
    for number in range(12):
        from_us, until_us = bins.span
        fingers.until(lambda: from_us <= fingers.seen_us() < until_us)  # noqa: B023
        fingers.character(characters[number % len(characters)])
        assert bins.span == (until_us, until_us + 1_000_000)
    assert len(model.observation.timeline.lane("infant_affect_1s")) == 12


def mark_the_episodes(fingers: Fingers) -> None:
    """Play, still face, reunion."""
    for key, second in zip("123", STILL_FACE_FROM_S, strict=True):
        fingers.home()
        if second:
            fingers.step(second)
        fingers.character(key)
    assert [one.kind for one in fingers.space.model.setting.episodes] == [
        "play",
        "still_face",
        "reunion",
    ]


@pytest.mark.parametrize("name", SCHEMES)
def test_every_pass_is_coded_by_keys_only(driver, tmp_path, name, record_property):
    scheme = load_scheme(shipped_schemes()[name])
    path = tmp_path / f"{name}.imh"
    with StudyService.create(path, [scheme]) as study:
        study.add_recording(sample_folder() / "two_shot.mp4", "S01")
    driver.open(path)
    fingers, space = Fingers(driver), driver.space
    passes = sorted(scheme.passes, key=lambda one: one.order)
    while space.model.pass_id != passes[0].id:
        fingers.press(Qt.Key.Key_PageUp, CTRL)
    for pass_ in passes:
        assert space.model.pass_id == pass_.id
        if name == "still_face" and pass_.id == "procedure":
            mark_the_episodes(fingers)
        guide = space.passing.guide
        if isinstance(guide, Walk):
            walk_along(fingers)
        elif isinstance(guide, Bins):
            bin_by_bin(fingers)
        elif pass_.tracks:
            code_freely(fingers)
        fingers.press(Qt.Key.Key_PageDown, CTRL)
    observation: Observation = space.model.observation
    coded = {(one.track, one.code) for one in observation.timeline}
    for pass_ in passes:
        if pass_.walk is None:
            for meant in keys_of(scheme, pass_.id).values():
                assert (meant.track.id, meant.code.id) in coded
        assert not pass_.tracks or any(one.pass_id == pass_.id for one in observation.timeline)
    record_property("presses", fingers.n_presses)
    record_property("events", len(observation.timeline))
    driver.window.close()
    with StudyService.open(path, writing=False) as study:
        (entry,) = study.session("S01").observations
        assert study.observation(entry).timeline == observation.timeline
