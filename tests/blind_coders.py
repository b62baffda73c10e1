"""A study in which two people have coded the same session blind: the sample's two timelines."""

from pathlib import Path

from imhcode.domain.observation import Role
from imhcode.domain.study import ObservationEntry
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services import submitting
from imhcode.services.importing import import_file
from imhcode.services.samples import sample_folder
from imhcode.services.studies import StudyService

SESSION = "S01"


def new_study(path: Path) -> StudyService:
    return StudyService.create(path, [load_scheme(find_scheme("abr"))])


def hand_in(study: StudyService, name: str, coder: str, role: Role) -> ObservationEntry:
    """Import one of the sample's timelines as a coder's own, and submit it."""
    import_file(study, sample_folder() / f"{name}_events.csv", coder=coder, role=role)
    submitting.submit(study.file, study.coding(SESSION, coder, role=role), coder)
    return entry_of(study, coder, role)


def entry_of(study: StudyService, coder: str, role: Role) -> ObservationEntry:
    found = study.entry(SESSION, coder, role, study.scheme())
    assert found is not None
    return found


def what_is_said(observation) -> list[tuple]:
    """Events without their names; links by what they lead to."""
    timeline = observation.timeline

    def place(event_id: str):
        target = timeline.get(event_id)
        return target and (target.track, target.onset_us)

    return sorted(
        (
            one.track,
            one.code,
            one.onset_us,
            one.offset_us,
            one.onset_frame,
            one.modifiers,
            tuple(place(link.target) for link in one.links),
        )
        for one in timeline
    )
