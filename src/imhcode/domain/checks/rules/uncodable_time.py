"""Nobody can have seen what happened while somebody could not be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding, Severity
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme, Track


@dataclass(frozen=True)
class UncodableTime:
    """Events that begin while another track of the same people says: cannot be coded.

    A group that cannot be coded may hide one of its members only: then it is no more than a hint.
    """

    name: str = "uncodable-time"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each pair of a track with an uncodable code and a track of the same people."""
        for unseen in scheme.tracks:
            codes = frozenset(
                code.id for code in unseen.codes if code.uncodable or code.excludes_time
            )
            for track in scheme.tracks if codes else ():
                if track.id != unseen.id and _shared(scheme, unseen.subject, track.subject):
                    yield Look((unseen.id, track.id), partial(_find, unseen, codes, track))


def _shared(scheme: Scheme, one: str, other: str) -> bool:
    """Whether two subjects are one, or one is in the other."""
    members = {subject.id: subject.members for subject in scheme.subjects}
    return one == other or one in members.get(other, ()) or other in members.get(one, ())


def _find(unseen: Track, codes: frozenset[str], track: Track, scene: Scene) -> Found:
    lane = scene.lane(track.id)
    uncodable = {code.id for code in track.codes if code.uncodable or code.excludes_time}
    for number, blind in enumerate(one for one in scene.lane(unseen.id) if one.code in codes):
        if number % 32 == 0:
            yield None
        end_us = scene.end_us(blind)
        for event in lane.between(blind.onset_us, end_us):
            before = event.onset_us < blind.onset_us
            if before or event.code in uncodable or _others(blind, event):
                continue
            said = "“{code}” at {at} begins while {track} says “{unseen}”"
            fields = {"track": unseen.label, "unseen": blind.code}
            severity: Severity = "warning" if unseen.subject == track.subject else "info"
            yield Finding.about(event, severity, "in-uncodable-time", said, **fields)


def _others(blind: Event, event: Event) -> bool:
    return bool(blind.instance and event.instance and blind.instance != event.instance)


RULES.add(UncodableTime())
