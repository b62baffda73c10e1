"""Patterns for codes whose author chose none, so that colour is never the only channel."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from imhcode.domain.scheme import Pattern

PATTERNS: tuple[Pattern, ...] = get_args(Pattern)


def patterns_for(codes: Sequence[Mapping[str, Any]]) -> tuple[Pattern, ...]:
    """One pattern for each code of a track, in order.

    Chosen ones stay.  An uncodable code is blank if it may be.  The others take those nobody on
    the track has yet, in a fixed order; when there are more codes than patterns they begin
    again, and colour and letter tell them apart.
    """
    taken = {code["pattern"] for code in codes if code.get("pattern")}
    if any(code.get("uncodable") and not code.get("pattern") for code in codes):
        taken.add("blank")
    marked = [one for one in PATTERNS if one != "blank"]
    free = [one for one in marked if one not in taken]
    given: list[Pattern] = []
    next_free = 0
    for code in codes:
        if code.get("pattern"):
            given.append(code["pattern"])
        elif code.get("uncodable"):
            given.append("blank")
        else:
            given.append(
                free[next_free]
                if next_free < len(free)
                else marked[(next_free - len(free)) % len(marked)]
            )
            next_free += 1
    return tuple(given)
