"""Direct editing: moving, cutting, joining, copying and reviewing events of one observation."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from imhcode.domain import gestures
from imhcode.domain.edit import Edit
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures import Edge, Neighbours, Snap
from imhcode.domain.keys import CodeKey
from imhcode.domain.observation import Observation
from imhcode.domain.tracks import KINDS, Shape
from imhcode.services.coding import fresh_id


class Coding(Protocol):
    """What editing asks of the open observation."""

    observation: Observation

    def do(self, edit: Edit) -> Edit:
        """Apply an edit and save it."""


class Editing:
    """What can be done to events that are there, each as one edit on the disk.

    Parameters
    ----------
    coding : CodingService
        The open observation and its log.
    snap : callable
        The frame nearest to a session time.

    Attributes
    ----------
    neighbours : str
        What becomes of a neighbour in the way on an exclusive track: ``trim`` or ``push``.
    """

    def __init__(
        self, coding: Coding, snap: Snap = Stamp, *, new_id: Callable[[], str] = fresh_id
    ) -> None:
        self._coding = coding
        self._snap = snap
        self._new_id = new_id
        self.neighbours: Neighbours = "trim"

    @property
    def _observation(self) -> Observation:
        return self._coding.observation

    # -- worked out, not done ----------------------------------------------------------------

    def moved(self, event_id: str, to_us: int, way: Neighbours | None = None) -> Edit:
        """What moving a whole event to the frame nearest ``to_us`` would do.

        Raises
        ------
        Refused
            It cannot lie there.
        """
        at, way = self._snap(to_us), way or self.neighbours
        edit = gestures.moving(self._observation, event_id, at, way=way, snap=self._snap)
        return self._lawful(edit)

    def edge_moved(
        self, event_id: str, edge: Edge, to_us: int, way: Neighbours | None = None
    ) -> Edit:
        """What moving one edge of an event to the frame nearest ``to_us`` would do.

        Raises
        ------
        Refused
            It cannot lie there.
        """
        at, way = self._snap(to_us), way or self.neighbours
        move = gestures.setting_onset if edge == "onset" else gestures.setting_offset
        return self._lawful(move(self._observation, event_id, at, way=way, snap=self._snap))

    def _lawful(self, edit: Edit) -> Edit:
        if edit:
            self._observation.after(edit)
        return edit

    # -- done --------------------------------------------------------------------------------

    def do(self, edit: Edit) -> Edit:
        """Make what was worked out last an edit."""
        return self._coding.do(edit)

    def nudge(self, event_id: str, edge: Edge, to_us: int, *, shared: bool = False) -> Edit:
        """Let an edge go to the frame at ``to_us``, beside the one it is on.

        A ``shared`` boundary takes the edge of the event that meets it there along.
        """
        at = self._snap(to_us)
        way: Neighbours = "share" if shared else self.neighbours
        return self._coding.do(
            gestures.nudging(self._observation, event_id, edge, at, way=way, snap=self._snap)
        )

    def set_edge(self, event_id: str, edge: Edge, at: Stamp) -> Edit:
        """Let an event begin or end at the frame on screen; the neighbour gives way."""
        move = gestures.setting_onset if edge == "onset" else gestures.setting_offset
        way = self.neighbours
        return self._coding.do(move(self._observation, event_id, at, way=way, snap=self._snap))

    def split(self, event_id: str, at: Stamp) -> Edit:
        """Cut an event in two."""
        edit = gestures.splitting(self._observation, event_id, at, new_id=self._new_id())
        return self._coding.do(edit)

    def join(self, event_ids: Iterable[str]) -> Edit:
        """Make one event of several, or of one and the next."""
        return self._coding.do(gestures.joining(self._observation, event_ids))

    def recode(self, event_ids: Iterable[str], code_id: str) -> Edit:
        """Give several events the same other code."""
        return self._coding.do(gestures.recoding_all(self._observation, event_ids, code_id))

    def copy(self, event_ids: Iterable[str], track_id: str, code_id: str) -> Edit:
        """Copy events to another track, as another code."""
        edit = gestures.copying(
            self._observation, event_ids, track_id, code_id, new_id=self._new_id
        )
        return self._coding.do(edit)

    def insert(
        self, meant: CodeKey, onset: Stamp, offset: Stamp, pass_id: str = "", *, instance: str = ""
    ) -> Edit:
        """Give a stretch a code, whatever was there before; an instant on a track of instants."""
        new = replace(self._made(meant, onset, offset, pass_id), instance=instance)
        return self._coding.do(gestures.inserting(self._observation, new, new_id=self._new_id))

    def _made(self, meant: CodeKey, onset: Stamp, offset: Stamp, pass_id: str) -> Event:
        track, code = meant.track, meant.code
        short = KINDS[track.kind].shape is Shape.TICKS and not track.takes_duration
        defaults = {
            modifier.id: (modifier.default,)
            for modifier in self._observation.scheme.modifiers_for(track, code)
            if modifier.default
        }
        return Event(
            id=self._new_id(),
            track=track.id,
            code=code.id,
            onset_us=onset.time_us,
            offset_us=onset.time_us if short else offset.time_us,
            onset_frame=onset.frame,
            offset_frame=None if short else offset.frame,
            recording=onset.recording,
            modifiers=tuple(sorted(defaults.items())),
            pass_id=pass_id,
        )

    def flag(self, event_ids: Iterable[str]) -> Edit:
        """Say that events are in doubt; when all of them are, that they no longer are."""
        ids = list(event_ids)
        edit = gestures.flagging(self._observation, ids, True)
        return self._coding.do(edit or gestures.flagging(self._observation, ids, False))

    def transcribe(self, event_id: str, words: str) -> Edit:
        """Write down the words of an utterance."""
        return self._coding.do(gestures.transcribing(self._observation, event_id, words))

    def review(self, event_id: str, edge: Edge, *, reviewed: bool = True) -> Edit:
        """Say that an edge has been looked at again."""
        edit = gestures.reviewing(self._observation, event_id, edge, reviewed=reviewed)
        return self._coding.do(edit)
