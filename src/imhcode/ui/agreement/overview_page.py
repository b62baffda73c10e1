"""At a glance: tables of tracks, scales, measures, several coders; of what is chosen charts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.boundary_histogram import BoundaryHistogram
from imhcode.ui.agreement.choice_bar import ChoiceBar
from imhcode.ui.agreement.drift import drift_of, in_common
from imhcode.ui.agreement.drift_chart import DriftChart
from imhcode.ui.agreement.heat_map import HeatMap
from imhcode.ui.agreement.index_groups import measure_groups, rating_groups, several_groups
from imhcode.ui.agreement.index_table import IndexTable
from imhcode.ui.agreement.measure_detail import MeasureDetail
from imhcode.ui.agreement.overview_table import OverviewTable
from imhcode.ui.agreement.rating_detail import RatingDetail
from imhcode.ui.agreement.tolerance_curve import ToleranceCurve

if TYPE_CHECKING:
    from imhcode.ui.agreement.index_table import IndexGroup
    from imhcode.ui.agreement.overview import Overview


class OverviewPage(QWidget):
    """Shows an overview; every row, cell, bar and point asks for its disagreements.

    Signals
    -------
    asked(AskedFor)
        A door was opened.
    curve_wanted(Track)
        The kappas of a track at several tolerances are wanted.
    measures_wanted()
        The measures of both coders' records are wanted.
    """

    asked = Signal(object)
    curve_wanted = Signal(object)
    measures_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceBar()
        self.table = OverviewTable()
        self.ratings = IndexTable(self.tr("Agreement by rating scale"))
        self.several = IndexTable(self.tr("Agreement of more than two coders"))
        self.measures = IndexTable(self.tr("Agreement by measure"))
        self.tables = QTabWidget()
        self.details = QStackedWidget()
        self.rating = RatingDetail()
        self.measure = MeasureDetail()
        self.map = HeatMap()
        self.curve = ToleranceCurve()
        self.histogram = BoundaryHistogram()
        self.drift = DriftChart()
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.of_time = QToolButton()
        self.of_events = QToolButton()
        self.overview: Overview | None = None
        self._lay_out()
        self.table.track_chosen.connect(self._show_track)
        self.table.asked.connect(lambda track: self._ask(track_id=track))
        self.tables.currentChanged.connect(self._show_detail)
        self.ratings.group_chosen.connect(self._show_scale)
        self.ratings.asked.connect(lambda _: self.rating.ask_all())
        self.several.group_chosen.connect(self.table.stand_on)
        self.several.asked.connect(self._ask_several)
        self.rating.asked.connect(self.asked)
        self.measures.group_chosen.connect(self._show_measure)
        self.measures.asked.connect(lambda _: self._open_measure())
        self.measure.asked.connect(self.asked)
        self.map.asked.connect(self._ask_cell)
        self.curve.asked.connect(self._ask_beyond)
        self.histogram.asked.connect(self._ask_bar)
        self.drift.asked.connect(self._ask_session)

    def show_overview(self, overview: "Overview | None") -> None:
        """Show other estimates."""
        self.overview = overview
        self.table.show_overview(overview)
        self._show_track()
        ratings = rating_groups(overview) if overview else ()
        several = several_groups(overview) if overview else ()
        first, second = overview.records.coders if overview else ("", "")
        index = [self.tr("value"), self.tr("95 % interval")]
        coders = [first or self.tr("first"), second or self.tr("second"), self.tr("both")]
        self.ratings.show_groups([self.tr("Scale and index"), *index, *coders], ratings)
        self.several.show_groups(
            [self.tr("Track and index"), *index, self.tr("sessions"), self.tr("codable s")],
            several,
        )
        self._show_scale()
        measures = self._show_measures()
        shown = (self.ratings, ratings), (self.several, several), (self.measures, measures)
        for table, groups in shown:
            self.tables.setTabVisible(self.tables.indexOf(table), bool(groups))
        self.tables.tabBar().setVisible(any(groups for _, groups in shown))
        self._want_measures()

    def show_measured(self, overview: "Overview") -> None:
        """Show the same estimates again, now with measures."""
        self.overview = overview
        self._show_measures()

    def show_curve(self, track_id: str, curve: object) -> None:
        """Show the kappas at several tolerances, if that track is still on show."""
        track = self.table.track
        if track is not None and track.id == track_id and self.overview is not None:
            chosen_us = self.overview.tables[track_id].tolerance_us
            self.curve.show_points(curve, chosen_us)  # type: ignore[arg-type]

    def show_unit(self, *, of_time: bool) -> None:
        """Show the confusion matrix of time, or of events."""
        (self.of_time if of_time else self.of_events).setChecked(True)
        self._show_map()

    def toggle_unit(self) -> None:
        """Change between time and events."""
        self.show_unit(of_time=not self.of_time.isChecked())

    # -- where the keys go -------------------------------------------------------------------

    def go_to_table(self) -> None:
        """Give the keys to the table on show; who is there already goes on to the next one."""
        shown = [place for place in range(self.tables.count()) if self.tables.isTabVisible(place)]
        at = self.tables.currentIndex()
        if self.tables.currentWidget().hasFocus():
            at = shown[(shown.index(at) + 1) % len(shown)]
            self.tables.setCurrentIndex(at)
        self.tables.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_map(self) -> None:
        """Give the keys to the confusion matrix."""
        detail = self.details.currentWidget()
        the_map: QWidget = self.rating.map if detail is self.rating else self.map
        the_map = self.measure.given if detail is self.measure else the_map
        the_map.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_charts(self) -> None:
        """Give the keys to the next of the charts, or to the scores of the sessions."""
        charts: tuple[QWidget, ...] = (self.curve, self.histogram, self.drift)
        if self.details.currentWidget() is self.rating:
            charts = (self.rating.given,)
        elif self.details.currentWidget() is self.measure:
            charts = (self.measure.given,)
        having = [place for place, one in enumerate(charts) if one.hasFocus()]
        following = charts[(having[0] + 1) % len(charts)] if having else charts[0]
        following.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- inside ------------------------------------------------------------------------------

    def _show_detail(self, _: int = 0) -> None:
        table = self.tables.currentWidget()
        details: dict[QWidget, QWidget] = {self.ratings: self.rating, self.measures: self.measure}
        detail = details.get(table)
        self.details.setCurrentIndex(self.details.indexOf(detail) if detail else 0)
        self._want_measures()

    def _want_measures(self) -> None:
        """Ask for measures when their table is looked at: they take time."""
        overview = self.overview
        if self.tables.currentWidget() is self.measures and overview and not overview.is_measured:
            self.measures_wanted.emit()

    def _show_measures(self) -> "Sequence[IndexGroup]":
        overview = self.overview
        groups = measure_groups(overview) if overview else ()
        self.measures.show_groups(
            [
                self.tr("Measure, with ICC(2,1)"),
                self.tr("value"),
                self.tr("95 % interval"),
                self.tr("both"),
            ],
            groups,
        )
        self._show_measure()
        return groups

    def _show_measure(self, _: str = "") -> None:
        self.measure.show_measure(self.overview, self.measures.group)

    def _open_measure(self) -> None:
        """To the values of its sessions; work them out, if that was stopped."""
        if self.overview is not None and self.overview.is_measured:
            self.measure.given.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._want_measures()

    def _show_scale(self, _: str = "") -> None:
        self.rating.show_scale(self.overview, self.ratings.group)

    def _show_track(self, _: str = "") -> None:
        track, overview = self.table.track, self.overview
        self._show_map()
        self.curve.show_points((), None)
        if track is None or overview is None:
            self.title.clear()
            self.drift.show_lines({}, self.choice.rule, by_day=False)
            return
        tables = overview.tables[track.id]
        self.title.setText(track.label)
        has_time = tables.time is not None
        self.of_time.setEnabled(has_time)
        self.of_time.setToolTip("" if has_time else self.tr("Instants have no length"))
        self.histogram.show_errors(tables.boundaries_us)
        self.show_drift()
        self.curve_wanted.emit(track)

    def show_drift(self) -> None:
        """Show the drift on the chosen track by the rule that is chosen."""
        track, overview, rule = self.table.track, self.overview, self.choice.rule
        if track is not None and overview is not None:
            lines, by_day = drift_of(overview.compared(track), rule)
            self.drift.show_lines(in_common(lines), rule, by_day=by_day)

    def _show_map(self) -> None:
        track, overview = self.table.track, self.overview
        if track is None or overview is None:
            self.map.show_confusion(None)
            return
        words = (_tr("nothing"), _tr("no partner"))
        of_time = self.of_time.isChecked()
        self.map.show_confusion(overview.confusion(track, of_time=of_time, words=words))

    def _ask(self, **about: object) -> None:
        track = self.table.track
        if track is not None:
            about.setdefault("track_id", track.id)
            about.setdefault("words", track.label)
            self.asked.emit(AskedFor(**about))  # type: ignore[arg-type]

    def _ask_cell(self, code_a: str, code_b: str) -> None:
        track, shown = self.table.track, self.map.shown
        if track is None or shown is None:
            return
        labels = dict(zip(shown.codes, shown.labels, strict=True))
        first, second = shown.coders
        words = f"{track.label}: {first} {labels[code_a]} – {second} {labels[code_b]}"
        self._ask(codes=(code_a, code_b), words=" ".join(words.split()))

    def _ask_beyond(self, tolerance_us: object) -> None:
        if isinstance(tolerance_us, int):
            words = self.tr("what remains within {s} s").format(s=f"{tolerance_us / 1e6:g}")
            self._ask(beyond_us=tolerance_us, words=self._on_track(words))

    def _ask_bar(self, by_us: object) -> None:
        if isinstance(by_us, tuple):
            words = self.tr("boundaries {first} to {last} s").format(
                first=f"{by_us[0] / 1e6:+g}", last=f"{by_us[1] / 1e6:+g}"
            )
            self._ask(by_us=by_us, words=self._on_track(words))

    def _ask_session(self, session_id: object) -> None:
        self._ask(sessions=(str(session_id),), words=self._on_track(str(session_id)))

    def _ask_several(self, track_id: str) -> None:
        if self.overview is not None and self.table.track is not None:
            words = self._on_track(self.tr("sessions of more than two coders"))
            self._ask(track_id=track_id, sessions=self.overview.of_several, words=words)

    def _on_track(self, words: str) -> str:
        track = self.table.track
        return f"{track.label}: {words}" if track else words

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        head = QHBoxLayout()
        head.setContentsMargins(unit, unit, unit, 0)
        self.title.setFont(theme.title(self.font()))
        head.addWidget(self.title, 1)
        group = QButtonGroup(self)
        for button, words in (
            (self.of_time, self.tr("Time in s")),
            (self.of_events, self.tr("Events")),
        ):
            button.setText(words)
            button.setCheckable(True)
            group.addButton(button)
            head.addWidget(button)
            button.clicked.connect(lambda _=False: self._show_map())
        self.of_time.setChecked(True)
        right = QWidget()
        grid = QGridLayout(right)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(unit // 2)
        grid.addLayout(head, 0, 0, 1, 3)
        grid.addWidget(self.map, 1, 0, 1, 3)
        for column, chart in enumerate((self.curve, self.histogram, self.drift)):
            grid.addWidget(chart, 2, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 2)
        for table, words in (
            (self.table, self.tr("Tracks")),
            (self.ratings, self.tr("Ratings")),
            (self.several, self.tr("More than two coders")),
            (self.measures, self.tr("Measures")),
        ):
            self.tables.addTab(table, words)
        self.tables.setDocumentMode(True)
        self.details.addWidget(right)
        self.details.addWidget(self.rating)
        self.details.addWidget(self.measure)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.tables)
        across.addWidget(self.details)
        across.setStretchFactor(0, 2)
        across.setStretchFactor(1, 3)
        across.setChildrenCollapsible(False)
        across.setSizes([560, 720])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.choice)
        whole.addWidget(across, 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Disagreements", text)
