"""Pairs of coders on one track: every table that an index needs, session by session."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
import numpy.typing as npt

from imhcode.analysis.alignment import NOBODY, tables_of_partners
from imhcode.analysis.alignment import Sequence as EventSequence
from imhcode.analysis.alignment import partners as aligned_partners
from imhcode.analysis.answer_tables import answer_tables
from imhcode.analysis.code_groups import CodeGroup, collapsed, groups_of, scored_codes
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.modifier_tables import modifier_tables
from imhcode.analysis.overlap_linking import linked_by_overlap
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.scale_points import points_of, rank_of
from imhcode.analysis.scored_events import ScoredEvents, scored_events
from imhcode.analysis.sheets import Laid, Sheets, laid_end_to_end
from imhcode.analysis.spans import Spans, Times, Union
from imhcode.analysis.square_tables import Tables
from imhcode.analysis.sweep import Ground, code_tables, time_tables, time_tables_within
from imhcode.domain.scheme import Scheme, Track

Whole = npt.NDArray[np.int64]
_NONE = np.empty(0, np.int64)


@dataclass(kw_only=True, eq=False)
class PairTables:
    """What two coders said on one track of S sessions, as tables that can be added up.

    Attributes
    ----------
    codes : tuple of str
        Codes that can be scored, in the scheme's order: rows and columns of the tables.
    codable_us, excluded_us : array of int64, shape (S,)
        Scored time, and what of the agreed window was left out.
    time, a_to_b, b_to_a : array or None
        ``(S, K + 1, K + 1)`` microseconds: without tolerance, and with it either way; ``None`` on
        tracks of instants and where codes may overlap.  Bins have no tolerance.
    time_by_group : array or None
        ``(S, groups, 2, 2)`` microseconds: each code or class against the rest.
    ordered : array or None
        ``(S, P, P)`` microseconds on the points of a track whose codes are ranked.
    aligned, linked : array or None
        ``(S, K + 1, K + 1)`` events; ``linked`` on tracks of states only.
    events_by_group : array
        ``(S, groups, 3, 3)`` events as aligned: in the group, of another code, no partner.
    answers : array or None
        ``(S, K + 1, K + 1)``: answers to bids that both coders have; last: no answer.
    modifiers : dict of str to array
        ``(S, 2, 2)`` a modifier: same and other value on events with the same code.
    boundaries_us, boundary_session : array of int64, shape (n,)
        Second coder's boundary minus the first one's, of partners with the same code.
    latencies_us, latency_session : array of int64, shape (p, 2), (p,)
        Of answers that both coders saw to a bid that both have.
    """

    track_id: str
    codes: tuple[str, ...]
    groups: tuple[CodeGroup, ...]
    tolerance_us: int
    codable_us: Whole
    excluded_us: Whole
    time: Tables | None = None
    a_to_b: Tables | None = None
    b_to_a: Tables | None = None
    time_by_group: Tables | None = None
    ordered: Tables | None = None
    aligned: Tables
    events_by_group: Tables
    linked: Tables | None = None
    answers: Tables | None = None
    modifiers: dict[str, Tables] = field(default_factory=dict)
    boundaries_us: Whole = field(default_factory=_NONE.copy)
    boundary_session: Whole = field(default_factory=_NONE.copy)
    latencies_us: Whole = field(default_factory=_NONE.copy)
    latency_session: Whole = field(default_factory=_NONE.copy)


def tables_of_pairs(
    pairs: Sequence[ComparedPair], scheme: Scheme, track: Track, parameters: Parameters
) -> PairTables:
    """Compare coders on one track of any number of sessions."""
    tolerance_us = parameters.tolerance_of(scheme, track)
    codes = scored_codes(track)
    sheets = _blind_last(laid_end_to_end(pairs, track.id, tolerance_us), track)
    result = PairTables(
        track_id=track.id,
        codes=codes,
        groups=groups_of(track),
        tolerance_us=tolerance_us,
        codable_us=np.array([one.scored.length_us for one in pairs], np.int64),
        excluded_us=np.array(
            [one.window_us[1] - one.window_us[0] - one.scored.length_us for one in pairs], np.int64
        ),
        aligned=np.zeros((len(pairs), len(codes) + 1, len(codes) + 1)),
        events_by_group=np.zeros((len(pairs), 0, 3, 3)),
    )
    if track.kind in ("state", "interval"):
        _add_time(result, sheets, track)
    _add_events(result, pairs, sheets, scheme, track, parameters)
    for rule in scheme.links:
        if rule.id in track.links or (not track.links and rule.from_track == track.id):
            found = answer_tables(pairs, scheme, track, rule, codes, parameters)
            if found is not None:
                tables, result.latencies_us, result.latency_session = found
                result.answers = tables if result.answers is None else result.answers + tables
    return result


def _blind_last(sheets: Sheets, track: Track) -> Sheets:
    """The same with uncodable codes numbered behind all others, so that they can be cut off."""
    blind = np.array([code.uncodable or code.excludes_time for code in track.codes], bool)
    place = np.empty(len(blind), np.int64)
    place[np.argsort(blind, kind="stable")] = np.arange(len(blind))

    def renumbered(laid: Laid) -> Laid:
        spans = laid.spans
        return replace(laid, spans=Spans(spans.onsets, spans.offsets, place[spans.codes]))

    return replace(sheets, a=renumbered(sheets.a), b=renumbered(sheets.b))


def _add_time(result: PairTables, sheets: Sheets, track: Track) -> None:
    n = len(result.codes)
    ground = Ground(sheets.scored, sheets.windows, sheets.starts, sheets.session, sheets.n_sessions)
    a, b = (_lasting(one.spans, n) for one in (sheets.a, sheets.b))
    if not track.exclusive:
        each = [code_tables(_held(a, one), _held(b, one), ground) for one in result.groups]
        result.time_by_group = np.stack(each, axis=1) if each else None
        return
    result.time = time_tables(a, b, n, ground)
    result.time_by_group = collapsed(result.time, result.groups, 2, last_apart=False)
    result.ordered = _ordered(result.time, track, result.codes)
    if track.kind == "state":
        result.a_to_b = time_tables_within(a, b, n, ground, result.tolerance_us)
        result.b_to_a = time_tables_within(b, a, n, ground, result.tolerance_us)


def _held(spans: Spans, group: CodeGroup) -> Union:
    """When any code of a group holds."""
    mine = np.isin(spans.codes, group.places)
    return Union.of(spans.onsets[mine], spans.offsets[mine])


def _ordered(tables: Tables, track: Track, codes: tuple[str, ...]) -> Tables | None:
    """Tables on the points of the scale, used or not; time without a rank is left out."""
    ranks = [rank_of(code) for code in track.codes if code.id in codes]
    points = points_of(track, [one for one in ranks if one is not None])
    if len(points) < 2:
        return None
    into = np.zeros((len(points), tables.shape[-1]))
    for place, rank in enumerate(ranks):
        if rank is not None:
            into[points.index(rank), place] = 1
    return np.asarray(into @ tables @ into.T)


def _lasting(spans: Spans, n_codes: int) -> Spans:
    """Stretches with a length and a code that can be scored."""
    real = (spans.offsets > spans.onsets) & (spans.codes < n_codes)
    return Spans(spans.onsets[real], spans.offsets[real], spans.codes[real])


def _add_events(
    result: PairTables,
    pairs: Sequence[ComparedPair],
    sheets: Sheets,
    scheme: Scheme,
    track: Track,
    parameters: Parameters,
) -> None:
    joins = track.kind == "state"
    a, b = (scored_events(one, sheets.scored, joins=joins) for one in (sheets.a, sheets.b))
    partner = aligned_partners(_sequence(a), _sequence(b), result.tolerance_us, parameters.costs)
    result.aligned = _counted(result, track, sheets, a, b, partner)
    result.events_by_group = collapsed(result.aligned, result.groups, 3, last_apart=True)
    alike = np.flatnonzero(partner != NOBODY)
    alike = alike[a.spans.codes[alike] == b.spans.codes[partner[alike]]]
    _add_boundaries(result, a, b, alike, partner[alike])
    result.modifiers = modifier_tables(pairs, scheme, track, a, b, alike, partner[alike])
    if track.kind == "state":
        links = linked_by_overlap(a.spans, b.spans, parameters.overlap)
        result.linked = _counted(result, track, sheets, a, b, links, weight=2)


def _sequence(events: ScoredEvents) -> EventSequence:
    return EventSequence(events.spans.onsets, events.spans.codes)


def _counted(
    result: PairTables,
    track: Track,
    sheets: Sheets,
    a: ScoredEvents,
    b: ScoredEvents,
    partner: Times,
    weight: int = 1,
) -> Tables:
    """Tables of partners; an event that one coder could not see counts nowhere."""
    tables = tables_of_partners(
        a.spans.codes,
        b.spans.codes,
        partner,
        len(track.codes),
        session_a=a.laid.session,
        session_b=b.laid.session,
        n_sessions=sheets.n_sessions,
        weight=weight,
    )
    kept = [*range(len(result.codes)), len(track.codes)]
    return tables[:, kept][:, :, kept]


def _add_boundaries(
    result: PairTables, a: ScoredEvents, b: ScoredEvents, mine: Times, theirs: Times
) -> None:
    """Onsets, and offsets where both have one of their own; positive where the second is later."""
    onsets = b.spans.onsets[theirs] - a.spans.onsets[mine]
    lasting = (a.spans.offsets[mine] > a.spans.onsets[mine]) & (
        b.spans.offsets[theirs] > b.spans.onsets[theirs]
    )
    offsets = (b.spans.offsets[theirs] - a.spans.offsets[mine])[lasting]
    session = a.laid.session[mine]
    result.boundaries_us = np.concatenate([onsets, offsets])
    result.boundary_session = np.concatenate([session, session[lasting]])


def joined(parts: Sequence[PairTables]) -> PairTables:
    """Tables of one track from several batches of sessions as one."""
    found: dict[str, object] = {}
    sizes = [len(one.codable_us) for one in parts]
    first = np.cumsum([0, *sizes[:-1]])
    for one in fields(PairTables):
        values = [getattr(part, one.name) for part in parts]
        if one.name == "modifiers":
            names = dict.fromkeys(name for value in values for name in value)
            found[one.name] = {
                name: np.concatenate(
                    [
                        value.get(name, np.zeros((size, 2, 2)))
                        for value, size in zip(values, sizes, strict=True)
                    ]
                )
                for name in names
            }
        elif one.name.endswith("_session"):
            found[one.name] = np.concatenate(
                [value + start for value, start in zip(values, first, strict=True)]
            )
        elif isinstance(values[0], np.ndarray):
            found[one.name] = np.concatenate(values)
        else:
            found[one.name] = values[0]
    return PairTables(**found)  # type: ignore[arg-type]
