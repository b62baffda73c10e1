"""A coder who walks along the bids of the flagship sample, by keys only, in a real window.

As a program: ``python walking_coder.py STUDY N`` opens the study in a window of its own, goes to
the pass of the responses, answers ``N`` bids and is killed on the spot, as by a power cut.
"""

import csv
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from imhcode.domain.event import Event
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService
from imhcode.ui.main_window import MainWindow

N_BIDS = 10
CTRL = Qt.KeyboardModifier.ControlModifier
FRAME_US = 40_000


@dataclass(frozen=True)
class Bid:
    """One bid of the true timeline, and its answer."""

    id: str
    code: str
    onset_us: int
    clarity: str
    answer: str
    answer_us: int
    modality: tuple[str, ...]


def true_bids() -> list[Bid]:
    """The first ten bids of session S01, with the answers they got."""
    path = sample_folder() / "gold_events.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    answers = {row["linked_event_id"]: row for row in rows if row["link_id"] == "answers"}
    bids = [row for row in rows if row["track_id"] == "infant_bid"][:N_BIDS]
    found = []
    for row in bids:
        answer = answers[row["event_id"]]
        modality = tuple(one for one in answer["mod_modality"].split("|") if one)
        found.append(
            Bid(
                id=row["event_id"],
                code=row["code"],
                onset_us=int(row["onset_ms"]) * 1000,
                clarity=row["mod_clarity"],
                answer=answer["code"],
                answer_us=int(answer["onset_ms"]) * 1000,
                modality=modality,
            )
        )
    return found


def make_study(path: Path) -> Path:
    """A study in which the bids are coded and none is answered."""
    with StudyService.create(path, [load_scheme(find_scheme("abr"))]) as study:
        study.add_recording(sample_folder() / "two_shot.mp4", "S01")
        coding = study.coding("S01", "coder1")
        coding.add(
            Event(
                id=bid.id,
                track="infant_bid",
                code=bid.code,
                onset_us=bid.onset_us,
                offset_us=bid.onset_us,
                onset_frame=bid.onset_us // FRAME_US,
                recording=coding_recording(study),
                modifiers=(("clarity", (bid.clarity,)),),
                pass_id="bids",
            )
            for bid in true_bids()
        )
    return path


def coding_recording(study: StudyService) -> str:
    return study.session("S01").recordings[0].id


@dataclass
class WalkingCoder:
    """Presses keys and looks at the screen, nothing else.

    Attributes
    ----------
    wait : callable
        Waits until something holds, with the window alive.
    n_presses : int
        Keys pressed.
    seconds : list of float
        How long each bid took, from its run-up to the next one's.
    """

    window: MainWindow
    wait: Callable[[Callable[[], bool]], None]
    n_presses: int = 0
    seconds: list[float] = field(default_factory=list)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        self.n_presses += 1
        held = Qt.KeyboardModifier.NoModifier if modifier is None else modifier
        QTest.keyClick(self.window.space.picture, key, held)

    def letter(self, character: str) -> None:
        """A code's key, once what it is for is on screen."""
        self.wait(lambda: not self.window.space.model.is_on_the_way)
        self.press(Qt.Key(ord(character.upper())))

    @property
    def walk(self):
        return self.window.space.passing.guide

    def seen_us(self) -> int:
        return self.window.space.stamp().time_us

    def answer(self, bid: Bid) -> None:
        """Watch until the answer comes, and press its key on that frame or just behind."""
        space, began = self.window.space, time.monotonic()
        scheme = space.model.observation.scheme
        if bid.answer == "no_answer":
            self.press(Qt.Key.Key_Return)
            self.seconds.append(time.monotonic() - began)
            return
        lead_us = bid.onset_us - 1_000_000
        self.wait(lambda: lead_us - FRAME_US <= self.seen_us() < bid.onset_us)
        self.wait(lambda: self.seen_us() >= bid.answer_us)
        target = self.walk.target
        self.letter(scheme.code("caregiver_response", bid.answer).key)
        modifiers = {one.id: one for one in scheme.modifiers}
        if bid.answer == "matches_feeling":
            self._say(modifiers["match_dimension"], ("timing",))
        self._say(modifiers["modality"], bid.modality)
        self.wait(lambda: self.walk.target is not target or not self.walk.walking.left)
        self.seconds.append(time.monotonic() - began)

    def _say(self, modifier, values) -> None:
        if not values:
            return
        panel = self.window.space.modifiers
        while panel.asking not in (modifier.id, None):
            self.press(Qt.Key.Key_0)
        for value in values:
            self.press(Qt.Key(ord(next(one.key for one in modifier.values if one.id == value))))
        self.press(Qt.Key.Key_0)


def main(study: Path, n_bids: int) -> None:
    from PySide6.QtWidgets import QApplication

    from imhcode.settings import Settings

    app = QApplication([])
    window = MainWindow(Settings())
    window.show()
    window.open([study])

    def wait(holds: Callable[[], bool]) -> None:
        until = time.monotonic() + 30
        while not holds():
            app.processEvents()
            time.sleep(0.002)
            if time.monotonic() > until:
                sys.exit("nothing came of it")

    coder = WalkingCoder(window, wait)
    wait(lambda: window.space.picture.painted is not None)
    while window.space.model.pass_id != "responses":
        coder.press(Qt.Key.Key_PageDown, CTRL)
    for bid in true_bids()[:n_bids]:
        coder.answer(bid)
    print(coder.n_presses, *coder.seconds, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
