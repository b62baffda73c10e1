"""Agreement of more than two coders of the same sessions, on codable time weighted by length."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.coded_lane import NOBODY, CodedLane
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.many_coders import Metric, alpha, fleiss, light
from imhcode.analysis.scale_points import rank_of
from imhcode.analysis.spans import NOTHING, Spans, Union
from imhcode.analysis.square_tables import Values
from imhcode.domain.scheme import Scheme, Track

US = 1_000_000
RANKED: tuple[Metric, ...] = ("ordinal", "interval", "ratio")


def many_rows(
    pairs: Sequence[ComparedPair], scheme: Scheme, track: Track
) -> Iterator[AgreementRow]:
    """Fleiss, Light and alpha of the sessions that more than two coders have coded, pooled.

    Coders are told apart within a session only, so that Light's kappa is the mean over pairs of
    places in the order of the coders' ids.
    """
    del scheme
    if track.kind not in ("state", "interval") or not track.exclusive:
        return
    parts = [
        _stretches(some, track) for some in _by_session(pairs).values() if len(_coders(some)) > 2
    ]
    if not parts:
        return
    widest = max(codes.shape[1] for codes, _ in parts)
    codes = np.concatenate([_widened(one, widest) for one, _ in parts])
    lengths = np.concatenate([one for _, one in parts])
    found = {
        "kappa_fleiss": fleiss(codes, lengths),
        "kappa_light": light(codes, lengths),
        "alpha_nominal": alpha(codes, "nominal", lengths),
    }
    ranks = np.array(
        [np.nan if (r := rank_of(one)) is None else r for one in track.codes] + [np.nan]
    )
    if np.isfinite(ranks).sum() > 1:
        ranked = np.where(np.isnan(codes), np.nan, ranks[np.nan_to_num(codes).astype(int)])
        found |= {f"alpha_{metric}": alpha(ranked, metric, lengths) for metric in RANKED}
    for index, value in found.items():
        yield AgreementRow(
            track_id=track.id,
            level="pooled",
            index=index,
            unit="time",
            value=value if np.isfinite(value) else None,
            n_sessions=len(parts),
            codable_s=float(lengths.sum()) / US,
            null_reason="" if np.isfinite(value) else "single code",
        )


def _by_session(pairs: Sequence[ComparedPair]) -> Mapping[str, list[ComparedPair]]:
    found: dict[str, list[ComparedPair]] = {}
    for one in pairs:
        found.setdefault(one.session_id, []).append(one)
    return found


def _coders(pairs: Sequence[ComparedPair]) -> dict[str, Mapping[str, CodedLane]]:
    found = {one.coder_a: one.a for one in pairs} | {one.coder_b: one.b for one in pairs}
    return dict(sorted(found.items()))


def _stretches(pairs: Sequence[ComparedPair], track: Track) -> tuple[Values, Values]:
    """What each coder says in every stretch in which nobody changes; how long each is."""
    scored = pairs[0].scored
    for one in pairs[1:]:
        scored = scored.common(one.scored)
    lanes = [one.get(track.id, NOBODY) for one in _coders(pairs).values()]
    instances = sorted({name for lane in lanes for name in lane.instances}) or [""]
    parts = [_of_instance(lanes, one, scored, track) for one in instances]
    return np.concatenate([one for one, _ in parts]), np.concatenate([one for _, one in parts])


def _of_instance(
    lanes: Sequence[CodedLane], instance: str, scored: Union, track: Track
) -> tuple[Values, Values]:
    blind = [k for k, code in enumerate(track.codes) if code.uncodable or code.excludes_time]
    spans = []
    for lane in lanes:
        mine = (lane.offsets > lane.onsets) & ~np.isin(lane.codes, blind)
        if lane.instances:
            mine &= np.array([name == instance for name in lane.instances], bool)
        elif instance:
            mine &= False
        spans.append(Spans(lane.onsets[mine], lane.offsets[mine], lane.codes[mine]))
    edges = [time for one in spans for time in (one.onsets, one.offsets)]
    times = np.unique(np.concatenate([*edges, scored.onsets, scored.offsets]))
    onsets, lengths = times[:-1], np.diff(times)
    inside = scored.has(onsets)
    said = np.stack([one.at(onsets[inside]) for one in spans], axis=1).astype(float)
    said[said == NOTHING] = len(track.codes)
    return said, lengths[inside].astype(float)


def _widened(codes: Values, width: int) -> Values:
    """Sessions with fewer coders have nothing in the last places."""
    return np.pad(codes, ((0, 0), (0, width - codes.shape[1])), constant_values=np.nan)
