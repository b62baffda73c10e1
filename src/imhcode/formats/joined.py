r"""Several values in one cell: ``voice|touch``.

A bar inside a value is written ``\|`` and a backslash ``\\``, so that what was joined can always
be taken apart again.  Ids hold neither, so nobody meets them in practice.
"""

from collections.abc import Iterable

from imhcode.domain.event import Values


def joined(values: Iterable[str]) -> str:
    r"""All values as one text.

    >>> joined(["voice", "touch"])
    'voice|touch'
    """
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split(text: str) -> Values:
    r"""The values that :func:`joined` made one; a backslash before anything else is itself.

    >>> split("voice|touch")
    ('voice', 'touch')
    """
    if not text:
        return ()
    if "\\" not in text:
        return tuple(text.split("|"))
    values, value, letters = [], "", iter(text)
    for letter in letters:
        if letter == "|":
            values.append(value)
            value = ""
        elif letter == "\\":
            following = next(letters, "")
            value += following if following in ("\\", "|") else letter + following
        else:
            value += letter
    return (*values, value)
