"""Undo over several things that each keep a history of their own: what was done last goes first."""

from collections.abc import Callable
from typing import Protocol

from imhcode.domain.errors import Refused


class Undoable(Protocol):
    """Something with a history."""

    def undo(self) -> object:
        """Take back its latest change."""

    def redo(self) -> object:
        """Bring back what it took back last."""


class NothingDone(Refused):
    """Undo, and nothing was done since this window was opened."""

    sentence = "Nothing was done here that could be taken back or brought back."


class UndoStack:
    """Knows which of several things changed last."""

    def __init__(self) -> None:
        self._done: list[Undoable] = []
        self._undone: list[Undoable] = []
        self._busy = False

    def watch(self, one: Undoable, subscribe: Callable[[Callable[..., None]], None]) -> None:
        """Remember every change of a thing, which tells it to those that subscribe."""
        subscribe(lambda *_: self._note(one))

    def forget(self) -> None:
        """Something else is open now."""
        self._done, self._undone = [], []

    def undo(self) -> None:
        """Take back the latest change (`NothingDone`)."""
        self._turn(self._done, self._undone, "undo")

    def redo(self) -> None:
        """Bring back what was taken back last (`NothingDone`)."""
        self._turn(self._undone, self._done, "redo")

    def _turn(self, of: list[Undoable], to: list[Undoable], what: str) -> None:
        if not of:
            raise NothingDone
        self._busy = True
        try:
            getattr(of[-1], what)()
        finally:
            self._busy = False
        to.append(of.pop())

    def _note(self, one: Undoable) -> None:
        if not self._busy:
            self._done.append(one)
            self._undone.clear()
