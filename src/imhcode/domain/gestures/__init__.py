"""What a coder does to events that are there: each gesture is worked out as one edit.

Everything is pure.  Instants come in as stamps, ids as callables; a gesture that would break a
rule of its track is refused here or by :meth:`Observation.after`, and nothing has happened then.
"""

from imhcode.domain.gestures.copying import copying
from imhcode.domain.gestures.describing import commenting, flagging, modifying, transcribing
from imhcode.domain.gestures.edges import nudging, setting_offset, setting_onset
from imhcode.domain.gestures.errors import (
    CannotSplit,
    NoSuchChoice,
    NoSuchEvent,
    NothingToJoin,
    SomethingBetween,
    TakesNoTranscript,
)
from imhcode.domain.gestures.inserting import inserting
from imhcode.domain.gestures.joining import joining
from imhcode.domain.gestures.moving import moving
from imhcode.domain.gestures.neighbours import Edge, Neighbours, Snap
from imhcode.domain.gestures.placing import adding, closing_all, deleting
from imhcode.domain.gestures.recoding import recoding, recoding_all
from imhcode.domain.gestures.reviewing import reviewing
from imhcode.domain.gestures.splitting import splitting

__all__ = [
    "CannotSplit",
    "Edge",
    "Neighbours",
    "NoSuchChoice",
    "NoSuchEvent",
    "NothingToJoin",
    "Snap",
    "SomethingBetween",
    "TakesNoTranscript",
    "adding",
    "closing_all",
    "commenting",
    "copying",
    "deleting",
    "flagging",
    "inserting",
    "joining",
    "modifying",
    "moving",
    "nudging",
    "recoding",
    "recoding_all",
    "reviewing",
    "setting_offset",
    "setting_onset",
    "splitting",
    "transcribing",
]
