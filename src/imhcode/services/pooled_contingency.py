"""Contingency over all sessions, against the bins of other sessions: chance that no dyad shares."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from imhcode.analysis.contingency import Flags, shuffled_sessions
from imhcode.analysis.measured import Square
from imhcode.formats.tables.about import About
from imhcode.formats.tables.contingency import Pooled
from imhcode.services.measures import Sitting

DRAWS, SEED = 1_000, 1


@dataclass(slots=True)
class _Tables:
    """The bins of every session behind one kind of table; a bit a bin."""

    about: About
    squares: list[Square] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)


class PooledContingency:
    """Collects tables while sessions go by: two bits for each second, no events."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, ...], _Tables] = {}

    def see(self, sitting: Sitting) -> None:
        """Keep the tables; of a session with several coders those of the first."""
        about = sitting.about
        for one in sitting.measured:
            kind = one.section.kind if one.section else ""
            whose = (about.scheme_id, about.scheme_version, about.params_hash, about.coding_role)
            for square in one.result.squares:
                key = (*whose, one.measure_id, kind, square.given)
                place = f"{about.session_id}/{one.section.n if one.section else 0}"
                tables = self._tables.setdefault(key, _Tables(about))
                if place not in tables.sessions and square.a + square.b + square.c + square.d:
                    tables.sessions.add(place)
                    tables.squares.append(square)

    def rows(self) -> Iterator[tuple[About, Pooled]]:
        """Yield the sums of at least two sessions, each against shuffled sessions."""
        for (*_, measure_id, kind, given), tables in sorted(self._tables.items()):
            some = tables.squares
            if len(some) < 2:
                continue
            near = [_bins(one.near, one) for one in some]
            target = [_bins(one.target, one) for one in some]
            mean, p = shuffled_sessions(near, target, DRAWS, SEED)
            sums = [sum(getattr(one, cell) for one in some) for cell in "abcd"]
            about = replace(tables.about, session_id="", dyad_id="", coder_id="")
            yield about, Pooled(kind, measure_id, Square(given, *sums), len(some), mean, p)


def _bins(packed: bytes, square: Square) -> Flags:
    n = square.a + square.b + square.c + square.d
    return np.unpackbits(np.frombuffer(packed, np.uint8), count=n).astype(bool)
