"""Which indices of ratings and of more than two coders are listed, and why one is empty."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from imhcode.domain.scheme import Track
from imhcode.ui.agreement.index_table import IndexGroup, IndexLine
from imhcode.ui.agreement.index_words import OF_RATINGS, OF_SEVERAL, index_words, tr

if TYPE_CHECKING:
    from imhcode.ui.agreement.overview import Overview


def rating_groups(overview: "Overview") -> Sequence[IndexGroup]:
    """Every scale, also one that nobody used: how many scores each coder gave, and the indices."""
    found = []
    for scale in overview.scales:
        given = [one for _, one in overview.scores.get(scale.id, ())]
        scored = [
            [each is not None and each.value is not None for each in (one.first, one.second)]
            for one in given
        ]
        counts = [sum(one[0] for one in scored), sum(one[1] for one in scored)]
        both = sum(all(one) for one in scored)
        words = [str(one) for one in (*counts, both)]
        if not any(counts):
            found.append(IndexGroup(scale.id, scale.label, words, (), tr("not rated")))
            continue
        lines = [
            IndexLine(*index_words(name), overview.row(scale.id, name, "rating"), "")
            for name in OF_RATINGS
        ]
        found.append(IndexGroup(scale.id, scale.label, words, lines))
    return found


def several_groups(overview: "Overview") -> Sequence[IndexGroup]:
    """Every track, also one for which these indices mean nothing; none without such sessions."""
    if not overview.of_several:
        return ()
    return [_of_track(overview, track) for track in overview.records.tracks]


def _of_track(overview: "Overview", track: Track) -> IndexGroup:
    why = _why_none(track)
    if why:
        return IndexGroup(track.id, track.label, ["–", "–"], (), why)
    rows = {name: overview.row(track.id, name, "time") for name in OF_SEVERAL}
    lines = [IndexLine(*index_words(name), row, tr("no ranks")) for name, row in rows.items()]
    row = rows["kappa_fleiss"]
    codable = "–" if row is None or row.codable_s is None else f"{row.codable_s:.0f}"
    n = "–" if row is None else str(row.n_sessions)
    return IndexGroup(track.id, track.label, [n, codable], lines)


def _why_none(track: Track) -> str:
    if track.kind not in ("state", "interval"):
        return tr("instants")
    return "" if track.exclusive else tr("codes may overlap")
