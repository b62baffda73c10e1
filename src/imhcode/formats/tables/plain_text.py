"""Text that every program can store."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    r"""The text with a replacement mark for what is no character: control codes, half pairs.

    >>> plain("a\x00b"), plain("tab\tstays")
    ('a�b', 'tab\tstays')
    """
    return _CONTROL.sub("\ufffd", text)
