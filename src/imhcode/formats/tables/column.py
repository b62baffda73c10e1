"""A column of a table and what it holds; other programs are told, none has to guess."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from imhcode.formats.tables.column_meanings import MEANINGS

Sort = Literal["text", "whole", "number"]

_WHOLE = {
    *("n", "n_censored", "episode_n", "event", "lag", "count", "structural_zero", "zero_cell"),
    *("near_target", "near_none", "away_target", "away_none", "low_expected", "bin_index"),
    *("n_events", "n_episodes", "n_sessions"),
}
_NUMBER = {
    *("value", "denominator_s", "start_s", "time_s", "probability", "expected"),
    *("adjusted_residual", "p_given", "p_outside", "p_base", "operant_contingency", "odds_ratio"),
    *("log_odds", "log_odds_se", "yules_q", "phi", "chance_near_target", "chance_p", "shuffled_p"),
    *("shuffled_near_target", "permutation_p", "lag_s", "bin_start_s", "bin_s", "codable_s"),
    *("child_age_mo", "child_age_corr_mo", "coded_from_s", "coded_until_s", "coded_s"),
    *("uncodable_s", "excluded_s"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    sort : str
        ``text``; ``whole`` numbers; any ``number``.  All may be empty.
    """

    name: str
    sort: Sort = "text"


def columns_of(names: Iterable[str], *, others: Sort = "text") -> list[Column]:
    """The columns of those names; ``others`` is said of names that no table of ours has."""
    return [Column(name, _sort(name, others)) for name in names]


def _sort(name: str, others: Sort) -> Sort:

    if name in _WHOLE:
        return "whole"
    if name in _NUMBER:
        return "number"
    return "text" if name in MEANINGS else others
