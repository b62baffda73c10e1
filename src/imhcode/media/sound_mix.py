"""From the channels of a recording to two ears."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CENTRE = 0.7071


def mix_matrix(channel_names: Sequence[str], channel: int | None = None) -> NDArray[np.float32]:
    """Return what each channel gives to the left and the right ear.

    Parameters
    ----------
    channel_names : sequence of str
        FFmpeg's names: ``FL``, ``SR``, ``FC``, ``LFE`` …
    channel : int or None
        The one channel to be heard, in both ears; ``None`` for all of them, each on its side.

    Returns
    -------
    ndarray of float32, shape (channels, 2)
        Columns of many channels sum to 1 at most, so that a mix does not clip.
    """
    matrix = np.zeros((len(channel_names), 2), np.float32)
    if channel is not None and 0 <= channel < len(channel_names):
        matrix[channel] = 1.0
        return matrix
    if len(channel_names) == 1:
        return np.ones((1, 2), np.float32)
    for n, name in enumerate(channel_names):
        if name == "LFE":
            continue  # a subwoofer's channel in a headphone is only rumble
        if name.endswith("L") or name in {"FLC", "DL"}:
            matrix[n, 0] = 1.0
        elif name.endswith("R") or name in {"FRC", "DR"}:
            matrix[n, 1] = 1.0
        else:
            matrix[n] = _CENTRE
    sums = matrix.sum(axis=0)
    return np.asarray(matrix / np.maximum(sums, 1.0), dtype=np.float32)
