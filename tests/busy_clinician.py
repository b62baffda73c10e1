"""A clinician who writes families, consents, goals, visits and clips down, until killed.

As a program: ``python busy_clinician.py STUDY SEED``.  It prints how many lines the study's log
has, each time a service has acknowledged a change.
"""

import os
import random
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import USES
from imhcode.domain.errors import Refused
from imhcode.domain.family import RELATIONS
from imhcode.domain.study import Dyad, Session
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.clip_register import ClipRegister
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.goals import Goals, Strategies
from imhcode.services.private_notes import PrivateNotes
from imhcode.services.retention import Retentions
from imhcode.services.review import Cards
from imhcode.services.visits import VisitLog, Visits
from imhcode.store.connection import Connect, connect_to_file
from imhcode.store.kept import KINDS, kept_in, row_of
from imhcode.store.study_file import StudyFile

ODD_TEXT = ("plain", "two\nlines", "“quoted”; a,b", "👶🏽 שלום", "x" * 300)


def lay_out(path: Path, *, connect: Connect = connect_to_file) -> StudyFile:
    """A new study with one dyad and one session, left open."""
    study = StudyFile.create(path, connect=connect)
    study.add(Dyad(id="D"))
    study.add(Session(id="S", dyad_id="D"))
    return study


class Clinician:
    """Everything that can be written down of one family, in one study."""

    def __init__(self, study: StudyFile, rng: random.Random) -> None:
        self.study, self.rng = study, rng
        self.people = People(study, "D", "kim")
        self.present = Present(study, "S", "kim")
        self.consents = Consents(study, "D", "kim")
        self.goals = Goals(study, "D", "kim")
        self.strategies = Strategies(study, "D", "kim")
        self.visits = Visits(study, "D", "kim")
        self.cards = Cards(study, "S", "kim")
        self.notes = PrivateNotes(study, "S", "kim")
        self.clips = ClipRegister(study, "S", "kim")
        self.retention = Retentions(study, "session", "S", "kim")
        if not self.people.values:
            self.people.add("baby", "child")
            self.goals.add("sleep")
        if not self.visits.values:
            self.visits.begin(self.visits.add("1").id)
        scheme = load_scheme(find_scheme("strengths_review"))
        self.log = VisitLog(study, self.visits.values[0], scheme, "kim")

    def do_one_thing(self) -> None:
        """Any change; a refusal is fine and leaves no trace."""
        rng = self.rng
        words, day = rng.choice(ODD_TEXT), f"2026-{rng.randrange(1, 13):02d}-10"
        person = rng.choice([one.id for one in self.people.values] or ["nobody"])
        use, event = rng.choice(USES), rng.choice("abcd")
        several = [
            replace(self.cards.card(one), title=words, place=rng.randrange(9)) for one in "abcdefgh"
        ]
        things = (
            lambda: self.people.add(f"{words[:4]}{rng.random()}", rng.choice(RELATIONS)),
            lambda: self.present.add(person),
            lambda: self.present.remove(person),
            lambda: self.consents.grant(person, use, day, note=words),
            lambda: self.consents.refuse(person, use, day),
            lambda: self.consents.withdraw(person, "", day),
            lambda: self.goals.add(words),
            lambda: self.goals.set_status(rng.choice(self.goals.values).id, "resting"),
            lambda: self.strategies.tried(rng.choice(self.goals.values).id, words, on=day),
            lambda: self.cards.entitle(event, words),
            lambda: self.cards.reorder(rng.sample("abcd", 3)),
            lambda: self.cards.put(*several),  # many rows at once, to be torn if anything can be
            lambda: self.notes.write(event, rng.choice((words, ""))),
            lambda: self.log.note("parent_says", session_id="S", media_us=480_000, frame=12),
            lambda: self.log.write(rng.choice(self.log.values).id, words),
            lambda: self.log.say_stance(rng.choice(self.log.values).id, "wonders"),
            lambda: self.retention.keep(day),
            lambda: self.clips.register(
                ClipRecord(
                    id="",
                    file_name=words,
                    sha256="0" * 64,
                    session_id="S",
                    recording_ids=("r1", "r2"),
                    stretches_us=((0, 10), (20, 30)),
                    people=(person,),
                )
            ),
            *(one.undo for one in self._all()),
            *(one.redo for one in self._all()),
        )
        with suppress(Refused, IndexError):
            rng.choice(things)()

    def _all(self):
        return (self.people, self.present, self.consents, self.goals, self.cards, self.notes,
                self.log, self.retention)  # fmt: skip


def lines_in(study: StudyFile) -> int:
    """How many lines the study's log has."""
    return sum(1 for _ in study.log_of_study().entries())


def wrong_with_family(study: StudyFile, acknowledged: int) -> list[str]:
    """What is not as it must be in a study that was torn from its program's hands."""
    entries = list(study.log_of_study().entries())
    wrong = []
    if len(entries) < acknowledged:
        wrong.append(f"lost {acknowledged - len(entries)} acknowledged changes")
    if len(entries) > acknowledged + 1:
        wrong.append(f"{len(entries) - acknowledged} changes nobody acknowledged")
    if study.log_of_study().broken_at() is not None:
        wrong.append("the log is broken")
    if study.integrity() != "ok":
        wrong.append(study.integrity())
    replayed = {name: {} for name in KINDS.values()}
    for entry in entries:
        rows = replayed[entry.edit.kind]
        for row_id, row in entry.edit.before.items():
            if rows.pop(row_id, None) != row:
                wrong.append(f"line {entry.n} does not follow")
        rows.update(entry.edit.after)
    for kind, name in KINDS.items():
        stored = {one.id: row_of(one) for one in kept_in(study, kind)}
        if stored != replayed[name]:
            wrong.append(f"torn: {name} are not what the log adds up to")
    return wrong


def main(path: str, seed: str) -> None:
    """Write down until killed."""
    study = StudyFile.open(Path(path))
    clinician = Clinician(study, random.Random(int(seed)))
    last = lines_in(study)
    os.write(1, b"ready\n")
    while True:
        clinician.do_one_thing()
        now = lines_in(study)
        if now > last:
            last = now
            os.write(1, b"%d\n" % now)


if __name__ == "__main__":
    main(*sys.argv[1:])
