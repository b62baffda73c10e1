"""Whether a coder drifts: agreement from session to session, and when to raise the alarm."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """So many sessions in a row below a threshold; sessions without a value neither help nor harm.

    The threshold is the lab's own; it says nothing about what is good.
    """

    threshold: float = 0.6
    in_a_row: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How far one pair of coders agrees in one session on the track on show."""

    session_id: str
    day: str
    coders: tuple[str, ...]
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftPoint:
    """One session of one coder.

    Attributes
    ----------
    at : float
        Weeks since the first session where every session has its day; else the session's place.
    is_alarm : bool
        Whether the rule speaks here.
    """

    session_id: str
    at: float
    value: float
    is_alarm: bool


def drift_of(
    compared: Iterable[Compared], rule: AlarmRule
) -> tuple[Mapping[str, Sequence[DriftPoint]], bool]:
    """The points of every coder in order, and whether they are laid out by weeks.

    The order is that of the days where all sessions have one, else that of the sessions' ids.
    """
    some = list(compared)
    by_day = bool(some) and all(_day(one.day) for one in some)
    places = _places(some, by_day)
    found: dict[str, list[DriftPoint]] = {}
    for one in sorted(some, key=lambda one: (places[one.session_id], one.session_id)):
        if one.value is None:
            continue
        for coder in one.coders:
            points = found.setdefault(coder, [])
            lately = [*(point.value for point in points), one.value][-rule.in_a_row :]
            points.append(
                DriftPoint(
                    session_id=one.session_id,
                    at=places[one.session_id],
                    value=one.value,
                    is_alarm=len(lately) == rule.in_a_row and max(lately) < rule.threshold,
                )
            )
    return found, by_day


def in_common(lines: Mapping[str, Sequence[DriftPoint]]) -> Mapping[str, Sequence[DriftPoint]]:
    """The same with one line for coders of whom exactly the same is known: two who only met."""
    names: dict[tuple[DriftPoint, ...], list[str]] = {}
    for coder, points in lines.items():
        names.setdefault(tuple(points), []).append(coder)
    return {", ".join(coders): points for points, coders in names.items()}


def _places(some: Sequence[Compared], by_day: bool) -> dict[str, float]:
    if not by_day:
        names = sorted({one.session_id for one in some})
        return {name: float(place + 1) for place, name in enumerate(names)}
    days = {one.session_id: date.fromisoformat(one.day) for one in some}
    first = min(days.values())
    return {name: (day - first).days / 7 for name, day in days.items()}


def _day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
