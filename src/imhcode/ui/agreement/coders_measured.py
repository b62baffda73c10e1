"""An overview with the measures of both coders' records, worked out when they are asked for."""

from collections.abc import Iterable
from dataclasses import replace

from imhcode.analysis.measure_rows import measure_rows
from imhcode.media.superseded import Superseded
from imhcode.services.agreement_comparison import coders_of
from imhcode.services.agreement_measures import MeasuredPair, MeasuresOfPairs
from imhcode.services.measures import Reading
from imhcode.ui.agreement.overview import Overview, Progress, Wanted


def with_measures(
    overview: Overview,
    measures: MeasuresOfPairs,
    readings: Iterable[Reading],
    on_progress: Progress = lambda _: None,
    wanted: Wanted = lambda: True,
) -> Overview:
    """The same overview with measures; may be stopped between pairs (`Superseded`).

    Parameters
    ----------
    readings : iterable of Reading
        Every record of its pairs.
    """
    pairs, comparison = overview.records.pairs, overview.comparison
    found: list[MeasuredPair] = []
    for one in measures.of(pairs, {each.observation_id: each for each in readings}):
        if not wanted():
            raise Superseded
        found.append(one)
        on_progress(len(found) / len(pairs))
    rows = measure_rows(found, coders_of(pairs), comparison.parameters)
    return Overview(
        records=replace(overview.records, measured=tuple(found), measures_digest=measures.digest),
        comparison=replace(
            comparison, rows=(*comparison.rows, *rows), measures_digest=measures.digest
        ),
    )
