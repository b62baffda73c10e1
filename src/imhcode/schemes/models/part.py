"""What all parts of a document have in common: strictness, and the sorts of words they hold.

The text under a field says what it means; editors show it through the JSON Schema.
"""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from imhcode.schemes.seconds import as_us

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
VERSION_PATTERN = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$"
COLOR_PATTERN = r"^#[0-9A-Fa-f]{6}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
NUMBER_PATTERN = r"^-?[0-9]+(\.[0-9]+)?$"
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DAY_S = 86_400


class Part(BaseModel):
    """A mapping in the document: only known fields, and no value taken for another sort."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        frozen=True,
        use_attribute_docstrings=True,
    )


def _whole_us(seconds: float) -> float:
    try:
        as_us(seconds)
    except ValueError as error:
        raise PydanticCustomError("too_fine", "finer than a microsecond") from error
    return seconds


def _word_or_list(value: object) -> str:
    return "word" if isinstance(value, str) else "list"


T = TypeVar("T")

#: a list that may be left out
Several = Annotated[list[T], Field(default_factory=list)]

Id = Annotated[str, Field(pattern=ID_PATTERN)]
Text = Annotated[str, Field(min_length=1)]
Version = Annotated[str, Field(pattern=VERSION_PATTERN)]
Color = Annotated[str, Field(pattern=COLOR_PATTERN)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
Date = Annotated[str, Field(pattern=DATE_PATTERN)]
#: a number as the name of a field: a point of a rating scale
Point = Annotated[str, Field(pattern=NUMBER_PATTERN)]
Seconds = Annotated[float, Field(ge=0, le=DAY_S), AfterValidator(_whole_us)]
Length = Annotated[float, Field(gt=0, le=DAY_S), AfterValidator(_whole_us)]
#: seconds after something, or before it if negative
Offset = Annotated[float, Field(ge=-DAY_S, le=DAY_S), AfterValidator(_whole_us)]
Months = Annotated[float, Field(ge=0, le=1_200)]
AllOrIds = Annotated[
    Annotated[Literal["all"], Tag("word")] | Annotated[list[Id], Tag("list")],
    Discriminator(_word_or_list),
]
#: ``each_code`` asks for one number a code
EachOrIds = Annotated[
    Annotated[Literal["all", "each_code"], Tag("word")] | Annotated[list[Id], Tag("list")],
    Discriminator(_word_or_list),
]


class Window(Part):
    """How soon and how late something may begin, counted from the onset of what it answers."""

    min: Offset
    """Earliest, in seconds; negative: before it."""
    max: Offset | None
    """Latest, in seconds; null: for ever."""


class AgeRange(Part):
    """Ages in months, both included."""

    min: Months | None = None
    """Youngest."""
    max: Months | None = None
    """Oldest."""
    use_corrected_age: bool = False
    """Count from the day the child was due, not from birth."""


class Scale(Part):
    """Numbers that can be given, both ends included."""

    min: float
    """Lowest."""
    max: float
    """Highest."""
    step: Annotated[float, Field(gt=0)] = 1
    """From one number to the next."""
    allow_half: bool = False
    """Whether a number midway between two steps may be given."""
    type: Literal["ordinal", "interval"] = "ordinal"
    """Whether only the order of the numbers counts, or their distances too."""


class Flag(Part):
    """A prompt to talk to somebody; never a judgement about a family."""

    action: Literal["prompt_consult"]
    """What the program does: it shows the text, once, and blocks nothing."""
    text: Text
    """What it says."""
    at_or_above: float | None = None
    """For ratings: only from this score on."""
    modifier: Id | None = None
    """For codes: only where this modifier ..."""
    value: Id | None = None
    """... has this value."""


#: the indices of agreement that the program can work out
AgreementIndex = Literal[
    "kappa_time",
    "kappa_time_tolerance",
    "kappa_time_code",
    "category_agreement_time",
    "kappa_event",
    "kappa_event_linked",
    "kappa_on_matched",
    "kappa_on_linked",
    "percent_agreement",
    "positive_agreement",
    "negative_agreement",
    "pabak",
    "ac1",
    "kappa_max",
    "prevalence",
    "bias",
    "observer_accuracy",
    "boundary_median_s",
    "boundary_p90_s",
    "kappa_fleiss",
    "kappa_light",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
    "kappa_weighted_linear",
    "kappa_weighted_quadratic",
    "icc_1_1",
    "icc_2_1",
    "icc_3_1",
    "icc_1_k",
    "icc_2_k",
    "icc_3_k",
    "within_one",
    "modifier_agreement",
    "icc_latency",
]


class Reliability(Part):
    """How far two coders should agree, and by which index.  A target, not a finding."""

    index: list[AgreementIndex]
    """Which numbers are worked out when a session was coded twice; none: it is not scored."""
    tolerance_s: Seconds | None = None
    """How far apart two onsets may lie and still count as the same."""
    min_value: Annotated[float, Field(ge=0, le=1)] | None = None
    """What a coder should reach before coding alone."""
    double_code_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    """Share of sessions that two coders code."""
    note: str = ""
    """Anything to know about it."""
