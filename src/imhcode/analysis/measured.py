"""What computing a measure gives: numbers, and what they were made of."""

from dataclasses import dataclass, field

VALUE = "value"  #: the statistic of a measure that has one


@dataclass(frozen=True, slots=True)
class Number:
    """One statistic of one measure.

    Attributes
    ----------
    value : float, int or None
        ``None`` where it is not defined; ``null_reason`` then says why.
    n : int or None
        How many events, bins, transitions … it rests on.
    n_censored : int or None
        How many of them were cut before they ended; ``None`` where nothing can be.
    denominator_us : int or None
        Time below the line, or looked at.
    """

    statistic: str
    value: float | int | None
    n: int | None = None
    n_censored: int | None = None
    denominator_us: int | None = None
    null_reason: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait of a survival measure.

    Attributes
    ----------
    start_id : str
        The event from whose onset or offset it counts.
    came : bool
        Whether what was waited for came; else it was censored.
    censor_reason : str
        What ended the waiting without it.
    """

    start_id: str
    from_us: int
    time_us: int
    came: bool
    censor_reason: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One cell of a table of transitions.

    Attributes
    ----------
    lag : int
        How many events on.
    structural_zero : bool
        Whether it cannot occur: a state does not follow itself.
    expected, residual : float or None
        Under independence, and how far the count is from it in standard errors.
    permutation_p : float or None
        Share of shuffled sequences with at least as many; ``None`` if it was not asked for.
    """

    from_code: str
    to_code: str
    count: int
    probability: float | None
    structural_zero: bool = False
    lag: int = 1
    expected: float | None = None
    residual: float | None = None
    permutation_p: float | None = None


@dataclass(frozen=True, slots=True)
class Square:
    """One two-by-two table of bins: near the given and with the target, and so on, by rows.

    Attributes
    ----------
    given : str
        The code it is about; empty where all count together.
    chance_mean, chance_p : float or None
        Cell ``a`` on average, and how often it is at least as large, when the targets are shifted
        round the session by every number of bins.
    near, target : bytes
        The bins behind the table, eight to a byte, to compare sessions with each other.
    """

    given: str
    a: int
    b: int
    c: int
    d: int
    chance_mean: float | None = None
    chance_p: float | None = None
    near: bytes = field(default=b"", repr=False)
    target: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class AtLag:
    """One point of a profile over lags.

    Attributes
    ----------
    series : str
        ``r``, ``prewhitened_r`` or ``recurrence``.
    lag_us : int
        At a positive lag the first track leads.
    value : float or None
        ``None`` where too few bins have both.
    """

    series: str
    lag_us: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one measure gives for one session or episode."""

    numbers: tuple[Number, ...]
    waits: tuple[Wait, ...] = ()
    passages: tuple[Passage, ...] = ()
    squares: tuple[Square, ...] = ()
    lags: tuple[AtLag, ...] = ()


def nothing(statistics: tuple[str, ...], reason: str, n: int | None = None) -> Result:
    """Every statistic empty, for one reason."""
    return Result(tuple(Number(one, None, n, null_reason=reason) for one in statistics))
