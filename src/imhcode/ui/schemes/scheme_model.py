"""Where Qt meets the scheme being written: every change goes through here, and is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.ui.messages import said

if TYPE_CHECKING:  # they load pydantic and the reader of YAML: not before a scheme is written
    from imhcode.schemes.finding import Finding
    from imhcode.schemes.meanings import FieldMeaning, Meanings
    from imhcode.services.scheme_editing import SchemeDraft

Steps = tuple[str | int, ...]
SETTLING_MS = 120  #: without a change until everything is looked through again


class SchemeModel(QObject):
    """One scheme being written, and its fields' meanings.

    Signals
    -------
    changed(bool)
        The document is another; whether parts came, went or moved.
    settled()
        Nothing has changed for a moment: what is wrong has been worked out anew.
    refused(str)
        A change was not made; the sentence says why.
    """

    changed = Signal(bool)
    settled = Signal()
    refused = Signal(str)

    def __init__(
        self, draft: SchemeDraft, meanings: Meanings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self.meanings = meanings
        self._fresh: Steps = ()
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SETTLING_MS)
        self._clock.timeout.connect(self.settled)

    # -- what is there -----------------------------------------------------------------------

    @property
    def plain(self) -> dict[str, Any]:
        """The values of the document."""
        return self.draft.text.plain

    def value(self, steps: Steps) -> Any:
        """What stands at a spot."""
        return self.draft.text.value(steps)

    def fields(self, steps: Steps) -> tuple[FieldMeaning, ...]:
        """The fields of a part."""
        return self.meanings.fields(steps, self.plain)

    def known_words(self, steps: Steps) -> list[str]:
        """What the field at ``steps`` may refer to."""
        from imhcode.schemes.known_words import known_words  # noqa: PLC0415

        return known_words(self.plain, steps)

    def findings_at(self, steps: Steps) -> list[Finding]:
        """What is wrong with the value at this spot, or with something in it."""
        return [one for at, one in self.draft.located() if at[: len(steps)] == steps]

    # -- changes -----------------------------------------------------------------------------

    def put(self, steps: Steps, value: Any, within: object = None) -> bool:
        """Give a field a value; ``None`` takes it away.  ``False`` if that was refused."""
        if value is None:
            if self.draft.text.value(steps) is None and not self._is_there(steps):
                return True
            return self._do(lambda: self.draft.remove(steps), whole=False)
        order = self._order(steps)
        whole = steps[-1] in ("kind", "rule", "id", "label")
        done = self._do(lambda: self.draft.put(steps, value, order, within=within), whole=whole)
        if done and self._fresh and steps == (*self._fresh, "label"):
            self._name_after(str(value), within)
        return done

    def add(self, steps: Steps, at: int) -> Steps:
        """Put a new item into the list at ``steps``; where it stands, or nothing."""
        from imhcode.schemes.starters import starter  # noqa: PLC0415

        item = starter(self.meanings, self.plain, steps)
        order = self._order(steps)
        if not self._do(lambda: self.draft.insert(steps, at, item, order)):
            return ()
        listed = self.value(steps) or []
        new = (*steps, min(max(at, 0), len(listed) - 1))
        self._fresh = new if "label" in item else ()
        return new

    def remove(self, steps: Steps) -> bool:
        """Take an item away."""
        return self._do(lambda: self.draft.remove(steps))

    def move(self, steps: Steps, by: int) -> Steps:
        """Move an item of a list up or down; where it is then."""
        number = steps[-1]
        listed = self.value(steps[:-1])
        if not isinstance(number, int) or not isinstance(listed, list):
            return steps
        to = number + by
        if not 0 <= to < len(listed):
            return steps
        moved = self._do(lambda: self.draft.move(steps, to))
        return (*steps[:-1], to) if moved else steps

    def look_at(self, steps: Steps) -> None:
        """Another part is looked at: a new one's id follows its label no more once it is left."""
        if steps[: len(self._fresh)] != self._fresh:
            self._fresh = ()

    def undo(self) -> None:
        """Take the last change back."""
        self._do(self.draft.undo)

    def redo(self) -> None:
        """Make it again."""
        self._do(self.draft.redo)

    def settle(self) -> None:
        """Work out now what is wrong, instead of in a moment."""
        self._clock.stop()
        self.settled.emit()

    # -- inside ------------------------------------------------------------------------------

    def _do(self, act: Callable[[], object], *, whole: bool = True) -> bool:
        before = self.draft.text
        try:
            act()
        except ImhcodeError as error:
            self.refused.emit(said(error))
            return False
        if self.draft.text is not before:
            self.changed.emit(whole)
            self._clock.start()
        return True

    def _name_after(self, label: str, within: object) -> None:
        """Let the id of a part that is being made follow its label."""
        from imhcode.schemes.from_list import id_from  # noqa: PLC0415

        listed = self.value(self._fresh[:-1]) or []
        number = self._fresh[-1]
        taken = {
            one.get("id") for at, one in enumerate(listed) if at != number and isinstance(one, dict)
        }
        named = id_from(label)
        if named and named not in taken and "id" in (self.value(self._fresh) or {}):
            steps = (*self._fresh, "id")
            self._do(lambda: self.draft.put(steps, named, within=within))

    def _is_there(self, steps: Steps) -> bool:
        holder = self.value(steps[:-1])
        return isinstance(holder, dict) and steps[-1] in holder

    def _order(self, steps: Steps) -> list[str]:
        """The order of fields in the part that a new field at ``steps`` goes into."""
        at = steps[:-1]
        while at and not isinstance(self.value(at), dict):
            at = at[:-1]
        return [one.name for one in self.fields(at)]
