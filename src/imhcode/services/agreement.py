"""Agreement between the coders of a study: from the study file to the long table."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.agreement_rows import PairOfCoders, resampling_of, rows_of
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.many_rows import many_rows
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.pair_tables import PairTables, joined, tables_of_pairs
from imhcode.analysis.rating_rows import rating_rows
from imhcode.domain.scheme import Scheme
from imhcode.media.superseded import Superseded
from imhcode.services.agreement_pairs import Choice, ChosenPair, chosen_pairs, tracks_of
from imhcode.services.agreement_reading import PairReader
from imhcode.services.studies import StudyService
from imhcode.store.event_columns import ColumnReader

EVENTS_AT_ONCE = 300_000  #: held in memory; sessions are read in batches of about so many


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
    """

    scheme: Scheme
    parameters: Parameters
    pairs: tuple[ChosenPair, ...]
    tables: dict[str, PairTables]
    rows: tuple[AgreementRow, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Agreement:
    """An analysis: comparisons by scheme, and what they were made from.

    Attributes
    ----------
    inputs : dict of str to str
        The last link of each observation's hash chain, by its id.
    """

    study_id: str
    choice: Choice
    parameters: Parameters
    comparisons: tuple[Comparison, ...]
    inputs: dict[str, str]

    @property
    def analysis_id(self) -> str:
        """The same for the same records, choice and parameters."""
        about = [self.study_id, self.parameters.digest(), sorted(self.inputs.items())]
        tracks = [sorted(one.tables) for one in self.comparisons]
        text = json.dumps([*about, tracks], separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def agreement(
    study: StudyService,
    choice: Choice | None = None,
    parameters: Parameters | None = None,
    *,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> Agreement:
    """Compare the coders of a study.

    Parameters
    ----------
    on_progress : callable
        Gets the share done, from 0 to 1; in this thread.
    wanted : callable
        Asked between batches of sessions and tracks; when it says no, `Superseded` is raised.

    Raises
    ------
    Refused
        The choice names what is not there, or leaves nothing to compare.
    """
    choice, parameters = choice or Choice(), parameters or Parameters()
    chosen = chosen_pairs(study, choice)
    schemes = study.schemes()
    total = sum(one.a.n_events + one.b.n_events for some in chosen.values() for one in some)
    steps = _Steps(max(total, 1), on_progress, wanted)
    comparisons = tuple(
        _compared(study, schemes[found], some, choice, parameters, steps)
        for found, some in chosen.items()
        if tracks_of(schemes[found], choice) or schemes[found].ratings
    )
    heads = ColumnReader(study.file).heads()
    ids = {one.id for some in chosen.values() for pair in some for one in (pair.a, pair.b)}
    steps.done()
    return Agreement(
        study_id=study.study_id,
        choice=choice,
        parameters=parameters,
        comparisons=comparisons,
        inputs={one: heads.get(one, "") for one in sorted(ids)},
    )


class _Steps:
    """How far it is: reading and tables take most of the time, rows the rest."""

    READING = 0.8

    def __init__(
        self, total: int, on_progress: Callable[[float], None], wanted: Callable[[], bool]
    ) -> None:
        self._total, self._read = total, 0
        self._on_progress, self._wanted = on_progress, wanted

    def read(self, events: int) -> None:
        """So many events more."""
        self._read += events
        self.go_on(self.READING * self._read / self._total)

    def go_on(self, share: float) -> None:
        """Tell, unless nobody wants it any more."""
        if not self._wanted():
            raise Superseded
        self._on_progress(share)

    def done(self) -> None:
        """All of it."""
        self._on_progress(1.0)


def _compared(
    study: StudyService,
    scheme: Scheme,
    chosen: Sequence[ChosenPair],
    choice: Choice,
    parameters: Parameters,
    steps: _Steps,
) -> Comparison:
    names = tracks_of(scheme, choice)
    tracks = [track for track in scheme.tracks if track.id in names]
    reader = PairReader(study, scheme, names)
    parts: dict[str, list[PairTables]] = {name: [] for name in names}
    several: list[ComparedPair] = []  # sessions of more than two coders, all coders at once
    rated: list[ComparedPair] = []
    for batch in _batches(chosen):
        pairs = reader.read(batch)
        for track in tracks:
            parts[track.id].append(tables_of_pairs(pairs, scheme, track, parameters))
        times = Counter(one.session_id for one in pairs)
        several += [one for one in pairs if times[one.session_id] > 1]
        if scheme.ratings:
            rated += [_only_ratings(pair) for pair in pairs]
        steps.read(sum(one.a.n_events + one.b.n_events for one in batch))
    who = [
        PairOfCoders(
            one.entry.session.id, one.entry.session.dyad_id, one.a.coder_id, one.b.coder_id
        )
        for one in chosen
    ]
    draws = resampling_of(who, parameters)
    tables = {name: joined(some) for name, some in parts.items()}
    rows: list[AgreementRow] = []
    for track in tracks:
        rows += rows_of(who, tables[track.id], parameters, draws)
        rows += many_rows(several, scheme, track)
        steps.read(0)
    if not choice.tracks:
        rows += rating_rows(rated, who, scheme, parameters, draws)
    return Comparison(
        scheme=scheme,
        parameters=parameters,
        pairs=tuple(chosen),
        tables=tables,
        rows=tuple(rows),
    )


def _batches(chosen: Sequence[ChosenPair]) -> list[list[ChosenPair]]:
    """The pairs in their order, whole sessions together, of about so many events each."""
    batches: list[list[ChosenPair]] = [[]]
    events = 0
    for _, group in groupby(chosen, key=lambda one: one.entry.session.id):
        some = list(group)
        more = sum(one.a.n_events + one.b.n_events for one in some)
        if batches[-1] and events + more > EVENTS_AT_ONCE:
            batches.append([])
            events = 0
        batches[-1] += some
        events += more
    return batches


def _only_ratings(pair: ComparedPair) -> ComparedPair:
    """The pair without its events, which are not needed any more."""
    return ComparedPair(
        session_id=pair.session_id,
        dyad_id=pair.dyad_id,
        coder_a=pair.coder_a,
        coder_b=pair.coder_b,
        window_us=pair.window_us,
        scored=pair.scored,
        a={},
        b={},
        ratings_a=pair.ratings_a,
        ratings_b=pair.ratings_b,
    )
