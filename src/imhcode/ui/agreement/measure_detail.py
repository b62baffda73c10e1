"""One measure: what the records of both coders give for it in each session."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.index_groups import measure_key, measure_words
from imhcode.ui.agreement.scores_given import Given, ScoresGiven
from imhcode.ui.measures.numbers_model import number_words
from imhcode.ui.measures.statistic_words import unit_words

if TYPE_CHECKING:
    from imhcode.analysis.measured import Number
    from imhcode.ui.agreement.measured_by_both import BothMeasured
    from imhcode.ui.agreement.overview import Overview


class MeasureDetail(QWidget):
    """Every row asks for the disagreements of its session.

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
        self.title.setWordWrap(True)
        self.formula = QLabel()
        self.formula.setTextFormat(Qt.TextFormat.PlainText)
        self.formula.setWordWrap(True)
        self.given = ScoresGiven(self.tr("Values of both coders' records by session"))
        self.given.asked.connect(self._ask_session)
        unit = theme.UNIT_PX
        column = QVBoxLayout(self)
        column.setContentsMargins(0, unit, 0, 0)
        column.setSpacing(unit // 2)
        for label in (self.title, self.formula):
            label.setContentsMargins(unit, 0, unit, 0)
            column.addWidget(label)
        column.addWidget(self.given, 1)

    def show_measure(self, overview: "Overview | None", key: str) -> None:
        """Show one statistic of a measure of an overview; before it is measured, what it is."""
        from imhcode.analysis.measures.words import words_for  # noqa: PLC0415  (numbers: lazily)

        every = overview.records.scheme.document.get("derived", ()) if overview else ()
        declared = next((one for one in every if one["id"] == key.partition("\t")[0]), None)
        if overview is None or declared is None:
            self.title.clear()
            self.formula.clear()
            self.given.show_given((), ("", ""))
            return
        asked = next((one for one in overview.measures if measure_key(one) == key), None)
        words = measure_words(overview.records.scheme, declared, asked or (key, "value", ""))
        self.title.setText(words)
        unit = unit_words(declared, asked[1]) if asked else ""
        self.formula.setText(" · ".join(filter(None, (words_for(declared).formula, unit))))
        both = overview.measures[asked] if asked else ()
        self.given.show_given(
            [_given(one, has_places=bool(asked and asked[2])) for one in both],
            overview.records.coders,
        )

    def _ask_session(self, given: Given) -> None:
        words = f"{self.title.text()} · {given.where}"
        self.asked.emit(AskedFor(sessions=(given.pair.entry.session.id,), words=words))


def _given(one: "BothMeasured", *, has_places: bool) -> Given:
    apart = one.apart
    return Given(
        one.pair,
        str(one.place) if has_places else "",
        _value(one.first),
        _value(one.second),
        "–" if apart is None else number_words(apart) if apart else "·",
        apart or 0.0,
    )


def _value(number: "Number | None") -> str:
    if number is None or number.value is None:
        return number.null_reason if number and number.null_reason else "–"
    return number_words(number.value)
