"""A family on file: two filmed sessions, people, consents, clips, moments, goals, a visit."""

import shutil
from pathlib import Path

from PySide6.QtCore import Qt

from clips import Clip
from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.event import Event
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.clip_register import ClipRegister
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.goals import Goals, Strategies
from imhcode.services.session_details import Details, write_details
from imhcode.services.studies import StudyService
from imhcode.services.visits import VisitLog, Visits

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
S = 1_000_000


def filmed(path: Path, clip: Clip) -> Path:
    """A study of one family with two filmed sessions; nobody is written down yet."""
    scheme = load_scheme(find_scheme("strengths_review"))
    films = [shutil.copyfile(clip.path, path.with_name(f"cam{n}.avi")) for n in (1, 2)]
    with StudyService.create(path, [scheme]) as study:
        for number, film in enumerate(films, start=1):
            session_id = f"S{number}"
            study.add_recording(film, session_id, dyad_id="D014")
            write_details(
                study,
                session_id,
                Details(visit=str(number), date=f"2026-0{number}-05", age="", corrected_age=""),
            )
    return path


def lived_in(path: Path) -> Path:
    """The same with people, consents, clips, moments, goals and a visit."""
    with StudyService.open(path) as study:
        people = People(study.file, "D014", "kim")
        baby = people.add("baby", "child")
        mother = people.add("mother", "parent")
        gran = people.add("grandmother", "other adult")
        consents = Consents(study.file, "D014", "kim")
        for session_id in ("S1", "S2"):
            present = Present(study.file, session_id, "kim")
            for one in (baby, mother, gran)[: 3 if session_id == "S1" else 2]:
                present.add(one.id)
        for use in ("treatment", "supervision", "family_copy"):
            consents.grant(baby.id, use, "2026-01-05")
            consents.grant(mother.id, use, "2026-01-05")
        consents.grant(mother.id, "research", "2026-01-05", "2036-12-31")
        consents.refuse(mother.id, "public_excerpt", "2026-01-05")
        consents.grant(gran.id, "treatment", "2026-01-05")
        consents.grant(gran.id, "teaching", "2026-01-05")
        register = ClipRegister(study.file, "S1", "kim")
        for name, more in (
            ("first smile.mp4", {"people": (baby.id, gran.id)}),
            ("at the window.mp4", {"people": (baby.id,), "masked": (gran.id,)}),
            ("singing.mp4", {"people": (baby.id,)}),
        ):
            register.register(
                ClipRecord(
                    id="",
                    file_name=name,
                    sha256="0" * 64,
                    session_id="S1",
                    dyad_id="D014",
                    stretches_us=((12 * S, 18 * S),),
                    made_on="2026-02-01",
                    made_by="kim",
                    **more,
                )
            )
        ClipRegister(study.file, "S2", "kim").register(
            ClipRecord(
                id="", file_name="later.mp4", sha256="1" * 64, session_id="S2", dyad_id="D014",
                people=(baby.id,), made_on="2026-03-01",
            )
        )  # fmt: skip
        goal = Goals(study.file, "D014", "kim").add("he looks to us when he is tired", "2026-01-05")
        Goals(study.file, "D014", "kim").add("meals without hurry", "2026-01-05")
        Strategies(study.file, "D014", "kim").tried(
            goal.id, "waiting for his look first", session_id="S1", on="2026-01-20",
            how_it_went="twice he looked before she spoke",
        )  # fmt: skip
        for session_id, events in (
            ("S1", (("connection", 0.2, 0.6, "chosen"), ("repair", 0.7, 1.2, "candidate"))),
            ("S2", (("connection", 0.4, 0.9, "shown"),)),
        ):
            coding = study.coding(session_id, "kim", scheme=study.scheme("strengths_review"))
            coding.add(
                [
                    Event(
                        id=f"{session_id}-{n}",
                        track="moment",
                        code=code,
                        onset_us=round(begin * S),
                        offset_us=round(end * S),
                        modifiers=(("status", (status,)),),
                    )
                    for n, (code, begin, end, status) in enumerate(events)
                ]
            )
        visits = Visits(study.file, "D014", "kim")
        visit = visits.begin(visits.add("1", "2026-01-20").id)
        log = VisitLog(study.file, visit, study.scheme("strengths_review"), "kim")
        log.write(log.note("parent_says", session_id="S1").id, "he was looking for me")
    return path


def rows_of(rows) -> list[tuple[str, ...]]:
    return [one.cells for one in rows.rows.rows]
