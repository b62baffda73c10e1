"""From a key to an edit: which code a character means now, and what pressing it does."""

from dataclasses import dataclass

from imhcode.domain.edit import Edit
from imhcode.domain.event import Event, Stamp
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Scheme, Track
from imhcode.domain.tracks import KINDS

ALL_TRACKS = ""  #: stands for "no pass chosen": every track is coded


@dataclass(frozen=True, slots=True)
class CodeKey:
    """A code, the track it is on, and so what its key means."""

    track: Track
    code: Code


def tracks_of(scheme: Scheme, pass_id: str) -> tuple[Track, ...]:
    """The tracks being coded in a pass, in the scheme's order; all of them without a pass."""
    chosen = scheme.pass_(pass_id)
    if chosen is None:
        return scheme.tracks
    return tuple(track for track in scheme.tracks if track.id in chosen.tracks)


def keys_of(scheme: Scheme, pass_id: str) -> dict[str, CodeKey]:
    """What each character codes in a pass, lower case.

    Keys are unique within a pass.  Without a pass two tracks may want the same character; the
    first in the scheme's order has it.
    """
    keys: dict[str, CodeKey] = {}
    for track in tracks_of(scheme, pass_id):
        for code in track.codes:
            if code.key:
                keys.setdefault(code.key.lower(), CodeKey(track, code))
    return keys


def press(
    observation: Observation, meant: CodeKey, at: Stamp, *, new_id: str, pass_id: str = ""
) -> Edit:
    """What coding ``meant`` at that instant does; an edit without steps changes nothing."""
    track, code = meant.track, meant.code
    kind = KINDS[track.kind]
    defaults = {
        modifier.id: (modifier.default,)
        for modifier in observation.scheme.modifiers_for(track, code)
        if modifier.default
    }
    new = Event(
        id=new_id,
        track=track.id,
        code=code.id,
        onset_us=at.time_us,
        offset_us=at.time_us,
        onset_frame=at.frame,
        recording=at.recording,
        modifiers=tuple(sorted(defaults.items())),
        pass_id=pass_id,
    )
    lane = observation.timeline.lane(track.id)
    return Edit("press", kind.press(lane, code, track, at, new))
