"""Agreement on answers, given that both coders have what is answered."""

from collections.abc import Sequence

import numpy as np

from imhcode.analysis.alignment import NOBODY, partners
from imhcode.analysis.alignment import Sequence as EventSequence
from imhcode.analysis.coded_lane import NOBODY as NO_LANE
from imhcode.analysis.coded_lane import CodedLane
from imhcode.analysis.compared_pair import ComparedPair
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.scored_events import scored_events
from imhcode.analysis.sheets import Laid, laid_end_to_end
from imhcode.analysis.spans import Times
from imhcode.analysis.square_tables import Tables
from imhcode.domain.scheme import Code, LinkRule, Scheme, Track

NO_ANSWER = -1


def answer_tables(
    pairs: Sequence[ComparedPair],
    scheme: Scheme,
    track: Track,
    rule: LinkRule,
    codes: tuple[str, ...],
    parameters: Parameters,
) -> tuple[Tables, Times, Times] | None:
    """Compare the answers to every bid that has a partner, whatever the codes of the two bids.

    Returns
    -------
    tables : array, shape (S, K + 1, K + 1)
        Codes of the answers that count; the last row and column: no answer.
    latencies_us : array of int64, shape (p, 2)
        Where both coders saw an answer.
    session : array of int64, shape (p,)

    ``None`` if the rule does not lead to another track.
    """
    target = scheme.track(rule.to_track)
    if target is None or target.id == track.id:
        return None
    tolerance_us = parameters.tolerance_of(scheme, target)
    sheets = laid_end_to_end(pairs, target.id, tolerance_us)
    joins = target.kind == "state"
    a, b = (scored_events(one, sheets.scored, joins=joins) for one in (sheets.a, sheets.b))
    partner = partners(
        EventSequence(a.spans.onsets, a.spans.codes),
        EventSequence(b.spans.onsets, b.spans.codes),
        tolerance_us,
        parameters.costs,
    )
    mine = np.flatnonzero(partner != NOBODY)
    theirs = partner[mine]
    session = a.laid.session[mine]
    code_a, late_a = _answers(pairs, "a", track, target, rule, a.place_of, sheets.a, len(a))
    code_b, late_b = _answers(pairs, "b", track, target, rule, b.place_of, sheets.b, len(b))
    place = _places(track, codes)
    row, column = place[code_a[mine]], place[code_b[theirs]]
    seen = (row >= 0) & (column >= 0)
    k = len(codes) + 1
    cells = ((session * k + row) * k + column)[seen]
    tables = np.bincount(cells, minlength=len(pairs) * k * k).reshape(len(pairs), k, k)
    timely = np.array([not _is_silence(code) for code in track.codes] + [False], bool)
    both = seen & timely[code_a[mine]] & timely[code_b[theirs]]
    latencies = np.stack([late_a[mine][both], late_b[theirs][both]], axis=1)
    return tables.astype(float), latencies, session[both]


def _places(track: Track, codes: tuple[str, ...]) -> Times:
    """From the number of a code on the track to its row; -1 if it says nothing; last: no answer."""
    rows = {code: row for row, code in enumerate(codes)}
    return np.array([*(rows.get(code.id, -1) for code in track.codes), len(codes)], np.int64)


def _answers(
    pairs: Sequence[ComparedPair],
    side: str,
    track: Track,
    target: Track,
    rule: LinkRule,
    place_of: Times,
    laid: Laid,
    n_bids: int,
) -> tuple[Times, Times]:
    """Code number and latency of the answer that counts, for every bid that is scored."""
    code = np.full(n_bids, len(track.codes), np.int64)
    late = np.zeros(n_bids, np.int64)
    begins = np.searchsorted(laid.session, np.arange(len(pairs)))
    for number, pair in enumerate(pairs):
        lanes = pair.a if side == "a" else pair.b
        given, bids = lanes.get(track.id, NO_LANE), lanes.get(target.id, NO_LANE)
        if not given.links or not bids.ids:
            continue
        where = _places_of_ids(bids, laid, int(begins[number]))
        order = range(len(given)) if rule.one_counts == "last" else reversed(range(len(given)))
        for event in order:  # the one that counts comes last and stays
            for link in given.links[event]:
                if link.rule == rule.id and link.target in where:
                    at, row = where[link.target]
                    bid = int(place_of[at])
                    if bid >= 0:
                        code[bid] = given.codes[event]
                        late[bid] = given.onsets[event] - bids.onsets[row]
    return code, late


def _places_of_ids(bids: CodedLane, laid: Laid, begin: int) -> dict[str, tuple[int, int]]:
    """Where each bid of a session lies among all that are laid out, and in its lane."""
    rows = laid.row[begin : begin + len(bids)].tolist()
    return {bids.ids[row]: (begin + k, row) for k, row in enumerate(rows)}


def _is_silence(code: Code) -> bool:
    """Whether the code says that nothing came within the window, so that its time means nothing."""
    return code.suggestion is not None and "link_window" in code.suggestion.at
