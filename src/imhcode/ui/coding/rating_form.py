"""The form on which a session or its episodes are rated, beside the picture."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from imhcode.domain.scheme import RatingScale
from imhcode.ui import theme
from imhcode.ui.coding.event_table_model import as_tooltip
from imhcode.ui.coding.rating_card import RatingCard
from imhcode.ui.coding.rating_lines import ScaleLine
from imhcode.ui.coding.rating_model import RatingModel
from imhcode.ui.coding.rating_words import evidence_in_words, given_in_words, lacks_in_words
from imhcode.ui.widgets.answer_line import AnswerLine
from imhcode.ui.widgets.line_label import LineLabel

_WIDTH_EM = 66  #: in widths of the letter n, so that an anchor takes two or three lines


class RatingForm(QWidget):
    """Scales grouped by subject; the one in focus is open.  It only shows and asks.

    Signals
    -------
    key_asked(str)
        Something was clicked that a key of the form does.
    score_chosen(float), confidence_chosen(str), evidence_asked(str)
        What was clicked on the open scale.
    """

    key_asked = Signal(str)
    score_chosen = Signal(float)
    confidence_chosen = Signal(str)
    evidence_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: RatingModel | None = None
        self._lines: dict[str, ScaleLine] = {}
        self._page = QVBoxLayout()
        self._playing = ""
        self.card: RatingCard | None = None
        self._about = AnswerLine("v", "")
        self._variant = AnswerLine("b", "", dim=True)
        self._instructions = LineLabel(dim=True)
        self._count = QLabel()
        self._nothing = QLabel()
        self._scroll = QScrollArea()
        self._lay_out()
        self.setAccessibleName(self.tr("Ratings"))
        self.hide()

    def open(self, model: RatingModel | None) -> None:
        """Show the ratings of an observation, and follow them."""
        self._model = model
        self._playing = ""
        if model is not None:
            model.moved.connect(self._rebuild)
            model.changed.connect(self.show_again)
        self._rebuild()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("n") * _WIDTH_EM, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(300), 200)

    def words_of(self, scale_id: str) -> str:
        """What the line of a scale says."""
        return self._lines[scale_id].words()

    @property
    def count(self) -> str:
        """How many ratings are open, in words."""
        return self._count.text()

    def show_instructions(self, words: str) -> None:
        """Say how the scheme wants it to be rated."""
        said = " ".join(words.split())
        self._instructions.show_text(said)
        self._instructions.setToolTip(as_tooltip(said) or "")
        self._instructions.setVisible(bool(said))

    def show_playing(self, event_id: str) -> None:
        """Mark the moment that is looked at."""
        self._playing = event_id
        self.show_again()

    def show_again(self) -> None:
        """Say what is given by now; the lines stay where they are."""
        model = self._model
        if model is None or model.is_hidden:
            return
        focus = model.focus
        lacking = {(one.scale, one.episode) for one in model.lacking()}
        for scale in model.scales():
            line = self._lines.get(scale.id)
            if line is not None:
                ids = ((scale.id, model.about), (scale.alternate_of, model.about))
                lacks = model.lacks(scale)
                line.show_given(
                    given_in_words(model.given(scale)),
                    lacks_in_words(lacks),
                    ready=not lacks and not any(one in lacking for one in ids),
                    in_focus=focus is not None and scale.id == focus.id,
                )
        self._show_count(len(lacking))
        self._show_card(focus)

    # -- inside ------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """Other scales, or another one in focus."""
        model = self._model
        page = QWidget()
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(0, 0, theme.UNIT_PX, theme.UNIT_PX)
        self._page.setSpacing(0)
        self._lines, self.card = {}, None
        hidden = model is None or model.is_hidden
        if not hidden and model is not None:
            subject = ""
            for scale in model.scales():
                if scale.subject != subject:
                    subject = scale.subject
                    self._heading(model.observation.scheme.subject_label(subject))
                line = ScaleLine(scale.label)
                line.clicked.connect(lambda _=False, one=scale.id: self._focus_on(one))
                self._lines[scale.id] = line
                self._page.addWidget(line)
        self._page.addStretch(1)
        before = self._scroll.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        self._scroll.setWidget(page)
        self._show_head()
        self.show_again()

    def _show_head(self) -> None:
        model = self._model
        abouts = model.abouts() if model else []
        words = next((one.words for one in abouts if model and one.episode == model.about), "")
        self._about.say(self.tr("About: {what}").format(what=words))
        self._about.setVisible(len(abouts) > 1)
        several = model is not None and model.n_variants() > 1
        self._variant.setVisible(several)
        if model is not None and several and model.focus is not None:
            low, high = model.focus.scale.minimum, model.focus.scale.maximum
            self._variant.say(self.tr("{low} to {high}").format(low=f"{low:g}", high=f"{high:g}"))
        hidden = model is not None and model.is_hidden
        self._nothing.setVisible(hidden)
        self._scroll.setVisible(not hidden)
        for widget in (self._about, self._variant):
            widget.setVisible(widget.isVisibleTo(self) and not hidden)
        if hidden:
            self._count.setText("")

    def _show_count(self, n: int) -> None:
        self._count.setText(
            self.tr("Every rating is given · Ctrl+Return submits")
            if n == 0
            else self.tr("Still to rate: {n} · Enter goes to the next").format(n=n)
        )

    def _show_card(self, focus: RatingScale | None) -> None:
        model = self._model
        if self.card is not None:
            self._page.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        line = self._lines.get(focus.id) if focus else None
        if model is None or focus is None or line is None:
            return
        evidence = [
            (one, evidence_in_words(model.observation, one, event))
            for one, event in model.evidence()
        ]
        card = RatingCard(focus, model.given(focus), evidence, self._playing)
        card.score_chosen.connect(self.score_chosen)
        card.confidence_chosen.connect(self.confidence_chosen)
        card.evidence_asked.connect(self.evidence_asked)
        card.not_applicable_asked.connect(lambda: self.key_asked.emit("n"))
        self._page.insertWidget(self._page.indexOf(line) + 1, card)
        self.card = card
        QTimer.singleShot(0, card, lambda: self._bring_into_view(line, card))

    def _bring_into_view(self, line: ScaleLine, card: RatingCard) -> None:
        """The open scale whole if there is room, else from its top."""
        bar, room = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        top, bottom = line.y(), card.y() + card.height()
        if bottom - bar.value() > room:
            bar.setValue(bottom - room)
        if top < bar.value() or bottom - top > room:
            bar.setValue(top)

    def _focus_on(self, scale_id: str) -> None:
        if self._model is not None:
            self._model.focus_on(scale_id)

    def _heading(self, words: str) -> None:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.small(self.font()))
        label.setContentsMargins(theme.UNIT_PX, theme.UNIT_PX, 0, 2)
        label.setStyleSheet(f"color: {theme.current().text_dim};")
        self._page.addWidget(label)

    def _lay_out(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing.setWordWrap(True)
        self._nothing.setText(
            self.tr(
                "These ratings are somebody else's. They are shown once you have submitted your"
                " own of this session."
            )
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._about.clicked.connect(lambda: self.key_asked.emit("v"))
        self._variant.clicked.connect(lambda: self.key_asked.emit("b"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT_PX, theme.UNIT_PX, 0, theme.UNIT_PX)
        column.setSpacing(theme.UNIT_PX // 2)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setContentsMargins(theme.UNIT_PX, 0, 0, 0)
        line = QHBoxLayout()
        line.setContentsMargins(theme.UNIT_PX, 0, theme.UNIT_PX, 0)
        line.addWidget(self._instructions)
        column.addLayout(line)
        across = QHBoxLayout()
        across.addWidget(self._about, 3)
        across.addWidget(self._variant, 2)
        column.addLayout(across)
        column.addWidget(self._nothing)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._count)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._model is not None:
            QTimer.singleShot(0, self, self._rebuild)
