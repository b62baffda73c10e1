"""The walk from disagreement to disagreement, and what is decided about each."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.reconciling import Third
from imhcode.domain.decision import Choice
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.both_coders import CodersRecord, event_shown
from imhcode.ui.agreement.deciding import Deciding, Found
from imhcode.ui.agreement.decision_bar import DecisionBar
from imhcode.ui.agreement.disagreement_list import DisagreementList
from imhcode.ui.agreement.disagreement_search import DisagreementSearch
from imhcode.ui.agreement.disagreement_words import what_differs, where_it_is
from imhcode.ui.agreement.pair_stage import PairStage
from imhcode.ui.agreement.third_choices import is_boundary, third_choices
from imhcode.ui.messages import said
from imhcode.ui.widgets.question_card import Answer, QuestionCard

if TYPE_CHECKING:
    from imhcode.services.consensus import ConsensusService
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
        self._study: StudyService | None = None
        self._scheme: Scheme | None = None
        self._deciding: Deciding | None = None
        self._originals: dict[tuple[str, str], tuple[Observation, Observation]] = {}
        self._asked = AskedFor()
        self._notes: dict[str, str] = {}
        self._lay_out()
        self.search.progressed.connect(self.progressed)
        self.search.done.connect(self._show_found)
        self.search.failed.connect(self._tell)
        self.list.chosen.connect(self._look_at)
        self.bar.chosen.connect(self.decide)
        self.stage.trouble.connect(lambda words: self.said.emit(words, "trouble"))

    # -- opening -----------------------------------------------------------------------------

    def open(
        self,
        study: "StudyService",
        scheme: Scheme,
        pairs: Sequence[ChosenPair],
        asked: AskedFor,
        coder_id: str,
        parameters: Parameters,
    ) -> None:
        """List what was asked for in these pairs."""
        self._study, self._scheme, self._asked = study, scheme, asked
        self._deciding = Deciding(study, coder_id, parameters.tolerance_us)
        self._originals.clear()
        self._notes.clear()
        self.list.show_found((), scheme, self._deciding.decided)
        self.heading.setText(self.tr("Looking…"))
        self.search.search(study, pairs, asked, self._deciding, parameters)

    def close_study(self) -> None:
        """Let go of study and recording."""
        self.search.stop()
        self.card.close_card()
        self.stage.close_session()
        if self._scheme is not None:
            self.list.show_found((), self._scheme, lambda _: None)
        self._study = self._deciding = None
        self._originals.clear()

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
        words = self._asked.words
        self.heading.setText(f"{heading} · {words}" if words else heading)
        if not found:
            self.stage.say(self.tr("The two coders agree here."))
            self._show_progress()
            return
        left = [row for row, one in enumerate(found) if self._deciding.decided(one) is None]
        self.list.go_to(left[0] if left else 0)
        self.list.setFocus()

    # -- looking -----------------------------------------------------------------------------

    def _look_at(self, row: int) -> None:
        if self._study is None or self._scheme is None or not 0 <= row < len(self.found):
            return
        one = self.found[row]
        try:
            self.stage.open_session(self._study, one.session_id)
            self._show_lanes(one)
        except ImhcodeError as error:
            self._tell(error)
            return
        what = what_differs(one.difference, self._scheme, one.coders)
        self.stage.say(f"{where_it_is(one.difference, self._scheme)}: {what}")
        self.bar.show_coders(one.coders)
        if one.stretch_us is not None:
            self.stage.loop(one.stretch_us)
        self._show_progress()

    def _show_lanes(self, one: Found) -> None:
        """Both coders' lanes of the track, and the consensus once there is one."""
        difference = one.difference
        if self._study is None or not isinstance(difference, Disagreement):
            return
        key = one.pair.a.id, one.pair.b.id
        if key not in self._originals:
            pair = (one.pair.a, one.pair.b)
            a, b = (self._study.observation(each) for each in pair)
            self._originals = {key: (a, b)}
        records = [
            CodersRecord(name, observation)
            for name, observation in zip(one.coders, self._originals[key], strict=True)
        ]
        third = self._deciding.consensus(one.pair) if self._deciding else None
        if third is not None:
            records.append(CodersRecord(self.tr("consensus"), third))
        self.stage.show_records(records, [difference.track_id])
        events = (difference.event_a, difference.event_b)
        chosen = [event_shown(event, place) for place, event in enumerate(events) if event]
        self.stage.timeline.set_chosen(chosen)

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

    # -- deciding ----------------------------------------------------------------------------

    def decide(self, choice: Choice) -> None:
        """Decide the one that is looked at, and go on to the next."""
        if self.current is None:
            return
        if choice == "third":
            self._ask_third(self.current)
            return
        one, key = self.current, self.current.difference.key
        self._decide(one, lambda service: service.decide(key, choice, self._notes.get(key, "")))

    def _ask_third(self, one: Found) -> None:
        key = one.difference.key

        def take(third: Third | None, value: float | None = None) -> None:
            note = self._notes.get(key, "")
            self._decide(
                one,
                lambda service: service.decide(key, "third", note, third=third, value=value),
            )

        if is_boundary(one.difference):
            stamp = self.stage.stamp()
            if stamp is None:
                self.said.emit(
                    self.tr("No picture is on the screen to set a boundary by."), "refused"
                )
            else:
                take(Third(at=stamp))
            return
        choices = third_choices(one.difference, self._scheme) if self._scheme else []
        answers = [
            Answer(each.key, each.words, partial(take, each.third, each.value)) for each in choices
        ]
        self.card.ask(self.tr("What holds instead?"), answers)

    def write_note(self) -> None:
        """Ask what was said about the one that is looked at; its decision keeps it."""
        one = self.current
        if one is None or self._deciding is None:
            return
        decided = self._deciding.decided(one)
        key = one.difference.key
        before = decided.decision.note if decided else self._notes.get(key, "")

        def keep(text: str) -> None:
            self._notes[key] = text
            if decided is None or decided.decision.choice == "third":
                self.said.emit(self.tr("The note will be kept with the decision."), "info")
                return
            choice = decided.decision.choice
            self._decide(one, lambda service: service.decide(key, choice, text), stays=True)

        self.card.ask_line(self.tr("What was said about it?"), before, keep)

    def _decide(
        self, one: Found, act: "Callable[[ConsensusService], object]", *, stays: bool = False
    ) -> None:
        if self._deciding is None:
            return
        try:
            act(self._deciding.begin(one.pair))
        except ImhcodeError as error:
            self._tell(error)
            return
        self._tell_changed(one)
        self._show_changed()
        if not stays:
            self.next_left()

    def undo(self) -> None:
        """Take the latest decision in this session back, and look at what it was about."""
        self._turn(back=True)

    def redo(self) -> None:
        """Decide again what was taken back."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        one = self.current
        service = self._deciding.begun(one.pair) if self._deciding and one else None
        if service is None or one is None:
            return
        try:
            edit = service.undo() if back else service.redo()
        except ImhcodeError as error:
            self._tell(error)
            return
        self._tell_changed(one)
        self._show_changed()
        about = edit.decision.about if edit.decision else ""
        rows = [row for row, each in enumerate(self.found) if each.difference.key == about]
        if rows:
            self.list.go_to(rows[0])
            self._look_at(rows[0])

    def finish(self) -> None:
        """Hand the consensus of this session in, if everything is decided."""
        one = self.current
        if self._deciding is None or one is None:
            return
        try:
            self._deciding.begin(one.pair).finish()
        except ImhcodeError as error:
            self._tell(error)
            return
        self._tell_changed(one)
        words = self.tr("The consensus of {session} is handed in; both originals are as they were.")
        self.said.emit(words.format(session=one.session_id), "info")

    def look_again(self) -> None:
        """Show the consensus as it is now: somebody comes back, perhaps from coding it."""
        if self._deciding is not None and self.isVisible():
            self._deciding.look_again()
            self._show_changed()

    def _tell_changed(self, one: Found) -> None:
        third = self._deciding.consensus(one.pair) if self._deciding else None
        if third is not None:
            self.consensus_changed.emit(third.id)

    def _show_changed(self) -> None:
        self.list.show_decided()
        if self.current is not None:
            self._show_lanes(self.current)
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

    # -- inside ------------------------------------------------------------------------------

    def _tell(self, error: ImhcodeError) -> None:
        self.said.emit(said(error), "trouble" if isinstance(error, Trouble) else "refused")

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
