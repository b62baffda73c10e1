"""What an export is made from: an observation, and where it belongs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from imhcode.domain.episode import Episode
from imhcode.domain.observation import Observation
from imhcode.domain.study import Dyad, Recording, Session


@dataclass(frozen=True, kw_only=True)
class Record:
    """An observation together with the session and the dyad it is of.

    Attributes
    ----------
    fps : Mapping
        Nominal frames per second, as decimal text, by recording id.
    episodes : tuple of Episode
        Those of the session, in order.
    recordings : tuple of Recording
        Those of the session, in order; their paths are absolute, with forward slashes.
    """

    observation: Observation
    session: Session
    dyad: Dyad = Dyad(id="")  # noqa: RUF009  (frozen: one empty dyad for all)
    fps: Mapping[str, str] = field(default_factory=dict)
    episodes: tuple[Episode, ...] = ()
    recordings: tuple[Recording, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export."""

    name: str
    rows: int
