"""A small study to code in, and a child process that codes in it as fast as it can until killed.

As a program: ``python child_coder.py STUDY SEED``.  It prints the number of every edit once the
service has acknowledged it, one a line.
"""

import os
import random
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.keys import CodeKey
from imhcode.domain.observation import Observation
from imhcode.domain.study import Coder, Session
from imhcode.services.coding import CodingService
from imhcode.store.connection import Connect, connect_to_file
from imhcode.store.study_file import StudyFile
from small_scheme import SMALL

FRAME_US = 40_000
ODD_TEXT = (
    "plain",
    "",
    "“quoted” 'text'",
    "two\nlines\tand a tab",
    "שלום עולם",
    "👶🏽 + 👩‍👧",
    "a,b;c|{d}",
    "\u202eleft",
    "x" * 300,
)

BLANK = Observation(id="obs", session_id="visit 1", coder_id="cara", scheme=SMALL)
KEYS = tuple(CodeKey(track, code) for track in SMALL.tracks for code in track.codes)


def lay_out(path: Path, *, connect: Connect = connect_to_file) -> StudyFile:
    """A new study that holds the blank observation, left open."""
    study = StudyFile.create(path, connect=connect)
    study.add(Session(id="visit 1"))
    study.add(Coder(id="cara"))
    study.add_scheme(SMALL, "{}")
    study.add_observation(BLANK)
    return study


@cache
def _laid_out() -> bytes:
    path = Path(mkdtemp()) / "template.imh"
    lay_out(path).close()
    content = path.read_bytes()
    path.unlink()
    path.parent.rmdir()
    return content


def new_study(path: Path) -> Path:
    """The same, closed, and quicker: the pages are written once and copied."""
    path.write_bytes(_laid_out())
    return path


def coding_in(study: StudyFile) -> CodingService:
    """The observation of a small study, open to be coded."""
    return CodingService(BLANK.with_events(study.events_of("obs")), study.log_of("obs"))


def as_one_gesture_after_another(coding: CodingService, rng: random.Random) -> None:
    """One gesture of any kind at any time; a refusal is fine and leaves no trace."""
    events = list(coding.observation.timeline)
    frame = rng.randrange(2000)
    at = Stamp(frame * FRAME_US, "cam", frame)
    what = rng.random()
    try:
        if what < 0.55 or not events:
            coding.press(rng.choice(KEYS), at)
        elif what < 0.65:
            coding.undo()
        elif what < 0.7:
            coding.redo()
        elif what < 0.8:
            coding.comment(rng.choice(events).id, rng.choice(ODD_TEXT))
        elif what < 0.85:
            coding.delete([event.id for event in rng.sample(events, min(len(events), 3))])
        elif what < 0.9:
            coding.set_onset(rng.choice(events).id, at)
        elif what < 0.95:
            coding.set_offset(rng.choice(events).id, at)
        elif what < 0.97:
            coding.add(a_few_touches(coding, rng))
        else:
            coding.close_all(at)
    except Refused:
        pass


def a_few_touches(coding: CodingService, rng: random.Random) -> list[Event]:
    """An edit of many rows at once, long enough to be torn if anything can be."""
    some = [
        Event(id=f"{rng.random()}", track="touch", code="hold", onset_us=n, offset_us=n + 1)
        for n in range(40)
    ]
    return [replace(event, comment="x" * 200) for event in some]


def wrong_with(study: StudyFile, acknowledged: int) -> list[str]:
    """What is not as it must be in a study that was torn from its program's hands."""
    log = study.log_of("obs")
    entries = list(log.entries())
    wrong = []
    if len(entries) < acknowledged:
        wrong.append(f"lost {acknowledged - len(entries)} acknowledged edits")
    if len(entries) > acknowledged + 1:
        wrong.append(f"{len(entries) - acknowledged} edits nobody acknowledged")
    if log.broken_at() is not None:
        wrong.append(f"log broken at {log.broken_at()}")
    if study.integrity() != "ok":
        wrong.append(study.integrity())
    replayed = BLANK
    for entry in entries:
        replayed = replayed.after(entry.edit)
    if replayed != BLANK.with_events(study.events_of("obs")):
        wrong.append("torn: the events are not what the log adds up to")
    return wrong


def wrong_with_undo(study: StudyFile) -> list[str]:
    """Whether a reopened study still takes back everything to the blank page, and brings it back."""
    coding = coding_in(study)
    stood = coding.observation
    depth = len(coding.history)
    for _ in range(depth):
        coding.undo()
    wrong = [] if coding.observation == BLANK else ["undoing everything leaves something"]
    for _ in range(depth):
        coding.redo()
    return wrong if coding.observation == stood else [*wrong, "redoing brings back something else"]


def main(path: str, seed: str) -> None:
    """Code until killed."""
    rng = random.Random(int(seed))
    study = StudyFile.open(Path(path))
    log = study.log_of("obs")
    coding = CodingService(BLANK.with_events(study.events_of("obs")), log)
    acknowledged = [n for n, _ in log.causes()][-1:] or [0]
    coding.subscribe(lambda *_: acknowledged.append(acknowledged.pop() + 1))
    os.write(1, b"ready\n")
    while True:
        before = acknowledged[0]
        as_one_gesture_after_another(coding, rng)
        if acknowledged[0] > before:
            os.write(1, b"%d\n" % acknowledged[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
