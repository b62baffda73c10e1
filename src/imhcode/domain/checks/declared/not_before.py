"""An answer begins no earlier than what it answers."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import linked_pairs
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import LinkRule, Scheme


@dataclass(frozen=True)
class NotBefore:
    """Answers that begin too early."""

    name: str = "not_before"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Both ends."""
        rule = scheme.link(check.plain["link"])
        tracks = (rule.from_track, rule.to_track) if rule else ()
        return Look(tracks, partial(_find, check, rule))


def _find(check: DeclaredCheck, rule: LinkRule | None, scene: Scene) -> Found:
    for event, answered in linked_pairs(scene, rule):
        if event.onset_us < answered.onset_us:
            yield check.about(event, answered)


DECLARED.add(NotBefore())
