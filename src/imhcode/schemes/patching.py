"""The characters that one change of a scheme's text replaces."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from imhcode.schemes.source import Steps
from imhcode.schemes.spans import FieldSpan, Span
from imhcode.schemes.yaml_text import (
    WIDEST,
    after_colon,
    field_text,
    in_flow,
    item_text,
    scalar,
    scalar_in_flow,
)

_COMMENT = re.compile(r"(^|\s)#", re.MULTILINE)


class Patcher:
    """Works out new texts from one text; steps must lead to what is there.

    Parameters
    ----------
    text : str
        The text as it stands.
    top : Span
        Where its values stand.
    """

    def __init__(self, text: str, top: Span) -> None:
        self._text = text
        self._top = top

    def put(self, steps: Steps, value: Any, order: Sequence[str]) -> str:
        """Replace a value, or write a new field."""
        holder, last = self._holder(steps), steps[-1]
        if holder.is_flow:
            text, at = self._put_in_flow(holder, last, value, order)
            return text if self._fits(text, at) else self._unfolded(steps, text)
        if isinstance(last, int):
            item = holder.items[last]
            column = self._column(item.start)
            indent = self._column(self._dash(item))
            if item.sort == "scalar" and not isinstance(value, dict | list):
                return self._over(item.start, item.end, scalar(value, indent, column))
            return self._over(self._dash(item), item.end, item_text(value, indent))
        found = holder.field(last)
        if found is not None:
            return self._put_value(found, value)
        return self._new_field(holder, last, value, order)

    def remove(self, steps: Steps) -> str:
        """Take a field or an item away."""
        holder, last = self._holder(steps), steps[-1]
        if len(holder.items) + len(holder.fields) == 1:
            return self._over(holder.start, holder.end, "[]" if holder.items else "{}")
        if holder.is_flow:
            return self._removed_in_flow(holder, last)
        if isinstance(last, int):
            start, end = self._chunk(holder.items[last])
            return self._over(start, self._next_line(end), "")
        at = [one.name for one in holder.fields].index(last)
        found = holder.fields[at]
        if self._text[self._line(found.start) : found.start].strip():  # behind a dash
            return self._over(found.start, holder.fields[at + 1].start, "")
        start = self._with_comment(self._line(found.start))
        return self._over(start, self._next_line(self._line_end(found.value.end)), "")

    def insert(self, steps: Steps, at: int, item: Any) -> str:
        """Put an item into a list that has some."""
        listed = self._holder((*steps, 0))
        items = listed.items
        if listed.is_flow:
            if at < len(items):
                text = self._over(items[at].start, items[at].start, f"{in_flow(item)}, ")
            else:
                text = self._over(items[-1].end, items[-1].end, f", {in_flow(item)}")
            return text if self._fits(text, items[0].start) else self._unfolded((*steps, 0), text)
        beside = items[max(at - 1, 0)]
        indent = self._column(self._dash(beside))
        written = item_text(item, indent, in_block=beside.sort == "mapping" and not beside.is_flow)
        margin = " " * indent
        gap = "\n" if self._has_gaps(items) else ""
        if at == 0:
            start = self._chunk(items[0])[0]
            return self._over(start, start, f"{margin}{written}\n{gap}")
        end = self._chunk(beside)[1]
        return self._over(end, end, f"\n{gap}{margin}{written}")

    def permute(self, steps: Steps, order: Sequence[int]) -> str:
        """Put the items of a list into another order; what stands between them stays."""
        listed = self._holder((*steps, 0))
        if listed.is_flow:
            pieces = [(one.start, one.end) for one in listed.items]
        else:
            pieces = [self._chunk(one) for one in listed.items]
        words = [self._text[start:end] for start, end in pieces]
        text = self._text
        for place in reversed(range(len(pieces))):
            start, end = pieces[place]
            text = text[:start] + words[order[place]] + text[end:]
        return text

    # -- fields --------------------------------------------------------------------------------

    def _put_value(self, found: FieldSpan, value: Any) -> str:
        old, indent = found.value, self._column(found.start)
        after = self._text.index(":", found.end) + 1
        on_line = self._line(old.start) == self._line(found.start) and old.end > old.start
        inline = old.sort == "scalar" or old.is_flow
        column = old.start - self._line(found.start) if on_line else indent + after - found.start
        new = after_colon(value, indent, column)
        if inline and on_line and new.startswith(" "):
            return self._over(old.start, old.end, new[1:])
        return self._over(after, max(old.end, after), new)

    def _new_field(self, holder: Span, name: str, value: Any, order: Sequence[str]) -> str:
        indent = self._column(holder.fields[0].start)
        text = field_text(name, value, indent)
        before = _before(holder, name, order)
        if before is None:
            start = holder.fields[0].start
            return self._over(start, start, f"{text}\n{' ' * indent}")
        end = self._line_end(max(before.end, before.value.end))
        return self._over(end, end, f"\n{' ' * indent}{text}")

    # -- brackets ------------------------------------------------------------------------------

    def _put_in_flow(
        self, holder: Span, last: str | int, value: Any, order: Sequence[str]
    ) -> tuple[str, int]:
        new = in_flow(value)
        if isinstance(last, int):
            item = holder.items[last]
            return self._over(item.start, item.end, new), item.start
        found = holder.field(last)
        if found is not None:
            if found.value.end > found.value.start:
                return self._over(found.value.start, found.value.end, new), found.value.start
            after = self._text.index(":", found.end) + 1
            return self._over(after, after, f" {new}"), after
        pair = f"{scalar_in_flow(last)}: {new}"
        if not holder.fields:
            return self._over(holder.start, holder.end, f"{{{pair}}}"), holder.start
        before = _before(holder, last, order)
        if before is None:
            at = holder.fields[0].start
            return self._over(at, at, f"{pair}, "), at
        end = max(before.value.end, before.end)
        return self._over(end, end, f", {pair}"), end

    def _removed_in_flow(self, holder: Span, last: str | int) -> str:
        if isinstance(last, int):
            places = [(one.start, one.end) for one in holder.items]
            at = last
        else:
            places = [(one.start, max(one.value.end, one.end)) for one in holder.fields]
            at = [one.name for one in holder.fields].index(last)
        if at == 0:
            return self._over(places[0][0], places[1][0], "")
        return self._over(places[at - 1][1], places[at][1], "")

    def _unfolded(self, steps: Steps, text: str) -> str:
        """Write what stands in brackets on lines of its own, if nothing is lost by it.

        ``text`` is the change already made, on a line that has become too wide.
        """
        from imhcode.schemes.spans import read_spans  # noqa: PLC0415  (reads a second time)

        source, top = read_spans(text)
        outer = next(
            (at for at, one in enumerate(self._top.along(steps)) if one and one.is_flow), None
        )
        if top is None or not outer:
            return text
        here: Any = source.plain
        for step in steps[:outer]:
            here = here[step]
        span = list(top.along(steps[:outer]))[-1]
        if span is None or _COMMENT.search(text[span.start : span.end]):
            return text
        return Patcher(text, top).put(steps[:outer], here, ())

    def _fits(self, text: str, at: int) -> bool:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        return (len(text) if end < 0 else end) - start <= WIDEST

    # -- places in the text --------------------------------------------------------------------

    def _holder(self, steps: Steps) -> Span:
        *_, holder = self._top.along(steps[:-1])
        if holder is None:
            raise KeyError(steps)
        return holder

    def _over(self, start: int, end: int, new: str) -> str:
        return self._text[:start] + new + self._text[end:]

    def _line(self, at: int) -> int:
        """Where the line begins."""
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end

    def _next_line(self, end: int) -> int:
        return min(end + 1, len(self._text))

    def _column(self, at: int) -> int:
        return at - self._line(at)

    def _dash(self, item: Span) -> int:
        return self._text.rindex("-", 0, item.start)

    def _chunk(self, item: Span) -> tuple[int, int]:
        """The lines of an item with the comment directly above it, without the last line feed."""
        return self._with_comment(self._line(self._dash(item))), self._line_end(item.end)

    def _with_comment(self, line: int) -> int:
        """The first of the comment lines that stand directly above a line."""
        column = len(self._text[line:]) - len(self._text[line:].lstrip(" "))
        while line > 0:
            above = self._line(line - 1)
            words = self._text[above : line - 1]
            indent = len(words) - len(words.lstrip(" "))
            if not words.lstrip(" ").startswith("#") or indent != column or above == 0:
                break
            line = above
        return line

    def _has_gaps(self, items: Sequence[Span]) -> bool:
        """Whether the items are set apart by empty lines."""
        between = pairwise(items)
        return any(
            "\n\n" in self._text[self._line_end(one.end) : self._dash(two)] for one, two in between
        )


def _before(holder: Span, name: str, order: Sequence[str]) -> FieldSpan | None:
    """The field behind which a new one is written."""
    if name not in order:
        return holder.fields[-1]
    earlier = set(order[: order.index(name)])
    found = [one for one in holder.fields if one.name in earlier]
    return found[-1] if found else None
