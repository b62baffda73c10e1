"""The long table of agreement: one row an estimate, by session and pooled."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from imhcode.analysis.agreement import TableIndex
from imhcode.analysis.agreement_questions import Asked, asked_of
from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.intraclass import FORMS, icc
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.pair_tables import PairTables
from imhcode.analysis.resampling import Resampling
from imhcode.analysis.square_tables import Tables, Values, observed

US = 1_000_000
POOLED = -1  #: stands for all sessions together

Frame = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PairOfCoders:
    """Whose records of which session were compared."""

    session_id: str
    dyad_id: str
    coder_a: str
    coder_b: str


def resampling_of(pairs: Sequence[PairOfCoders], parameters: Parameters) -> Resampling:
    """Draws of these sessions: by dyad where one is known."""
    return Resampling(
        [one.dyad_id or one.session_id for one in pairs],
        parameters.draws,
        parameters.level,
        parameters.seed,
    )


def rows_of(
    pairs: Sequence[PairOfCoders],
    tables: PairTables,
    parameters: Parameters,
    resampling: Resampling | None = None,
) -> Iterator[AgreementRow]:
    """Every estimate of one track: of each session, then of all of them together.

    Parameters
    ----------
    pairs : sequence of PairOfCoders, length S
        In the order of the tables.
    resampling : Resampling, optional
        Given, its draws serve other tracks too.
    """
    draws = resampling or resampling_of(pairs, parameters)
    frames = _Frames(pairs, tables)
    tolerant: dict[str, list[AgreementRow]] = {}
    for asked in asked_of(tables):
        drawn: Tables | None = None
        if draws.n_units > 1:
            drawn = draws.drawn(asked.by_code)
        for index in asked.indices:
            for row in _answers(asked, index, drawn, draws, frames):
                if asked.direction != "both":
                    tolerant.setdefault(row.session_id + row.coder_a + row.coder_b, []).append(row)
                yield row
    for both_ways in tolerant.values():
        yield _lower_of(both_ways)
    yield from _boundary_rows(tables, frames)
    yield from _latency_rows(tables, frames, parameters)
    if len(pairs) > 1 and len({one.session_id for one in pairs}) == len(pairs):
        yield from _measure_rows(tables, frames, parameters)


class _Frames:
    """Everything but the value of the rows of a track, by session and group of codes."""

    def __init__(self, pairs: Sequence[PairOfCoders], tables: PairTables) -> None:
        self.pairs, self.tables = pairs, tables
        aligned = tables.aligned
        whole = np.stack(
            [
                aligned[:, :-1, :].sum((1, 2)),
                aligned[:, :, :-1].sum((1, 2)),
                aligned[:, :-1, :-1].sum((1, 2)),
            ],
            axis=1,
        )
        groups = tables.events_by_group
        by_group = np.stack(
            [groups[:, :, 0, :].sum(2), groups[:, :, :, 0].sum(2), groups[:, :, 0, 0]], axis=2
        )
        self._counts = {"": _with_sum(whole)}
        for place, group in enumerate(tables.groups):
            self._counts[group.name] = _with_sum(by_group[:, place])
        self._codable_us = _with_sum(tables.codable_us)
        self._excluded_us = _with_sum(tables.excluded_us)
        self._n_sessions = len({one.session_id for one in pairs})
        self._who = [who_of(one) for one in pairs]
        self._made: dict[tuple[int, str], Frame] = {}

    def frame(self, number: int, code: str) -> Frame:
        """The frame of a session, or of all: who, how many events, how long."""
        made = self._made.get((number, code))
        if made is None:
            made = self._made[number, code] = self._make(number, code)
        return made

    def _make(self, number: int, code: str) -> Frame:
        n_a, n_b, matched = self._counts.get(code, self._counts[""])[number]
        who = pooled_who(self.pairs) if number == POOLED else self._who[number]
        return {
            **who,
            "track_id": self.tables.track_id,
            "level": "pooled" if number == POOLED else "session",
            "n_sessions": self._n_sessions if number == POOLED else 1,
            "n_events_a": n_a,
            "n_events_b": n_b,
            "n_matched": matched,
            "n_only_a": n_a - matched,
            "n_only_b": n_b - matched,
            "codable_s": self._codable_us[number] / US,
            "excluded_s": self._excluded_us[number] / US,
        }

    @property
    def tolerance_s(self) -> float:
        """The tolerance on the track."""
        return self.tables.tolerance_us / US


def _with_sum(numbers: npt.NDArray[Any]) -> list[Any]:
    """Whole numbers by session, and their sum where ``POOLED`` finds it."""
    return [*numbers.astype(np.int64).tolist(), numbers.sum(axis=0).astype(np.int64).tolist()]


def who_of(one: PairOfCoders) -> Frame:
    """Whose records of which session."""
    return {
        "session_id": one.session_id,
        "dyad_id": one.dyad_id,
        "coder_a": one.coder_a,
        "coder_b": one.coder_b,
    }


def pooled_who(pairs: Sequence[PairOfCoders]) -> Frame:
    """Both coders, where all pairs are of the same two."""
    names = {(one.coder_a, one.coder_b) for one in pairs}
    a, b = next(iter(names)) if len(names) == 1 else ("", "")
    return {"coder_a": a, "coder_b": b}


def _answers(
    asked: Asked, index: TableIndex, drawn: Tables | None, draws: Resampling, frames: _Frames
) -> Iterator[AgreementRow]:
    """Rows of one index: sessions, then pooled, each code in turn."""
    tables = np.concatenate([asked.by_code, asked.by_code.sum(axis=0, keepdims=True)])
    values = _known(index, tables, asked)
    chance = (observed(tables), index.chance(tables)) if index.chance else None
    interval = np.full((2, len(asked.codes)), np.nan)
    if drawn is not None:
        interval = draws.intervals(index.of(drawn))
    fixed = {
        "index": asked.name or index.name,
        "direction": asked.direction,
        "tolerance_s": frames.tolerance_s if asked.has_tolerance else None,
        "unit": asked.unit,
    }
    last = len(tables) - 1
    known, plain = np.isfinite(values).tolist(), values.tolist()  # numbers of numpy are slow
    empty = np.equal(tables.any(axis=(-2, -1)), False).tolist()
    used = tables[..., 0, :].any(axis=-1) | tables[..., :, 0].any(axis=-1)
    unused = np.equal(used, False).tolist()
    by_chance = [one.tolist() for one in chance] if chance else ()
    for number in range(len(tables)):
        session = POOLED if number == last else number
        for place, code in enumerate(asked.codes):
            about = {**frames.frame(session, code), **fixed, "code": code}
            if not known[number][place]:
                if empty[number][place]:
                    why = "nothing to compare"
                elif code and unused[number][place]:
                    why = "code not used"
                else:
                    why = index.why_undefined(tables[number, place])
                yield AgreementRow(**about, null_reason=why)
                continue
            value = plain[number][place]
            if by_chance:
                about["po"], about["pe"] = (one[number][place] for one in by_chance)
            if session == POOLED and np.isfinite(interval[0, place]):
                about |= said_of_interval(interval[:, place], draws)
            yield AgreementRow(**about, value=value)


def _known(index: TableIndex, tables: Tables, asked: Asked) -> Values:
    """The values; NaN for a code that neither coder used, whatever a formula makes of it."""
    values = np.array(index.of(tables), float)
    if asked.codes != ("",) and asked.unit in ("time", "event"):
        values[(tables[..., 0, :].sum(-1) + tables[..., :, 0].sum(-1)) == 0] = np.nan
    return values


def said_of_interval(interval: Values, draws: Resampling) -> dict[str, Any]:
    """The columns that say where a value may lie."""
    what = "sessions" if len(set(draws.units)) == len(draws.units) else "dyads"
    warning = ", few units" if draws.is_from_few else ""
    return {
        "ci_low": float(interval[0]),
        "ci_high": float(interval[1]),
        "ci_method": f"bootstrap of {what}, percentile{warning}",
        "ci_level": draws.level,
    }


def with_drawn_interval(
    row: AgreementRow, draws: Resampling, tables: Tables, of: Callable[[Tables], Values]
) -> AgreementRow:
    """The row with the interval of an index on drawn tables, one of them a session."""
    if draws.n_units < 2:
        return row
    interval = draws.intervals(of(draws.drawn(tables)))
    return replace(row, **said_of_interval(interval, draws)) if np.isfinite(interval[0]) else row


def _lower_of(both_ways: list[AgreementRow]) -> AgreementRow:
    """Kappa with tolerance as it may be cited alone: the lower of the two directions."""

    def height(one: AgreementRow) -> tuple[float, float]:
        return (-np.inf, 0.0) if one.value is None else (one.value, one.po or 0.0)

    return replace(min(both_ways, key=height), direction="both")


def _numbers(pairs: Sequence[PairOfCoders]) -> list[int]:
    return [*range(len(pairs)), POOLED]


def _boundary_rows(tables: PairTables, frames: _Frames) -> Iterator[AgreementRow]:
    """How far apart two coders set the boundaries of events they both have."""
    order = np.argsort(tables.boundary_session, kind="stable")
    errors = np.abs(tables.boundaries_us)[order]
    cuts = np.searchsorted(tables.boundary_session[order], np.arange(len(frames.pairs) + 1))
    for number in _numbers(frames.pairs):
        mine = errors if number == POOLED else errors[cuts[number] : cuts[number + 1]]
        found = np.quantile(mine, [0.5, 0.9]) / US if len(mine) else (None, None)
        for index, value in zip(("boundary_median_s", "boundary_p90_s"), found, strict=True):
            yield AgreementRow(
                **frames.frame(number, ""),
                index=index,
                unit="s",
                tolerance_s=frames.tolerance_s,
                value=None if value is None else float(value),
                null_reason="no common events" if value is None else "",
            )


def _latency_rows(
    tables: PairTables, frames: _Frames, parameters: Parameters
) -> Iterator[AgreementRow]:
    """Absolute agreement on how late answers came that both coders saw."""
    if tables.answers is None:
        return
    late = tables.latencies_us.reshape(-1, 2) / US
    for number in _numbers(frames.pairs):
        mine = late if number == POOLED else late[tables.latency_session == number]
        row = AgreementRow(
            **{**frames.frame(number, ""), "n_matched": len(mine)}, index="icc_latency", unit="s"
        )
        yield with_icc(row, mine, "2_1", parameters.level, "too few common answers")


def with_icc(
    row: AgreementRow, scores: Values, form: Any, level: float, too_few: str
) -> AgreementRow:
    """The row with an intraclass correlation and its interval."""
    found = icc(scores, form, level)
    if found.n_targets < 2:
        return replace(row, null_reason=too_few)
    if not np.isfinite(found.value):
        return replace(row, null_reason="no variance")
    if not (np.isfinite(found.low) and np.isfinite(found.high)):
        return replace(row, value=found.value)
    return replace(
        row,
        value=found.value,
        ci_low=found.low,
        ci_high=found.high,
        ci_method="F",
        ci_level=level,
    )


def _measure_rows(
    tables: PairTables, frames: _Frames, parameters: Parameters
) -> Iterator[AgreementRow]:
    """Agreement on what goes into a paper: how often, and how long, per session and code."""
    codable_s = np.where(tables.codable_us > 0, tables.codable_us / US, np.nan)
    for place, group in enumerate(tables.groups):
        events = tables.events_by_group[:, place]
        rates = np.stack([events[:, 0, :].sum(1), events[:, :, 0].sum(1)], axis=1)
        measures = [("events per minute", rates / (codable_s[:, None] / 60))]
        if tables.time_by_group is not None:
            time = tables.time_by_group[:, place] / US
            shares = np.stack([time[:, 0, :].sum(1), time[:, :, 0].sum(1)], axis=1)
            measures.append(("share of codable time", shares / codable_s[:, None]))
        for unit, scores in measures:
            for form in FORMS:
                row = AgreementRow(
                    **frames.frame(POOLED, group.name),
                    code=group.name,
                    index=f"icc_{form}",
                    unit=unit,
                )
                yield with_icc(row, scores, form, parameters.level, "too few sessions")
