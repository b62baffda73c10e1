"""Ratings that were begun are whole, and what speaks for them is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look, declared_checks
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.rating_rules import unfinished
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class Ratings:
    """Scores off the scale, without what the scale asks for, or with evidence that is gone."""

    name: str = "ratings"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """All ratings, with the tracks their evidence lies on."""
        evidence = any(check.kind == "rating_evidence" for check in declared_checks(scheme))
        if scheme.ratings:
            tracks = tuple(track.id for track in scheme.tracks)
            yield Look(tracks, partial(_find, evidence))


_LACKING = {
    "rating": "“{scale}” is not rated",
    "value": "“{scale}” has neither a score nor a reason why not",
    "evidence": "the rating of “{scale}” has too few events that speak for it",
    "confidence": "the rating of “{scale}” does not say how sure it is",
}


def _find(evidence_is_checked: bool, scene: Scene) -> Found:
    labels = {scale.id: scale.label for scale in scene.scheme.ratings}
    for lack in unfinished(scene.observation, scene.setting):
        if lack.lacks == "rating" and scene.is_being_coded:
            continue  # a rating that may still come
        if lack.lacks == "evidence" and evidence_is_checked:
            continue
        yield Finding(
            severity="warning",
            rule=f"{lack.lacks}-missing",
            sentence=_LACKING[lack.lacks],
            fields={"scale": labels[lack.scale]},
        )
    yield None
    cited = {event for one in scene.observation.ratings.values() for event in one.evidence}
    there = scene.observation.timeline.ids_among(cited)
    for rating in scene.observation.ratings.values():
        for event_id in rating.evidence:
            if event_id not in there:
                yield Finding(
                    severity="error",
                    rule="broken-evidence",
                    sentence="the rating of “{scale}” rests on “{event}”, which is not there",
                    fields={"scale": labels.get(rating.scale, rating.scale), "event": event_id},
                )


RULES.add(Ratings())
