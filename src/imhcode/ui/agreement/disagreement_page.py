"""The walk from disagreement to disagreement, and what is decided about each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from imhcode.analysis.pair_parameters import Parameters
from imhcode.domain.errors import ImhcodeError
from imhcode.domain.scheme import Scheme
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.both_coders import CodersRecord
from imhcode.ui.agreement.deciding import Deciding, Found
from imhcode.ui.agreement.decision_bar import DecisionBar
from imhcode.ui.agreement.disagreement_list import DisagreementList
from imhcode.ui.agreement.disagreement_search import DisagreementSearch
from imhcode.ui.agreement.disagreement_words import code_label
from imhcode.ui.agreement.looking import Looking
from imhcode.ui.agreement.pair_stage import PairStage
from imhcode.ui.agreement.reconciling import Reconciling
from imhcode.ui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService


class DisagreementPage(QWidget):
    """List, video, both coders' lanes, and the decisions.

    Signals
    -------
    said(str, str)
        A sentence for the message line, and its tone.
    progressed(float)
        The share of the sessions looked at; 1 when the list is there.
    consensus_changed(str)
        A decision was taken or taken back in the observation with this id.
    """

    said = Signal(str, str)
    progressed = Signal(float)
    consensus_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.heading.setMargin(theme.UNIT_PX)
        self.list = DisagreementList()
        self.stage = PairStage()
        self.bar = DecisionBar()
        self.card = QuestionCard(self)
        self.search = DisagreementSearch(self)
        self.looking = Looking(self.stage)
        self.reconciling = Reconciling(self.card, lambda: self.current, self.stage.stamp, self)
        self._scheme: Scheme | None = None
        self._asked = AskedFor()
        self._lay_out()
        self.search.progressed.connect(self.progressed)
        self.search.done.connect(self._show_found)
        self.search.failed.connect(self.reconciling.tell)
        self.list.chosen.connect(self._look_at)
        self.bar.chosen.connect(self.reconciling.decide)
        self.reconciling.said.connect(self.said)
        self.reconciling.changed.connect(self._take_change)
        self.reconciling.turned.connect(self._go_back_to)
        self.stage.trouble.connect(lambda words: self.said.emit(words, "trouble"))

    # -- opening -----------------------------------------------------------------------------

    def open(
        self,
        study: "StudyService",
        scheme: Scheme,
        pairs: Sequence[ChosenPair],
        asked: AskedFor,
        parameters: Parameters,
        deciding: Deciding,
    ) -> None:
        """List what was asked for in these pairs, to be decided so."""
        self._scheme, self._asked = scheme, asked
        self.looking.open(study, scheme)
        self.reconciling.open(deciding)
        self.bar.show_gold(deciding.is_gold)
        self.list.show_found((), scheme, deciding.decided)
        self.heading.setText(self.tr("Looking…"))
        self.search.search(study, pairs, asked, deciding, parameters)

    def close_study(self) -> None:
        """Let go of study and recording."""
        self.search.stop()
        self.card.close_card()
        self.looking.close()
        self.reconciling.open(None)
        if self._scheme is not None:
            self.list.show_found((), self._scheme, lambda _: None)

    @property
    def _deciding(self) -> Deciding | None:
        return self.reconciling.deciding

    @property
    def found(self) -> Sequence[Found]:
        """The disagreements on show, the weightiest first."""
        return self.list.rows.found

    @property
    def current(self) -> Found | None:
        """The one that is looked at."""
        row = self.list.row
        return self.found[row] if 0 <= row < len(self.found) else None

    def _show_found(self, found: list[Found]) -> None:
        self.progressed.emit(1.0)
        if self._scheme is None or self._deciding is None:
            return
        self.list.show_found(found, self._scheme, self._deciding.decided)
        heading = self.tr("1 disagreement")
        if len(found) != 1:
            heading = self.tr("{n} disagreements").format(n=len(found))
        gold = self.tr("Gold standard") if self._deciding.is_gold else ""
        self.heading.setText(" · ".join(filter(None, (gold, heading, self._asked.words))))
        if not found:
            self.stage.say(self.tr("The two coders agree here."))
            self._show_progress()
            return
        left = [row for row, one in enumerate(found) if self._deciding.decided(one) is None]
        self.list.go_to(left[0] if left else 0)
        self.list.setFocus()

    # -- looking -----------------------------------------------------------------------------

    def _look_at(self, row: int) -> None:
        if not 0 <= row < len(self.found):
            return
        one = self.found[row]
        try:
            self.looking.look_at(one, self._third(one))
        except ImhcodeError as error:
            self.reconciling.tell(error)
            return
        self.bar.show_coders(one.coders)
        self._show_progress()

    def _third(self, one: Found) -> CodersRecord | None:
        """The lane of what is being made of both, once it is begun."""
        made = self._deciding.consensus(one.pair) if self._deciding else None
        if made is None or self._deciding is None:
            return None
        name = self.tr("gold standard") if self._deciding.is_gold else self.tr("consensus")
        return CodersRecord(name, made)

    def walk(self, by: int) -> None:
        """Go on to the next disagreement, or back; loop it."""
        row = min(max(self.list.row + by, 0), len(self.found) - 1)
        if row >= 0:
            self.list.go_to(row)

    def next_left(self) -> None:
        """Go on to the next one that is not decided."""
        n, start = len(self.found), self.list.row + 1
        rows = [(start + step) % n for step in range(n)] if n else []
        for row in rows:
            if self._deciding is not None and self._deciding.decided(self.found[row]) is None:
                self.list.go_to(row)
                return
        if n:
            self.said.emit(self.tr("All of these are decided."), "info")

    # -- what was decided --------------------------------------------------------------------

    def _take_change(self, one: Found, goes_on: bool) -> None:
        """Something was decided about one of them, or taken back."""
        third = self._deciding.consensus(one.pair) if self._deciding else None
        if third is not None:
            self.consensus_changed.emit(third.id)
        self._show_changed()
        if goes_on:
            self.next_left()

    def _go_back_to(self, key: str) -> None:
        rows = [row for row, each in enumerate(self.found) if each.difference.key == key]
        if rows:
            self.list.go_to(rows[0])
            self._look_at(rows[0])

    def look_again(self) -> None:
        """Show the consensus as it is now: somebody comes back, perhaps from coding it."""
        if self._deciding is not None and self.isVisible():
            self._deciding.look_again()
            self._show_changed()

    def _show_changed(self) -> None:
        self.list.show_decided()
        if self.current is not None:
            self.looking.show_lanes(self.current, self._third(self.current))
            if self.current.stretch_us is not None:
                self.stage.timeline.look_round(*self.current.stretch_us)
        self._show_progress()

    def _show_progress(self) -> None:
        if self._deciding is None:
            return
        decided = self._deciding.decided(self.current) if self.current else None
        done = len(self.found) - self._deciding.left(self.found)
        choice = decided.decision.choice if decided else ""
        self.bar.show_decided(choice, done, len(self.found))
        self.bar.show_accepted(self._accepted_words())

    def _accepted_words(self) -> list[str]:
        """What else the gold standard accepts of the event that is looked at."""
        one = self.current
        if one is None or self._deciding is None or self._scheme is None:
            return []
        track = self._scheme.track(getattr(one.difference, "track_id", ""))
        may_miss = QCoreApplication.translate("Disagreements", "may be left out")
        accepted = self._deciding.accepted(one)
        return [code_label(track, code) if code else may_miss for code in accepted]

    # -- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.stage, 1)
        beside.addWidget(self.bar)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(left)
        across.addWidget(right)
        across.setStretchFactor(1, 1)
        across.setChildrenCollapsible(False)
        across.setSizes([540, 740])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(across)
