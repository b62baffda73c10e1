"""One session as a page: what was coded, every measure with its sentence, and how it was found.

It describes a recording.  It compares with nobody, says nothing of good or bad, and its colours are
those of the codes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from imhcode.analysis.coded_session import Section
from imhcode.analysis.figure import Figure
from imhcode.analysis.figures import FigureSession
from imhcode.analysis.measured import VALUE, Number
from imhcode.analysis.measures.words import words_for
from imhcode.analysis.measuring import Measured
from imhcode.domain.scheme import Scheme
from imhcode.reports.pages import page_of, words

GROUPS: Mapping[str, tuple[str, ...]] = {
    "How time was spent": (
        *("proportion_time", "duration_stat", "interval_mean", "ordinal_mean", "ordinal_max"),
        *("ordinal_mean_difference", "difference"),
    ),
    "Bids and responses": (
        *("rate_per_minute", "count", "event_ratio", "proportion_of_events", "link_latency"),
        *("contingency_2x2", "bin_slope"),
    ),
    "Repair and settling": (
        *("survival_latency", "run_latency", "latency_to_first", "latency_from_episode_start"),
        "transition_rate",
    ),
    "Moving together": (
        *("transition_matrix", "state_space_grid", "cross_correlation", "recurrence_profile"),
        "alternation_rate",
    ),
    "Ratings": ("scale_composite",),
}
FIGURES_OF: Mapping[str, tuple[str, ...]] = {
    "How time was spent": ("time_bars",),
    "Bids and responses": ("bids_by_bin", "contingency", "latencies"),
    "Repair and settling": ("survival",),
    "Moving together": ("state_space", "transitions", "cross_correlation"),
    "Ratings": ("rating_profile",),
}
STATISTICS = {
    "kaplan_meier_median": "median (Kaplan-Meier)",
    "mean_uncensored": "mean of those that came",
    "n_events": "came",
    "n_censored": "censored",
    "table_a": "near, with target (a)",
    "table_b": "near, without (b)",
    "table_c": "elsewhere, with target (c)",
    "table_d": "elsewhere, without (d)",
    "p_given": "share near, a/(a+b)",
    "p_outside": "share elsewhere, c/(c+d)",
    "p_base": "share of all",
    "yules_q": "Yule's Q",
    "counts": "transitions",
}
DISCLAIMER = (
    "This page describes one recording as it was coded. It holds no norms and makes no comparison; "
    "a number is not a judgement of a parent or a child, and nothing here is a diagnosis."
)


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """A figure as the page shows it: an address, its size in CSS pixels, and words for it.

    Attributes
    ----------
    is_small : bool
        Whether two of them stand side by side.
    """

    figure: Figure
    address: str
    width: int
    height: int
    is_small: bool = False

    @property
    def in_words(self) -> str:
        """For those who cannot see it: the caption, and the numbers where they are few."""
        rows = self.figure.rows
        if not 0 < len(rows) <= 12:
            return self.figure.caption
        said = "; ".join(", ".join(_cell(one) for one in row if one != "") for row in rows)
        return f"{self.figure.caption} {said}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedObservation:
    """What the page says of one observation.

    Attributes
    ----------
    facts : sequence of (str, str)
        What is known of the session, in order.
    parameters : Mapping
        The lab's parameters that the numbers were computed with.
    """

    scheme: Scheme
    session: FigureSession
    facts: Sequence[tuple[str, str]]
    parameters: Mapping[str, float]
    params_hash: str
    figures: Sequence[DrawnFigure]


def session_report(
    session_id: str, observations: Sequence[ReportedObservation], version: str
) -> str:
    """The report as one HTML page."""
    sources = {one for part in observations for one in _sources(part)}
    references = sorted(one for one in sources if not _is_short_for_another(one, sources))
    parts = [_Part(one, references) for one in observations]
    return page_of(
        "session.html",
        session_id=session_id,
        parts=parts,
        references=references,
        version=version,
        disclaimer=DISCLAIMER,
    )


def _sources(one: ReportedObservation) -> Iterator[str]:
    for declared in one.session.coded.measures.values():
        yield from filter(None, words_for(declared).reference.split("; "))


def _is_short_for_another(source: str, sources: Iterable[str]) -> bool:
    return any(other != source and other.startswith(source.rstrip(".")) for other in sources)


@dataclass(frozen=True, slots=True)
class _Row:
    """A cell for the session and each episode: of a measure, or of one of its statistics."""

    label: str
    statistic: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class _Group:
    """Measures that belong together."""

    heading: str
    columns: list[str]
    rows: list[_Row]
    small: list[DrawnFigure]
    large: list[DrawnFigure]
    sentences: list[str]


class _Part:
    """What the template asks of one observation."""

    def __init__(self, one: ReportedObservation, references: Sequence[str]) -> None:
        self.scheme, self.facts, self._one = one.scheme, one.facts, one
        self._references = references
        self._measures = one.session.coded.measures
        self.sections: list[Section] = [one.session.coded.session, *one.session.coded.sections]
        self._by_measure: dict[str, list[Measured]] = {}
        for measured in one.session.measured:
            self._by_measure.setdefault(measured.measure_id, []).append(measured)

    def _heading(self, section: Section) -> str:
        """Words for the session or an episode."""
        known = self.scheme.episodes.kind(section.kind)
        name = known.label if known else words(section.kind)
        return name or "Whole session"

    def groups(self) -> Iterator[_Group]:
        """Yield each heading with its rows, figures, and the sentences of its measures."""
        for heading, kinds in GROUPS.items():
            mine = [name for name, one in self._measures.items() if one["kind"] in kinds]
            rows = [row for name in mine for row in self._rows(name)]
            drawn = [one for one in self._one.figures if one.figure.kind in FIGURES_OF[heading]]
            if rows or drawn:
                sentences = [self._sentence(name) for name in mine]
                small = [one for one in drawn if one.is_small]
                large = [one for one in drawn if not one.is_small]
                used = [k for k, _ in enumerate(self.sections) if any(row.cells[k] for row in rows)]
                columns = [self._heading(self.sections[k]) for k in used]
                codable = [_seconds(one.time.length_us) for one in self.sections]
                rows = [_Row("Codable time", "", codable), *rows] if rows else []
                rows = [replace(row, cells=[row.cells[k] for k in used]) for row in rows]
                yield _Group(heading, columns, rows, small, large, sentences)

    def _sentence(self, measure_id: str) -> str:
        """What was computed, with the numbers of its sources in the list of references."""
        said = words_for(self._measures[measure_id])
        numbers = [
            k
            for k, reference in enumerate(self._references, start=1)
            if any(
                reference.startswith(one.rstrip(".")) for one in said.reference.split("; ") if one
            )
        ]
        plain = replace(said, reference="").sentence
        return f"{plain} [{', '.join(map(str, numbers))}]" if numbers else plain

    def timeline(self) -> list[DrawnFigure]:
        """The figure of all events."""
        return [one for one in self._one.figures if one.figure.kind == "timeline"]

    def _rows(self, measure_id: str) -> Iterator[_Row]:
        label = words_for(self._measures[measure_id]).label
        found: dict[str, dict[int, Number]] = {}
        for one in self._by_measure.get(measure_id, ()):
            place = one.section.n if one.section and one.section.episode else 0
            for number in one.result.numbers:
                if ":" not in number.statistic:  # pairs of codes: the figure shows them
                    found.setdefault(number.statistic, {})[place] = number
        alone = set(found) == {VALUE}
        if found and not alone:
            yield _Row(label, "", [""] * len(self.sections))
        for statistic, numbers in found.items():
            cells = [_said(numbers.get(one.n), one) for one in self.sections]
            if alone:
                yield _Row(label, "", cells)
            else:
                yield _Row("", STATISTICS.get(statistic, words(statistic)), cells)

    def methods(self) -> str:
        """How it was found, in the words of a methods section."""
        coded = self._one.session.coded
        from_us, until_us = coded.window_us
        left_out = [
            f"{_seconds(time_us)} {why}"
            for time_us, why in (
                (coded.uncodable.length_us, "uncodable"),
                (coded.excluded.length_us, "in episodes that are left out"),
            )
            if time_us
        ]
        without = f" ({', '.join(left_out)})" if left_out else ""
        material = (
            f"The session was coded with {self.scheme.title} (version {self.scheme.version}). "
            f"Of {_seconds(until_us - from_us)}, {_seconds(coded.codable.length_us)} were "
            f"codable{without}."
        )
        said = _parameters(self._one.parameters)
        return f"{material} {_CONVENTIONS} {said} Parameters {self._one.params_hash}."


_CONVENTIONS = (
    "Times are whole microseconds and stretches half open; events belong to the episode that their "
    "onset lies in, and states are cut at its borders. Denominators are codable time unless a "
    "measure says otherwise. What is not defined is empty and says why; nothing is zero by "
    "convention."
)


def _parameters(values: Mapping[str, float]) -> str:
    if not values:
        return "The scheme has no parameters that a lab may set."
    said = ", ".join(f"{words(name)} {value:g}" for name, value in values.items())
    return f"Parameters of the lab: {said}."


def _said(number: Number | None, section: Section) -> str:
    """A number with what it rests on, or why there is none.

    Time below the line is said where it is not the codable time in the first row.
    """
    if number is None:
        return ""
    if number.value is None:
        return number.null_reason
    said = f"{number.value:.3g}" if isinstance(number.value, float) else f"{number.value}"
    rests = []
    if number.denominator_us not in (None, section.time.length_us):
        rests.append(f"of {_seconds(number.denominator_us or 0)}")
    if number.n is not None and number.statistic not in ("n", "n_events", "n_censored"):
        rests.append(f"n={number.n}")
    if number.n_censored and number.statistic not in ("n_events", "n_censored"):
        rests.append(f"{number.n_censored} censored")
    return f"{said} ({', '.join(rests)})" if rests else said


def _seconds(time_us: int) -> str:
    return f"{time_us / 1_000_000:.4g} s"


def _cell(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def facts_of(pairs: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    """Those that are known."""
    return [(name, str(value)) for name, value in pairs if value not in ("", None)]
