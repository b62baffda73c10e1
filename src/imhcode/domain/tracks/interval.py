"""Fixed bins, such as affect second by second: each gets a code of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from imhcode.domain.edit import Step
from imhcode.domain.episodes import episode_at
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Bins, Code, Track
from imhcode.domain.setting import Setting
from imhcode.domain.timecode import US_PER_S, as_clock, as_decimal
from imhcode.domain.tracks import KINDS, NeedsLength, Shape, refuse_overlap

Span = tuple[int, int]  #: onset and offset of a bin, µs


class NoEpisodeHere(Refused):
    """An instant outside all episodes, on a track whose bins begin with one."""

    sentence = "{track} is coded in episodes, and none is on at {at}."
    next_step = "Mark the episode first, or go into one."


class LongerThanABin(Refused):
    """An interval that is no bin."""

    sentence = "“{code}” on {track} at {at} would be longer than its bin of {length_s} s."


@dataclass(frozen=True)
class IntervalKind:
    """Every bin holds what was most of it; a press codes the bin that holds the instant."""

    name: str = "interval"
    shape: Shape = Shape.BLOCKS

    def press(
        self, lane: Lane, code: Code, track: Track, at: Stamp, new: Event, setting: Setting
    ) -> tuple[Step, ...]:
        """Give the bin that code, in the place of what it held.

        Where codes do not exclude each other it is added, and a second press takes it away.

        Raises
        ------
        NoEpisodeHere
            The bins begin with an episode, and there is none.
        """
        from_us, until_us = bin_at(track, setting, at.time_us)
        there = [one for one in lane.between(from_us, until_us) if one.instance == new.instance]
        mine = next((event for event in there if event.code == code.id), None)
        frame = at.frame if at.time_us == from_us else None
        filled = replace(new, onset_us=from_us, offset_us=until_us, onset_frame=frame)
        if not track.exclusive:
            return (Step(None, filled) if mine is None else Step(mine, None),)
        if not there:
            return (Step(None, filled),)
        if mine and there == [mine] and (mine.onset_us, mine.until_us) == (from_us, until_us):
            return ()
        kept = mine or there[0]
        changed = replace(filled, id=kept.id, comment=kept.comment)
        return (*(Step(one, None) for one in there if one != kept), Step(kept, changed))

    def check(self, lane: Lane, track: Track, changed: Iterable[Event]) -> None:
        """Refuse what is no bin: without length, longer than one, or two codes that exclude."""
        length_us = _bins(track).length_us
        for event in changed:
            if event.is_instant:
                raise NeedsLength(code=event.code, track=track.label, at=as_clock(event.onset_us))
            if event.until_us - event.onset_us > length_us:
                raise LongerThanABin(
                    code=event.code,
                    track=track.label,
                    at=as_clock(event.onset_us),
                    length_s=as_decimal(length_us, US_PER_S),
                )
            if track.exclusive:
                refuse_overlap(lane, track, event)


def bin_at(track: Track, setting: Setting, time_us: int) -> Span:
    """The bin that holds an instant; the last of an episode or session may be shorter.

    Raises
    ------
    NoEpisodeHere
        The bins begin with an episode, and none is on.
    """
    bins = _bins(track)
    anchor_us, end_us = setting.coded_from_us, setting.coded_until_us
    if bins.anchor == "episode_start":
        episode = episode_at(setting.episodes, time_us)
        if episode is None:
            raise NoEpisodeHere(track=track.label, at=as_clock(time_us))
        anchor_us, end_us = episode.onset_us, episode.offset_us
    from_us = time_us - (time_us - anchor_us) % bins.length_us
    return _cut(from_us, bins.length_us, end_us if end_us is None or time_us < end_us else None)


def next_bin(track: Track, setting: Setting, time_us: int) -> Span | None:
    """The bin after the one at ``time_us``, in the next episode if this one is at its end."""
    return next(_bins_from(track, setting, time_us, beyond=True), None)


def previous_bin(track: Track, setting: Setting, time_us: int) -> Span | None:
    """The bin before the one at ``time_us``."""
    length_us = _bins(track).length_us
    for from_us, until_us in reversed(_spans(track, setting)):
        if until_us is None or time_us < until_us:
            n = (time_us - from_us) // length_us - 1
        else:
            n = (until_us - 1 - from_us) // length_us
        if n >= 0:
            return _cut(from_us + n * length_us, length_us, until_us)
    return None


def first_empty_bin(
    lane: Lane, track: Track, setting: Setting, instance: str = "", from_us: int | None = None
) -> Span | None:
    """The first bin at ``from_us`` or later (by default: of all) that holds nothing yet."""
    for span in _bins_from(track, setting, from_us, beyond=False):
        if not any(event.instance == instance for event in lane.between(*span)):
            return span
    return None


def _bins_from(
    track: Track, setting: Setting, time_us: int | None, *, beyond: bool
) -> Iterator[Span]:
    """Yield the bins from the one at ``time_us`` on, or from the one behind it."""
    length_us = _bins(track).length_us
    for from_us, until_us in _spans(track, setting):
        n = 0
        if time_us is not None and time_us >= from_us:
            n = (time_us - from_us) // length_us + beyond
        while until_us is None or from_us + n * length_us < until_us:
            yield _cut(from_us + n * length_us, length_us, until_us)
            n += 1


def _spans(track: Track, setting: Setting) -> list[tuple[int, int | None]]:
    """The stretches that are divided into bins, in order."""
    if _bins(track).anchor == "session_start":
        return [(setting.coded_from_us, setting.coded_until_us)]
    return [(one.onset_us, one.offset_us) for one in setting.episodes if not one.excluded]


def _cut(from_us: int, length_us: int, end_us: int | None) -> Span:
    return from_us, from_us + length_us if end_us is None else min(from_us + length_us, end_us)


def _bins(track: Track) -> Bins:
    return track.bins or Bins(length_us=US_PER_S)


KINDS.add(IntervalKind())
