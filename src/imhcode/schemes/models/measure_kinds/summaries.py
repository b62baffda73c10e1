"""Measures made from ratings and from other measures."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.measure_kinds.selections import Measure
from imhcode.schemes.models.part import Id, Several


class ScaleComposite(Measure):
    """Several ratings in one number."""

    kind: Literal["scale_composite"]
    ratings: Annotated[list[Id], Field(min_length=1)]
    """The scales."""
    reverse: Several[Id]
    """Those that are turned round first."""
    method: Literal["mean", "sum"] = "mean"
    """How they are joined."""
    min_valid: Annotated[int, Field(ge=1)]
    """With fewer scores than these there is no number."""


class Difference(Measure):
    """One episode's number minus that of another."""

    kind: Literal["difference"]
    measure: Id
    """The measure that both are taken from."""
    minuend: Id
    """Kind of episode whose number comes first."""
    subtrahend: Id
    """Kind of episode whose number is taken from it."""


class Trend(Measure):
    """How numbers change from visit to visit."""

    kind: Literal["trend"]
    over: Literal["visits"]
    """What they are lined up by."""
    measures: Annotated[list[Id], Field(min_length=1)]
    """The measures that are followed."""
