"""The demo study: the sample recordings with their true timeline and a trainee's attempt.

Its people are drawn, so that they agree to everything: clips, notes and packages can be tried.
"""

import json
import shutil
from pathlib import Path

from imhcode.domain.consent import USES
from imhcode.media.fingerprint import fingerprint
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.importing import import_file
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService

NAME = "demo.imh"
DYADS = {"S01": "D01", "S02": "D01", "S03": "D02"}
PEOPLE = {"child": "child", "caregiver": "parent"}  # what they are called, and what they are
AGREED_ON = "2026-01-01"
_NOTED_BY = "demo"


def make_demo(folder: Path) -> Path:
    """Make ``folder/demo.imh`` and the recordings beside it; one that is there is kept as it is.

    The study is built under another name and takes its own only when it is whole.
    """
    study_path = folder / NAME
    if study_path.exists():
        return study_path
    samples = sample_folder()
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f".{NAME}.half"
    half.unlink(missing_ok=True)
    videos = json.loads((samples / "manifest.json").read_text(encoding="utf-8"))
    with StudyService.create(half, [load_scheme(find_scheme("abr"))]) as study:
        for video in videos["recordings"]:
            copy = _copied(samples / video["path"], folder)
            session = video["session_id"]
            study.add_recording(copy, session, offset_us=video["offset_us"], dyad_id=DYADS[session])
        for dyad in dict.fromkeys(DYADS.values()):
            _add_people(study, dyad)
        import_file(study, samples / "gold_events.csv", coder="gold", role="gold")
        import_file(study, samples / "trainee_events.csv", coder="trainee", role="training")
    half.replace(study_path)
    return study_path


def _add_people(study: StudyService, dyad_id: str) -> None:
    """Write down who is in the sessions of a dyad, and that they agree to every use."""
    people = People(study.file, dyad_id, _NOTED_BY)
    consents = Consents(study.file, dyad_id, _NOTED_BY)
    sessions = [session for session, dyad in DYADS.items() if dyad == dyad_id]
    for label, relation in PEOPLE.items():
        person = people.add(label, relation)
        for session in sessions:
            Present(study.file, session, _NOTED_BY).add(person.id)
        for use in USES:
            consents.grant(person.id, use, AGREED_ON)


def _copied(sample: Path, folder: Path) -> Path:
    """The sample's copy in ``folder``; one that is there and whole is left alone."""
    copy = folder / sample.name
    if not copy.exists() or fingerprint(copy) != fingerprint(sample):
        half = folder / f".{sample.name}.half"
        shutil.copyfile(sample, half)
        half.replace(copy)
    return copy
