"""What the kind of a track refuses: a state without length, a length where there is none.

No edit gets past these; a file that was made elsewhere, or changed, may hold them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme, Track
from imhcode.domain.tracks import KINDS, Overlap

REST_EVERY = 128  #: events between two rests


@dataclass(frozen=True)
class KindsOfTrack:
    """Events that the kind of their track does not allow."""

    name: str = "kinds-of-track"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track."""
        for track in scheme.tracks:
            yield Look((track.id,), partial(_find, track), refused_at_entry=True)


def _find(track: Track, scene: Scene) -> Found:
    """Ask the kind for some events at once, and one by one only where it refuses."""
    kind, lane = KINDS[track.kind], scene.lane(track.id)
    events = list(lane)
    told: set[str] = set()
    for start in range(0, len(events), REST_EVERY):
        yield None
        some = events[start : start + REST_EVERY]
        try:
            kind.check(lane, track, some)
            continue
        except Refused:
            pass
        for event in some:
            try:
                kind.check(lane, track, [event])
            except Overlap:
                continue  # said by the rule for overlaps, with its stretch
            except Refused as refusal:
                rule = type(refusal).__name__.lower()
                said = refusal.sentence.rstrip(".")
                fields = {name: str(value) for name, value in refusal.fields.items()}
                finding = Finding.about(event, "error", rule, said, **fields)
                if finding.message not in told:
                    told.add(finding.message)
                    yield finding


RULES.add(KindsOfTrack())
