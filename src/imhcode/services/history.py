"""What can be taken back and what can be brought back, in order; made of a log's lines."""

from typing import Generic, TypeVar

from imhcode.domain.edit import Cause
from imhcode.domain.errors import Refused

T = TypeVar("T")


class NothingToUndo(Refused):
    """The history is at its beginning."""

    sentence = "There is nothing to undo."


class NothingToRedo(Refused):
    """Nothing has been undone since the last edit."""

    sentence = "There is nothing to redo."


class History(Generic[T]):
    """The edits that stand and those taken back, each by what its first line said."""

    def __init__(self) -> None:
        self._done: list[T] = []
        self._undone: list[T] = []
        self.n_lines = 0  #: lines of the log taken note of

    def __len__(self) -> int:
        return len(self._done)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, History):
            return NotImplemented
        return (self._done, self._undone) == (other._done, other._undone)

    __hash__ = None  # type: ignore[assignment]  # it grows

    @property
    def n_undone(self) -> int:
        """How many edits were taken back and can return."""
        return len(self._undone)

    def at(self, row: int) -> T:
        """The edits that stand, oldest first, then those taken back, in the order of redoing."""
        return self._done[row] if row < len(self._done) else self._undone[len(self._done) - row - 1]

    @property
    def can_undo(self) -> bool:
        """Whether an edit stands that can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back and can return."""
        return bool(self._undone)

    def latest_done(self) -> T:
        """The edit that undo takes back (`NothingToUndo`)."""
        if not self._done:
            raise NothingToUndo
        return self._done[-1]

    def latest_undone(self) -> T:
        """The edit that redo brings back (`NothingToRedo`)."""
        if not self._undone:
            raise NothingToRedo
        return self._undone[-1]

    def remember(self, cause: Cause, edit: T) -> None:
        """Take note of one line of the log; ``edit`` is looked at for ``do`` only."""
        self.n_lines += 1
        match cause:
            case "do":
                self._done.append(edit)
                self._undone.clear()
            case "undo":
                self._undone.append(self._done.pop())
            case "redo":
                self._done.append(self._undone.pop())
