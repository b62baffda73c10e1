"""Seconds as an author writes them, and microseconds as the program counts them."""

from decimal import Decimal


def as_us(seconds: float) -> int:
    """Whole microseconds, exactly.

    ``0.1`` is taken as the author wrote it, a tenth, not as its nearest binary fraction.

    Raises
    ------
    ValueError
        The value is finer than a microsecond, or no number of seconds at all.
    """
    exact = Decimal(repr(seconds)) * 1_000_000
    if not exact.is_finite() or exact != exact.to_integral_value():
        msg = f"{seconds} s is not a whole number of microseconds"
        raise ValueError(msg)
    return int(exact)
