"""One observation as measures read it: lanes with derived tracks, links, codable time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from imhcode.analysis.answered import Answers, answers_by
from imhcode.analysis.codable_time import excluded_time, uncodable_time
from imhcode.analysis.coded_lane import NOBODY, CodedLane
from imhcode.analysis.derived_tracks import derived_lane, derived_track
from imhcode.analysis.runs import Flags, only
from imhcode.analysis.selecting import Declared, uncodable
from imhcode.analysis.spans import Union, union_of
from imhcode.domain.episode import Episode
from imhcode.domain.rating import Rating
from imhcode.domain.scheme import Scheme, Track


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """What one number is about: the whole session, or one of its episodes.

    Attributes
    ----------
    episode : Episode or None
        ``None`` for the whole session.
    n : int
        Place among the episodes of the session, from 1; 0 for the session.
    time : Union
        Codable time inside it.
    """

    episode: Episode | None
    n: int
    from_us: int
    until_us: int
    time: Union

    @property
    def kind(self) -> str:
        """Kind of the episode; empty for the session."""
        return self.episode.kind if self.episode else ""

    def has(self, lane: CodedLane) -> Flags:
        """Which events belong to it: those whose onset is codable inside it."""
        return self.time.has(lane.onsets)


class CodedSession:
    """Everything that the measures of one observation are computed from.

    Parameters
    ----------
    scheme : Scheme
    document : Mapping
        The scheme's document, with the lab's parameters in it.
    lanes : Mapping of str to CodedLane
        The coder's events by track.
    window_us : (int, int)
        The coded range.
    episodes : sequence of Episode
        Those of the session, in order.
    age_months : float or None
        The child's, corrected where that is known.
    """

    def __init__(
        self,
        scheme: Scheme,
        document: Declared,
        lanes: Mapping[str, CodedLane],
        window_us: tuple[int, int],
        *,
        episodes: Sequence[Episode] = (),
        age_months: float | None = None,
        ratings: Iterable[Rating] = (),
    ) -> None:
        self.scheme, self.window_us = scheme, window_us
        self.episodes, self.age_months, self.ratings = episodes, age_months, tuple(ratings)
        self._repeats: dict[str, dict[str, str]] = {}
        self._lanes = {
            track.id: self._prepared(track, lanes.get(track.id, NOBODY)) for track in scheme.tracks
        }
        self.tracks = {track.id: track for track in scheme.tracks}
        self.measures: dict[str, Declared] = {one["id"]: one for one in document.get("derived", ())}
        self._derived: dict[str, Declared] = {
            one["id"]: one for one in document.get("derived_tracks", ())
        }
        self.tracks |= {name: derived_track(one) for name, one in self._derived.items()}
        self._links = {rule.id: rule for rule in scheme.links}
        self._answers: dict[str, Answers] = {}
        self._times: dict[tuple[str, bytes], Union] = {}

    def _prepared(self, track: Track, lane: CodedLane) -> CodedLane:
        """Cut at the end of the coded range; an instant said again at once is the same one."""
        until_us = max(self.window_us[1], self.window_us[0])
        offsets = np.maximum(np.minimum(lane.offsets, until_us), lane.onsets)
        lane = CodedLane(
            lane.onsets, offsets, lane.codes,
            lane.instances, lane.ids, lane.modifiers, lane.links,
        )  # fmt: skip
        if track.kind != "point" or not track.min_gap_us or len(lane) < 2:
            return lane
        who = np.array(lane.instances, object) if lane.instances else np.zeros(len(lane), object)
        _, subject = np.unique(who.astype(str), return_inverse=True)
        order = np.lexsort((lane.onsets, lane.codes, subject))
        same = (np.diff(lane.codes[order]) == 0) & (np.diff(subject[order]) == 0)
        gap = lane.onsets[order][1:] - lane.offsets[order][:-1]
        again = np.concatenate(([False], same & (gap < track.min_gap_us)))
        if not again.any():
            return lane
        head = order[np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))]
        kept = np.ones(len(lane), bool)
        kept[order[again]] = False
        if lane.ids:
            self._repeats[track.id] = {
                lane.ids[k]: lane.ids[of] for k, of in zip(order[again], head[again], strict=True)
            }
        return only(lane, kept)

    # -- time --------------------------------------------------------------------------------

    @cached_property
    def uncodable(self) -> Union:
        """When the evidence was out of reach."""
        return uncodable_time(self._lanes, self.scheme, self.window_us)

    @cached_property
    def excluded(self) -> Union:
        """Episodes that are left out."""
        return excluded_time(self.episodes, self.window_us)

    @cached_property
    def codable(self) -> Union:
        """The coded range without either."""
        return union_of([self.uncodable, self.excluded]).outside(*self.window_us)

    @cached_property
    def session(self) -> Section:
        """All of it."""
        return Section(None, 0, *self.window_us, self.codable)

    @cached_property
    def sections(self) -> list[Section]:
        """The episodes that are not left out, in order."""
        found = []
        for n, one in enumerate(self.episodes, start=1):
            until_us = self.window_us[1] if one.offset_us is None else one.offset_us
            from_us, until_us = (
                max(one.onset_us, self.window_us[0]),
                min(until_us, self.window_us[1]),
            )
            if not one.excluded and from_us < until_us:
                found.append(
                    Section(one, n, from_us, until_us, self.codable.within(from_us, until_us))
                )
        return found

    def time_of(self, track_id: str, codes: Flags) -> Union:
        """When one of the codes holds, of whichever subject."""
        key = (track_id, codes.tobytes())
        if key not in self._times:
            lane = self.lane(track_id)
            held = codes[lane.codes]
            self._times[key] = Union.of(lane.onsets[held], lane.offsets[held])
        return self._times[key]

    def codable_of(self, track_id: str) -> Union:
        """When that track could be coded, whatever was out of reach for others."""
        track = self.tracks[track_id]
        if track_id in self._derived and track.exhaustive:
            mine = self.time_of(track_id, ~uncodable(track))
            return mine.within(*self.window_us).without(self.excluded)
        gone = self.time_of(track_id, uncodable(track))
        return union_of([gone, self.excluded]).outside(*self.window_us)

    def scored(self, section: Section, track_id: str) -> Union:
        """Codable time of the section in which a derived track could be worked out."""
        if track_id not in self._derived:
            return section.time
        return section.time.common(self.codable_of(track_id))

    # -- events ------------------------------------------------------------------------------

    def lane(self, track_id: str) -> CodedLane:
        """The events of a track, derived or not."""
        if track_id not in self._lanes:
            self._lanes[track_id] = derived_lane(
                self._derived[track_id], self.tracks, self._lanes, self.uncodable
            )
        return self._lanes[track_id]

    def subjects(self, track_id: str) -> int:
        """How many different subjects the track is coded for; 1 if nothing is."""
        return max(1, len(set(self.lane(track_id).instances)))

    def answers(self, link_id: str) -> Answers:
        """The answers by a rule that count."""
        if link_id not in self._answers:
            rule = self._links[link_id]
            self._answers[link_id] = answers_by(
                rule,
                self.tracks[rule.from_track],
                self.lane(rule.from_track),
                self.lane(rule.to_track),
                self._repeats.get(rule.to_track, {}),
                self.codable,
                self.age_months,
            )
        return self._answers[link_id]

    def link_tracks(self, link_id: str) -> tuple[str, str]:
        """The tracks of the answers and of what is answered."""
        rule = self._links[link_id]
        return rule.from_track, rule.to_track

    @property
    def bouts(self) -> str:
        """The derived track of bouts, if the scheme has one; empty otherwise."""
        merged = (one["id"] for one in self._derived.values() if one["rule"] == "merge_classes")
        return next(merged, "")

    def is_coded(self, track_id: str) -> bool:
        """Whether anything is; of a derived track: of those it comes from."""
        if track_id in self._derived:
            return all(len(self._lanes[one]) > 0 for one in self._derived[track_id]["from"])
        return len(self._lanes[track_id]) > 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is coded or rated."""
        return not self.ratings and not any(len(lane) for lane in self._lanes.values())
