"""Which indices of ratings, measures and several coders are listed, and why one is empty."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from imhcode.domain.scheme import Scheme, Track
from imhcode.ui.agreement.index_table import IndexGroup, IndexLine
from imhcode.ui.agreement.index_words import OF_MEASURES, OF_RATINGS, OF_SEVERAL, index_words, tr
from imhcode.ui.measures.statistic_words import statistic_words

if TYPE_CHECKING:
    from imhcode.analysis.measure_rows import Asked
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


def measure_groups(overview: "Overview") -> Sequence[IndexGroup]:
    """Every statistic of every measure of the scheme: of how many targets, and the indices.

    The id of a group is :func:`measure_key`; before measures were worked out, that of the measure
    alone.
    """
    scheme = overview.records.scheme
    found = []
    for declared in scheme.document.get("derived", ()):
        if set(declared["per"]) <= {"visit", "dyad"}:
            continue  # of several sessions, so of no pair of records
        some = [asked for asked in overview.measures if asked[0] == declared["id"]]
        if not some:
            why = _why_nowhere(overview, declared["id"])
            found.append(IndexGroup(declared["id"], declared["label"], ["–"], (), why))
        found += [_of_measure(overview, declared, asked) for asked in some]
    return found


def measure_key(asked: "Asked") -> str:
    """A measure, one of its statistics and the kind of episode, as one word."""
    return "\t".join(asked)


def measure_words(scheme: Scheme, declared: dict[str, Any], asked: "Asked") -> str:
    """The measure, its statistic, and the kind of episode, as they are called."""
    _, statistic, episode = asked
    words = ": ".join(filter(None, (declared["label"], statistic_words(statistic))))
    known = scheme.episodes.kind(episode) if scheme.episodes and episode else None
    where = known.label if known else episode.replace("_", " ")
    return " · ".join(filter(None, (words, where)))


def _of_measure(overview: "Overview", declared: dict[str, Any], asked: "Asked") -> IndexGroup:
    measure, statistic, episode = asked
    unit = f"measure in {episode}" if episode else "measure"
    head, *lines = (
        IndexLine(*index_words(name), overview.row(measure, name, unit, code=statistic), "")
        for name in OF_MEASURES
    )
    row = head.row
    return IndexGroup(
        measure_key(asked),
        measure_words(overview.records.scheme, declared, asked),
        [_of_all(row.n_matched or 0, len(overview.measures[asked])) if row else "–"],
        lines,
        head=head,
    )


def _of_all(n: int, n_all: int) -> str:
    """How many sessions or episodes have a value from both; of all, where some have not."""
    return str(n) if n == n_all else f"{n}/{n_all}"


def _why_nowhere(overview: "Overview", measure_id: str) -> str:
    """Why a measure has no number in any session."""
    if not overview.is_measured:
        return tr("not measured yet")
    reasons = (
        number.null_reason
        for both in overview.records.measured
        for found in both
        for one in found
        if one.measure_id == measure_id
        for number in one.result.numbers
    )
    return next(filter(None, reasons), tr("no numbers"))


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
