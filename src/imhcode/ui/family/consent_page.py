"""Who can be seen, what they have agreed to, what was made with them, how long it is kept."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from imhcode.domain.consent import Use
from imhcode.domain.family import RELATIONS, Person
from imhcode.ui import theme
from imhcode.ui.family.asking_card import Field
from imhcode.ui.family.clips_pane import ClipsPane
from imhcode.ui.family.consent_matrix import PRESENT, WHO, ConsentMatrix
from imhcode.ui.family.host import Host
from imhcode.ui.family.kept_pane import KeptPane
from imhcode.ui.family.words import answer_words, relation_words, use_words
from imhcode.ui.widgets.choices import Choosable
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.ui.family.record import FamilyRecord

_ALL = "all"


class ConsentPage(QWidget):
    """The matrix above; below it the clips of whoever is stood on, and the last days.

    Signals
    -------
    changed()
        People, who is there, or what was agreed is other than before.
    """

    changed = Signal()

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._record: FamilyRecord | None = None
        self.words = WrappedLabel()
        self.matrix = ConsentMatrix()
        self.clips = ClipsPane(host)
        self.kept = KeptPane(host)
        self._lay_out()
        self.matrix.asked.connect(self._ask_cell)
        self.matrix.present_asked.connect(self._turn_present)
        self.matrix.chosen.connect(self._show_clips)
        self.kept.changed.connect(self.changed)

    # -- showing -----------------------------------------------------------------------------

    def show_record(self, record: "FamilyRecord | None") -> None:
        """Show another family, or what has become of it."""
        self._record = record
        if record is None:
            return
        matrix = record.consents.matrix(record.on)
        self.matrix.show_matrix(matrix, record.present.people, record.session_id)
        if not matrix.people:
            words = self.tr(
                "Nobody is written down yet. Ctrl+N adds a person: a word, never a name."
            )
        elif not record.present.people:
            words = self.tr(
                "Nobody is said to be in {session}: no clip of it may leave the study. "
                "Space says who is there."
            )
        else:
            words = self.tr(
                "How it stands on {day}. Enter on a cell writes down what somebody says; "
                "Space says who is in {session}."
            )
        self.words.say(words.format(session=record.session_id, day=record.on))
        self.kept.show_record(record)

    def take_focus(self) -> None:
        """Give the keys to the matrix."""
        self.matrix.setFocus()

    def _show_clips(self, person_id: str) -> None:
        del person_id
        self.clips.show_person(self._record, self.matrix.person)

    # -- people ------------------------------------------------------------------------------

    def add_person(self) -> None:
        """Ask for a word for somebody, and what they are."""
        record = self._record
        if record is None:
            return
        words = relation_words()

        def take(said: Mapping[str, str]) -> None:
            person = record.people.add(said["label"], said["relation"])
            record.present.add(person.id)
            self._follow()
            self.matrix.go_to(person.id)

        self._host.card.ask(
            self.tr("Who can be seen or heard?"),
            [
                Field("label", self.tr("A word for them"), hint=self.tr("grandmother")),
                Field(
                    "relation",
                    self.tr("They are"),
                    "parent" if record.people.values else "child",
                    choices=tuple(Choosable(one, words[one]) for one in RELATIONS),
                ),
            ],
            take,
            note=self.tr("Never a name. They are put into {session} at once.").format(
                session=record.session_id
            ),
        )

    def rename_person(self) -> None:
        """Ask for another word for whoever is stood on."""
        record, person = self._record, self.matrix.person
        if record is None or person is None:
            return

        def take(said: Mapping[str, str]) -> None:
            record.people.rename(person.id, said["label"])
            self._follow()

        self._host.card.ask(
            self.tr("Another word for {person}").format(person=person.label),
            [Field("label", self.tr("A word for them"), person.label)],
            take,
            note=self.tr("Never a name."),
        )

    def remove_person(self) -> None:
        """Take whoever is stood on away, if nothing names them."""
        record, person = self._record, self.matrix.person
        if record is not None and person is not None:
            self._try(lambda: record.people.remove(person.id))

    def _turn_present(self, person_id: str) -> None:
        record = self._record
        if record is None:
            return
        there = person_id in record.present.people
        act = record.present.remove if there else record.present.add
        self._try(lambda: act(person_id))

    # -- consent -----------------------------------------------------------------------------

    def _ask_cell(self, person_id: str, column: int) -> None:
        use, person = self.matrix.consent.use_of(column), self.matrix.person
        if column == WHO:
            self.rename_person()
        elif column == PRESENT:
            self._turn_present(person_id)
        elif use is not None and person is not None:
            self._ask_consent(person, use)

    def _ask_consent(self, person: Person, use: Use) -> None:
        record = self._record
        if record is None:
            return
        state = record.consents.standing(person.id, use, record.on).state
        answers = [Choosable(value, words) for value, words in answer_words().items()]
        if state == "granted":  # what is most likely to be said stands first
            answers.reverse()
        words = self.tr("What does {person} say to: {use}?")
        self._host.card.ask(
            words.format(person=person.label, use=use_words()[use]),
            [
                Field("answer", self.tr("Answer"), answers[0].value, choices=tuple(answers)),
                Field("on", self.tr("Day"), record.on, self.tr("year-month-day")),
                Field("until", self.tr("Until"), hint=self.tr("no last day")),
                Field("note", self.tr("Note"), hint=self.tr("which form, who asked")),
                Field(
                    "reach",
                    self.tr("It is about"),
                    use,
                    choices=(
                        Choosable(use, use_words()[use]),
                        Choosable(_ALL, self.tr("every use they agreed to")),
                    ),
                ),
            ],
            lambda said: self._say(person, use, said),
            note=self.tr(
                "Statements are added, never changed. Only an agreement has a last day; only "
                "taking back can be about every use."
            ),
        )

    def _say(self, person: Person, use: Use, said: Mapping[str, str]) -> None:
        record = self._record
        if record is None:
            return
        if said["answer"] == "granted":
            record.consents.grant(person.id, use, said["on"], said["until"], said["note"])
        elif said["answer"] == "refused":
            record.consents.refuse(person.id, use, said["on"], said["note"])
        else:
            about = "" if said["reach"] == _ALL else use
            record.consents.withdraw(person.id, about, said["on"], said["note"])
        self._follow()
        if said["answer"] == "withdrawn":
            self._show_withdrawal(person)

    def _show_withdrawal(self, person: Person) -> None:
        """Every clip that was ever made with them is listed, and can be said to be gone."""
        n_left = self.clips.n_left
        if not n_left:
            words = self.tr(
                "{person} has taken it back. No clip is known that has to do with them."
            )
            self._host.say(words.format(person=person.label))
            return
        if n_left == 1:
            words = self.tr(
                "{person} has taken it back. One clip has to do with them: the list below says "
                "where to look. The program cannot fetch it back."
            )
        else:
            words = self.tr(
                "{person} has taken it back. {n} clips have to do with them: the list below says "
                "where to look. The program cannot fetch them back."
            )
        self._host.say(words.format(person=person.label, n=n_left))
        self._host.card.hand_back_to(self.clips.list)

    # -- inside ------------------------------------------------------------------------------

    def _try(self, act: Callable[[], object]) -> None:
        if self._host.attempt(act):
            self._follow()

    def _follow(self) -> None:
        self.show_record(self._record)
        self.changed.emit()

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.words.setContentsMargins(unit * 2, unit, unit * 2, unit)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.clips)
        across.addWidget(self.kept)
        across.setChildrenCollapsible(False)
        across.setSizes([880, 400])
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self.matrix)
        down.addWidget(across)
        down.setChildrenCollapsible(False)
        down.setSizes([400, 280])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(down, 1)
