"""Which events a declared selection means: by codes, by classes, all if neither is given."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from imhcode.domain.scheme import Track

Declared = Mapping[str, Any]
Mask = npt.NDArray[np.bool_]


def chosen(track: Track, selection: Declared) -> Mask:
    """Which of the track's codes are meant, shape ``(n_codes,)``; "all" are the codable ones."""
    codes, classes = selection.get("codes"), set(selection.get("classes") or ())
    named = codes if isinstance(codes, list | tuple) else ()
    if not named and not classes:
        return np.array([not code.uncodable for code in track.codes], bool)
    return np.array(
        [code.id in named or bool(classes.intersection(code.classes)) for code in track.codes],
        bool,
    )


def is_each_code(selection: Declared) -> bool:
    """Whether one number is asked for each code."""
    return selection.get("codes") == "each_code"


def one_by_one(track: Track, selection: Declared) -> list[tuple[str, Mask]]:
    """The codes that are meant: together under no name, or each under its own."""
    together = chosen(track, selection)
    if not is_each_code(selection):
        return [("", together)]
    singles = np.eye(len(track.codes), dtype=bool)
    return [(code.id, singles[k]) for k, code in enumerate(track.codes) if together[k]]


def uncodable(track: Track) -> Mask:
    """Which of the track's codes say that nothing can be said."""
    return np.array([code.uncodable or code.excludes_time for code in track.codes], bool)


def ranks(track: Track) -> npt.NDArray[np.float64]:
    """The rank of each code, NaN where it has none."""
    return np.array(
        [np.nan if code.ordinal is None else code.ordinal for code in track.codes], float
    )
