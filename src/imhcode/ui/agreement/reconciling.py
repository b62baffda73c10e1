"""What is decided about a disagreement: asked for, carried out, taken back, handed in."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from imhcode.analysis.reconciling import Third
from imhcode.domain.decision import Choice
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.event import Stamp
from imhcode.ui.agreement.deciding import Deciding, Found
from imhcode.ui.agreement.third_choices import also_choices, is_boundary, third_choices
from imhcode.ui.messages import said
from imhcode.ui.widgets.question_card import Answer, QuestionCard

if TYPE_CHECKING:
    from imhcode.services.consensus import ConsensusService


class Reconciling(QObject):
    """Decisions of one person about the disagreement that is stood on.

    A gold standard needs a reason for each, which is asked for before it is taken.

    Parameters
    ----------
    card : QuestionCard
        Where something is asked.
    current : callable
        The disagreement that is stood on.
    stamp : callable
        The instant of the frame on the screen.

    Signals
    -------
    said(str, str)
        A sentence for the message line, and its tone.
    changed(object, bool)
        The third observation has changed: whose disagreement it was about, and whether to go on
        to the next.
    turned(str)
        A decision was taken back or brought again: the key of what it was about.
    """

    said = Signal(str, str)
    changed = Signal(object, bool)
    turned = Signal(str)

    def __init__(
        self,
        card: QuestionCard,
        current: Callable[[], Found | None],
        stamp: Callable[[], Stamp | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._card, self._current, self._stamp = card, current, stamp
        self._notes: dict[str, str] = {}
        self._reason = ""  #: the latest one, offered again
        self.deciding: Deciding | None = None

    def open(self, deciding: Deciding | None) -> None:
        """Decide for another list; ``None``: for none."""
        self.deciding = deciding
        self._notes.clear()
        self._reason = ""

    # -- commands ----------------------------------------------------------------------------

    def decide(self, choice: Choice) -> None:
        """Decide the one that is looked at."""
        one = self._current()
        if one is None or self.deciding is None:
            return
        if choice == "third":
            self._ask_third(one)
        else:
            self._take(one, choice)

    def write_note(self) -> None:
        """Ask what was said about the one that is looked at; its decision keeps it."""
        one = self._current()
        if one is None or self.deciding is None:
            return
        decided = self.deciding.decided(one)
        key = one.difference.key

        def keep(text: str) -> None:
            self._notes[key] = text
            if decided is None or decided.decision.choice == "third":
                self.said.emit(self.tr("The note will be kept with the decision."), "info")
                return
            choice = decided.decision.choice
            self._do(one, lambda service: service.decide(key, choice, text), goes_on=False)

        self._card.ask_line(self.tr("What was said about it?"), self._note_of(one), keep)

    def accept(self) -> None:
        """Say what else a gold standard accepts of the event that is looked at."""
        one = self._current()
        if one is None or self.deciding is None or not self.deciding.is_gold:
            return
        event = self.deciding.event_of(one)
        if event is None:
            words = self.tr("The gold standard has nothing here of which more could be accepted.")
            self.said.emit(words, "refused")
            return
        accepted = self.deciding.accepted(one)
        answers = []
        for each in also_choices(event, self.deciding.scheme_of(one)):
            is_on = each.value in accepted
            words = f"✓ {each.words}" if is_on else each.words
            after = tuple(code for code in accepted if code != each.value)
            wanted = after if is_on else (*accepted, each.value)
            answers.append(Answer(each.key, words, partial(self._accept, one, wanted)))
        self._card.ask(self.tr("What else is right here?"), answers)

    def undo(self) -> None:
        """Take the latest decision in this session back."""
        self._turn(back=True)

    def redo(self) -> None:
        """Decide again what was taken back."""
        self._turn(back=False)

    def finish(self) -> None:
        """Hand the consensus of this session in, or freeze its gold standard."""
        one = self._current()
        if self.deciding is None or one is None:
            return
        try:
            self.deciding.finish(one.pair)
        except ImhcodeError as error:
            self.tell(error)
            return
        self.changed.emit(one, False)
        words = self.tr("The consensus of {session} is handed in; both originals are as they were.")
        if self.deciding.is_gold:
            words = self.tr(
                "The gold standard of {session} is frozen; a practice set can be made of it now."
            )
        self.said.emit(words.format(session=one.session_id), "info")

    def tell(self, error: ImhcodeError) -> None:
        """Say what went wrong."""
        self.said.emit(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    # -- inside ------------------------------------------------------------------------------

    def _note_of(self, one: Found) -> str:
        decided = self.deciding.decided(one) if self.deciding else None
        return decided.decision.note if decided else self._notes.get(one.difference.key, "")

    def _take(
        self, one: Found, choice: Choice, third: Third | None = None, value: float | None = None
    ) -> None:
        """Carry a choice out; for a gold standard once its reason is known."""
        key = one.difference.key

        def act(note: str) -> None:
            self._do(
                one, lambda service: service.decide(key, choice, note, third=third, value=value)
            )

        if self.deciding is None or not self.deciding.is_gold:
            act(self._notes.get(key, ""))
            return

        def reasoned(text: str) -> None:
            if not text:
                words = self.tr("Write a reason: it is what trainees will be shown.")
                self.said.emit(words, "refused")
                return
            self._reason = text
            act(text)

        title = self.tr("Why is it so? Trainees will be shown it.")
        self._card.ask_line(title, self._note_of(one) or self._reason, reasoned)

    def _ask_third(self, one: Found) -> None:
        assert self.deciding is not None  # noqa: S101  (asked by decide only)
        if is_boundary(one.difference):
            stamp = self._stamp()
            if stamp is None:
                words = self.tr("No picture is on the screen to set a boundary by.")
                self.said.emit(words, "refused")
            else:
                self._take(one, "third", Third(at=stamp))
            return
        choices = third_choices(one.difference, self.deciding.scheme_of(one))
        answers = [
            Answer(each.key, each.words, partial(self._take, one, "third", each.third, each.value))
            for each in choices
        ]
        self._card.ask(self.tr("What holds instead?"), answers)

    def _accept(self, one: Found, codes: tuple[str, ...]) -> None:
        """Keep what is accepted, and ask on: several may be."""
        assert self.deciding is not None  # noqa: S101  (asked by accept only)
        try:
            self.deciding.accept(one, codes)
        except ImhcodeError as error:
            self.tell(error)
            return
        self.changed.emit(one, False)
        self.accept()

    def _do(
        self, one: Found, act: "Callable[[ConsensusService], object]", *, goes_on: bool = True
    ) -> None:
        if self.deciding is None:
            return
        try:
            act(self.deciding.begin(one.pair))
        except ImhcodeError as error:
            self.tell(error)
            return
        self.changed.emit(one, goes_on)

    def _turn(self, *, back: bool) -> None:
        one = self._current()
        service = self.deciding.begun(one.pair) if self.deciding and one else None
        if service is None:
            return
        try:
            edit = service.undo() if back else service.redo()
        except ImhcodeError as error:
            self.tell(error)
            return
        self.changed.emit(one, False)
        self.turned.emit(edit.decision.about if edit.decision else "")
