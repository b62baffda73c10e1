"""Chance in tables with a cell that cannot be filled: quasi-independence."""

import numpy as np

from imhcode.analysis.square_tables import Tables, divided, margins, totals


def expected_with_empty_corner(tables: Tables) -> Tables:
    """Expected cells with both margins kept and the last diagonal cell zero.

    What iterative proportional fitting (Deming & Stephan 1940; Goodman 1968) from a table of ones
    with a zero in the corner goes to, in closed form: filling the corner with
    ``x = r c / m`` (the margins of the last row and column, over what lies outside both) makes the
    table independent, and taking it out again leaves the fitted one.  The iteration itself needs
    thousands of rounds where hardly any event has a partner.

    Parameters
    ----------
    tables : array, shape (..., K, K)
        Last row and column: no partner; their common cell is empty by construction.

    Returns
    -------
    array, shape (..., K, K)
    """
    rows, columns = margins(tables)
    alone_a, alone_b = rows[..., -1], columns[..., -1]
    paired = totals(tables) - alone_a - alone_b
    corner = np.nan_to_num(divided(alone_a * alone_b, paired))
    rows, columns = rows.copy(), columns.copy()
    rows[..., -1] += corner
    columns[..., -1] += corner
    whole = totals(tables) + corner
    fitted = np.nan_to_num(
        divided(rows[..., :, None] * columns[..., None, :], whole[..., None, None])
    )
    nobody = paired == 0
    fitted[nobody] = tables[nobody]  # without any pair there is one way to keep the margins
    fitted[..., -1, -1] = 0
    return fitted
