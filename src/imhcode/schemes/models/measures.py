"""Measures that a scheme declares: one model for each kind, chosen by ``kind``.

A new kind is one more class here and one more name in :data:`Measure`.
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field

from imhcode.schemes.models.part import AllOrIds, Id, Part, Seconds, Several, Text

Censor = Literal["episode_end", "session_end", "uncodable_onset"]


class Selection(Part):
    """Events by code or by class; of the track around it unless it names one."""

    track: Id | None = None
    codes: AllOrIds | None = None
    classes: Several[Id]


class LinkedSelection(Selection):
    """Events that answer by a link."""

    link: Id


class Condition(Part):
    """What an event of the base must have, or be answered by, to count."""

    link: Id | None = None
    first: bool = False
    codes: AllOrIds | None = None
    classes: Several[Id]
    modifier: Id | None = None
    values: Several[Id]


class AnyOf(Part):
    """Events of several selections together."""

    any_of: Annotated[list[Selection], Field(min_length=1)]


class _Measure(Part):
    id: Id
    label: Text
    per: Annotated[list[Literal["session", "episode"]], Field(min_length=1)]
    unit: str = ""
    null_when: str = ""


class ProportionTime(_Measure):
    """Share of codable time."""

    kind: Literal["proportion_time"]
    track: Id
    numerator: Selection
    denominator: Literal["codable"] = "codable"


class RatePerMinute(_Measure):
    """Events per minute of codable time."""

    kind: Literal["rate_per_minute"]
    track: Id
    codes: AllOrIds | None = None
    classes: Several[Id]
    denominator: Literal["codable"] = "codable"


class ProportionOfEvents(_Measure):
    """Share of events that meet a condition."""

    kind: Literal["proportion_of_events"]
    base: Selection
    count_if: Condition


class LinkLatency(_Measure):
    """Time from an event to its answer."""

    kind: Literal["link_latency"]
    link: Id
    from_classes: Several[Id]
    statistic: list[Literal["median", "mean", "n"]]


class SurvivalLatency(_Measure):
    """Time to an answer, with those that never come counted as censored."""

    kind: Literal["survival_latency"]
    start: Selection
    end: LinkedSelection
    censor_at: list[Censor]
    statistic: list[Literal["kaplan_meier_median", "n_events", "n_censored"]]


class RunLatency(_Measure):
    """Time from the first instant of one run of states until another has held."""

    kind: Literal["run_latency"]
    track: Id
    from_: Annotated[Selection, Field(alias="from")]
    to: Selection
    min_run_s: Seconds = 0
    to_hold_s: Seconds = 0
    censor_at: list[Censor]
    statistic: list[Literal["kaplan_meier_median", "mean_uncensored", "n_events", "n_censored"]]


class Contingency(_Measure):
    """Whether one thing follows another more often than at other times."""

    kind: Literal["contingency_2x2"]
    given: Selection
    target: AnyOf
    window_s: Seconds
    bin_s: Annotated[Seconds, Field(gt=0)]
    statistic: list[Literal["table", "p_given", "p_outside", "yules_q", "odds_ratio"]]
    requires_passes: Several[Id]


class TransitionMatrix(_Measure):
    """Which state follows which."""

    kind: Literal["transition_matrix"]
    track: Id
    statistic: list[Literal["counts", "probabilities", "transitions_per_min"]]


Measure = Annotated[
    ProportionTime
    | RatePerMinute
    | ProportionOfEvents
    | LinkLatency
    | SurvivalLatency
    | RunLatency
    | Contingency
    | TransitionMatrix,
    Discriminator("kind"),
]
