"""Ratings: what may be given on a scale, and what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.observation import NoSuchScale, Observation
from imhcode.domain.rating import Rating, RatingStep
from imhcode.domain.scheme import RatingScale, Scale
from imhcode.domain.setting import NOTHING_KNOWN, Setting
from imhcode.domain.text import clean_text


class NotOnTheScale(Refused):
    """Fields: ``value``, ``scale``, ``values``."""

    sentence = "{value} is not on the scale “{scale}”."
    next_step = "Its scores are {values}."


class NoReasonTaken(Refused):
    """Fields: ``scale``."""

    sentence = "“{scale}” is always rated: it cannot be “not applicable”."


class ValueAndReason(Refused):
    """Fields: ``scale``."""

    sentence = "“{scale}” has either a score or a reason why there is none."


class UnknownConfidence(Refused):
    """Fields: ``confidence``, ``scale``, ``known``."""

    sentence = "“{confidence}” is not a confidence of “{scale}”."
    next_step = "It has: {known}."


class NoSuchEvidence(Refused):
    """Fields: ``event``."""

    sentence = "The event “{event}” cannot speak for this rating."
    next_step = "Choose one that is there, on the track that the scheme has for evidence."


class NotForEpisodes(Refused):
    """Fields: ``scale``."""

    sentence = "“{scale}” is rated for the whole session, not for an episode."


class OnlyForEpisodes(Refused):
    """Fields: ``scale``."""

    sentence = "“{scale}” is rated for each episode, not for the whole session."


class UnknownEpisode(Refused):
    """Fields: ``episode``."""

    sentence = "There is no episode “{episode}” in this session to rate."


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One thing that a set of ratings still lacks.

    Attributes
    ----------
    scale, episode : str
        Which rating; the episode's id is empty for the whole session.
    lacks : str
        ``rating`` (nothing was given), ``value`` (neither score nor reason), ``evidence``,
        ``confidence``.
    """

    scale: str
    episode: str
    lacks: Literal["rating", "value", "evidence", "confidence"]


def values_of(scale: Scale) -> tuple[float, ...]:
    """Every score that a scale has, the lowest first."""
    step = min(0.5, scale.step) if scale.allow_half else scale.step
    count = int((scale.maximum - scale.minimum) / step + 1e-9)
    return tuple(round(scale.minimum + n * step, 6) for n in range(count + 1))


def rating_of(observation: Observation, scale_id: str, episode: str = "") -> Rating | None:
    """What was given on a scale for the session or an episode."""
    about = (scale_id, episode)
    found = (one for one in observation.ratings.values() if (one.scale, one.episode) == about)
    return next(found, None)


def rating(
    observation: Observation,
    scale_id: str,
    *,
    new_id: str,
    episode: str = "",
    value: float | None = None,
    na_reason: str = "",
    confidence: str = "",
    evidence: Iterable[str] = (),
    comment: str = "",
    setting: Setting = NOTHING_KNOWN,
) -> Edit:
    """Give or change a rating; all of it is said, and saying nothing clears it.

    Parameters
    ----------
    new_id : str
        For a rating that is not there yet.
    episode : str
        Id of the session's episode; empty for the whole session.

    Raises
    ------
    NoSuchScale, NotForEpisodes, OnlyForEpisodes, UnknownEpisode, NotOnTheScale,
    ValueAndReason, NoReasonTaken, UnknownConfidence, NoSuchEvidence
        As their sentences say.
    """
    scale = _scale(observation, scale_id)
    _refuse_scope(scale, episode, setting)
    old = rating_of(observation, scale_id, episode)
    new = Rating(
        id=old.id if old else new_id,
        scale=scale_id,
        episode=episode,
        value=value,
        na_reason=clean_text(na_reason).strip(),
        confidence=confidence,
        evidence=tuple(dict.fromkeys(evidence)),
        comment=clean_text(comment),
    )
    _refuse_answer(scale, new)
    known = set(old.evidence) if old else set()
    for event_id in new.evidence:
        event = observation.timeline.get(event_id)
        if event_id not in known and (
            event is None or event.track != (scale.evidence_track or event.track)
        ):
            raise NoSuchEvidence(event=event_id)
    blank = Rating(id=new.id, scale=scale_id, episode=episode)
    if new == (old or blank):
        return Edit("rate", ())
    return Edit("rate", (), (RatingStep(old, None if new == blank else new),))


