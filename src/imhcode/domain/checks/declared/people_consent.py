"""Everybody in a stretch that is to be shown has agreed to that."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen
from imhcode.domain.checks.scene import Scene
from imhcode.domain.consent import Use, may, use_meant
from imhcode.domain.family import in_picture
from imhcode.domain.moment import WHO
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class PeopleConsent:
    """Somebody in the picture has not agreed, or nobody has said who is there."""

    name: str = "people_consent"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """The track of the stretches."""
        del scheme
        return Look((check.plain["events"]["track"],), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    """Each stretch with somebody who stands in the way; nothing where consent is not asked for."""
    family, use = scene.setting.family, _use_of(check)
    if family is None or use is None:
        return
    for event in chosen(scene, check.plain["events"]):
        there = in_picture(family.people, family.present, event.modifier(WHO))
        if not may(use, there.people, family.consents, family.on, unknown=there.unknown):
            yield check.about(event)


def _use_of(check: DeclaredCheck) -> Use | None:
    return use_meant(str(check.plain["use"]))


DECLARED.add(PeopleConsent())
