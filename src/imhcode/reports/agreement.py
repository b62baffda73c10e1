"""The agreement of coders as a page: what they agree on, and how that was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imhcode.analysis.agreement_row import AgreementRow
from imhcode.analysis.pair_tables import PairTables
from imhcode.domain.scheme import Scheme, Track
from imhcode.reports.agreement_figures import KappaOfCode, confusion_figure, kappa_figure
from imhcode.reports.bands import Bands
from imhcode.reports.methods import methods
from imhcode.reports.pages import page_of_scheme
from imhcode.reports.svg import Picture

US = 1_000_000
NOTHING_SAID = "nothing"

#: what stands in the first table of a track, in this order: index, unit, words
HEADLINES = (
    ("kappa_time", "time", "Kappa, time, no tolerance"),
    ("kappa_time_tolerance", "time", "Kappa, time, with tolerance (lower direction)"),
    ("percent_agreement", "time", "Observed agreement, time"),
    ("kappa_event", "event", "Kappa, events aligned"),
    ("percent_agreement", "event", "Observed agreement, events"),
    ("kappa_event_linked", "linked event", "Kappa, events linked by overlap"),
    ("kappa_on_matched", "matched event", "Kappa on codes of matched events"),
    ("kappa_on_linked", "answer", "Kappa on answers, given agreed bids"),
    ("icc_latency", "s", "ICC(2,1) of answer latencies"),
    ("kappa_weighted_linear", "time on the scale", "Weighted kappa, linear"),
    ("kappa_weighted_quadratic", "time on the scale", "Weighted kappa, quadratic"),
    ("observer_accuracy", "time", "Estimated accuracy (Gardner model)"),
    ("kappa_max", "time", "Highest kappa the margins allow"),
    ("pabak", "time", "PABAK"),
    ("ac1", "time", "AC1"),
    ("boundary_median_s", "s", "Boundary difference, median (s)"),
    ("boundary_p90_s", "s", "Boundary difference, 90 % (s)"),
    ("kappa_fleiss", "time", "Fleiss's kappa, all coders"),
    ("kappa_light", "time", "Light's kappa, all coders"),
    ("alpha_nominal", "time", "Krippendorff's alpha, all coders"),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class ReportedComparison:
    """One version of one scheme: estimates and tables by track."""

    scheme: Scheme
    rows: Sequence[AgreementRow]
    tables: Mapping[str, PairTables]


def agreement_report(
    about: Mapping[str, Any],
    comparisons: Sequence[ReportedComparison],
    disagreements: Sequence[Mapping[str, Any]] = (),
    *,
    bands: Bands | None = None,
) -> str:
    """The report as one HTML page.

    Parameters
    ----------
    about : Mapping
        As :func:`imhcode.services.agreement_provenance.provenance` gives it.
    disagreements : sequence of Mapping
        Rows of ``disagreements.csv`` to list.
    """
    parts = [_Part(one, bands) for one in comparisons]
    return page_of_scheme(
        "agreement.html",
        comparisons[0].scheme,
        about=about,
        methods=methods(about),
        parts=parts,
        disagreements=disagreements,
        bands=bands,
    )


class _Part:
    """What the template asks of one comparison."""

    def __init__(self, one: ReportedComparison, bands: Bands | None) -> None:
        self.scheme, self.tables = one.scheme, one.tables
        self._rows, self._bands = one.rows, bands
        self._pooled = {
            (row.track_id, row.code, row.index, row.unit): row
            for row in one.rows
            if row.level == "pooled" and row.direction == "both"
        }

    @property
    def tracks(self) -> list[Track]:
        """Tracks that were compared."""
        return [track for track in self.scheme.tracks if track.id in self.tables]

    def headlines(self, track: Track) -> Iterator[tuple[str, AgreementRow]]:
        """Yield the words and the pooled row of each index that the track has."""
        for index, unit, said in HEADLINES:
            row = self._pooled.get((track.id, "", index, unit))
            if row is not None:
                yield said, row

    def at_a_glance(self) -> Iterator[tuple[Track, *tuple[AgreementRow | None, ...]]]:
        """Yield each track with kappa of time, without tolerance and with it, and of events."""
        for track in self.tracks:
            asked = HEADLINES[0], HEADLINES[1], ("kappa_event", "event", "")
            rows = (self._pooled.get((track.id, "", index, unit)) for index, unit, _ in asked)
            yield track, *rows

    def is_timed(self, track: Track) -> bool:
        """Whether the track has codes that last."""
        return self.tables[track.id].time_by_group is not None

    def events(self, track: Track) -> AgreementRow:
        """The pooled row of a track that says how many events and how much time there is."""
        return self._pooled[track.id, "", "kappa_event", "event"]

    def measures(self) -> Iterator[tuple[str, str, AgreementRow]]:
        """Yield each number of each measure: the measure, what of it and where, the row."""
        for row in self._pooled.values():
            if row.index == "icc_2_1" and row.unit.startswith("measure"):
                what = "" if row.code == "value" else row.code.replace("_", " ")
                where = row.unit.removeprefix("measure in ").replace("_", " ")
                some = [what, "" if row.unit == "measure" else where]
                yield row.track_id, ", ".join(one for one in some if one), row

    def codes(self, track: Track) -> Iterator[tuple[str, dict[str, AgreementRow | None]]]:
        """Yield each code and class that somebody used, with its rows side by side."""
        for group in self.tables[track.id].groups:
            found = {
                name: self._pooled.get((track.id, group.name, index, unit))
                for name, index, unit in (
                    ("time", "kappa_time_code", "time"),
                    ("event", "kappa_event", "event"),
                    ("positive", "positive_agreement", "time"),
                    ("positive_events", "positive_agreement", "event"),
                    ("prevalence", "prevalence", "time"),
                    ("bias", "bias", "time"),
                )
            }
            some = [row for row in found.values() if row is not None]
            if any(row.value is not None or row.null_reason != "code not used" for row in some):
                yield _name(group.name), found

    def modifiers(self, track: Track) -> list[AgreementRow]:
        """Agreement on modifiers."""
        return [
            row
            for row in self._pooled.values()
            if row.track_id == track.id and row.index == "modifier_agreement"
        ]

    def sessions(self, track: Track) -> Iterator[dict[str, AgreementRow]]:
        """Yield the kappas of each session and pair, where there are several."""
        found: dict[tuple[str, str, str], dict[str, AgreementRow]] = {}
        for row in self._rows:
            wanted = (
                row.level == "session"
                and row.track_id == track.id
                and not row.code
                and row.direction == "both"
                and row.index in ("kappa_time", "kappa_time_tolerance", "kappa_event")
            )
            if wanted:
                key = row.session_id, row.coder_a, row.coder_b
                found.setdefault(key, {})[row.index] = row
        if len(found) > 1:
            yield from found.values()

    def ratings(self) -> Iterator[tuple[str, list[AgreementRow]]]:
        """Yield every scale that was rated twice."""
        for scale in self.scheme.ratings:
            rows = [row for row in self._pooled.values() if row.track_id == scale.id]
            if rows:
                yield scale.label, rows

    def figures(self, track: Track) -> Iterator[tuple[str, Picture]]:
        """Yield the caption and each figure."""
        tables = self.tables[track.id]
        names = [*(code.replace("_", " ") for code in tables.codes), NOTHING_SAID]
        if tables.time is not None:
            figure = confusion_figure(tables.time.sum(axis=0), names, per=US, digits=1)
            yield "Time in seconds. Rows: first coder; nothing: uncoded time.", figure
        figure = confusion_figure(tables.aligned.sum(axis=0), names)
        yield "Events as aligned. Rows: first coder; nothing: no partner.", figure
        if tables.answers is not None and tables.answers.any():
            figure = confusion_figure(tables.answers.sum(axis=0), names)
            yield "Answers to bids that both have. Nothing: no answer.", figure
        codes = [
            KappaOfCode(name, _with_interval(rows["time"]), _with_interval(rows["event"]))
            for name, rows in self.codes(track)
        ]
        if codes:
            yield "Kappa of each code against the rest.", kappa_figure(codes)

    def said(self, row: AgreementRow | None, digits: int = 3) -> str:
        """A value as it is printed, or why there is none."""
        if row is None:
            return "–"
        if row.value is None:
            return row.null_reason
        word = ""
        if self._bands and row.index.startswith("kappa") and row.index != "kappa_max":
            word = f" ({self._bands.word(row.value)})"
        return f"{_number(row.value, digits)}{word}"

    def interval(self, row: AgreementRow | None) -> str:
        """From where to where a value may lie; empty where nobody can say."""
        if row is None or row.ci_low is None or row.ci_high is None:
            return ""
        return f"{_number(row.ci_low)} to {_number(row.ci_high)}"


def _number(value: float, digits: int = 3) -> str:
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")


def _name(code: str) -> str:
    """A code as words; a class of codes said to be one."""
    words = code.replace("_", " ")
    return f"{words.removeprefix('class:')} (class)" if code.startswith("class:") else words


def _with_interval(row: AgreementRow | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if row is None else (row.value, row.ci_low, row.ci_high)
