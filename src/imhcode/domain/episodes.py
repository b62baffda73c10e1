"""What can be asked of a session's episodes, and which rules a scheme sets for them.

Episodes belong to the session and are the same for every coder; a change of them is a pair of
mappings, before and after, of the episodes it touches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from imhcode.domain.episode import Episode
from imhcode.domain.errors import Refused
from imhcode.domain.event import FAR_FUTURE_US
from imhcode.domain.scheme import EpisodeKind, Episodes
from imhcode.domain.timecode import as_clock


class NoSuchEpisode(Refused):
    """Fields: ``episode``."""

    sentence = "There is no episode “{episode}” in this session."


class UnknownEpisodeKind(Refused):
    """Fields: ``kind``, ``known``."""

    sentence = "The scheme has no episode “{kind}” and takes no others."
    next_step = "It has: {known}."


class UnknownEndReason(Refused):
    """Fields: ``reason``, ``known``."""

    sentence = "“{reason}” is not a reason for an episode to end."
    next_step = "The scheme has: {known}."


class EpisodesOverlap(Refused):
    """Fields: ``first``, ``second``, ``at``."""

    sentence = "The episodes “{first}” and “{second}” would overlap at {at}."
    next_step = "Let the first one end where the second begins."


class EpisodeOutOfOrder(Refused):
    """Fields: ``first``, ``second``."""

    sentence = "“{second}” comes after “{first}” in this procedure."
    next_step = "Move or delete the one that stands wrong."


class EpisodeNeedsLength(Refused):
    """Fields: ``label``, ``at``."""

    sentence = "“{label}” would have no length at {at}."
    next_step = "An episode ends after it begins."


@dataclass(frozen=True, slots=True)
class EpisodeChange:
    """Some episodes before and after one gesture; what is on one side only came or went."""

    before: tuple[Episode, ...]
    after: tuple[Episode, ...]

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return self.before != self.after

    @property
    def inverse(self) -> "EpisodeChange":
        """The change that undoes this one."""
        return EpisodeChange(self.after, self.before)

    def of(self, episodes: Iterable[Episode]) -> tuple[Episode, ...]:
        """The episodes once it has happened, in order."""
        gone = {one.id for one in self.before}
        return in_order([*(one for one in episodes if one.id not in gone), *self.after])


def in_order(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """By onset; a longer one before one inside it."""
    return tuple(sorted(episodes, key=lambda one: (one.onset_us, -_until_us(one), one.id)))


def episode_at(episodes: Iterable[Episode], time_us: int) -> Episode | None:
    """The episode that an instant belongs to; of several the one that began last."""
    on = [one for one in episodes if one.onset_us <= time_us < _until_us(one)]
    return max(on, key=lambda one: one.onset_us, default=None)


def number_of(episodes: Sequence[Episode], episode: Episode) -> int:
    """Place of an episode among those of its session, from 1."""
    return in_order(episodes).index(episode) + 1


def excluded_spans(episodes: Iterable[Episode], until_us: int) -> list[tuple[int, int]]:
    """Onset and offset of what is left out of codable time; what runs ends at ``until_us``."""
    return [
        (one.onset_us, until_us if one.offset_us is None else one.offset_us)
        for one in in_order(episodes)
        if one.excluded
    ]


def label_of(rules: Episodes, episode: Episode) -> str:
    """What an episode is called: by its own label, that of its kind, or its kind's id."""
    kind = rules.kind(episode.kind)
    return episode.label or (kind.label if kind else episode.kind)


def starting(rules: Episodes, episodes: Sequence[Episode], new: Episode) -> EpisodeChange:
    """Let an episode begin.

    Whatever of the scheme's own episodes is on ends there.  Before others it ends at the next;
    else it runs.
    """
    kind = rules.kind(new.kind)
    if kind is None and not rules.allow_custom:
        known = ", ".join(one.label for one in rules.kinds) or "none"
        raise UnknownEpisodeKind(kind=new.kind, known=known)
    before: list[Episode] = []
    after: list[Episode] = []
    if kind is not None:
        new = replace(new, excluded=new.excluded or kind.excluded)
        ours = [one for one in episodes if rules.kind(one.kind)]
        for one in ours:
            if one.onset_us < new.onset_us < _until_us(one):
                before.append(one)
                after.append(replace(one, offset_us=new.onset_us))
        if new.offset_us is None:
            later = (one.onset_us for one in ours if one.onset_us > new.onset_us)
            new = replace(new, offset_us=min(later, default=None))
    change = EpisodeChange(tuple(before), (*after, new))
    refuse_broken(rules, change.of(episodes), new)
    return change


