"""Round numbers for an axis."""

import numpy as np


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round values from ``low`` to ``high``, at most about so many."""
    span = (high - low) or 1.0
    rough = span / max(most, 1)
    power = 10.0 ** np.floor(np.log10(rough))
    step = next((n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough), 10 * power)
    first = np.ceil(low / step - 1e-9)
    found = [round(float(first + n) * step, 10) for n in range(most + 2)]
    return [value + 0.0 for value in found if value <= high + span * 1e-9]
