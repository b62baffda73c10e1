"""The modifiers of the event just coded or selected: digits choose, nothing waits for them."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from imhcode.domain.event import Event, Values
from imhcode.domain.scheme import Modifier
from imhcode.domain.timecode import as_clock
from imhcode.ui.coding.modifier_question import Question, digits_of
from imhcode.ui.theme import UNIT_PX, small


class ModifierPanel(QWidget):
    """Shows what more can be said about one event, and asks one thing at a time.

    One modifier *asks*: it has a bar at its side and its digits are lit.  A digit chooses for it
    and the next open one asks; where several values may hold, digits switch them on and off until
    ``0`` goes on.  A modifier is open while nobody has chosen for it (its default counts as not
    chosen).  The panel never takes the keyboard by itself: the window hands digits over by
    :meth:`press_digit`.

    Signals
    -------
    modifier_chosen(str, str, object)
        Event id, modifier id, and the tuple of values it should have; empty takes it off.
    refused(str)
        What was typed into a field cannot be; the field is as it was.
    """

    modifier_chosen = Signal(str, str, object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: Event | None = None
        self._modifiers: tuple[Modifier, ...] = ()
        self._questions: list[Question] = []
        self._asking: int | None = None
        self._title = _plain_label(self)
        self._title.setWordWrap(True)
        self._hint = _plain_label(self)
        self._hint.setWordWrap(True)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(UNIT_PX)
        self._rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT_PX, UNIT_PX, UNIT_PX, UNIT_PX)
        whole.setSpacing(UNIT_PX)
        whole.addWidget(self._title)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._hint)
        self.setAccessibleName(self.tr("Modifiers"))
        self._dress()
        self.show_nothing()

    # -- values in -------------------------------------------------------------------------

    def show_event(self, event: Event, modifiers: Sequence[Modifier], code_label: str) -> None:
        """Show an event's modifiers; the same event again shows what has become of it."""
        before, same = self._event, self._event is not None and self._event.id == event.id
        if not same:
            self._commit_typing()
        rebuilt = tuple(modifiers) != self._modifiers
        self._event, self._modifiers = event, tuple(modifiers)
        if rebuilt:
            self._build()
        self._title.setText(f"{code_label} · {as_clock(event.onset_us)}")
        if rebuilt or not same or before is None:
            self._asking = self._next_open(0)
        else:
            self._ask_again_what_was_taken_back(before, event)
        self._sync()

    def show_nothing(self) -> None:
        """Show that there is no event to say more about."""
        self._commit_typing()
        self._event, self._modifiers, self._asking = None, (), None
        self._build()
        self._title.setText(self.tr("Modifiers"))
        self._sync()

    # -- keys, handed over by the window ---------------------------------------------------

    def press_digit(self, digit: str) -> bool:
        """Let a digit choose; ``False`` if it means nothing here and is the window's again.

        ``0`` leaves the modifier that asks as it is and goes on to the next.
        """
        if digit == "0":
            return self._go_on()
        if self._event is None or self._asking is None:
            return False
        modifier = self._modifiers[self._asking]
        value = next((one.id for one, key in digits_of(modifier) if key == digit), None)
        if value is None:
            return False
        self._choose(self._asking, value, takes_off=modifier.type == "multi")
        return True

    def close_prompt(self) -> bool:
        """Stop asking (Esc); ``False`` if nothing asked."""
        if self._asking is None:
            return False
        self._asking = None
        self._sync()
        return True

    @property
    def asking(self) -> str | None:
        """The id of the modifier that digits choose for, if one asks."""
        return None if self._asking is None else self._modifiers[self._asking].id

    # -- inside ----------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._dress()

    def _dress(self) -> None:
        self._hint.setFont(small(self.font()))

    def _build(self) -> None:
        for question in self._questions:
            self._rows.removeWidget(question)
            question.hide()
            question.deleteLater()
        self._questions = []
        for at, modifier in enumerate(self._modifiers):
            question = Question(modifier, self._body)
            question.picked.connect(lambda value, at=at: self._choose(at, value, takes_off=True))
            question.typed.connect(lambda text, at=at: self._typed(at, text))
            question.wanted.connect(lambda at=at: self._ask(at))
            self._rows.insertWidget(at, question)
            question.show()
            self._questions.append(question)

    def _choose(self, at: int, value: str, *, takes_off: bool) -> None:
        if self._event is None:
            return
        modifier, had = self._modifiers[at], self._event.modifier(self._modifiers[at].id)
        if modifier.type == "multi":
            on = set(had) ^ {value}
            values: Values = tuple(one.id for one in modifier.values if one.id in on)
        elif had == (value,) and takes_off and not modifier.required:
            values = ()
        else:
            values = (value,)
            if self._asking == at:
                self._asking = self._next_open(at + 1)
        self._ask_for(modifier, had, values)

    def _typed(self, at: int, text: str) -> None:
        if self._event is None:
            return
        modifier, had = self._modifiers[at], self._event.modifier(self._modifiers[at].id)
        if modifier.type == "number" and text:
            try:
                text = str(Decimal(text.replace(",", ".")))
            except InvalidOperation:
                words = self.tr("“{text}” is not a number. Write it in digits, such as 3 or 2.5.")
                self.refused.emit(words.format(text=text))
                self._sync()
                return
        self._ask_for(modifier, had, (text,) if text else ())

    def _ask_for(self, modifier: Modifier, had: Values, values: Values) -> None:
        if self._event is not None and values != had:
            self.modifier_chosen.emit(self._event.id, modifier.id, values)
        self._sync()  # buttons show what the event has, whatever came of asking

    def _commit_typing(self) -> None:
        for question in self._questions:
            question.commit_typing()

    def _ask(self, at: int) -> None:
        if self._modifiers[at].values:
            self._asking = at
            self._sync()

    def _go_on(self) -> bool:
        asked = [at for at, modifier in enumerate(self._modifiers) if modifier.values]
        if not asked:
            return False
        later = [at for at in asked if self._asking is not None and at > self._asking]
        if self._asking is None:
            self._asking = asked[0]
        else:
            self._asking = later[0] if later else None
        self._sync()
        return True

    def _next_open(self, start: int) -> int | None:
        """The next modifier from ``start`` on for which nobody has chosen."""
        for at in range(start, len(self._modifiers)):
            modifier = self._modifiers[at]
            if modifier.values and self._is_open(modifier, self._event):
                return at
        return None

    @staticmethod
    def _is_open(modifier: Modifier, event: Event | None) -> bool:
        values = () if event is None else event.modifier(modifier.id)
        return not values or values == (modifier.default,)

    def _ask_again_what_was_taken_back(self, before: Event, after: Event) -> None:
        for at, modifier in enumerate(self._modifiers):
            if (
                modifier.values
                and not self._is_open(modifier, before)
                and self._is_open(modifier, after)
            ):
                self._asking = at
                return

    def _sync(self) -> None:
        for at, question in enumerate(self._questions):
            values = () if self._event is None else self._event.modifier(self._modifiers[at].id)
            question.show_values(values, asking=at == self._asking)
        self._hint.setText(self._advice())
        if self._asking is not None:
            self._rows.activate()
            self._scroll.ensureWidgetVisible(self._questions[self._asking], 0, UNIT_PX)

    def _advice(self) -> str:
        if self._event is None:
            return self.tr("Code or select an event to say more about it.")
        if not self._modifiers:
            return self.tr("There is nothing more to choose for this code.")
        if self._asking is None:
            can_ask = any(modifier.values for modifier in self._modifiers)
            return self.tr("Press 0 to choose again.") if can_ask else ""
        modifier = self._modifiers[self._asking]
        last = [key for _, key in digits_of(modifier) if key][-1:] or [""]
        if modifier.type == "multi":
            words = self.tr("1 to {last} switch on and off · 0 goes on · Esc leaves it")
        else:
            words = self.tr("1 to {last} choose · 0 goes on · Esc leaves it")
        return words.format(last=last[0])


def _plain_label(parent: QWidget) -> QLabel:
    """A label that takes nothing for markup."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
