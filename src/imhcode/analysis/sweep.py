"""Tables of codable time by a sweep over all boundaries: exact to the microsecond.

Between two neighbouring boundaries nothing changes, so the length of each piece goes into one
cell.  Sampling at any rate would only approach this, and be slower.
"""

from dataclasses import dataclass

import numpy as np

from imhcode.analysis.spans import NOTHING, Spans, Times, Union
from imhcode.analysis.square_tables import Tables


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What is swept: scored time, in which several sessions may lie one behind the other.

    Attributes
    ----------
    windows : Union
        Where a second coder's codes are looked for; of each sheet its own.
    starts, session : array of int64, shape (sheets,)
        Where each sheet begins, and whose it is.
    """

    scored: Union
    windows: Union
    starts: Times
    session: Times
    n_sessions: int

    @classmethod
    def of(cls, scored: Union) -> "Ground":
        """One session; its window is from the first to the last scored instant."""
        window = Union(scored.onsets[:1], scored.offsets[-1:])
        start = np.array([np.iinfo(np.int64).min])
        return cls(scored, window, start, np.zeros(1, np.int64), 1)

    def pieces(self, boundaries: list[Times]) -> tuple[Times, Times]:
        """Onsets and lengths of the pieces of scored time between the boundaries."""
        edges = np.sort(np.concatenate([*boundaries, self.scored.onsets, self.scored.offsets]))
        if len(edges) < 2:
            return edges[:0], edges[:0]
        onsets, lengths = edges[:-1], np.diff(edges)
        inside = (lengths > 0) & self.scored.has(onsets)
        return onsets[inside], lengths[inside]

    def tally(self, onsets: Times, rows: Times, columns: Times, lengths: Times, k: int) -> Tables:
        """Lengths added up by session, row and column: shape ``(n_sessions, k, k)``."""
        session = self.session[np.searchsorted(self.starts, onsets, side="right") - 1]
        cells = np.bincount(
            (session * k + rows) * k + columns, weights=lengths, minlength=self.n_sessions * k * k
        )
        return cells.reshape(self.n_sessions, k, k).astype(float)


def _named(codes: Times, n_codes: int) -> Times:
    """Codes with uncoded time as one more, the last."""
    return np.where(codes == NOTHING, n_codes, codes)


def time_tables(a: Spans, b: Spans, n_codes: int, ground: Ground) -> Tables:
    """How long coder A said one code while coder B said another.

    Parameters
    ----------
    a, b : Spans
        Lanes without overlap.
    n_codes : int
        Codes on the track.

    Returns
    -------
    array, shape (n_sessions, n_codes + 1, n_codes + 1)
        Microseconds, exact; the last row and column are uncoded time.
    """
    onsets, lengths = ground.pieces([a.onsets, a.offsets, b.onsets, b.offsets])
    said_a, said_b = _named(a.at(onsets), n_codes), _named(b.at(onsets), n_codes)
    return ground.tally(onsets, said_a, said_b, lengths, n_codes + 1)


def time_tables_within(
    a: Spans, b: Spans, n_codes: int, ground: Ground, tolerance_us: int
) -> Tables:
    """The same, where B agrees at an instant if B says A's code anywhere within the tolerance.

    Coder A is the reference, so the table of (b, a) is another one; report both (Bakeman, Deckner
    & Quera 2005).  What B says is looked for inside the agreed window only.

    Returns
    -------
    array, shape (n_sessions, n_codes + 1, n_codes + 1)
        Microseconds, exact.
    """
    near = [ground.windows.common(b.only(code)).dilated(tolerance_us) for code in range(n_codes)]
    said = Union.of(b.onsets, b.offsets)
    near.append(ground.windows.without(said).dilated(tolerance_us))
    edges = [edge for one in near for edge in (one.onsets, one.offsets)]
    onsets, lengths = ground.pieces([a.onsets, a.offsets, b.onsets, b.offsets, *edges])
    said_a, said_b = _named(a.at(onsets), n_codes), _named(b.at(onsets), n_codes)
    for code, reach in enumerate(near):
        mine = said_a == code
        agreed = reach.has(onsets[mine])
        said_b[mine] = np.where(agreed, code, said_b[mine])
    return ground.tally(onsets, said_a, said_b, lengths, n_codes + 1)


def code_tables(a: Union, b: Union, ground: Ground) -> Tables:
    """2 x 2: how long both, only A; only B, neither said one code; overlap with others is free."""
    onsets, lengths = ground.pieces([a.onsets, a.offsets, b.onsets, b.offsets])
    not_a, not_b = (~a.has(onsets)).astype(np.int64), (~b.has(onsets)).astype(np.int64)
    return ground.tally(onsets, not_a, not_b, lengths, 2)


def time_table(a: Spans, b: Spans, n_codes: int, scored: Union) -> Tables:
    """:func:`time_tables` of one session."""
    return np.asarray(time_tables(a, b, n_codes, Ground.of(scored))[0])


def time_table_within(a: Spans, b: Spans, n_codes: int, scored: Union, tolerance_us: int) -> Tables:
    """:func:`time_tables_within` of one session."""
    return np.asarray(time_tables_within(a, b, n_codes, Ground.of(scored), tolerance_us)[0])


def code_table(a: Union, b: Union, scored: Union) -> Tables:
    """:func:`code_tables` of one session."""
    return np.asarray(code_tables(a, b, Ground.of(scored))[0])