def clearing(observation: Observation, scale_id: str, episode: str = "") -> Edit:
    """Take a rating away."""
    old = rating_of(observation, scale_id, episode)
    return Edit("rate", (), (RatingStep(old, None),) if old else ())


def unfinished(
    observation: Observation,
    setting: Setting = NOTHING_KNOWN,
    scale_ids: Iterable[str] | None = None,
) -> tuple[Unfinished, ...]:
    """What is still to be given, in the scheme's order; empty if all ratings are ready.

    A scale that is about episodes asks for each that is not left out; about the session only
    where it is about nothing else or no episode is marked.  A variant of a scale answers for it.
    """
    wanted = None if scale_ids is None else set(scale_ids)
    found = []
    for scale in observation.scheme.ratings:
        if scale.alternate_of or (wanted is not None and scale.id not in wanted):
            continue
        for episode in _about(scale, setting):
            found.extend(_lacks(observation, scale, episode))
    return tuple(found)


def _about(scale: RatingScale, setting: Setting) -> list[str]:
    episodes = [one.id for one in setting.episodes if not one.excluded]
    if "session" not in scale.scope:
        return episodes
    return episodes if "episode" in scale.scope and episodes else [""]


def _lacks(observation: Observation, scale: RatingScale, episode: str) -> list[Unfinished]:
    variants = [
        scale,
        *(one for one in observation.scheme.ratings if one.alternate_of == scale.id),
    ]
    given = [
        (variant, found)
        for variant in variants
        if (found := rating_of(observation, variant.id, episode))
    ]
    if not given:
        return [Unfinished(scale.id, episode, "rating")]
    variant, one = given[0]
    if one.value is None and not one.na_reason:
        return [Unfinished(variant.id, episode, "value")]
    lacking = []
    there = sum(observation.timeline.get(event) is not None for event in one.evidence)
    if one.value is not None and there < variant.evidence_min:
        lacking.append(Unfinished(variant.id, episode, "evidence"))
    if one.value is not None and variant.confidences and not one.confidence:
        lacking.append(Unfinished(variant.id, episode, "confidence"))
    return lacking


def _scale(observation: Observation, scale_id: str) -> RatingScale:
    scale = observation.scheme.rating(scale_id)
    if scale is None:
        raise NoSuchScale(scheme=observation.scheme.id, scale=scale_id)
    return scale


def _refuse_scope(scale: RatingScale, episode: str, setting: Setting) -> None:
    if ("episode" if episode else "session") not in scale.scope:
        raise (NotForEpisodes if episode else OnlyForEpisodes)(scale=scale.label)
    if episode and episode not in {one.id for one in setting.episodes}:
        raise UnknownEpisode(episode=episode)


def _refuse_answer(scale: RatingScale, new: Rating) -> None:
    if new.value is not None and new.na_reason:
        raise ValueAndReason(scale=scale.label)
    if new.na_reason and not scale.allow_not_applicable:
        raise NoReasonTaken(scale=scale.label)
    values = values_of(scale.scale)
    if new.value is not None and new.value not in values:
        said = ", ".join(f"{one:g}" for one in values)
        raise NotOnTheScale(value=f"{new.value:g}", scale=scale.label, values=said)
    if new.confidence and new.confidence not in scale.confidences:
        known = ", ".join(scale.confidences) or "none"
        raise UnknownConfidence(confidence=new.confidence, scale=scale.label, known=known)
