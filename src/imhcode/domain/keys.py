"""From a key to an edit: which code a character means now, and what pressing it does."""

from dataclasses import dataclass, replace

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event, Link, Stamp, Values
from imhcode.domain.links import rules_from, suggested_target
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Scheme, Track
from imhcode.domain.setting import NOTHING_KNOWN, Setting
from imhcode.domain.tracks import KINDS, ended

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
    observation: Observation,
    meant: CodeKey,
    at: Stamp,
    *,
    new_id: str,
    pass_id: str = "",
    instance: str = "",
    setting: Setting = NOTHING_KNOWN,
) -> Edit:
    """What coding ``meant`` at that instant does; an edit without steps changes nothing.

    A new event is linked to what it answers where the scheme has a rule to suggest that.

    Parameters
    ----------
    instance : str
        Which of several subjects of one role is coded; empty if there is one.
    setting : Setting
        What is known of the session.
    """
    track, code = meant.track, meant.code
    kind = KINDS[track.kind]
    new = Event(
        id=new_id,
        track=track.id,
        code=code.id,
        onset_us=at.time_us,
        offset_us=at.time_us,
        onset_frame=at.frame,
        recording=at.recording,
        modifiers=defaults_of(observation.scheme, track, code),
        pass_id=pass_id,
        instance=instance,
    )
    lane = observation.timeline.lane(track.id)
    steps = kind.press(lane, code, track, at, new, setting)
    return Edit("press", tuple(_completed(observation, step, new_id, setting) for step in steps))


def defaults_of(scheme: Scheme, track: Track, code: Code) -> tuple[tuple[str, Values], ...]:
    """What a new event says before anybody has chosen."""
    offered = scheme.modifiers_for(track, code)
    return tuple(sorted((one.id, (one.default,)) for one in offered if one.default))


def _completed(observation: Observation, step: Step, new_id: str, setting: Setting) -> Step:
    """The step with its new event linked to what it most likely answers.

    An event beside the new one (the code that a track starts with) gets its own defaults.
    """
    event = step.after
    if step.before is not None or event is None:
        return step
    scheme = observation.scheme
    if event.id != new_id:
        track, code = scheme.track(event.track), scheme.code(event.track, event.code)
        said = defaults_of(scheme, track, code) if track and code else ()
        return Step(None, replace(event, modifiers=said))
    links = tuple(
        Link(rule.id, target.id)
        for rule in rules_from(scheme, event)
        if (target := suggested_target(observation, event, rule, setting.age_months))
    )
    return Step(None, replace(event, links=links)) if links else step


def releasing(observation: Observation, event_id: str, at: Stamp, *, new_id: str) -> Edit:
    """What letting go of a key does on a track whose codes hold while it is down.

    The event that the press made ends here.  Let go at the very onset it stays as the press left
    it, so that while paused a key can be tapped to begin and tapped to end.  On a track that
    must have no gap the code that it starts with goes on; without one nothing happens.
    """
    event = observation.timeline.get(event_id)
    track = observation.scheme.track(event.track) if event else None
    if event is None or track is None or track.kind == "interval" or at.time_us <= event.onset_us:
        return Edit("close", ())
    done = ended(event, at)
    if track.kind == "point":
        return Edit("close", (Step(event, done),) if track.takes_duration else ())
    if event.until_us <= at.time_us:
        return Edit("close", ())
    if not (track.exclusive and track.exhaustive):
        return Edit("close", (Step(event, done),))
    code = track.code(track.default_code)
    if code is None or code.id == event.code:
        return Edit("close", ())
    rest = replace(
        event,
        id=new_id,
        code=code.id,
        onset_us=at.time_us,
        onset_frame=at.frame,
        offset_frame=event.offset_frame if at.recording == event.recording else None,
        recording=at.recording,
        modifiers=defaults_of(observation.scheme, track, code),
        links=(),
        comment="",
        transcript="",
        onset_reviewed=False,
        flagged=False,
    )
    return Edit("close", (Step(event, done), Step(None, rest)))
