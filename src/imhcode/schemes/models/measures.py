"""Measures that a scheme declares: one model for each kind, chosen by ``kind``.

A new kind is one more class in :mod:`imhcode.schemes.models.measure_kinds` and one more name in
:data:`Measure`.
"""

from typing import Annotated

from pydantic import Discriminator

from imhcode.schemes.models.measure_kinds.counts import (
    AlternationRate,
    BinSlope,
    Contingency,
    Count,
    EventRatio,
    ProportionOfEvents,
    RatePerMinute,
)
from imhcode.schemes.models.measure_kinds.latencies import (
    LatencyFromEpisodeStart,
    LatencyToFirst,
    LinkLatency,
    RunLatency,
    SurvivalLatency,
)
from imhcode.schemes.models.measure_kinds.summaries import Difference, ScaleComposite, Trend
from imhcode.schemes.models.measure_kinds.times import (
    CrossCorrelation,
    DurationStat,
    IntervalMean,
    OrdinalMax,
    OrdinalMean,
    OrdinalMeanDifference,
    ProportionTime,
    RecurrenceProfile,
    StateSpaceGrid,
    TransitionMatrix,
    TransitionRate,
)

Measure = Annotated[
    AlternationRate
    | BinSlope
    | Contingency
    | Count
    | CrossCorrelation
    | Difference
    | DurationStat
    | EventRatio
    | IntervalMean
    | LatencyFromEpisodeStart
    | LatencyToFirst
    | LinkLatency
    | OrdinalMax
    | OrdinalMean
    | OrdinalMeanDifference
    | ProportionOfEvents
    | ProportionTime
    | RatePerMinute
    | RecurrenceProfile
    | RunLatency
    | ScaleComposite
    | StateSpaceGrid
    | SurvivalLatency
    | TransitionMatrix
    | TransitionRate
    | Trend,
    Discriminator("kind"),
]
