"""What is scored against the rest of a track: every code, and every class of several codes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.analysis.square_tables import Tables
from imhcode.domain.scheme import Track

CLASS = "class:"  #: stands before the name of a class where codes are named


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """A code, or the codes of a class.

    Attributes
    ----------
    name : str
        The code's id, or ``class:`` and the class.
    places : tuple of int
        Places among the codes that can be scored.
    """

    name: str
    places: tuple[int, ...]


def scored_codes(track: Track) -> tuple[str, ...]:
    """The codes of a track that say something: not those for what could not be seen."""
    return tuple(code.id for code in track.codes if not (code.uncodable or code.excludes_time))


def groups_of(track: Track) -> tuple[CodeGroup, ...]:
    """The groups of a track: codes in the scheme's order, then classes of some but not all."""
    codes = scored_codes(track)
    groups = [CodeGroup(code, (place,)) for place, code in enumerate(codes)]
    classes: dict[str, list[int]] = {}
    for code in track.codes:
        for name in code.classes if code.id in codes else ():
            classes.setdefault(name, []).append(codes.index(code.id))
    groups += [
        CodeGroup(CLASS + name, tuple(places))
        for name, places in classes.items()
        if 1 < len(places) < len(codes)
    ]
    return tuple(groups)


def collapsed(
    tables: Tables, groups: tuple[CodeGroup, ...], parts: int, *, last_apart: bool
) -> Tables:
    """Tables of each group against the rest.

    Parameters
    ----------
    tables : array, shape (S, K, K)
    last_apart : bool
        Whether the last row and column (no partner) stay by themselves: 3 x 3 instead of 2 x 2.

    Returns
    -------
    array, shape (S, groups, parts, parts)
        In the group, not in it; then, if wanted, no partner.
    """
    k = tables.shape[-1]
    into = np.zeros((len(groups), parts, k))
    into[:, 1, :] = 1
    for number, group in enumerate(groups):
        into[number, 0, list(group.places)] = 1
        into[number, 1, list(group.places)] = 0
        if last_apart:
            into[number, 1, -1] = 0
            into[number, 2, -1] = 1
    first: npt.NDArray[np.float64] = np.einsum("gpi,sij->sgpj", into, tables)
    return np.asarray(np.einsum("sgpj,gqj->sgpq", first, into))
