"""Agreement on modifiers, given that both coders have the event with the same code."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

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
    session = a.laid.session[mine]
    cuts = np.searchsorted(session, np.arange(len(pairs) + 1)).tolist()
    rows_a, rows_b = a.laid.row[mine], b.laid.row[theirs]
    for number, pair in enumerate(pairs):
        some = slice(cuts[number], cuts[number + 1])
        if some.start == some.stop:
            continue
        lane_a, lane_b = pair.a[track.id], pair.b[track.id]
        of_code = lane_a.codes[rows_a[some]].tolist()
        said_a, said_b = _said(lane_a, rows_a[some]), _said(lane_b, rows_b[some])
        # by identity, which is quick to hash: equal ones that are two objects are only asked twice
        times = Counter(zip(of_code, map(id, said_a), map(id, said_b), strict=True))
        known = {id(one): one for one in chain(said_a, said_b)}
        for (place, first, second), n in times.items():
            for name, column in _compared(asked[codes[place].id], known[first], known[second]):
                tables[name][number, 0, column] += n
    return tables


def _said(lane: CodedLane, rows: Times) -> Sequence[Modifiers]:
    places = rows.tolist()
    return [lane.modifiers[k] for k in places] if lane.modifiers else [()] * len(places)


def _compared(names: list[str], first: Modifiers, second: Modifiers) -> list[tuple[str, int]]:
    """Each modifier that either coder set: 0 for the same, 1 for another value."""
    said = [dict(one) for one in (first, second)]
    return [
        (name, int(set(said[0].get(name, ())) != set(said[1].get(name, ()))))
        for name in names
        if said[0].get(name) or said[1].get(name)
    ]
