"""What can be scored: the coded range without what could not be seen and what does not count."""

from collections.abc import Iterable, Mapping

import numpy as np

from imhcode.analysis.coded_lane import NOBODY, CodedLane
from imhcode.analysis.spans import Union, union_of
from imhcode.domain.episode import Episode
from imhcode.domain.scheme import Scheme


def uncodable_time(
    lanes: Mapping[str, CodedLane], scheme: Scheme, window_us: tuple[int, int]
) -> Union:
    """When nothing can be scored of one coder's record.

    Uncodable stretches over the scheme's state tracks (the evidence was out of reach), and events
    on any track whose code takes its time out (the procedure was interrupted).
    """
    stretches = []
    for track in scheme.tracks:
        blind = [
            place
            for place, code in enumerate(track.codes)
            if code.excludes_time or (code.uncodable and track.kind == "state")
        ]
        lane = lanes.get(track.id, NOBODY)
        if blind and len(lane):
            out = np.isin(lane.codes, blind)
            stretches.append(Union.of(lane.onsets[out], lane.offsets[out]))
    return union_of(stretches).within(*window_us)


def excluded_time(episodes: Iterable[Episode], window_us: tuple[int, int]) -> Union:
    """Episodes that are left out of analysis; one that runs ends with the window."""
    left_out = [episode for episode in episodes if episode.excluded]
    onsets = [episode.onset_us for episode in left_out]
    offsets = [
        window_us[1] if episode.offset_us is None else episode.offset_us for episode in left_out
    ]
    return Union.of(np.array(onsets, np.int64), np.array(offsets, np.int64)).within(*window_us)


def codable_time(
    records: Iterable[Mapping[str, CodedLane]],
    scheme: Scheme,
    window_us: tuple[int, int],
    episodes: Iterable[Episode] = (),
) -> Union:
    """The window without uncodable time of any of the records and without those episodes."""
    gone = [uncodable_time(one, scheme, window_us) for one in records]
    gone.append(excluded_time(episodes, window_us))
    return union_of(gone).outside(*window_us)
