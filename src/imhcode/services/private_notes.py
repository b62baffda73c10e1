"""Private notes on moments, for the clinician and their supervisor.

They lie apart from everything a view, a clip or an export is made from.  Only the clinician's own
screen and the note for the file may import this module.
"""

from imhcode.domain.moment import PrivateNote
from imhcode.domain.study import Session
from imhcode.domain.text import clean_text
from imhcode.services.logged_values import LoggedValues
from imhcode.store.study_file import StudyFile


class PrivateNotes(LoggedValues[PrivateNote]):
    """The private notes of one session.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    coder_id : str
        Who writes, for the log.
    """

    def __init__(self, file: StudyFile, session_id: str, coder_id: str) -> None:
        file.get(Session, session_id)
        super().__init__(
            file, PrivateNote, session_id, lambda one: one.session_id == session_id, coder_id
        )
        self._session_id = session_id

    def of(self, event_id: str) -> str:
        """The note on a moment; empty if there is none."""
        return next((one.text for one in self.values if one.id == event_id), "")

    def write(self, event_id: str, text: str) -> None:
        """Write a note on a moment over what was there; nothing takes it away."""
        said = clean_text(text)
        if said:
            self.put(PrivateNote(id=event_id, session_id=self._session_id, text=said))
        elif self.of(event_id):
            self.take(event_id)
