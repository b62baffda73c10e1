"""Values of one kind that belong together: each change is saved in the log, with lasting undo."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Generic

from imhcode.domain.edit import Cause
from imhcode.services.history import History
from imhcode.store.errors import NoSuchEntry
from imhcode.store.kept import KINDS, Kept, edit_of_rows, kept_in
from imhcode.store.study_file import StudyFile
from imhcode.store.study_log import StudyEdit


class LoggedValues(Generic[Kept]):
    """The values of one kind in one scope, such as the goals of a dyad.

    The order inside :meth:`_commit` is that of every edit: write the log and the table in one
    transaction, and only then let go of what was.  A failure leaves file and memory as they were.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    kind : type
        Which values.
    scope : str
        Id of what they belong to; undo takes back only changes of this scope.
    belongs : callable
        Whether a value is one of the scope.
    coder_id : str
        Who does it, for the log.

    Attributes
    ----------
    history : History of StudyEdit
        What can be undone and redone.
    moments : History of str
        When each change was made, UTC, to be put in order among edits of other things.
    """

    def __init__(
        self,
        file: StudyFile,
        kind: type[Kept],
        scope: str,
        belongs: Callable[[Kept], bool],
        coder_id: str,
    ) -> None:
        self._file = file
        self._kind = kind
        self._scope = scope
        self._belongs = belongs
        self._coder_id = coder_id
        self._listeners: list[Callable[[], None]] = []
        self.values: tuple[Kept, ...] = self._read()
        self.history: History[StudyEdit] = History()
        self.moments: History[str] = History()
        for entry in file.log_of_study().entries(KINDS[kind], scope):
            self.history.remember(entry.cause, entry.edit)
            self.moments.remember(entry.cause, entry.at_utc)

    def get(self, value_id: str) -> Kept:
        """The value with that id (`NoSuchEntry`)."""
        for one in self.values:
            if one.id == value_id:
                return one
        what = KINDS[self._kind].replace("_", " ").removesuffix("s")
        known = ", ".join(one.id for one in self.values) or "none yet"
        raise NoSuchEntry(what=what, name=value_id, known=known)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every change, in the calling thread."""
        self._listeners.append(listener)

    def put(self, *values: Kept) -> None:
        """Add values, or put them in the place of those with their ids; all or none.

        Raises
        ------
        StudyTrouble
            The disk would not; nothing has changed.
        """
        ids = {one.id for one in values}
        self.exchange([one for one in self.values if one.id in ids], values)

    def take(self, *value_ids: str) -> None:
        """Take values away."""
        self.exchange([self.get(one) for one in value_ids], ())

    def exchange(self, before: Iterable[Kept], after: Iterable[Kept]) -> None:
        """Put some values in the place of others; what changes nothing leaves no trace."""
        old, new = tuple(before), tuple(after)
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        if gone or come:
            self._commit("do", edit_of_rows(self._kind, self._scope, gone, come))

    def undo(self) -> None:
        """Take back the latest change that stands (`NothingToUndo`)."""
        self._commit("undo", self.history.latest_done().inverse)

    def redo(self) -> None:
        """Bring back the latest change taken back (`NothingToRedo`)."""
        self._commit("redo", self.history.latest_undone())

    def _commit(self, cause: Cause, edit: StudyEdit) -> None:
        self._file.log_of_study().append(cause, edit, self._coder_id)
        self.values = self._read()
        self.history.remember(cause, edit)
        self.moments.remember(cause, datetime.now(UTC).isoformat(timespec="milliseconds"))
        for listener in self._listeners:
            listener()

    def _read(self) -> tuple[Kept, ...]:
        return tuple(one for one in kept_in(self._file, self._kind) if self._belongs(one))
