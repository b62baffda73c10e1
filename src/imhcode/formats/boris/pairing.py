"""Rows of an observation as events: points as they are, starts with their stops.

Nothing in a project says which row is a start.  As BORIS does it: of the rows of one subject, one
behaviour and the very same modifiers, in order of time, the first starts, the second stops, and so
on.  What is left over has no partner.
"""

from dataclasses import dataclass, field
from itertools import groupby

#: time, subject, behaviour, modifiers, comment, frame, number in the observation
Row = tuple[int, str, str, str, str, int | None, int]


@dataclass(slots=True)
class Pairs:
    """Rows sorted out.

    Attributes
    ----------
    whole : list of (Row, Row or None)
        A point, or a start and its stop.
    half : list of (Row, Row)
        A start and a stop of which one alone has modifiers: BORIS asked for them late.
    changed : list of (Row, Row)
        A start and a stop, by all looks, whose modifiers differ.
    alone : list of Row
        Rows without a partner.
    """

    whole: list[tuple[Row, Row | None]] = field(default_factory=list)
    half: list[tuple[Row, Row]] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    alone: list[Row] = field(default_factory=list)


def paired(rows: list[Row], states: frozenset[str]) -> Pairs:
    """Sort rows, which stand in order of time, into points and pairs.

    Parameters
    ----------
    states : frozenset of str
        Behaviours that last.
    """
    pairs = Pairs()
    whole = pairs.whole
    waiting: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if row[2] not in states:
            whole.append((row, None))
            continue
        key = row[1:4]
        start = waiting.pop(key, None)
        if start is None:
            waiting[key] = row
        else:
            whole.append((start, row))
    left = sorted(waiting.values(), key=lambda row: (row[1:3], row[0], row[6]))
    for _, same in groupby(left, key=lambda row: row[1:3]):
        _match_left(list(same), pairs)
    return pairs


def _match_left(left: list[Row], pairs: Pairs) -> None:
    """Put rows of one behaviour together whose modifiers are not the same."""
    while len(left) > 1:
        start, stop = left[:2]
        says_nothing = [not row[3].replace("None", "").strip("|,") for row in (start, stop)]
        (pairs.half if any(says_nothing) else pairs.changed).append((start, stop))
        del left[:2]
    pairs.alone.extend(left)
