"""Alignments and links as lists of pairs, as the worked examples print them."""

import numpy as np

from imhcode.analysis.alignment import DEFAULT_COSTS, NOBODY, Sequence, partners


def pairs_of(partner, n_b):
    """Every event of both coders once, in order; ``None`` where there is no partner."""
    found, j = [], 0
    for i, other in enumerate(partner.tolist()):
        if other == NOBODY:
            found.append((i, None))
            continue
        found += [(None, k) for k in range(j, other)]
        found.append((i, other))
        j = other + 1
    return found + [(None, k) for k in range(j, n_b)]


def align(onsets_a, codes_a, onsets_b, codes_b, tolerance, costs=DEFAULT_COSTS):
    """Cost and pairs of the alignment."""
    a, b = (
        Sequence(np.asarray(onsets, np.int64), np.asarray(codes, np.int64))
        for onsets, codes in ((onsets_a, codes_a), (onsets_b, codes_b))
    )
    pairs = pairs_of(partners(a, b, tolerance, costs), len(b))
    paid = [
        costs.gap
        if None in pair
        else costs.match
        if a.codes[pair[0]] == b.codes[pair[1]]
        else costs.substitution
        for pair in pairs
    ]
    return sum(paid), pairs
