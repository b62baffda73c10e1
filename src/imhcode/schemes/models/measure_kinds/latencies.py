"""Measures of how long something takes; what never comes is censored, not left out."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.measure_kinds.selections import Censor, End, Measure, Selection, Start
from imhcode.schemes.models.part import AllOrIds, Id, Seconds, Several

Survival = Literal["kaplan_meier_median", "mean_uncensored", "n_events", "n_censored"]


class LinkLatency(Measure):
    """Time from an event to its answer."""

    kind: Literal["link_latency"]
    link: Id
    """The link."""
    from_classes: Several[Id]
    """Only answers by codes of these classes."""
    statistic: list[Literal["median", "mean", "n"]]
    """Which numbers."""


class SurvivalLatency(Measure):
    """Time to an answer, with those that never come counted as censored."""

    kind: Literal["survival_latency"]
    start: Start
    """From here."""
    end: End
    """To here."""
    censor_at: list[Censor]
    """What ends the waiting without an answer."""
    statistic: list[Survival]
    """Which numbers."""


class RunLatency(Measure):
    """Time from the first instant of one run of states until another has held."""

    kind: Literal["run_latency"]
    track: Id
    """Whose states."""
    from_: Annotated[Selection, Field(alias="from")]
    """The run begins with these."""
    to: Selection
    """And ends with these."""
    min_run_s: Seconds = 0
    """Shorter runs do not count."""
    to_hold_s: Seconds = 0
    """How long the new state must last to count."""
    censor_at: list[Censor]
    """What ends the waiting without it."""
    statistic: list[Survival]
    """Which numbers."""


class LatencyToFirst(Measure):
    """Time from each event to the first of another sort."""

    kind: Literal["latency_to_first"]
    from_: Annotated[Start, Field(alias="from")]
    """From here."""
    to: Selection
    """To the first of these."""
    censor_at: list[Censor]
    """What ends the waiting without it."""
    statistic: list[Survival]
    """Which numbers."""


class LatencyFromEpisodeStart(Measure):
    """Time from the beginning of an episode to the first event."""

    kind: Literal["latency_from_episode_start"]
    track: Id
    """Whose events."""
    codes: AllOrIds | None = None
    """Only these."""
    classes: Several[Id]
    """Only codes of these classes."""
    censor_at: list[Censor]
    """What ends the waiting without it."""
    statistic: Several[Survival]
    """Which numbers."""
