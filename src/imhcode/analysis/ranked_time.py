"""How long each code of a track holds inside some time, for measures of ranks."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.runs import by_subject, runs_of
from imhcode.analysis.selecting import uncodable
from imhcode.analysis.spans import Times, Union


def time_by_code(session: CodedSession, track_id: str, time: Union) -> Times:
    """Microseconds of each code, shape ``(n_codes,)``; subjects are added up."""
    track = session.tracks[track_id]
    groups = np.where(uncodable(track), -1, np.arange(len(track.codes)))
    held = np.zeros(len(track.codes), np.int64)
    for lane in by_subject(session.lane(track_id)):
        runs = runs_of(lane, time, seamless=True, groups=groups)
        np.add.at(held, runs.codes, runs.lengths)
    return held
