"""Small random timelines, and what an index is by counting every microsecond."""

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from imhcode.analysis.spans import Spans, Union

LENGTH = 24
CODES = 3


def spans_of(said):
    """Spans of a list of codes, one a microsecond; ``-1`` where nothing is said."""
    edges = [0, *(i for i in range(1, len(said)) if said[i] != said[i - 1]), len(said)]
    rows = [(a, b, said[a]) for a, b in pairwise(edges) if said[a] >= 0]
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    return Spans(columns[0], columns[1], columns[2])


def union_of_flags(flags):
    """Where the flags are set."""
    spans = spans_of([0 if flag else -1 for flag in flags])
    return Union.of(spans.onsets, spans.offsets)


runs = st.lists(st.tuples(st.integers(-1, CODES - 1), st.integers(1, 6)), min_size=1, max_size=12)


@st.composite
def lanes(draw):
    """What one coder says at each of ``LENGTH`` microseconds."""
    said = [code for code, length in draw(runs) for _ in range(length)]
    return (said + [-1] * LENGTH)[:LENGTH]


scored = st.lists(st.booleans(), min_size=LENGTH, max_size=LENGTH)


def brute_table(a, b, flags, n_codes=CODES):
    """The table by looking at every microsecond."""
    table = np.zeros((n_codes + 1, n_codes + 1))
    for said_a, said_b, flag in zip(a, b, flags, strict=True):
        if flag:
            table[said_a if said_a >= 0 else n_codes, said_b if said_b >= 0 else n_codes] += 1
    return table


def brute_table_within(a, b, flags, tolerance, n_codes=CODES):
    """The same with tolerance: A is the reference, B is looked for inside the window only."""
    first = flags.index(True) if True in flags else 0
    last = LENGTH - flags[::-1].index(True) if True in flags else 0
    table = np.zeros((n_codes + 1, n_codes + 1))
    for t in range(LENGTH):
        if flags[t]:
            near = b[max(first, t - tolerance) : min(last, t + tolerance + 1)]
            column = a[t] if a[t] in near else b[t]
            table[a[t] if a[t] >= 0 else n_codes, column if column >= 0 else n_codes] += 1
    return table
