"""How well each code was found: of a trainee against a gold standard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from imhcode.analysis.training import CodeScore, TrackScore, TrainingResult
from imhcode.domain.scheme import Scheme, Track
from imhcode.ui import theme
from imhcode.ui.agreement.disagreement_words import code_label
from imhcode.ui.widgets.airy_rows import AiryRows


class ScoresTable(QTreeWidget):
    """A line a track with both kappas and the boundary bias; below it one a code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Scores"))
        self.setHeaderLabels(
            [
                self.tr("Track and code"),
                self.tr("κ time"),
                self.tr("κ events"),
                self.tr("found"),
                self.tr("right"),
                self.tr("late by"),
            ]
        )
        tips = (
            self.tr("Of the gold standard's events, those found with this code"),
            self.tr("Of the trainee's events, those the gold standard has too"),
            self.tr("Median of the boundaries; negative where the trainee is early"),
        )
        for column, tip in enumerate(tips, 3):
            self.headerItem().setToolTip(column, tip)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.UNIT_PX * 2)
        self.setItemDelegate(AiryRows(self))
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 6):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def show_result(self, result: TrainingResult | None, scheme: Scheme | None) -> None:
        """Show another attempt."""
        self.clear()
        for one in result.tracks if result and scheme else ():
            track = scheme.track(one.track_id) if scheme else None
            top = _line(_of_track(one, track))
            top.setData(0, Qt.ItemDataRole.UserRole, one.track_id)
            top.addChildren([_line(_of_code(code, track)) for code in one.by_code])
            self.addTopLevelItem(top)
        if result is not None and result.ratings:
            within = sum(one.is_within_one for one in result.ratings)
            words = self.tr("Ratings within one point")
            cells = [words, "", "", f"{within}/{len(result.ratings)}", "", ""]
            self.addTopLevelItem(_line(cells))
        self.expandAll()
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    @property
    def track_id(self) -> str:
        """The track that is stood on; empty if it is none."""
        item = self.currentItem()
        if item is not None and item.parent() is not None:
            item = item.parent()
        return "" if item is None else str(item.data(0, Qt.ItemDataRole.UserRole) or "")


def _of_track(one: TrackScore, track: Track | None) -> Sequence[str]:
    late = "–" if one.bias_us is None else f"{one.bias_us / 1e6:+.2f} s".replace("-", "−")
    time, event = (_value(one.indices.get(name)) for name in ("kappa_time", "kappa_event"))
    return [track.label if track else one.track_id, time, event, "", "", late]


def _of_code(one: CodeScore, track: Track | None) -> Sequence[str]:
    found = f"{one.n_hit}/{one.n_gold}" if one.n_gold else "–"
    right = f"{one.n_hit}/{one.n_trainee}" if one.n_trainee else "–"
    return [code_label(track, one.code), "", "", found, right, ""]


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _line(cells: Sequence[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(cells)
    for column in range(1, 6):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
