"""``bins.csv``: one row for each second, one column for each track, for models of time series."""

from collections.abc import Iterator, Sequence

import numpy as np

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import seconds
from imhcode.formats.joined import joined
from imhcode.formats.tables.about import ABOUT, About
from imhcode.formats.tables.table_file import Value

NAME = "bins.csv"
BIN_US = 1_000_000
BEFORE = (*ABOUT, "bin_index", "bin_start_s", "bin_s", "episode_id", "codable_s")


def columns_of(tracks: Sequence[str]) -> list[str]:
    """The header for these tracks."""
    return [*BEFORE, *tracks]


def rows(about: About, session: CodedSession, tracks: Sequence[str]) -> Iterator[list[Value]]:
    """Yield a row for each bin of the coded range; the last one may be shorter.

    A track whose codes exclude each other says the code that held longest in the bin, the earlier
    one of two; others say every code that was there.
    """
    from_us, until_us = session.window_us
    onsets = np.arange(from_us, until_us, BIN_US, dtype=np.int64)
    edges = np.append(onsets, until_us)
    columns = [_said(session, one, edges) if one in session.tracks else None for one in tracks]
    kinds = _episodes(session, onsets)
    codable = _inside(session, edges)
    before, cuts = about.cells, edges.tolist()
    for k, onset_us in enumerate(onsets.tolist()):
        yield [
            *before,
            k,
            seconds(onset_us),
            seconds(cuts[k + 1] - onset_us),
            kinds[k],
            seconds(codable[k]),
            *("" if column is None else column[k] for column in columns),
        ]


def _said(session: CodedSession, track_id: str, edges: np.ndarray) -> list[str]:
    track, lane = session.tracks[track_id], session.lane(track_id)
    n_bins, names = len(edges) - 1, [code.id for code in track.codes]
    held = np.zeros((n_bins, len(names)), np.int64)
    there = (lane.onsets >= edges[0]) | (lane.offsets > edges[0])
    onsets, offsets, codes = lane.onsets[there], lane.offsets[there], lane.codes[there]
    first = np.maximum(np.searchsorted(edges, onsets, side="right") - 1, 0)
    last = np.searchsorted(edges, np.maximum(offsets, onsets + 1), side="left")
    n_touched = np.maximum(np.minimum(last, n_bins) - first, 0)
    of = np.repeat(np.arange(len(onsets)), n_touched)
    before = np.cumsum(n_touched) - n_touched
    here = np.repeat(first, n_touched) + np.arange(len(of)) - before[of]
    inside = np.minimum(offsets[of], edges[here + 1]) - np.maximum(onsets[of], edges[here])
    np.add.at(held, (here, codes[of]), np.maximum(inside, 1))
    if track.exclusive and track.kind != "point" and session.subjects(track_id) == 1:
        best = held.argmax(axis=1).tolist()
        return [
            names[k] if some else ""
            for k, some in zip(best, (held.sum(axis=1) > 0).tolist(), strict=True)
        ]
    texts = [""] * n_bins
    for k in np.flatnonzero(held.any(axis=1)).tolist():
        texts[k] = joined(names[code] for code in np.flatnonzero(held[k]))
    return texts


def _episodes(session: CodedSession, onsets: np.ndarray) -> list[str]:
    kinds = [""] * len(onsets)
    for episode in session.episodes:
        until_us = session.window_us[1] if episode.offset_us is None else episode.offset_us
        for k in np.flatnonzero((onsets >= episode.onset_us) & (onsets < until_us)).tolist():
            kinds[k] = episode.kind
    return kinds


def _inside(session: CodedSession, edges: np.ndarray) -> list[int]:
    """Codable microseconds of each bin."""
    time = session.codable
    if not len(time.onsets):
        return [0] * (len(edges) - 1)
    upto = np.concatenate(([0], np.cumsum(time.offsets - time.onsets)))
    piece = np.searchsorted(time.onsets, edges, side="right") - 1
    at = np.maximum(piece, 0)
    within = np.minimum(edges, time.offsets[at]) - time.onsets[at]
    grown = np.where(piece >= 0, upto[at] + within, 0)
    return [int(one) for one in np.diff(grown)]
