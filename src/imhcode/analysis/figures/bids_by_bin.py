"""How many events a minute, bin by bin, over each episode: bids over the still face."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import US_PER_MIN
from imhcode.analysis.figure import Axis, Bar, Cell, Figure, Moments, Origin, Panel
from imhcode.analysis.figure_looks import (
    counted,
    kinds_in_order,
    own_series,
    section_label,
    sections_shown,
)
from imhcode.analysis.figures import FIGURES, FigureKind, FigureSession, Topic
from imhcode.analysis.measures.contingency_2x2 import bins_of
from imhcode.analysis.selecting import Declared, chosen

BIN_S = 10.0
KINDS = ("rate_per_minute", "bin_slope")
COLUMNS = ("episode", "bin_from_s", "bin_s", "events", "n_bins", "events_per_min")


@dataclass(frozen=True, slots=True)
class _Counts:
    """Events in the codable bins of one section."""

    kind: str
    bins: np.ndarray
    counts: np.ndarray
    onsets: np.ndarray
    whose: Origin


def topics(session: CodedSession) -> Iterator[Topic]:
    """Yield one for each measure that counts all bids or other acts of a track by time."""
    seen = set()
    for measure_id, one in session.measures.items():
        if one["kind"] in KINDS and one.get("codes") == "all" and one["track"] not in seen:
            seen.add(one["track"])
            label = f"{session.tracks[one['track']].label} by {_bin_s(one):g}-s bins"
            yield Topic(kind="bids_by_bin", about=measure_id, label=label)


def _bin_s(declared: Declared) -> float:
    return float(declared.get("bin_s", BIN_S))


def look(topic: Topic, session: FigureSession) -> list[_Counts] | None:
    """Counts in each bin that is codable from end to end, from the section's onset."""
    coded = session.coded
    declared = coded.measures[topic.about]
    track, lane = coded.tracks[declared["track"]], coded.lane(declared["track"])
    if not coded.is_coded(track.id):
        return None
    bin_us = round(_bin_s(declared) * 1_000_000)
    times = np.sort(lane.onsets[chosen(track, declared)[lane.codes]])
    found = []
    for section in sections_shown(coded):
        onsets = bins_of(section, bin_us)
        if len(onsets):
            counts = np.searchsorted(times, onsets + bin_us) - np.searchsorted(times, onsets)
            bins = (onsets - section.from_us) // bin_us
            found.append(_Counts(section.kind, bins, counts, onsets, session.origin()))
    return found or None


def draw(topic: Topic, blank: CodedSession, looks: Sequence[list[_Counts]]) -> Figure:
    """One panel for each kind of episode; the mean over all sections that have the bin."""
    declared = blank.measures[topic.about]
    bin_s = _bin_s(declared)
    by_kind: dict[str, list[_Counts]] = defaultdict(list)
    for found in looks:
        for one in found:
            by_kind[one.kind].append(one)
    rows: list[tuple[Cell, ...]] = []
    bars: dict[str, list[Bar]] = {}
    per_min = US_PER_MIN / 1e6 / bin_s
    for kind in kinds_in_order(blank, by_kind):
        bars[kind] = []
        some = by_kind[kind]
        for k in sorted({int(bin_n) for one in some for bin_n in one.bins}):
            here = [(one, np.flatnonzero(one.bins == k)) for one in some]
            there = [(one, int(at[0])) for one, at in here if len(at)]
            events = sum(int(one.counts[at]) for one, at in there)
            rate = events / len(there) * per_min
            rows.append((kind or "session", k * bin_s, bin_s, events, len(there), rate))
            bars[kind].append(
                Bar(
                    x0=k * bin_s, x1=(k + 1) * bin_s, y0=0, y1=rate, series="events",
                    says=f"{k * bin_s:g} to {(k + 1) * bin_s:g} s: {rate:.3g} a minute "
                    f"({counted(events, 'event')})",
                    origins=Moments(
                        [one.whose for one, _ in there],
                        [int(one.onsets[at]) for one, at in there],
                    ),
                )
            )  # fmt: skip
    highest = max((bar.y1 for some in bars.values() for bar in some), default=0) or 1
    longest = max((bar.x1 for some in bars.values() for bar in some), default=bin_s)
    one_each = len(bars) == 1
    track = blank.tracks[declared["track"]]
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=(
            f"{track.label}: events a minute in codable bins of {bin_s:g} s from the beginning "
            f"of each episode, {counted(len(looks), 'session')}."
        ),
        panels=tuple(
            Panel(
                title="" if one_each and not kind else section_label(blank, kind),
                x=Axis(label="Time from the beginning", unit="s", low=0, high=longest),
                y=Axis(label="Events a minute", low=0, high=highest * 1.05),
                marks=tuple(some),
            )
            for kind, some in bars.items()
        ),
        series=(own_series(0, "events", track.label, in_legend=False),),
        columns=COLUMNS,
        rows=tuple(rows),
    )


FIGURES.add(FigureKind(name="bids_by_bin", topics=topics, look=look, draw=draw))
