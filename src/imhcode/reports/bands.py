"""Words for values of kappa, by those who proposed them: off unless somebody asks for them.

No one value is good enough for everything (Bakeman 2022); the words are conventions.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bands:
    """Words from a value upwards, highest first."""

    author: str
    words: tuple[tuple[float, str], ...]

    def word(self, value: float) -> str:
        """The word for a value."""
        return next((word for least, word in self.words if value >= least), self.words[-1][1])


BANDS = {
    "landis-koch": Bands(
        "Landis & Koch 1977",
        (
            (0.81, "almost perfect"),
            (0.61, "substantial"),
            (0.41, "moderate"),
            (0.21, "fair"),
            (0.0, "slight"),
            (-1.0, "poor"),
        ),
    ),
    "fleiss": Bands("Fleiss 1981", ((0.75, "excellent"), (0.40, "fair to good"), (-1.0, "poor"))),
    "altman": Bands(
        "Altman 1991",
        (
            (0.81, "very good"),
            (0.61, "good"),
            (0.41, "moderate"),
            (0.21, "fair"),
            (-1.0, "poor"),
        ),
    ),
}
