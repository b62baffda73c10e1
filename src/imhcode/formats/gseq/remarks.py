"""Remarks in an SDIS file, taken out of it without moving what stands around them."""

import re

_REMARK = re.compile(r"!(?P<block>[^!]*)(?P<end>!|\Z)|%(?P<line>[^%\n]*)%?")
_NOT_NEWLINE = re.compile(r"[^\n]+")


def without_remarks(text: str) -> tuple[str, list[tuple[int, str]], int]:
    """The text with blanks for remarks, each remark with its line, the line of one left open.

    >>> without_remarks("Timed a; ! so ! a,1/ % end")
    ('Timed a;        a,1/      ', [(1, 'so'), (1, 'end')], 0)
    """
    found: list[tuple[int, str]] = []
    open_line, line, counted = 0, 1, 0

    def blank(remark: re.Match[str]) -> str:
        nonlocal open_line, line, counted
        line += text.count("\n", counted, remark.start())
        counted = remark.start()
        said = (remark["block"] or remark["line"] or "").strip()
        if said:
            found.append((line, said))
        if remark["block"] is not None and not remark["end"]:
            open_line = line
        return _NOT_NEWLINE.sub(lambda one: " " * len(one[0]), remark[0])

    return _REMARK.sub(blank, text), found, open_line
