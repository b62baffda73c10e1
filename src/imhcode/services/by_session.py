"""What belongs to sessions, sorted by them in one go: a study may have thousands."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from imhcode.domain.study import ObservationEntry, Recording

Belonging = TypeVar("Belonging", Recording, ObservationEntry)


def by_session(some: Iterable[Belonging]) -> dict[str, list[Belonging]]:
    """Each session's, in the order they come; a session without any has an empty list."""
    found: dict[str, list[Belonging]] = defaultdict(list)
    for one in some:
        found[one.session_id].append(one)
    return found
