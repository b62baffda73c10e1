"""Pairs of observations from a study file as columns, ready to be compared."""

from collections.abc import Mapping, Sequence

import numpy as np

from imhcode.analysis.codable_time import codable_time
from imhcode.analysis.coded_lane import CodedLane, in_order
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.domain.scheme import Scheme, Track
from imhcode.domain.study import ObservationEntry
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.services.studies import SessionEntry, StudyService
from imhcode.store.event_columns import ColumnReader, EventColumns, Needed


class PairReader:
    """Reads pairs of observations with one scheme; each observation once if asked in a row."""

    def __init__(self, study: StudyService, scheme: Scheme, tracks: Sequence[str]) -> None:
        self._study, self._scheme = study, scheme
        self._columns = ColumnReader(study.file)
        self._needed = _needed(scheme, tracks)
        self._latest: Mapping[str, int] | None = None
        self._places = {
            track.id: {code.id: place for place, code in enumerate(track.codes)}
            for track in scheme.tracks
        }

    def read(self, pairs: Sequence[ChosenPair]) -> list[ComparedPair]:
        """The pairs, each with its window and what of it can be scored."""
        ids = dict.fromkeys(one.id for pair in pairs for one in (pair.a, pair.b))
        lanes = {one: self._lanes(one) for one in ids}
        return [self._pair(one, lanes[one.a.id], lanes[one.b.id]) for one in pairs]

    def _lanes(self, observation_id: str) -> dict[str, CodedLane]:
        found = self._columns.read(observation_id, self._needed)
        return {track: _lane(found[track], self._places[track]) for track in found}

    def _pair(
        self, pair: ChosenPair, a: Mapping[str, CodedLane], b: Mapping[str, CodedLane]
    ) -> ComparedPair:
        window_us = self.window_us(pair)
        session = pair.entry.session
        rated = bool(self._scheme.ratings)
        file = self._study.file
        return ComparedPair(
            session_id=session.id,
            dyad_id=session.dyad_id,
            coder_a=pair.a.coder_id,
            coder_b=pair.b.coder_id,
            window_us=window_us,
            scored=codable_time((a, b), self._scheme, window_us, file.episodes_of(session.id)),
            a=a,
            b=b,
            ratings_a=tuple(file.ratings_of(pair.a.id)) if rated else (),
            ratings_b=tuple(file.ratings_of(pair.b.id)) if rated else (),
        )

    def window_us(self, pair: ChosenPair) -> tuple[int, int]:
        """The intersection of both coded ranges."""
        ranges = [self._range_us(pair.entry, one) for one in (pair.a, pair.b)]
        from_us = max(one[0] for one in ranges)
        return from_us, max(from_us, min(one[1] for one in ranges))

    def _range_us(self, entry: SessionEntry, one: ObservationEntry) -> tuple[int, int]:
        """The coded range: what the observation says, else all recordings, else all events."""
        from_us, until_us = one.coded_from_us, one.coded_until_us
        if from_us is None:
            from_us = min((film.offset_us for film in entry.recordings), default=0)
        if until_us is None and entry.recordings:
            until_us = max(film.offset_us + film.end_us for film in entry.recordings)
        if until_us is None:
            if self._latest is None:
                self._latest = self._columns.latest_us()
            until_us = self._latest.get(entry.session.id, 0)
        return from_us, max(from_us, until_us)


def _lane(columns: EventColumns, places: Mapping[str, int]) -> CodedLane:
    """Columns as a lane; codes that the scheme does not have are left out."""
    codes = columns.places(places)
    known = codes >= 0
    if known.all():
        return in_order(
            columns.onsets_us,
            columns.offsets_us,
            codes,
            columns.instances,
            columns.ids,
            columns.modifiers,
            columns.links,
        )
    rows = np.flatnonzero(known).tolist()
    return in_order(
        columns.onsets_us[known],
        columns.offsets_us[known],
        codes[known],
        [columns.instances[k] for k in rows] if columns.instances else (),
        [columns.ids[k] for k in rows] if columns.ids else (),
        [columns.modifiers[k] for k in rows] if columns.modifiers else (),
        [columns.links[k] for k in rows] if columns.links else (),
    )


def _needed(scheme: Scheme, tracks: Sequence[str]) -> Needed:
    """What must be read for these tracks: theirs, what they answer, and what hides from sight."""
    rules = [
        rule
        for rule in scheme.links
        if any(
            _uses(track, rule.id, rule.from_track) for track in scheme.tracks if track.id in tracks
        )
    ]
    blind = [
        track.id
        for track in scheme.tracks
        if any(code.uncodable or code.excludes_time for code in track.codes)
    ]
    answered = [rule.to_track for rule in rules]
    asked = [
        track.id
        for track in scheme.tracks
        if track.id in tracks and any(scheme.modifiers_for(track, code) for code in track.codes)
    ]
    return Needed(
        tracks=list(dict.fromkeys([*tracks, *answered, *blind])),
        ids=list(dict.fromkeys(answered)),
        modifiers=asked,
        links=list(dict.fromkeys(rule.from_track for rule in rules)),
    )


def _uses(track: Track, rule_id: str, from_track: str) -> bool:
    return rule_id in track.links or (not track.links and from_track == track.id)
