"""From a session's moments to what a parent may be shown, and in which recording."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from imhcode.domain.moment import Moment
from imhcode.domain.scheme import Scheme
from imhcode.domain.showing import hidden_codes
from imhcode.domain.study import Recording
from imhcode.ui.parent.showing import Shown

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService

VIEW = "parent_view"


def chosen_for_parent(
    study: "StudyService", scheme: Scheme, moments: Iterable[Moment]
) -> tuple[Shown, ...]:
    """Those that were chosen, that have an end, and that the scheme lets a parent see."""
    from imhcode.services.review import for_the_family  # noqa: PLC0415

    hidden = hidden_codes(scheme, VIEW)
    seen = [
        one
        for one in moments
        if one.offset_us is not None and (one.event.track, one.kind) not in hidden
    ]
    of_session = {one.id: one.session_id for one in seen}
    found = []
    for family in for_the_family(seen):
        recording = recording_of(study, of_session[family.id], family.onset_us)
        there = recording is not None and study.state_of(recording) == "there"
        path = study.path_of(recording) if recording is not None and there else None
        found.append(Shown(family, recording, path))
    return tuple(found)


def recording_of(study: "StudyService", session_id: str, at_us: int) -> Recording | None:
    """The recording of a session in which an instant is seen: the leading one, if it has it."""
    recordings = list(study.session(session_id).recordings)
    kept = study.choice(f"lead/{session_id}")
    recordings.sort(key=lambda one: one.id != kept)
    having = [one for one in recordings if one.offset_us <= at_us < one.offset_us + one.end_us]
    return next(iter([*having, *recordings]), None)
