"""What another program's file speaks of beside events: words, films, what has no place here.

Values only.  :mod:`imhcode.services` makes a scheme of the words, or maps them onto one.
"""

from dataclasses import dataclass
from typing import Literal

FoundKind = Literal["state", "point", "range", "interval", ""]
ModifierType = Literal["choice", "multi", "number", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """A code as the file has it; what it does not say is empty.

    Attributes
    ----------
    id : str
        As it stands in the events, not yet made an id.
    modifiers : tuple of str
        Those that the file declares for it.
    """

    id: str
    label: str = ""
    key: str = ""
    color: str = ""
    definition: str = ""
    kind: FoundKind = ""
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTrack:
    """A tier, a column, or the codes of a subject that exclude each other.

    Attributes
    ----------
    id : str
        As it stands in ``IncomingEvent.track``.
    kind : str
        What the events are; empty where the file leaves it open.
    exclusive : bool or None
        Whether one code at a time holds; ``None`` where the file leaves it open.
    bin_us : int
        Length of the bins of an ``interval`` track; 0 where the file does not say.
    """

    id: str
    label: str = ""
    kind: FoundKind = ""
    subject: str = ""
    exclusive: bool | None = None
    bin_us: int = 0
    codes: tuple[FoundCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModifier:
    """A further choice; ``values`` as they stand in the events."""

    id: str
    label: str = ""
    type: ModifierType = "choice"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVocabulary:
    """All words of a file, in its order."""

    title: str = ""
    tracks: tuple[FoundTrack, ...] = ()
    modifiers: tuple[FoundModifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMedia:
    """A film that the file names.

    Attributes
    ----------
    session : str
        Id of the session that it belongs to, as in ``IncomingEvent.session``.
    path : str
        As the file has it, made plain: no ``file://``, forward slashes.
    offset_us : int
        Ours, whatever the sign of theirs: session time = recording time + ``offset_us``.
    fps : str
        Nominal frames per second as decimal text; empty if the file does not say.
    """

    session: str
    path: str
    offset_us: int = 0
    fps: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNote:
    """Something of the file that has no place here and is kept as text.

    Attributes
    ----------
    counts : int
        How many of the ``found`` events of the reading it stands for; 0 for anything else.
    """

    text: str
    session: str = ""
    where: str = ""
    counts: int = 0
