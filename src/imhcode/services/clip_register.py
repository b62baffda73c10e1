"""The register of clips: everything that has left the study, and whether it is said to be gone."""

from dataclasses import replace

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.dates import as_date
from imhcode.services.coding import fresh_id
from imhcode.services.logged_values import LoggedValues
from imhcode.store.kept import kept_in
from imhcode.store.study_file import StudyFile


class ClipRegister(LoggedValues[ClipRecord]):
    """The clips of one session.  Nothing is ever taken out of it: a clip that is gone says so.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    coder_id : str
        Who does it, for the log.
    """

    def __init__(self, file: StudyFile, session_id: str, coder_id: str) -> None:
        super().__init__(
            file, ClipRecord, session_id, lambda one: one.session_id == session_id, coder_id
        )

    def register(self, clip: ClipRecord) -> ClipRecord:
        """Write a clip down, once its file is in its place; return what was written."""
        made = clip if clip.id else replace(clip, id=fresh_id())
        self.put(made)
        return made

    def say_gone(self, clip_id: str, on: str) -> ClipRecord:
        """Write down that every copy of a clip was destroyed, on a day; empty: it was not."""
        gone = replace(self.get(clip_id), gone_on=as_date(on))
        self.put(gone)
        return gone


def clips_of(file: StudyFile, dyad_id: str = "", session_id: str = "") -> list[ClipRecord]:
    """The clips of the study, or those of a dyad or a session."""
    return [
        one
        for one in kept_in(file, ClipRecord)
        if dyad_id in ("", one.dyad_id) and session_id in ("", one.session_id)
    ]
