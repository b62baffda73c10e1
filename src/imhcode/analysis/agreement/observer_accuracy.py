"""How accurate two equally good observers would be, given their kappa."""

import numpy as np

from imhcode.analysis.agreement import INDICES, TableIndex, Tables, Values
from imhcode.analysis.agreement.kappa_time import kappa
from imhcode.analysis.square_tables import divided, margins, totals, why_no_kappa

HALVINGS = 60  #: bisection to far below what a double can tell apart


def expected_kappa(accuracy: Values, shares: Values) -> Values:
    """Kappa of two observers who give the true code with that probability, else another at random.

    Parameters
    ----------
    accuracy : array, shape (...)
        Probability of the true code.
    shares : array, shape (..., K)
        How often each code is true; they sum to one.  Codes that never are do not count.
    """
    live = shares > 0
    k = live.sum(axis=-1)
    slip = divided(1 - accuracy, k - 1)
    by_code = accuracy[..., None] ** 2 * shares + slip[..., None] ** 2 * (1 - shares)
    seen = np.where(live, by_code, 0).sum(axis=-1)
    margin = accuracy[..., None] * shares + slip[..., None] * (1 - shares)
    by_chance = np.where(live, margin**2, 0).sum(axis=-1)
    return divided(seen - by_chance, 1 - by_chance)


def accuracy_for(kappas: Values, shares: Values) -> Values:
    """The accuracy at which the expected kappa is the one seen; NaN below chance."""
    k = (shares > 0).sum(axis=-1)
    low, high = divided(1.0, k), np.ones_like(kappas)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = expected_kappa(middle, shares) >= kappas
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    found = (low + high) / 2
    return np.where(np.isfinite(kappas) & (kappas >= 0) & (k > 1), found, np.nan)


def observer_accuracy(tables: Tables) -> Values:
    """Estimated accuracy (Gardner model); the mean of both margins stands for the true shares."""
    rows, columns = margins(tables)
    shares = divided((rows + columns) / 2, totals(tables)[..., None])
    return accuracy_for(kappa(tables), np.nan_to_num(shares))


def why_undefined(table: Tables) -> str:
    """Why no accuracy can be told."""
    return "below chance" if np.isfinite(kappa(table)) else why_no_kappa(table)


INDICES.add(
    TableIndex(
        "observer_accuracy",
        ("time",),
        observer_accuracy,
        why_undefined,
        "Gardner 1995; Bakeman, Quera, McArthur & Robinson 1997",
    )
)
