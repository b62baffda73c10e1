"""A family whose tape was watched together: people, consents, moments, a visit, goals.

Everything that is not for the family holds the word ``PRIVATE``.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from clips import encode
from imhcode.domain.consent import USES
from imhcode.domain.event import Event
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.goals import Goals, Strategies
from imhcode.services.private_notes import PrivateNotes
from imhcode.services.review import Cards
from imhcode.services.studies import StudyService
from imhcode.services.visits import VisitLog, Visits

S = 1_000_000
DAY = "2026-11-22"
PRIVATE = "Zwetschgenkuchen"
DYAD, SESSION, CODER = f"D-{PRIVATE}", f"S-{PRIVATE}", f"cara-{PRIVATE}"
FRAMES = 400  #: at 25 a second


class Clock:
    """The clock on the wall, moved by hand."""

    now = datetime(2026, 11, 20, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def moment(id_, onset_s, code="connection", status="chosen", comment="", until_s=None, **said):
    said = {"status": status, **said}
    return Event(
        id=f"{id_}-{PRIVATE}",
        track="moment",
        code=code,
        onset_us=round(onset_s * S),
        offset_us=round((onset_s + 2 if until_s is None else until_s) * S),
        comment=comment,
        modifiers=tuple(sorted((name, (value,)) for name, value in said.items())),
    )


def make_watched_study(folder: Path) -> StudyService:
    """A study with one filmed session, five moments and one visit, open for writing."""
    films = folder / f"films {PRIVATE}"
    films.mkdir(parents=True)
    film = films / f"{PRIVATE}.mp4"
    encode(film, ticks=range(FRAMES))
    schemes = [load_scheme(find_scheme(name)) for name in ("strengths_review", "abr")]
    study = StudyService.create(folder / f"{PRIVATE}.imh", schemes)
    study.add_recording(film, SESSION, offset_us=S, dyad_id=DYAD)
    _agreeing(study)
    goals = Goals(study.file, DYAD, CODER)
    goal = goals.add("More calm before bed", since="2026-10-01")
    reached = goals.add(f"{PRIVATE} is over", since="2026-09-01")
    goals.set_status(reached.id, "resting")
    tried = Strategies(study.file, DYAD, CODER)
    tried.tried(goal.id, f"a song {PRIVATE}", on="2026-11-01", how_it_went=f"well {PRIVATE}")
    _moments(study, goal.id)
    _visit(study)
    return study


def _agreeing(study):
    people = People(study.file, DYAD, CODER)
    for label, relation in ((f"child {PRIVATE}", "child"), (f"mother {PRIVATE}", "parent")):
        person = people.add(label, relation)
        Present(study.file, SESSION, CODER).add(person.id)
        for use in USES:
            note = f"note {PRIVATE}"
            Consents(study.file, DYAD, CODER).grant(person.id, use, "2026-01-01", note=note)


def _moments(study, goal_id):
    coding = study.coding(SESSION, CODER, scheme=study.scheme("strengths_review"))
    coding.add(
        [
            moment("m1", 2, comment=f"comment {PRIVATE}", theme=goal_id),
            moment("m2", 6, "child_says", "shown", childs_words="Again, please!"),
            moment("m3", 10, "wonder", question="What was she looking at?"),
            moment("m4", 12, "comfort", "candidate", comment=PRIVATE),
            moment("m5", 14, "repair", "kept_back"),
            Event(
                id=f"p1-{PRIVATE}",
                track="private_note",
                code="concern",
                onset_us=3 * S,
                offset_us=4 * S,
                comment=f"concern {PRIVATE}",
            ),
        ]
    )
    cards = Cards(study.file, SESSION, CODER)
    cards.entitle(f"m1-{PRIVATE}", "Nose to nose")
    cards.entitle(f"m5-{PRIVATE}", PRIVATE)
    notes = PrivateNotes(study.file, SESSION, CODER)
    for number in (1, 4):
        notes.write(f"m{number}-{PRIVATE}", f"private note {number} {PRIVATE}")


def _visit(study):
    clock = Clock()
    visits = Visits(study.file, DYAD, CODER, now=clock)
    visit = visits.begin(visits.add(f"3 {PRIVATE}", "2026-11-20").id)
    log = VisitLog(study.file, visit, study.scheme("strengths_review"), CODER, now=clock)
    recording = study.session(SESSION).recordings[0].id

    def note(code, moment_id, frame=None, words="", stance=""):
        clock.goes_on(30)
        media_us = None if frame is None else S + frame * 40_000
        made = log.note(
            code,
            session_id=SESSION,
            media_us=media_us,
            recording_id=recording,
            frame=frame,
            moment_id=f"{moment_id}-{PRIVATE}",
        )
        if words:
            log.write(made.id, words)
        if stance:
            log.say_stance(made.id, stance)

    note("clip_shown", "m2")
    note("parent_says", "m2", words="She looks at me first.", stance="noticed_child")
    note("clip_shown", "m1")
    note("paused", "m1", frame=40)
    note("explained", "m1", words=f"I said {PRIVATE}")
    note("parent_says", "m1", words=f"I am so bad at this {PRIVATE}", stance="self_critical")


def other_family(study):
    """A second family in the same study."""
    study.ensure_session(f"other {PRIVATE}", f"other dyad {PRIVATE}")
    Goals(study.file, f"other dyad {PRIVATE}", CODER).add(f"their goal {PRIVATE}")
