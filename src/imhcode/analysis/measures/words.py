"""A sentence for every measure: what it is called, how it was computed, where that comes from."""

from dataclasses import dataclass

from imhcode.analysis.measures import MEASURES
from imhcode.analysis.selecting import Declared

OWN = "own"  #: the source of what this program defines itself


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a measure.

    Attributes
    ----------
    label : str
        As the scheme's author named it.
    formula : str
        What was divided by what, with the numbers that were used.
    empty_when : str
        When there is no number, in the scheme's words; empty if it does not say.
    reference : str
        A source to cite; empty where there is none.
    """

    label: str
    formula: str
    unit: str
    empty_when: str
    note: str
    reference: str

    @property
    def sentence(self) -> str:
        """All of it as one or two sentences."""
        unit = f" ({self.unit.replace('_', ' ')})" if self.unit else ""
        said = [f"{self.label}{unit}: {self.formula}."]
        if self.empty_when:
            said.append(f"Empty if: {self.empty_when}.")
        if self.note:
            said.append(self.note if self.note.endswith(".") else f"{self.note}.")
        if self.reference:
            said.append(f"[{self.reference.rstrip('.')}]")
        return " ".join(said)


def words_for(declared: Declared) -> Words:
    """What is said of a measure as a scheme declares it."""
    kind = MEASURES[declared["kind"]]
    return Words(
        label=declared["label"],
        formula=kind.formula(declared),
        unit=declared.get("unit", ""),
        empty_when=declared.get("null_when", ""),
        note=declared.get("note", ""),
        reference="" if kind.source == OWN else kind.source,
    )
