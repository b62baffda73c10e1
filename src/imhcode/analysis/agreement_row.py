"""One estimate of agreement: a row of the long table."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One estimate; the columns of ``agreement.csv`` that differ from row to row.

    Attributes
    ----------
    session_id, dyad_id : str
        Empty in pooled rows.
    coder_a, coder_b : str
        Empty in pooled rows of several pairs of coders, and where there are more than two.
    track_id : str
        The id of the scale in rows about ratings.
    code : str
        Empty for the whole track; ``class:`` and the class for the codes of a class; the id of
        the modifier for ``modifier_agreement``.
    level : str
        ``session`` or ``pooled``.
    direction : str
        ``a_to_b``, ``b_to_a``: the first is the reference; ``both``.
    value, ci_low, ci_high : float or None
        ``None`` where there is none; then ``null_reason`` says why.
    n_sessions : int
        How many sessions were compared.
    """

    session_id: str = ""
    dyad_id: str = ""
    coder_a: str = ""
    coder_b: str = ""
    track_id: str
    code: str = ""
    level: str
    index: str
    direction: str = "both"
    tolerance_s: float | None = None
    value: float | None = None
    unit: str = ""
    ci_low: float | None = None
    ci_high: float | None = None
    ci_method: str = ""
    ci_level: float | None = None
    n_sessions: int
    n_events_a: int | None = None
    n_events_b: int | None = None
    n_matched: int | None = None
    n_only_a: int | None = None
    n_only_b: int | None = None
    codable_s: float | None = None
    excluded_s: float | None = None
    po: float | None = None
    pe: float | None = None
    null_reason: str = ""

    def plain(self) -> dict[str, Any]:
        """The row as plain values, in the order of the columns."""
        return asdict(self)
