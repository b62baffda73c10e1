"""One rating scale: how often the coders gave which points, and what they gave in each session."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from imhcode.analysis.rating_differences import RatingDifference
from imhcode.domain.rating_scale import RatingScale
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.disagreement_words import score_words
from imhcode.ui.agreement.heat_map import HeatMap
from imhcode.ui.agreement.scores_given import Given, ScoresGiven

if TYPE_CHECKING:
    from imhcode.ui.agreement.overview import Overview


class RatingDetail(QWidget):
    """Every cell and row asks for its differences.

    Signals
    -------
    asked(AskedFor)
        A door was opened.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(theme.title(self.font()))
        self.map = HeatMap()
        self.given = ScoresGiven(self.tr("Scores of both coders by session"))
        self._scale: RatingScale | None = None
        self.map.asked.connect(self._ask_cell)
        self.given.asked.connect(self._ask_session)
        unit = theme.UNIT_PX
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.map)
        split.addWidget(self.given)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, unit, 0, 0)
        column.setSpacing(unit // 2)
        self.title.setContentsMargins(unit, 0, unit, 0)
        column.addWidget(self.title)
        column.addWidget(split, 1)

    def show_scale(self, overview: "Overview | None", scale_id: str) -> None:
        """Show one scale of an overview."""
        scales = overview.scales if overview else ()
        self._scale = next((one for one in scales if one.id == scale_id), None)
        if overview is None or self._scale is None:
            self.title.clear()
            self.map.show_confusion(None)
            self.given.show_given((), ("", ""))
            return
        self.title.setText(self._scale.label)
        self.map.show_confusion(overview.confusion_of_scores(self._scale))
        given = [_given(*one) for one in overview.scores.get(scale_id, ())]
        self.given.show_given(given, overview.records.coders)

    def ask_all(self) -> None:
        """Ask for everything on which the coders differ on this scale."""
        if self._scale is not None:
            self.asked.emit(AskedFor(scale=self._scale.id, words=self._scale.label))

    def _ask_cell(self, a: str, b: str) -> None:
        if self._scale is not None:
            self.asked.emit(
                AskedFor(
                    scale=self._scale.id,
                    scores=(float(a), float(b)),
                    words=f"{self._scale.label}: {a} – {b}",
                )
            )

    def _ask_session(self, given: Given) -> None:
        if self._scale is not None:
            self.asked.emit(
                AskedFor(
                    sessions=(given.pair.entry.session.id,),
                    scale=self._scale.id,
                    episode=given.within,
                    words=f"{self._scale.label}: {given.where}",
                )
            )


def _given(pair: ChosenPair, one: RatingDifference) -> Given:
    return Given(
        pair,
        one.episode,
        score_words(one.first),
        score_words(one.second),
        f"{one.weight:g}" if one.differs else "·",
        one.weight if one.differs else 0.0,
    )
