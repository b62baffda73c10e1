"""The clinician's screen while a tape is watched with a parent."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.codes import Code, Track
from imhcode.domain.errors import ImhcodeError
from imhcode.domain.moment import conversation_track
from imhcode.domain.visit import PARENT_STANCE
from imhcode.ui import theme
from imhcode.ui.parent.family_picture import FamilyPicture
from imhcode.ui.parent.showing import Showing
from imhcode.ui.review.consent_words import consent_of_moment
from imhcode.ui.review.log_keys import LogKeys
from imhcode.ui.review.moment_words import clock_words, key_words
from imhcode.ui.review.noting import NOTED_BY_ITSELF, Noting
from imhcode.ui.review.review_model import ReviewModel
from imhcode.ui.review.visit_log_list import VisitLogList
from imhcode.ui.widgets.choices import combo

_SAVED_AFTER_MS = 400  #: without a key, while words are typed
IDLE_MIN = (2.0, 5.0, 10.0, 15.0, 0.0)


class TogetherPage(QWidget):
    """What is on the parent's screen, what nobody else may read, and the log.

    Signals
    -------
    view_asked(), blank_asked(), again_asked(), visit_asked()
        Open or close the parent's screen; blank it; show again what was there; begin the visit.
    idle_chosen(float)
        Blank after so many idle minutes; 0: never.
    failed(ImhcodeError)
        Something could not be saved.
    """

    view_asked = Signal()
    blank_asked = Signal()
    again_asked = Signal()
    visit_asked = Signal()
    idle_chosen = Signal(float)
    failed = Signal(object)

    def __init__(
        self, model: ReviewModel, showing: Showing, noting: Noting, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model, self.showing, self.noting = model, showing, noting
        self.state = QLabel()
        self.title = QLabel()
        self.consent = QLabel()
        self.mirror = FamilyPicture()
        self.mirror.setAccessibleName(self.tr("What the parent sees"))
        self.note = QPlainTextEdit()
        self.ahead = QListWidget()
        self.clock = QLabel()
        self.keys = LogKeys()
        self.log = VisitLogList()
        self.words = QLineEdit()
        self.stances = QLabel()
        self.screens = combo(self.tr("Screen for the parent"))
        self.idle = combo(self.tr("Blank after"))
        self.view = QPushButton()
        self.begin = QPushButton(self.tr("Begin the visit"))
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(self._show_clock)
        self._words_for = ""
        self._words_pause = QTimer(self)
        self._words_pause.setSingleShot(True)
        self._words_pause.setInterval(_SAVED_AFTER_MS)
        self._words_pause.timeout.connect(self.save_words)
        self._lay_out()
        self._connect()
        self.offer_screens()
        self.show_state()

    # -- what it shows -----------------------------------------------------------------------

    def open(self) -> None:
        """Show the session of the model."""
        scheme = self.model.scheme
        track = conversation_track(scheme) if scheme is not None else None
        self.keys.show_codes(self.noted_by_hand(track))
        stances = next(
            (one for one in (scheme.modifiers if scheme else ()) if one.id == PARENT_STANCE), None
        )
        values = stances.values if stances else ()
        self.stances.setText("   ".join(key_words(one.key, one.label) for one in values))
        self.show_state()
        self.show_log()

    def offer_screens(self) -> None:
        """Offer the screens there are, one the clinician does not sit at first."""
        home = self.screen()
        screens = sorted(QGuiApplication.screens(), key=lambda one: one is home)
        chosen = self.screens.currentText()
        self.screens.clear()
        for number, one in enumerate(screens, start=1):
            size = one.geometry()
            words = self.tr("Screen {n}: {width} × {height}")
            text = words.format(n=number, width=size.width(), height=size.height())
            self.screens.addItem(text, one)
        self.screens.setCurrentIndex(max(self.screens.findText(chosen), 0))

    @property
    def chosen_screen(self) -> QScreen:
        """Where the parent's view is to open."""
        screen = self.screens.currentData()
        return screen if isinstance(screen, QScreen) else QGuiApplication.primaryScreen()

    def show_idle(self, minutes: float) -> None:
        """Show after how many idle minutes the parent's screen goes blank."""
        self.idle.setCurrentIndex(max(self.idle.findData(minutes), 0))

    def show_view(self, is_open: bool) -> None:
        """Say whether the parent's view is open."""
        words = self.tr("Close the parent’s view") if is_open else self.tr("Open the parent’s view")
        self.view.setText(words)
        self.show_state()

    def show_state(self, _state: str = "") -> None:
        """Say what is on the parent's screen now."""
        now, shown = self.showing.now, self.showing.shown
        words = {
            "blank": self.tr("Blank"),
            "card": self.tr("Title only"),
            "playing": self.tr("Playing"),
            "paused": self.tr("Paused"),
            "still": self.tr("Still picture"),
        }[self.showing.state]
        if now is None:
            self.state.setText(self.tr("No moment is chosen: mark some with “Show” first."))
        else:
            place = self.tr("{n} of {all}").format(n=self.showing.place + 1, all=len(shown))
            pace = "" if self.showing.speed == 1 else f" · {self.showing.speed:g}×"
            self.state.setText(f"{words} · {place}{pace}")
        self.title.setText(now.moment.title if now is not None else "")
        note = self.model.note(now.moment.id) if now is not None else ""
        if self.note.toPlainText() != note:
            self.note.setPlainText(note)
        self.ahead.clear()
        self.ahead.addItems([one.moment.title for one in shown[self.showing.place + 1 :]])
        moment = self.model.moment(now.moment.id) if now is not None else None
        study = self.model.study
        if study is not None and moment is not None:
            self.consent.setText(consent_of_moment(study, moment))
        else:
            self.consent.clear()

    def _follow(self, state: str) -> None:
        if state in ("blank", "card"):
            self.mirror.clear()

    def show_log(self) -> None:
        """Show what was noted, and the clock."""
        self.log.show_entries(self.noting.entries, self.model.scheme, self.model.moments)
        runs = self.noting.log is not None
        self.begin.setVisible(not runs)
        self.keys.setEnabled(runs)
        self.words.setEnabled(runs)
        if runs:
            self._ticking.start()
        else:
            self._ticking.stop()
        self._show_clock()

    @staticmethod
    def noted_by_hand(track: Track | None) -> tuple[Code, ...]:
        """What is noted with a key."""
        codes = track.codes if track is not None else ()
        return tuple(one for one in codes if one.id not in NOTED_BY_ITSELF)

    # -- noting ------------------------------------------------------------------------------

    def note_code(self, code: str) -> None:
        """Note one thing; the parent's words may be typed after."""
        if self.noting.log is None:
            self.visit_asked.emit()
        self.noting.note(code)

    def type_words(self) -> None:
        """Type what the parent said: of the note that is looked at, else of the latest."""
        chosen = self.log.chosen_id
        latest = self.noting.latest_said
        self._words_for = chosen or (latest.id if latest is not None else "")
        if self._words_for and self.noting.log is not None:
            self.words.setText(self.noting.log.get(self._words_for).words)
            self.words.setFocus()
            self.words.selectAll()

    def delete_note(self) -> None:
        """Take the note of the visit that is looked at away."""
        try:
            self.noting.delete(self.log.chosen_id)
        except ImhcodeError as error:
            self.failed.emit(error)

    def say_stance(self, key: str) -> None:
        """Say with a digit what kind of thing the parent said last."""
        scheme, latest = self.model.scheme, self.noting.latest_said
        chosen = self.log.chosen_id
        entry_id = chosen or (latest.id if latest is not None else "")
        for modifier in scheme.modifiers if scheme is not None else ():
            for value in modifier.values if modifier.id == PARENT_STANCE else ():
                if value.key == key and entry_id:
                    self._attempt(entry_id, value.id)

    def _attempt(self, entry_id: str, stance: str) -> None:
        try:
            self.noting.say_stance(entry_id, stance)
        except ImhcodeError as error:
            self.failed.emit(error)

    def save_words(self) -> None:
        """Save the words as they stand."""
        self._words_pause.stop()
        if self._words_for and self.noting.log is not None:
            try:
                self.noting.write(self._words_for, self.words.text())
            except ImhcodeError as error:
                self.failed.emit(error)

    def _leave_words(self) -> None:
        self.save_words()
        self._words_for = ""
        self.words.clear()
        self.log.setFocus()

    def _show_clock(self) -> None:
        log = self.noting.log
        if log is None:
            self.clock.setText(self.tr("No visit runs: nothing is noted."))
            return
        words = self.tr("Visit {label} · {time}")
        self.clock.setText(words.format(label=log.visit.label, time=clock_words(log.clock_us)))

    # -- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        for label in (self.state, self.title, self.consent, self.clock, self.stances):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.title.setFont(theme.title(self.font()))
        self.clock.setFont(theme.title(self.font()))
        self.consent.setFont(theme.small(self.font()))
        self.stances.setFont(theme.small(self.font()))
        self.note.setReadOnly(True)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(self.tr("Private note on this moment"))
        self.ahead.setAccessibleName(self.tr("Moments that come next"))
        self.ahead.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words.setAccessibleName(self.tr("The parent’s words"))
        self.words.setPlaceholderText(self.tr("The parent’s words: F2, then type"))
        for minutes in IDLE_MIN:
            words = self.tr("{n} min").format(n=f"{minutes:g}") if minutes else self.tr("never")
            self.idle.addItem(words, minutes)
        left = _column(
            _row(self.screens, self.view),
            _row(QLabel(self.tr("Blank by itself after")), self.idle),
            _small(self.tr("Esc blanks it at once, Ctrl+Return shows it again")),
            self.state,
            self.title,
            self.consent,
            self.mirror,
            _small(self.tr("Only for you")),
            self.note,
            _small(self.tr("Next")),
            self.ahead,
        )
        for widget, share in ((self.mirror, 3), (self.note, 2), (self.ahead, 1)):
            left.setStretchFactor(widget, share)
        right = _column(_row(self.clock, self.begin), self.keys, self.words, self.stances, self.log)
        right.setStretchFactor(self.log, 1)
        split = QSplitter()
        for layout in (left, right):
            side = QWidget()
            layout.setContentsMargins(unit * 2, unit, unit * 2, unit * 2)
            side.setLayout(layout)
            split.addWidget(side)
        split.setChildrenCollapsible(False)
        split.setSizes([640, 640])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _connect(self) -> None:
        showing = self.showing
        showing.state_changed.connect(self._follow)
        # Queued: the parent's screen comes first, above all when it has to be blank.
        showing.state_changed.connect(self.show_state, Qt.ConnectionType.QueuedConnection)
        showing.moment_changed.connect(self.show_state)
        showing.picture_due.connect(self.mirror.show_picture)
        self.noting.changed.connect(self.show_log)
        self.model.changed.connect(self.show_state)
        self.keys.pressed.connect(self.note_code)
        self.words.textEdited.connect(lambda _: self._words_pause.start())
        self.words.editingFinished.connect(self.save_words)
        self.words.returnPressed.connect(self._leave_words)
        self.view.clicked.connect(self.view_asked)
        self.begin.clicked.connect(self.visit_asked)
        self.idle.activated.connect(lambda _: self.idle_chosen.emit(self.idle.currentData()))


def _column(*widgets: QWidget | QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.UNIT_PX)
    for one in widgets:
        if isinstance(one, QWidget):
            column.addWidget(one)
        else:
            column.addLayout(one)
    return column


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for one in (first, *others):
        row.addWidget(one)
    row.addStretch()
    return row


def _small(words: str) -> QLabel:
    label = QLabel(words)
    label.setFont(theme.small(label.font()))
    return label
