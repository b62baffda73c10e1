"""What the family works towards, in its words, and what has been tried on the way."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from imhcode.services.goals import goals_of
from imhcode.ui import theme
from imhcode.ui.family.asking_card import Field
from imhcode.ui.family.host import Host
from imhcode.ui.family.rows import Row, Rows
from imhcode.ui.family.words import status_words
from imhcode.ui.widgets.choices import Choosable
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.ui.family.record import FamilyRecord


class GoalsPage(QWidget):
    """Goals above; below them what was tried for the one that is stood on.

    Signals
    -------
    changed()
        Goals are other than before.
    """

    changed = Signal()

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._record: FamilyRecord | None = None
        self.words = WrappedLabel()
        self.goals = Rows(
            self.tr("Goals"), [self.tr("goal"), self.tr("stands"), self.tr("since")], wide=(0,)
        )
        self.tried_words = QLabel()
        self.tried_words.setTextFormat(Qt.TextFormat.PlainText)
        self.tried = Rows(
            self.tr("What was tried"),
            [self.tr("day"), self.tr("session"), self.tr("what was tried"), self.tr("how it went")],
            wide=(2, 3),
        )
        self._lay_out()
        self.goals.asked.connect(self._ask_goal)
        self.goals.chosen.connect(lambda _: self._show_tried())
        self.tried.asked.connect(self._ask_how_it_went)

    def show_record(self, record: "FamilyRecord | None") -> None:
        """Show another family's goals, or what has become of them."""
        self._record = record
        if record is None:
            return
        words, found = status_words(), goals_of(record.study.file, record.dyad_id)
        self.goals.show_rows(
            [
                Row(
                    one.id,
                    (one.text, words[one.status], one.since or "–"),
                    dim=one.status != "open",
                )
                for one in found
            ]
        )
        if found:
            self.words.say(
                self.tr(
                    "Enter changes a goal; Ctrl+T writes down what was tried for it. "
                    "In plain words, the family’s own where possible."
                )
            )
        else:
            self.words.say(
                self.tr("No goal is written down yet. Ctrl+N writes the first, in plain words.")
            )

    def take_focus(self) -> None:
        """Give the keys to the goals."""
        self.goals.setFocus()

    def add_goal(self) -> None:
        """Ask for another goal."""
        record = self._record
        if record is None:
            return

        def take(said: Mapping[str, str]) -> None:
            goal = record.goals.add(said["text"], said["since"])
            self._follow()
            self.goals.go_to(goal.id)

        self._host.card.ask(
            self.tr("What does the family work towards?"),
            [
                Field("text", self.tr("Goal"), hint=self.tr("he looks to us when he is tired")),
                Field("since", self.tr("Since"), record.on, self.tr("year-month-day")),
            ],
            take,
        )

    def try_something(self) -> None:
        """Ask what was tried for the goal that is stood on."""
        record, goal_id = self._record, self.goals.current_id
        if record is None or not goal_id:
            self._host.say(self.tr("Write a goal down first."))
            return
        sessions = [
            one.session.id
            for one in record.study.sessions()
            if one.session.dyad_id == record.dyad_id
        ]

        def take(said: Mapping[str, str]) -> None:
            made = record.strategies.tried(
                goal_id,
                said["text"],
                session_id=said["session"],
                on=said["on"],
                how_it_went=said["how"],
            )
            self._follow()
            self.tried.go_to(made.id)
            self._host.card.hand_back_to(self.tried)

        self._host.card.ask(
            self.tr("What was tried for: {goal}").format(goal=record.goals.get(goal_id).text),
            [
                Field("text", self.tr("What"), hint=self.tr("waiting for his look first")),
                Field("on", self.tr("Day"), record.on, self.tr("year-month-day")),
                Field(
                    "session",
                    self.tr("Session"),
                    record.session_id,
                    choices=(
                        *(Choosable(one, one) for one in sessions),
                        Choosable("", self.tr("none")),
                    ),
                ),
                Field("how", self.tr("How it went"), hint=self.tr("in words; may come later")),
            ],
            take,
        )

    def _ask_goal(self, goal_id: str) -> None:
        record = self._record
        if record is None:
            return
        goal = record.goals.get(goal_id)

        def take(said: Mapping[str, str]) -> None:
            if said["text"].strip() != goal.text:
                record.goals.reword(goal_id, said["text"])
            if said["status"] != goal.status:
                record.goals.set_status(goal_id, said["status"])
            self._follow()

        self._host.card.ask(
            self.tr("The goal, in other words, or how it stands"),
            [
                Field("text", self.tr("Goal"), goal.text),
                Field(
                    "status",
                    self.tr("It is"),
                    goal.status,
                    choices=tuple(Choosable(one, words) for one, words in status_words().items()),
                ),
            ],
            take,
        )

    def _ask_how_it_went(self, strategy_id: str) -> None:
        record = self._record
        if record is None:
            return
        tried = record.strategies.get(strategy_id)

        def take(said: Mapping[str, str]) -> None:
            record.strategies.say_how_it_went(strategy_id, said["how"])
            self._follow()

        self._host.card.ask(
            self.tr("How did it go: {what}?").format(what=tried.text),
            [Field("how", self.tr("How it went"), tried.how_it_went)],
            take,
            note=self.tr("In plain words; never a grade."),
        )

    def _show_tried(self) -> None:
        record, goal_id = self._record, self.goals.current_id
        of_goal = (
            [one for one in record.strategies.values if one.goal_id == goal_id] if record else []
        )
        self.tried.show_rows(
            [
                Row(
                    one.id,
                    (one.on or "–", one.session_id or "–", one.text, one.how_it_went or "–"),
                )
                for one in sorted(of_goal, key=lambda one: one.on)
            ]
        )
        words = self.tr("What was tried for it. Enter writes how it went.") if of_goal else ""
        if goal_id and not of_goal:
            words = self.tr("Nothing was tried for it yet.")
        self.tried_words.setText(words)

    def _follow(self) -> None:
        self.show_record(self._record)
        self.changed.emit()

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.words.setContentsMargins(unit * 2, unit, unit * 2, unit)
        self.tried_words.setContentsMargins(unit * 2, unit, unit * 2, unit)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        lower.addWidget(self.tried_words)
        lower.addWidget(self.tried, 1)
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self.goals)
        down.addWidget(below)
        down.setChildrenCollapsible(False)
        down.setSizes([340, 340])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(down, 1)
