"""Ratings from a file: held against the scale, the session's episodes and the events."""

from collections.abc import Iterable

from imhcode.domain.edit import Edit
from imhcode.domain.episodes import in_order
from imhcode.domain.errors import Refused
from imhcode.domain.observation import Observation
from imhcode.domain.rating import RatingStep
from imhcode.domain.rating_rules import rating
from imhcode.domain.setting import Setting
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingRating
from imhcode.services.coding import fresh_id
from imhcode.services.import_ground import ImportGround


def rated(
    ground: ImportGround, observation: Observation, rows: Iterable[IncomingRating]
) -> tuple[tuple[RatingStep, ...], int, list[Finding]]:
    """What ratings change in an observation whose events are in already.

    Returns
    -------
    steps : tuple of RatingStep
        For one edit.
    came_in : int
        How many rows stand in the observation then.
    findings : list of Finding
        An error for each of the others.
    """
    rows = list(rows)
    if not rows:
        return (), 0, []
    setting = ground.setting_of(observation)
    steps: list[RatingStep] = []
    findings: list[Finding] = []
    came_in = 0
    for row in rows:
        try:
            edit = _edit(observation, row, setting)
            observation = observation.after(edit)
        except Refused as refusal:
            said = refusal.text().rstrip(".")
            findings.append(Finding("error", "rating-refused", row.line, said))
        else:
            steps += edit.ratings
            came_in += 1
    return tuple(steps), came_in, findings


def _edit(observation: Observation, row: IncomingRating, setting: Setting) -> Edit:
    episode = ""
    if row.episode or row.episode_n:
        listed = in_order(setting.episodes)
        at = row.episode_n - 1
        fits = 0 <= at < len(listed) and row.episode in ("", listed[at].kind)
        episode = listed[at].id if fits else row.episode
    return rating(
        observation,
        row.scale,
        new_id=row.rating_id or fresh_id(),
        episode=episode,
        value=row.value,
        na_reason=row.na_reason,
        confidence=row.confidence,
        evidence=row.evidence,
        comment=row.comment,
        setting=setting,
    )
