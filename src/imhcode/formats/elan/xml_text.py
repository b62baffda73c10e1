"""Text and attributes as XML takes them."""

import re
from collections.abc import Mapping

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = {ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"} | _TEXT


def legal(text: str) -> str:
    """The text without the characters that XML does not know."""
    return _ILLEGAL.sub("", text)


def as_text(text: str) -> str:
    """What stands between tags, as far as it is `legal`."""
    return legal(text).translate(_TEXT)


def tag(name: str, attributes: Mapping[str, str], *, closed: bool = True) -> str:
    """One tag, attributes in their order.

    >>> tag("TIER", {"TIER_ID": "a & b"})
    '<TIER TIER_ID="a &amp; b"/>'
    """
    said = "".join(
        f' {key}="{legal(value).translate(_ATTRIBUTE)}"' for key, value in attributes.items()
    )
    return f"<{name}{said}{'/' if closed else ''}>"