def changing(
    rules: Episodes, episodes: Sequence[Episode], old: Episode, new: Episode
) -> EpisodeChange:
    """Put ``new`` in the place of ``old``, which has its id."""
    change = EpisodeChange((old,), (new,)) if old != new else EpisodeChange((), ())
    if change:
        refuse_broken(rules, change.of(episodes), new)
    return change


def moving_edge(
    rules: Episodes,
    episodes: Sequence[Episode],
    old: Episode,
    edge: Literal["onset", "offset"],
    at_us: int,
) -> EpisodeChange:
    """Move an edge; one of the scheme's own episodes that touches it there moves along."""
    new = replace(old, onset_us=at_us) if edge == "onset" else replace(old, offset_us=at_us)
    if new == old:
        return EpisodeChange((), ())
    before, after = [old], [new]
    for one in episodes if rules.kind(old.kind) else ():
        if one.id == old.id or rules.kind(one.kind) is None:
            continue
        if edge == "onset" and one.offset_us == old.onset_us:
            before.append(one)
            after.append(replace(one, offset_us=at_us))
        elif edge == "offset" and one.onset_us == old.offset_us:
            before.append(one)
            after.append(replace(one, onset_us=at_us))
    change = EpisodeChange(in_order(before), in_order(after))
    for one in change.after:
        _refuse_no_length(rules, one)
    for one in change.after:
        refuse_broken(rules, change.of(episodes), one)
    return change


def refuse_broken(rules: Episodes, episodes: Sequence[Episode], changed: Episode) -> None:
    """Refuse what the scheme forbids of ``changed`` among all: length, overlap, order, reason."""
    _refuse_no_length(rules, changed)
    reasons = {one.id: one.label for one in rules.end_reasons}
    if changed.end_reason and reasons and changed.end_reason not in reasons:
        raise UnknownEndReason(reason=changed.end_reason, known=", ".join(reasons.values()))
    kind = rules.kind(changed.kind)
    if kind is None:
        return
    for other in episodes:
        other_kind = rules.kind(other.kind)
        if other.id == changed.id or other_kind is None:
            continue
        if max(other.onset_us, changed.onset_us) < min(_until_us(other), _until_us(changed)):
            first, second = in_order([other, changed])
            raise EpisodesOverlap(
                first=label_of(rules, first),
                second=label_of(rules, second),
                at=as_clock(second.onset_us),
            )
        if rules.ordered:
            _refuse_disorder(rules, (changed, kind), (other, other_kind))


def _refuse_no_length(rules: Episodes, changed: Episode) -> None:
    if changed.offset_us is not None and changed.offset_us <= changed.onset_us:
        raise EpisodeNeedsLength(label=label_of(rules, changed), at=as_clock(changed.onset_us))


def _refuse_disorder(
    rules: Episodes, one: tuple[Episode, EpisodeKind], two: tuple[Episode, EpisodeKind]
) -> None:
    if one[1].order is None or two[1].order is None:
        return
    early, late = sorted((one, two), key=lambda pair: pair[0].onset_us)
    if (early[1].order or 0) > (late[1].order or 0):
        raise EpisodeOutOfOrder(first=label_of(rules, late[0]), second=label_of(rules, early[0]))


def missing_kinds(rules: Episodes, episodes: Iterable[Episode]) -> tuple[EpisodeKind, ...]:
    """The kinds a whole session would have and this one has not; none where none is required."""
    there = {one.kind for one in episodes}
    if not rules.required:
        return ()
    return tuple(one for one in rules.kinds if not one.optional and one.id not in there)


def too_short(rules: Episodes, episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """The episodes that ended before their shortest length."""
    return tuple(
        one
        for one in in_order(episodes)
        if (kind := rules.kind(one.kind)) and _until_us(one) - one.onset_us < kind.min_us
    )


def lacking_reason(rules: Episodes, episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """The episodes that ended without a reason where the scheme asks for one."""
    return tuple(
        one
        for one in in_order(episodes)
        if (kind := rules.kind(one.kind))
        and kind.end_reason_required
        and one.offset_us is not None
        and not one.end_reason
    )


def _until_us(episode: Episode) -> int:
    return FAR_FUTURE_US if episode.offset_us is None else episode.offset_us
