"""What all parts of a document have in common: strictness, and the sorts of words they hold."""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from imhcode.schemes.seconds import as_us

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
VERSION_PATTERN = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$"
COLOR_PATTERN = r"^#[0-9A-Fa-f]{6}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
DAY_S = 86_400


class Part(BaseModel):
    """A mapping in the document: only known fields, and no value taken for another sort."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


def _whole_us(seconds: float) -> float:
    try:
        as_us(seconds)
    except ValueError as error:
        raise PydanticCustomError("too_fine", "finer than a microsecond") from error
    return seconds


def _which(value: object) -> str:
    return "all" if isinstance(value, str) else "list"


T = TypeVar("T")

#: a list that may be left out
Several = Annotated[list[T], Field(default_factory=list)]

Id = Annotated[str, Field(pattern=ID_PATTERN)]
Text = Annotated[str, Field(min_length=1)]
Version = Annotated[str, Field(pattern=VERSION_PATTERN)]
Color = Annotated[str, Field(pattern=COLOR_PATTERN)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
Seconds = Annotated[float, Field(ge=0, le=DAY_S), AfterValidator(_whole_us)]
Months = Annotated[float, Field(ge=0, le=1_200)]
AllOrIds = Annotated[
    Annotated[Literal["all"], Tag("all")] | Annotated[list[Id], Tag("list")],
    Discriminator(_which),
]


class Window(Part):
    """How long after (and how soon) something may come; ``max: null`` is for ever."""

    min: Seconds
    max: Seconds | None


class AgeRange(Part):
    """Ages in months."""

    min: Months | None = None
    max: Months | None = None
    use_corrected_age: bool = False
