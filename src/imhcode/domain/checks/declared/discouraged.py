"""Some codes should not be linked to some others."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import linked_pairs
from imhcode.domain.checks.scene import Scene
from imhcode.domain.codes_meant import codes_meant
from imhcode.domain.scheme import LinkRule, Scheme


@dataclass(frozen=True)
class Discouraged:
    """Links between codes that the author doubts."""

    name: str = "discouraged"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Both ends."""
        rule = scheme.link(check.plain["link"])
        tracks = (rule.from_track, rule.to_track) if rule else ()
        return Look(tracks, partial(_find, check, rule))


def _find(check: DeclaredCheck, rule: LinkRule | None, scene: Scene) -> Found:
    if rule is None:
        return
    answers = codes_meant(scene.scheme, rule.from_track, check.plain["from"])
    answered = codes_meant(scene.scheme, rule.to_track, check.plain["to"])
    for event, target in linked_pairs(scene, rule):
        if event.code in answers and target.code in answered:
            yield check.about(event, target)


DECLARED.add(Discouraged())
