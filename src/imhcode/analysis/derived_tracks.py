"""Tracks worked out from others: what two say together, and bouts joined over short gaps."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from imhcode.analysis.coded_lane import NOBODY, CodedLane, in_order
from imhcode.analysis.runs import by_subject
from imhcode.analysis.selecting import Declared, chosen
from imhcode.analysis.spans import NOTHING, Spans, Times, Union, union_of
from imhcode.domain.scheme import Code, Track
from imhcode.domain.timecode import US_PER_S

Tracks = Mapping[str, Track]
Lanes = Mapping[str, CodedLane]


def derived_track(declared: Declared) -> Track:
    """The track that a scheme declares under ``derived_tracks``, as a track like the others."""
    return Track(
        id=declared["id"],
        label=declared["label"],
        subject=declared["subject"],
        kind=declared["kind"],
        exclusive=True,
        exhaustive=declared["rule"] == "pair_table",
        codes=tuple(
            Code(
                id=one["id"],
                label=one["label"],
                color=one.get("color", "#999999"),
                classes=tuple(one.get("classes", ())),
                uncodable=one.get("uncodable", False),
            )
            for one in declared["codes"]
        ),
    )


def derived_lane(declared: Declared, tracks: Tracks, lanes: Lanes, uncodable: Union) -> CodedLane:
    """Its events.

    Parameters
    ----------
    tracks, lanes
        Those that it is made from; running states must have an end.
    uncodable : Union
        Time over which no bout is joined.
    """
    if declared["rule"] == "pair_table":
        return _pair_table(declared, tracks, lanes)
    return _merged_classes(declared, tracks, lanes, uncodable)


def _pair_table(declared: Declared, tracks: Tracks, lanes: Lanes) -> CodedLane:
    """What the pair of codes means, wherever both tracks say something."""
    first, second = declared["from"]
    meaning = _meanings(declared, tracks[first], tracks[second])
    parts = []
    for one, other in product(
        by_subject(lanes.get(first, NOBODY)), by_subject(lanes.get(second, NOBODY))
    ):
        parts.append((_instance(one, other), _paired(meaning, one, other)))
    onsets, offsets, codes = (
        np.concatenate([getattr(spans, name) for _, spans in parts])
        for name in ("onsets", "offsets", "codes")
    )
    instances = [name for name, spans in parts for _ in spans.onsets]
    return _lane(declared["id"], onsets, offsets, codes, instances)


def _meanings(declared: Declared, first: Track, second: Track) -> Times:
    """The derived code of every pair; ``NOTHING`` where the pair is not scored and has no code."""
    codes = [one["id"] for one in declared["codes"]]
    unscored = next((k for k, one in enumerate(declared["codes"]) if one.get("uncodable")), NOTHING)
    table = np.full((len(first.codes), len(second.codes)), codes.index(declared["otherwise"]))
    names = [[code.id for code in track.codes] for track in (first, second)]
    for code, pairs in declared["pairs"].items():
        for one, other in pairs:
            table[names[0].index(one), names[1].index(other)] = codes.index(code)
    left_out = set(declared.get("not_scored_if_any") or ())
    for row, code in enumerate(first.codes):
        if code.uncodable or code.id in left_out:
            table[row] = unscored
    for column, code in enumerate(second.codes):
        if code.uncodable or code.id in left_out:
            table[:, column] = unscored
    return table.astype(np.int64)


def _paired(meaning: Times, one: CodedLane, other: CodedLane) -> Spans:
    lanes = [Spans(lane.onsets, lane.offsets, lane.codes) for lane in (one, other)]
    edges = np.unique(
        np.concatenate([edge for spans in lanes for edge in (spans.onsets, spans.offsets)])
    )
    if len(edges) < 2:
        return Spans(edges[:0], edges[:0], edges[:0])
    rows, columns = (spans.at(edges[:-1]) for spans in lanes)
    codes = np.where((rows == NOTHING) | (columns == NOTHING), NOTHING, meaning[rows, columns])
    heads = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    offsets = edges[np.append(heads[1:], len(codes))]
    said = codes[heads] != NOTHING
    return Spans(edges[heads][said], offsets[said], codes[heads][said])


def _instance(one: CodedLane, other: CodedLane) -> str:
    """Whose pair it is: the names of those of whom there are several."""
    return "+".join(name for name in (_name(one), _name(other)) if name)


def _name(lane: CodedLane) -> str:
    return lane.instances[0] if len(lane.instances) else ""


def _merged_classes(
    declared: Declared, tracks: Tracks, lanes: Lanes, uncodable: Union
) -> CodedLane:
    """Stretches of the classes, joined over gaps in which nothing was out of reach."""
    held = []
    for track_id in declared["from"]:
        lane = lanes.get(track_id, NOBODY)
        mine = chosen(tracks[track_id], {"classes": declared["classes"]})[lane.codes]
        held.append(Union.of(lane.onsets[mine], lane.offsets[mine]))
    bouts = union_of(held)
    bridge_us = round(declared.get("bridge_gap_s", 0) * US_PER_S)
    from_us, until_us = bouts.offsets[:-1], bouts.onsets[1:]
    blind = np.searchsorted(uncodable.offsets, from_us, side="right") < np.searchsorted(
        uncodable.onsets, until_us, side="left"
    )
    short = (until_us - from_us <= bridge_us) & ~blind
    joined = union_of([bouts, Union(from_us[short], until_us[short])])
    codes = np.zeros(len(joined.onsets), np.int64)
    return _lane(declared["id"], joined.onsets, joined.offsets, codes, [""] * len(codes))


def _lane(
    track_id: str, onsets: Times, offsets: Times, codes: Times, instances: Sequence[str]
) -> CodedLane:
    """A lane whose events are named after the track and their number."""
    nothing: list[tuple[()]] = [() for _ in onsets]
    lane = in_order(onsets, offsets, codes, list(instances), [""] * len(onsets), nothing, nothing)
    ids = [f"{track_id}-{n}" for n in range(1, len(onsets) + 1)]
    return CodedLane(
        lane.onsets, lane.offsets, lane.codes, lane.instances, ids, lane.modifiers, lane.links
    )
