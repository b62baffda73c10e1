"""The scale in focus, opened: its definition, every score with its anchor, and the rest."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from imhcode.domain.rating import Rating
from imhcode.domain.scheme import RatingScale
from imhcode.ui import theme
from imhcode.ui.coding.modifier_question import Choice, ChoiceGrid
from imhcode.ui.coding.rating_values import CONFIDENCE_KEYS, lines_of, score_in_words
from imhcode.ui.coding.rating_words import direction_in_words
from imhcode.ui.widgets.answer_line import AnswerLine


class RatingCard(QWidget):
    """All that can be said of one scale, as lines with their keys.

    Signals
    -------
    score_chosen(float)
        A score was clicked.
    not_applicable_asked()
        Its line was clicked.
    confidence_chosen(str)
        A confidence was clicked.
    evidence_asked(str)
        The event with this id is to be played.
    key_asked(str)
        A line was clicked that stands for this key of the form.
    """

    score_chosen = Signal(float)
    not_applicable_asked = Signal()
    confidence_chosen = Signal(str)
    evidence_asked = Signal(str)
    key_asked = Signal(str)

    def __init__(
        self,
        scale: RatingScale,
        rating: Rating | None,
        evidence: Sequence[tuple[str, str]],
        playing: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self._rating = rating or Rating(id="", scale=scale.id)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.UNIT_PX, 0, 0, theme.UNIT_PX)
        self._column.setSpacing(2)
        self.scores: list[AnswerLine] = []
        self._definition()
        self._scores()
        self._flag()
        self._not_applicable()
        self._confidence()
        self._evidence(evidence, playing)
        self._rest()

    def _definition(self) -> None:
        direction = direction_in_words(self._scale)
        definition = self._scale.definition
        self._say(f"{definition} ({direction})" if direction and definition else definition)

    def _scores(self) -> None:
        between = self._scale.between_anchors
        for line in lines_of(self._scale, self._rating.value):
            number = score_in_words(line.value)
            words = line.anchor or between or number
            if number not in (line.digit, words):
                words = f"{number} · {words}"
            answer = AnswerLine(line.digit, words, dim=not line.anchor)
            answer.setAccessibleName(f"{number} · {words}")
            answer.choose(line.value == self._rating.value)
            answer.clicked.connect(lambda _=False, value=line.value: self.score_chosen.emit(value))
            self._column.addWidget(answer)
            self.scores.append(answer)

    def _not_applicable(self) -> None:
        if not self._scale.allow_not_applicable:
            return
        reason = self._rating.na_reason
        offered = self.tr("Not applicable")
        if reason:
            offered = self.tr("Not applicable: {reason}").format(reason=reason)
        elif self._scale.not_applicable_if:
            offered = self.tr("Not applicable, if {reason}").format(
                reason=self._scale.not_applicable_if
            )
        answer = AnswerLine("n", offered, dim=not reason)
        answer.choose(bool(reason))
        answer.clicked.connect(self.not_applicable_asked)
        self._column.addWidget(answer)

    def _confidence(self) -> None:
        words = self._scale.confidences
        if not words or self._rating.na_reason:
            return
        self._head(self.tr("How sure"))
        choices = []
        for key, word in zip(CONFIDENCE_KEYS.ljust(len(words)), words, strict=False):
            choice = Choice(word, key.strip().upper(), self)
            choice.light(lit=bool(key.strip()))
            choice.setChecked(word == self._rating.confidence)
            choice.clicked.connect(lambda _=False, word=word: self.confidence_chosen.emit(word))
            choices.append(choice)
        self._column.addWidget(ChoiceGrid(choices, self))

    def _evidence(self, evidence: Sequence[tuple[str, str]], playing: str) -> None:
        if not self._scale.evidence_track and not self._scale.evidence_min and not evidence:
            return
        self._head(self.tr("Moments that speak for it"))
        for event_id, words in evidence:
            line = AnswerLine("", f"▸ {words}", dim=event_id != playing)
            line.choose(event_id == playing)
            line.clicked.connect(lambda _=False, one=event_id: self.evidence_asked.emit(one))
            self._column.addWidget(line)
        self._keys(
            [
                ("a", self.tr("attach")),
                ("d", self.tr("next mark")),
                ("f", self.tr("mark before")),
                *([("s", self.tr("play")), ("g", self.tr("take off"))] if evidence else []),
            ]
        )

    def _flag(self) -> None:
        """A prompt to talk to somebody, calmly, where the score asks for it."""
        flag, value = self._scale.flag, self._rating.value
        if flag is not None and value is not None and value >= (flag.at_or_above or value):
            self._say(f"→ {flag.text}", bright=True)

    def _rest(self) -> None:
        if self._rating.comment:
            self._head(self.tr("Comment"))
            self._say(self._rating.comment, bright=True)

    # -- inside ------------------------------------------------------------------------------

    def _say(self, words: str, *, bright: bool = False) -> None:
        if words:
            label = QLabel(words)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setContentsMargins(theme.UNIT_PX, 2, 0, 4)
            colour = theme.current().text if bright else theme.current().text_dim
            label.setStyleSheet(f"color: {colour};")
            self._column.addWidget(label)

    def _head(self, words: str) -> None:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.small(self.font()))
        label.setContentsMargins(theme.UNIT_PX, theme.UNIT_PX, 0, 0)
        label.setStyleSheet(f"color: {theme.current().text_dim};")
        self._column.addWidget(label)

    def _keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Keys with what they do, in as many lines as they need."""
        label = QLabel(
            " &nbsp; ".join(
                f"<b>{key.upper()}</b>&nbsp;{escape(words).replace(' ', '&nbsp;')}"
                for key, words in keys
            )
        )
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFont(theme.small(self.font()))
        label.setContentsMargins(theme.UNIT_PX, 2, 0, 0)
        label.setStyleSheet(f"color: {theme.current().text_dim};")
        self._column.addWidget(label)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
