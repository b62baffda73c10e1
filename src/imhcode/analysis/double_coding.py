"""Drawing who codes which session, and which sessions a second coder codes as well."""

import math
import random
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Part = Literal["primary", "reliability"]
Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A session as the draw sees it."""

    session_id: str
    dyad_id: str = ""
    wave: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One coder codes one session; which part they play is not shown to them."""

    session_id: str
    coder_id: str
    part: Part


def drawn(
    visits: Sequence[Visit],
    coders: Sequence[str],
    *,
    share: float,
    seed: int,
    already: Iterable[Assignment] = (),
) -> tuple[Assignment, ...]:
    """Assignments of every session, those made before among them, which never change.

    Sessions are spread evenly over the coders.  Of all sessions the ``share``, rounded up, has a
    second coder: each wave in proportion to its size, to one session, and within a wave first
    those dyads that were drawn least.  Pairs of coders that met least come first.

    Parameters
    ----------
    visits : sequence of Visit
        All sessions of the study; new ones are added to an earlier draw.
    coders : sequence of str
        At least one; at least two where any session has a second coder.
    share : float
        From 0 to 1.
    seed : int
        The same seed and study give the same draw.
    """
    chance = random.Random(seed)
    order = list(coders)
    chance.shuffle(order)
    shuffled = list(visits)
    chance.shuffle(shuffled)
    made = list(already)
    first = {one.session_id: one.coder_id for one in made if one.part == "primary"}
    load = Counter(one.coder_id for one in made)
    for visit in shuffled:
        if visit.session_id not in first:
            coder = _least(order, load)
            load[coder] += 1
            first[visit.session_id] = coder
            made.append(Assignment(session_id=visit.session_id, coder_id=coder, part="primary"))
    twice = {one.session_id for one in made if one.part == "reliability"}
    second_load = Counter(one.coder_id for one in made if one.part == "reliability")
    met = Counter((first[one.session_id], one.coder_id) for one in made if _is_second(one))
    for visit in _second_coded(shuffled, twice, share):
        own = first[visit.session_id]
        others = [one for one in order if one != own]
        fewest = min(second_load[one] for one in others)
        coder = _least([one for one in others if second_load[one] == fewest], _with(met, own))
        second_load[coder] += 1
        met[own, coder] += 1
        made.append(Assignment(session_id=visit.session_id, coder_id=coder, part="reliability"))
    return tuple(sorted(made, key=lambda one: (one.session_id, one.part, one.coder_id)))


def _is_second(one: Assignment) -> bool:
    return one.part == "reliability"


def _least(names: Sequence[Group], count: Counter[Group]) -> Group:
    """The first of those counted least."""
    return min(names, key=lambda one: count[one])


def _with(met: Counter[tuple[str, str]], own: str) -> Counter[str]:
    """How often each coder met that one, whichever came first."""
    found: Counter[str] = Counter()
    for (first, second), times in met.items():
        if first == own:
            found[second] += times
        elif second == own:
            found[first] += times
    return found


def _second_coded(visits: Sequence[Visit], twice: set[str], share: float) -> list[Visit]:
    """Which sessions get a second coder beside those that have one."""
    wanted = math.ceil(round(share * len(visits), 9))
    sizes = Counter(one.wave for one in visits)
    have = Counter(one.wave for one in visits if one.session_id in twice)
    of_dyad = Counter(one.dyad_id for one in visits if one.session_id in twice)
    quotas = _apportioned(wanted, sizes)
    chosen: list[Visit] = []
    for wave in sizes:
        free = [one for one in visits if one.wave == wave and one.session_id not in twice]
        for _ in range(min(quotas[wave] - have[wave], len(free))):
            next_ = min(free, key=lambda one: of_dyad[one.dyad_id or one.session_id])
            free.remove(next_)
            of_dyad[next_.dyad_id or next_.session_id] += 1
            chosen.append(next_)
    return chosen


def _apportioned(wanted: int, sizes: Counter[str]) -> dict[str, int]:
    """How many of each wave: in proportion, the largest remainders rounded up."""
    total = sum(sizes.values())
    exact = {wave: wanted * size / total for wave, size in sizes.items()} if total else {}
    quotas = {wave: int(value) for wave, value in exact.items()}
    left = wanted - sum(quotas.values())
    for wave in sorted(exact, key=lambda one: quotas[one] - exact[one])[:left]:
        quotas[wave] += 1
    return quotas
