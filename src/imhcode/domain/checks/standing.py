"""The findings of one observation, kept true through its edits.

A look is repeated only if one of its lanes is another lane than before (lanes are immutable, so
that identity says it), or if session or ratings have changed.  The work can rest after each look
and within the long ones, so that a window can do it in idle moments.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from imhcode.domain.checks import DECLARED, RULES, Look, declared_checks
from imhcode.domain.checks.finding import SEVERITIES, Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Scheme


@dataclass
class _Kept:
    """What one look found, and in what."""

    lanes: tuple[Lane, ...]
    session: object
    findings: tuple[Finding, ...]

    def still_holds(self, lanes: tuple[Lane, ...], session: object, look: Look) -> bool:
        if look.refused_at_entry and not self.findings:
            return True
        same = all(mine is theirs for mine, theirs in zip(self.lanes, lanes, strict=True))
        return same and self.session == session


class StandingChecks:
    """Looks at one observation again and again.

    Parameters
    ----------
    scheme : Scheme
        Whose rules and checks are meant.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._looks = list(looks_of(scheme))
        self._kept: dict[int, _Kept] = {}

    def work(self, scene: Scene) -> Iterator[None]:
        """Look at everything that may have changed, resting at each step."""
        observation = scene.observation
        session = scene.setting, observation.status, observation.ratings
        for place, look in enumerate(self._looks):
            lanes = tuple(scene.lane(track) for track in look.tracks)
            kept = self._kept.get(place)
            if kept is not None and kept.still_holds(lanes, session, look):
                continue
            findings = []
            for finding in look.find(scene):
                if finding is None:
                    yield
                else:
                    findings.append(finding)
            self._kept[place] = _Kept(lanes, session, tuple(findings))
            yield

    def findings(self) -> list[Finding]:
        """What was found, gravest first, then by time."""
        return sorted(
            (finding for kept in self._kept.values() for finding in kept.findings), key=_order
        )


def findings_of(scene: Scene) -> list[Finding]:
    """Everything that is to be found in one observation."""
    checks = StandingChecks(scene.scheme)
    for _ in checks.work(scene):
        pass
    return checks.findings()


def looks_of(scheme: Scheme) -> Iterator[Look]:
    """Yield all that has to be looked at under a scheme."""
    for rule in RULES:
        yield from rule.looks(scheme)
    for check in declared_checks(scheme):
        if check.kind in DECLARED:
            yield DECLARED[check.kind].look(check, scheme)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    at_us = -1 if finding.from_us is None else finding.from_us
    return (SEVERITIES.index(finding.severity), at_us, finding.track, finding.rule)
