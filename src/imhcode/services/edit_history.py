"""What has been done to an observation, read from its log only where somebody looks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imhcode.services.coding import CodingService

if TYPE_CHECKING:  # only for its shape: the store loads the database library
    from imhcode.store.edit_log import Entry

PAGE = 64  #: lines read at once
BEGINNING = 0  #: stands for the state before the first edit


class EditHistory:
    """The edits of an observation in two ways: those that count, and every line of the log.

    The edits that count are those that stand, oldest first, and after them those taken back that
    can return.  The log knows more: also what was taken back and then overtaken by another edit,
    and every undo and redo as a line of its own.

    Parameters
    ----------
    coding : CodingService
        The open observation; only its undo and redo are used, so that the log only grows.
    """

    def __init__(self, coding: CodingService) -> None:
        self._coding = coding
        self._pages: dict[int, list[Entry]] = {}

    @property
    def n_standing(self) -> int:
        """How many edits stand."""
        return len(self._coding.history)

    @property
    def n_taken_back(self) -> int:
        """How many edits were taken back and can return."""
        return self._coding.history.n_undone

    @property
    def n_lines(self) -> int:
        """How many lines the log has."""
        return self._coding.history.n_lines

    def line_of(self, row: int) -> int:
        """The line of the log of one of the edits that count."""
        return self._coding.history.at(row)

    def entry(self, n: int) -> "Entry":
        """Line ``n`` of the log, from 1; a page is read when its first line is asked for."""
        page, at = divmod(n - 1, PAGE)
        lines = self._pages.get(page)
        if lines is None or at >= len(lines):  # the last page grows
            lines = self._coding.lines(page * PAGE + 1, (page + 1) * PAGE)
            self._pages[page] = lines
        return lines[at]

    def steps_to(self, n: int) -> Iterator[None]:
        """Undo or redo, one edit at a time, until the edit of line ``n`` is the last that stands.

        Stops at once when somebody else edits meanwhile.

        Yields
        ------
        None
            After each undo or redo, which is on the disk by then.
        """
        history = self._coding.history
        while self._is_beyond(n) or self._is_short_of(n):
            if self._is_beyond(n):
                self._coding.undo()
            else:
                self._coding.redo()
            expected = history.n_lines
            yield
            if history.n_lines != expected:
                return

    def _is_beyond(self, n: int) -> bool:
        """Whether a later edit than line ``n`` stands; lines are done in rising order."""
        history = self._coding.history
        return history.can_undo and history.latest_done() > n

    def _is_short_of(self, n: int) -> bool:
        history = self._coding.history
        return history.can_redo and history.latest_undone() <= n
