"""What is seen at a glance of coders compared: worked out from records that were read before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from imhcode.analysis.agreement.kappa_event import kappa_with_partners_missing
from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.measure_rows import Asked
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.pair_tables import PairTables, tables_of_pairs
from imhcode.analysis.rating_differences import RatingDifference, side_by_side
from imhcode.analysis.rating_rows import table_of_scores
from imhcode.analysis.scale_points import points_on
from imhcode.domain.scheme import RatingScale, Scheme, Track
from imhcode.media.superseded import Superseded
from imhcode.services.agreement_comparison import Comparison, Steps, compared, n_events_of
from imhcode.services.agreement_measures import MeasuredPair
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.ui.agreement.drift import Compared
from imhcode.ui.agreement.heat_map import Confusion
from imhcode.ui.agreement.measured_by_both import BothMeasured, measured_by_both
from imhcode.ui.agreement.tolerance_curve import SHOWN_AT_US, AtTolerance

Progress = Callable[[float], None]
Wanted = Callable[[], bool]
US = 1_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Records:
    """Pairs of observations with one scheme, read from a study.

    Attributes
    ----------
    pairs : tuple of ChosenPair
    compared : tuple of ComparedPair
        Their columns, in the same order.
    measured : tuple of MeasuredPair
        What both records of each pair give as measures, in the same order; empty until asked for.
    measures_digest : str
        Of the lab's parameters that measures were worked out with; empty until then.
    """

    scheme: Scheme
    tracks: tuple[Track, ...]
    with_ratings: bool = True
    pairs: tuple[ChosenPair, ...]
    compared: tuple[ComparedPair, ...]
    measured: tuple[MeasuredPair, ...] = ()
    measures_digest: str = ""

    @property
    def coders(self) -> tuple[str, str]:
        """Who is the first and who the second; empty where they differ from pair to pair."""
        names = {(one.a.coder_id, one.b.coder_id) for one in self.pairs}
        return next(iter(names)) if len(names) == 1 else ("", "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Overview:
    """Every estimate and table; sessions in the order of the pairs."""

    records: Records
    comparison: Comparison = field(repr=False)

    @property
    def parameters(self) -> Parameters:
        """How they were compared."""
        return self.comparison.parameters

    @property
    def tables(self) -> dict[str, PairTables]:
        """By track."""
        return self.comparison.tables

    @cached_property
    def _by_place(self) -> dict[tuple[str, ...], AgreementRow]:
        found: dict[tuple[str, ...], AgreementRow] = {}
        for one in self.comparison.rows:
            who = (one.session_id, one.coder_a, one.coder_b) if one.session_id else ()
            about = one.track_id, one.code, one.index, one.unit, one.direction
            found.setdefault((*about, *who), one)
        return found

    def row(
        self,
        track_id: str,
        index: str,
        unit: str,
        *,
        code: str = "",
        pair: ChosenPair | None = None,
    ) -> AgreementRow | None:
        """One estimate: pooled, or of one pair of observations."""
        who = (pair.entry.session.id, pair.a.coder_id, pair.b.coder_id) if pair else ()
        return self._by_place.get((track_id, code, index, unit, "both", *who))

    def confusion(self, track: Track, *, of_time: bool, words: tuple[str, str]) -> Confusion:
        """The confusion matrix of a track over all sessions.

        Parameters
        ----------
        words : tuple of str
            For nothing coded at an instant, and for an event without a partner.
        """
        tables = self.tables[track.id]
        by_time = of_time and tables.time is not None
        cells = tables.time if by_time and tables.time is not None else tables.aligned
        labels = [code.label for one in tables.codes if (code := track.code(one))]
        return Confusion(
            codes=(*tables.codes, ""),
            labels=(*labels, words[0] if by_time else words[1]),
            cells=np.asarray(cells.sum(axis=0), float) / (US if by_time else 1),
            unit="s" if by_time else "",
            coders=self.records.coders,
        )

    def compared(self, track: Track) -> list[Compared]:
        """How far each pair agrees on a track: by time where there is time, else by event."""
        found = []
        for pair in self.records.pairs:
            row = self.row(track.id, "kappa_time", "time", pair=pair)
            row = row or self.row(track.id, "kappa_event", "event", pair=pair)
            found.append(
                Compared(
                    session_id=pair.entry.session.id,
                    day=pair.entry.session.date,
                    coders=_judged(pair),
                    value=None if row is None else row.value,
                )
            )
        return found

    @cached_property
    def of_several(self) -> tuple[str, ...]:
        """The sessions that more than two coders have coded."""
        coders: dict[str, set[str]] = {}
        for pair in self.records.pairs:
            some = coders.setdefault(pair.entry.session.id, set())
            some |= {pair.a.coder_id, pair.b.coder_id}
        return tuple(one for one, some in coders.items() if len(some) > 2)

    @property
    def scales(self) -> tuple[RatingScale, ...]:
        """The scales that are compared."""
        return self.records.scheme.ratings if self.records.with_ratings else ()

    @property
    def is_measured(self) -> bool:
        """Whether the measures of both records were worked out."""
        return bool(self.comparison.measures_digest)

    @cached_property
    def measures(self) -> Mapping[Asked, Sequence[BothMeasured]]:
        """What both records give, by measure, statistic and kind of episode."""
        some = self.records
        return measured_by_both(some.scheme, some.pairs, some.measured) if some.measured else {}

    @cached_property
    def scores(self) -> dict[str, list[tuple[ChosenPair, RatingDifference]]]:
        """What both coders gave, by scale; pairs in their order."""
        found: dict[str, list[tuple[ChosenPair, RatingDifference]]] = {}
        for pair, one in zip(self.records.pairs, self.records.compared, strict=True):
            for both in side_by_side(one.ratings_a, one.ratings_b):
                found.setdefault(both.scale, []).append((pair, both))
        return found

    def confusion_of_scores(self, scale: RatingScale) -> Confusion:
        """How often the coders gave which points of a scale."""
        given = [
            [np.nan if one is None or one.value is None else one.value for one in both]
            for both in ((one.first, one.second) for _, one in self.scores.get(scale.id, ()))
        ]
        points = tuple(f"{point:g}" for point in points_on(scale.scale))
        return Confusion(
            codes=points,
            labels=points,
            cells=table_of_scores(np.array(given, float).reshape(-1, 2), scale),
            coders=self.records.coders,
        )


def _judged(pair: ChosenPair) -> tuple[str, ...]:
    """Whose drift a pair tells of: both, but a gold standard does not drift."""
    both = (pair.a, pair.b)
    return tuple(one.coder_id for one in both if one.role not in ("gold", "consensus"))


def overview_of(
    records: Records,
    parameters: Parameters,
    on_progress: Progress = lambda _: None,
    wanted: Wanted = lambda: True,
) -> Overview:
    """Work out every estimate; may be stopped between tracks (`Superseded`)."""
    steps = Steps(n_events_of(records.pairs), on_progress, wanted)
    comparison = compared(
        records.scheme,
        records.tracks,
        records.pairs,
        [records.compared],
        parameters,
        steps,
        with_ratings=records.with_ratings,
        measured=records.measured,
        measures_digest=records.measures_digest,
    )
    steps.done()
    return Overview(records=records, comparison=comparison)


def curve_of(
    records: Records, track: Track, parameters: Parameters, wanted: Wanted = lambda: True
) -> Sequence[AtTolerance]:
    """Kappas of a track at several tolerances; may be stopped (`Superseded`)."""
    if track.kind == "interval":
        return ()  # bins lie where they lie
    found = []
    for tolerance_us in SHOWN_AT_US:
        if not wanted():
            raise Superseded
        some = replace(parameters, tolerance_us=tolerance_us)
        tables = tables_of_pairs(records.compared, records.scheme, track, some)
        ways = [
            float(kappa(one.sum(axis=0)))
            for one in (tables.a_to_b, tables.b_to_a)
            if one is not None
        ]
        event = float(kappa_with_partners_missing(tables.aligned.sum(axis=0)))
        time = min(ways) if ways and np.isfinite(ways).all() else None
        found.append(AtTolerance(tolerance_us, time, event if np.isfinite(event) else None))
    return found
