"""Agreement on modifiers, given that both coders have the event with the same code."""

from collections.abc import Sequence

import numpy as np

from imhcode.analysis.coded_lane import CodedLane, Modifiers
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.scored_events import ScoredEvents
from imhcode.analysis.spans import Times
from imhcode.analysis.square_tables import Tables
from imhcode.domain.scheme import Scheme, Track


def modifier_tables(
    pairs: Sequence[ComparedPair],
    scheme: Scheme,
    track: Track,
    a: ScoredEvents,
    b: ScoredEvents,
    mine: Times,
    theirs: Times,
) -> dict[str, Tables]:
    """Same and other value by session, for every modifier that a track's codes may take.

    Parameters
    ----------
    mine, theirs : array of int64
        Places of partners with the same code in ``a`` and ``b``.

    Returns
    -------
    dict of str to array, shape (S, 2, 2)
        Cell (0, 0): the same; (0, 1): another.  An event on which neither coder chose a value
        counts nowhere.
    """
    codes = track.codes
    asked = {
        code.id: [one.id for one in scheme.modifiers_for(track, code) if one.type != "text"]
        for code in codes
    }
    names = list(dict.fromkeys(name for some in asked.values() for name in some))
    tables = {name: np.zeros((len(pairs), 2, 2)) for name in names}
    if not names:
        return {}
    alike: dict[tuple[str, Modifiers, Modifiers], list[tuple[str, int]]] = {}
    session = a.laid.session[mine]
    rows_a, rows_b = a.laid.row[mine], b.laid.row[theirs]
    for number, row_a, row_b in zip(
        session.tolist(), rows_a.tolist(), rows_b.tolist(), strict=True
    ):
        lane_a, lane_b = pairs[number].a[track.id], pairs[number].b[track.id]
        code = codes[lane_a.codes[row_a]].id
        key = code, _said(lane_a, row_a), _said(lane_b, row_b)
        found = alike.get(key)
        if found is None:
            found = alike[key] = list(_compared(asked[key[0]], key[1], key[2]))
        for name, column in found:
            tables[name][number, 0, column] += 1
    return tables


def _said(lane: CodedLane, row: int) -> Modifiers:
    return lane.modifiers[row] if lane.modifiers else ()


def _compared(names: list[str], first: Modifiers, second: Modifiers) -> list[tuple[str, int]]:
    """Each modifier that either coder set: 0 for the same, 1 for another value."""
    said = [dict(one) for one in (first, second)]
    return [
        (name, int(set(said[0].get(name, ())) != set(said[1].get(name, ()))))
        for name in names
        if said[0].get(name) or said[1].get(name)
    ]
