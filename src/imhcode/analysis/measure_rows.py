"""Agreement on measures: how far the numbers of a paper depend on who coded a session."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.agreement_rows import PairOfCoders, pooled_who, with_icc
from imhcode.analysis.intraclass import FORMS
from imhcode.analysis.measured import Number
from imhcode.analysis.measuring import Measured
from imhcode.analysis.pair_parameters import Parameters

UNIT = "measure"

#: A measure, one of its statistics, and the kind of episode; empty for whole sessions.
Asked = tuple[str, str, str]
#: The session, and the place of the episode among those of its kind.
Target = tuple[str, int]


def measure_rows(
    pairs: Iterable[tuple[Sequence[Measured], Sequence[Measured]]],
    who: Sequence[PairOfCoders],
    parameters: Parameters,
) -> Iterator[AgreementRow]:
    """Intraclass correlations of every measure, in all six forms.

    Each coder's value is worked out from that coder's record alone.  One target is one session
    (or one episode) and counts once: of a session that more than two coders coded, the first pair.
    Cells of tables are left out: one that a record does not list is no missing value, but nothing.

    Parameters
    ----------
    pairs : iterable of (first coder's, second coder's), length S
        Everything that was measured of a session; taken one after another.
    """
    scores: dict[Asked, dict[Target, list[float]]] = {}
    taken: dict[str, PairOfCoders] = {}
    for one, found_by in zip(who, pairs, strict=True):
        if one.session_id in taken:
            continue
        taken[one.session_id] = one
        for side, found in enumerate(found_by):
            for asked, place, number in numbers_compared(found):
                value = np.nan if number.value is None else float(number.value)
                target = one.session_id, place
                scores.setdefault(asked, {}).setdefault(target, [np.nan, np.nan])[side] = value
    about = {**pooled_who(list(taken.values())), "level": "pooled"}
    for (measure, statistic, episode), targets in scores.items():
        values = np.array(list(targets.values()), float)
        known = np.isfinite(values)
        frame: dict[str, Any] = {
            **about,
            "track_id": measure,
            "code": statistic,
            "unit": f"{UNIT} in {episode}" if episode else UNIT,
            "n_sessions": len(
                {at for (at, _), both in zip(targets, known, strict=True) if both.all()}
            ),
            "n_matched": int(known.all(axis=1).sum()),
            "n_only_a": int((known[:, 0] & ~known[:, 1]).sum()),
            "n_only_b": int((known[:, 1] & ~known[:, 0]).sum()),
        }
        for form in FORMS:
            row = AgreementRow(**frame, index=f"icc_{form}")
            yield with_icc(row, values, form, parameters.level, "too few sessions")


def numbers_compared(found: Sequence[Measured]) -> Iterator[tuple[Asked, int, Number]]:
    """Yield every number of a record that is compared, with what it is of.

    The place is that among the sections of its kind, from 1: of episodes their order.
    """
    seen: dict[Asked, int] = {}
    for one in found:
        if one.section is None:
            continue  # the session has nothing that it could be a number of
        for number in (each for each in one.result.numbers if ":" not in each.statistic):
            asked = one.measure_id, number.statistic, one.section.kind
            place = seen[asked] = seen.get(asked, 0) + 1
            yield asked, place, number
