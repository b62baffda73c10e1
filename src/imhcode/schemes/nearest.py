"""The right word for a wrong one."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST_NAMES = 8  #: more than these nobody reads


def hint(word: str, known: Iterable[str]) -> str:
    """The nearest right word, or a short list of right words, as a clause in brackets.

    Empty when nothing helps; otherwise it begins with a space.
    """
    names = list(dict.fromkeys(known))
    near = get_close_matches(word.lower(), names, n=1)
    if near:
        return f' (did you mean "{near[0]}"?)'
    if 0 < len(names) <= MOST_NAMES:
        return f" (there is {', '.join(names)})"
    return ""
