"""One comparison: from observations already read to tables, and to the rows of the long table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.agreement_rows import PairOfCoders, resampling_of, rows_of
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.many_rows import many_rows
from imhcode.analysis.measure_rows import measure_rows
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.pair_tables import PairTables, joined, tables_of_pairs
from imhcode.analysis.rating_rows import rating_rows
from imhcode.domain.scheme import Scheme, Track
from imhcode.media.superseded import Superseded
from imhcode.services.agreement_measures import MeasuredPair
from imhcode.services.agreement_pairs import ChosenPair

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """All that coders of one version of one scheme agree and disagree on.

    Attributes
    ----------
    pairs : tuple of ChosenPair
        Which observations; the sessions of all tables in their order.
    tables : dict of str to PairTables
        By track.
    rows : tuple of AgreementRow
    measures_digest : str
        Of the lab's parameters that measures were worked out with; empty without measures.
    """

    scheme: Scheme
    parameters: Parameters
    pairs: tuple[ChosenPair, ...]
    tables: dict[str, PairTables]
    rows: tuple[AgreementRow, ...]
    measures_digest: str = ""


class Steps:
    """How far it is: tables take most of the time, rows the rest.

    Parameters
    ----------
    n_events : int
        Of all comparisons together.
    on_progress : callable
        Gets the share done, from 0 to 1.
    wanted : callable
        When it says no, `Superseded` is raised.
    """

    TABLES = 0.8

    def __init__(
        self, n_events: int, on_progress: Callable[[float], None], wanted: Callable[[], bool]
    ) -> None:
        self._total, self._done = max(n_events, 1), 0.0
        self._on_progress, self._wanted = on_progress, wanted

    def tabled(self, n_events: float) -> None:
        """So many events more are in tables."""
        self._go_on(self.TABLES * n_events)

    def estimated(self, n_events: float) -> None:
        """Rows from so many events more are there."""
        self._go_on((1 - self.TABLES) * n_events)

    def asked(self, one: T) -> T:
        """Hand something on, if it is still wanted."""
        self._go_on(0)
        return one

    def done(self) -> None:
        """All of it."""
        self._on_progress(1.0)

    def _go_on(self, amount: float) -> None:
        if not self._wanted():
            raise Superseded
        self._done += amount
        self._on_progress(min(self._done / self._total, 1.0))


def n_events_of(chosen: Iterable[ChosenPair]) -> int:
    """How many events both coders have in all these pairs."""
    return sum(one.a.n_events + one.b.n_events for one in chosen)


def coders_of(chosen: Iterable[ChosenPair]) -> list[PairOfCoders]:
    """Whose records are compared, pair by pair."""
    return [
        PairOfCoders(
            one.entry.session.id, one.entry.session.dyad_id, one.a.coder_id, one.b.coder_id
        )
        for one in chosen
    ]


def compared(
    scheme: Scheme,
    tracks: Sequence[Track],
    chosen: Sequence[ChosenPair],
    batches: Iterable[Sequence[ComparedPair]],
    parameters: Parameters,
    steps: Steps,
    *,
    with_ratings: bool,
    measured: Iterable[MeasuredPair] = (),
    measures_digest: str = "",
) -> Comparison:
    """Work out every table and every estimate.

    Parameters
    ----------
    tracks : sequence of Track
        Of the scheme: those that are compared.
    batches : iterable of sequences of ComparedPair
        All pairs in the order of ``chosen``, whole sessions together; taken one after another, so
        that no more than one batch has to be in memory.
    with_ratings : bool
        Whether ratings are compared too.
    measured : iterable of MeasuredPair
        What both records of each pair give as measures; empty if measures are not compared.
    """
    n_events = n_events_of(chosen)
    parts: dict[str, list[PairTables]] = {track.id: [] for track in tracks}
    several: list[ComparedPair] = []  # sessions of more than two coders, all coders at once
    rated: list[ComparedPair] = []
    n_read = 0
    for batch, tabled in _tabled_meanwhile(batches, scheme, tracks, parameters):
        of_batch = n_events_of(chosen[n_read : n_read + len(batch)])
        n_read += len(batch)
        for track, found in zip(tracks, tabled, strict=True):
            parts[track.id].append(found.result())
            steps.tabled(of_batch / len(tracks))
        times = Counter(one.session_id for one in batch)
        several += [one for one in batch if times[one.session_id] > 1]
        if with_ratings and scheme.ratings:
            rated += [replace(pair, a={}, b={}) for pair in batch]  # events not needed any more
    who = coders_of(chosen)
    draws = resampling_of(who, parameters)
    tables = {name: joined(some) for name, some in parts.items()}
    rows: list[AgreementRow] = []
    for track in tracks:
        rows += rows_of(who, tables[track.id], parameters, draws)
        rows += many_rows(several, track, parameters)
        steps.estimated(n_events / len(tracks))
    if with_ratings:
        rows += rating_rows(rated, who, scheme, parameters, draws)
    if measures_digest:
        rows += measure_rows((steps.asked(one) for one in measured), who, parameters)
    return Comparison(
        scheme=scheme,
        parameters=parameters,
        pairs=tuple(chosen),
        tables=tables,
        rows=tuple(rows),
        measures_digest=measures_digest,
    )


def _tabled_meanwhile(
    batches: Iterable[Sequence[ComparedPair]],
    scheme: Scheme,
    tracks: Sequence[Track],
    parameters: Parameters,
) -> Iterator[tuple[Sequence[ComparedPair], list[Future[PairTables]]]]:
    """Each batch with its tables to come, which a thread makes while the next batch is read.

    SQLite and numpy both let go of the interpreter while they work.
    """
    with ThreadPoolExecutor(1, "agreement") as thread:
        try:
            before = None
            for batch in batches:
                tables = [
                    thread.submit(tables_of_pairs, batch, scheme, track, parameters)
                    for track in tracks
                ]
                if before is not None:
                    yield before
                before = batch, tables
            if before is not None:
                yield before
        finally:
            thread.shutdown(wait=True, cancel_futures=True)
