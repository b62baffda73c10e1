"""Change one thing in a scheme's text and leave every other character as its author wrote it.

The text itself is kept, not a tree that is written anew: comments, order, quotes and line breaks
outside the change cannot be lost because they are never touched.  Each change is read again
and held against what it should have done, so that a text too unusual for these rules is
refused, never spoilt.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent
from typing import Any

from imhcode.schemes.errors import EditNotWritten, SchemeRefused
from imhcode.schemes.patching import Patcher
from imhcode.schemes.source import Source, Steps, parse
from imhcode.schemes.spans import Span, read_spans
from imhcode.schemes.yaml_text import after_colon


@dataclass(frozen=True)
class SchemeText:
    """The text of a scheme, right or wrong, but YAML; every change gives another one.

    Parameters
    ----------
    text : str
        Lines end with a line feed.
    """

    text: str

    @cached_property
    def _read(self) -> tuple[Source, Span]:
        source, top = read_spans(self.text)
        if top is None or not isinstance(source.plain, dict):
            said = "\n".join(f"line {one.line}: {one.message}" for one in source.faults)
            raise SchemeRefused(name="This text", problems=said or "a scheme begins with fields")
        return source, top

    @property
    def source(self) -> Source:
        """The document with the lines of its parts.

        Raises
        ------
        SchemeRefused
            The text is not YAML, or holds no fields.
        """
        return self._read[0]

    @property
    def plain(self) -> dict[str, Any]:
        """The values; never to be changed in place."""
        plain: dict[str, Any] = self.source.plain
        return plain

    def value(self, steps: Steps) -> Any:
        """What stands at a spot; ``None`` if nothing does."""
        here: Any = self.plain
        for step in steps:
            here = _inside(here, step)
        return here

    def putting(self, steps: Steps, value: Any, order: Sequence[str] = ()) -> "SchemeText":
        """Give a field or an item another value; a field that is not there is written.

        Parameters
        ----------
        order : sequence of str
            The order in which fields of this part are wanted: a new one goes behind the last
            that stands before it.

        Raises
        ------
        EditNotWritten
            The text is written in a way that this cannot be done in.
        """
        if steps in self.source.lines and self.value(steps) == value and not _same_text(value):
            return self
        wanted = copy.deepcopy(self.plain)
        at = _deepest_there(wanted, steps)
        for step in reversed(steps[at:]):
            value = {step: value} if isinstance(step, str) else [value]
        if at < len(steps):  # the first of the missing steps is a field of what is there
            value = value[steps[at]]
            steps = steps[: at + 1]
        holder = _holder(wanted, steps)
        holder[steps[-1]] = value
        return self._checked(Patcher(self.text, self._read[1]).put(steps, value, order), wanted)

    def without(self, steps: Steps) -> "SchemeText":
        """Take a field or an item away, and the comment directly above it; an emptied list too."""
        holder = self.value(steps[:-1])
        while len(steps) > 1 and len(holder) == 1 and isinstance(steps[-2], str):
            steps = steps[:-1]
            holder = self.value(steps[:-1])
        wanted = copy.deepcopy(self.plain)
        del _holder(wanted, steps)[steps[-1]]
        return self._checked(Patcher(self.text, self._read[1]).remove(steps), wanted)

    def inserting(
        self, steps: Steps, at: int, item: Any, order: Sequence[str] = ()
    ) -> "SchemeText":
        """Put an item into a list, which is begun if it is not there."""
        there = self.value(steps)
        if not isinstance(there, list) or not there:
            return self.putting(steps, [item], order)
        wanted = copy.deepcopy(self.plain)
        listed = _holder(wanted, (*steps, 0))
        at = min(max(at, 0), len(listed))
        listed.insert(at, item)
        return self._checked(Patcher(self.text, self._read[1]).insert(steps, at, item), wanted)

    def moving(self, steps: Steps, to: int) -> "SchemeText":
        """Put an item of a list elsewhere in it, with the comment directly above it."""
        number = steps[-1]
        wanted = copy.deepcopy(self.plain)
        listed = _holder(wanted, steps)
        if not isinstance(number, int) or not 0 <= to < len(listed) or to == number:
            return self
        order = list(range(len(listed)))
        order.insert(to, order.pop(number))
        listed[:] = [listed[one] for one in order]
        return self._checked(Patcher(self.text, self._read[1]).permute(steps[:-1], order), wanted)

    def _checked(self, text: str, wanted: dict[str, Any]) -> "SchemeText":
        after = SchemeText(text)
        source, top = read_spans(text)
        if top is None or source.plain != wanted:
            raise EditNotWritten
        after.__dict__["_read"] = (source, top)  # it was read just now
        return after


def text_of_value(value: Any) -> str:
    """A value as lines of YAML, to be edited by themselves."""
    return dedent(after_colon(value, 0, 0).removeprefix("\n")).strip()


def value_of_text(text: str) -> Any:
    """The value that such lines mean.

    Raises
    ------
    SchemeRefused
        They are not YAML.
    """
    margin = "\n  "
    source = parse(f"value:{margin}{margin.join(text.splitlines())}")
    if source.faults or not isinstance(source.plain, dict) or list(source.plain) != ["value"]:
        said = source.faults[0].message if source.faults else "write one value"
        raise SchemeRefused(name="This text", problems=said)
    return source.plain["value"]


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def _deepest_there(plain: Any, steps: Steps) -> int:
    """How many of the steps to the holder of the spot lead to a mapping or a list."""
    here = plain
    for at, step in enumerate(steps[:-1]):
        here = _inside(here, step)
        if not isinstance(here, dict | list):
            return at
    return len(steps)


def _holder(plain: Any, steps: Steps) -> Any:
    here = plain
    for step in steps[:-1]:
        here = here[step]
    return here


def _same_text(value: Any) -> bool:
    """Whether equality says too little: ``1 == True`` and ``1 == 1.0`` here."""
    return isinstance(value, bool | int | float)
