"""The page on which moments are marked while watching, put into words, and put in order."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.moment import STATUS, Moment
from imhcode.ui import theme
from imhcode.ui.review.candidates_panel import CandidatesPanel
from imhcode.ui.review.consent_words import consent_of_moment
from imhcode.ui.review.moment_form import MomentForm
from imhcode.ui.review.moment_list import MomentList
from imhcode.ui.review.moment_words import key_words
from imhcode.ui.review.review_model import ReviewModel
from imhcode.ui.review.tape import Tape


class MomentsPage(QWidget):
    """The tape on the left; the moments, and what is said of one, on the right.

    Signals
    -------
    failed(ImhcodeError)
        Something was refused, or the disk would not.
    said(str)
        A sentence for the message line.
    """

    failed = Signal(object)
    said = Signal(str)

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.tape = Tape()
        self.list = MomentList()
        self.form = MomentForm()
        self.candidates = CandidatesPanel()
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self._lay_out()
        self._connect()

    @property
    def moment(self) -> Moment | None:
        """The moment that is looked at."""
        return self.model.moment(self.list.chosen_id)

    def open(self) -> None:
        """Show the session of the model."""
        self.right.setCurrentWidget(self.marking)
        if self.model.study is not None:
            self.tape.open_session(self.model.study, self.model.session_id)
        self.show_moments()
        self._say_keys()
        self.list.setFocus()

    def close_session(self) -> None:
        """Let go of the recording; what is being typed is saved first."""
        self.form.save()
        self.tape.close_session()

    # -- marking -----------------------------------------------------------------------------

    def mark_in(self) -> None:
        """A moment begins on the picture on screen."""
        self._attempt(lambda: self._look_at(self.model.begin(self.tape.stamp())))

    def mark_out(self) -> None:
        """The moment that runs ends on the picture on screen."""
        self._attempt(lambda: self._look_at(self.model.end(self.tape.stamp())))

    def press(self, code_id: str) -> None:
        """Begin a moment of a kind, or end it."""
        self._attempt(lambda: self._look_at(self.model.press(code_id, self.tape.stamp())))

    def set_status(self, status: str) -> None:
        """Say whether the moment is to be shown."""
        self._on_moment(lambda one: self.model.set_status(one.id, status))

    def reorder(self, by: int) -> None:
        """Show the moment earlier or later."""
        self._on_moment(lambda one: self.model.move(one.id, by))

    def delete(self) -> None:
        """Take the moment away."""
        self._on_moment(lambda one: self.model.delete(one.id))

    def onset_here(self) -> None:
        """The moment begins here instead."""
        self._on_moment(lambda one: self.model.set_edge(one.id, "onset", self.tape.stamp()))

    def offset_here(self) -> None:
        """The moment ends here instead."""
        self._on_moment(lambda one: self.model.set_edge(one.id, "offset", self.tape.stamp()))

    # -- watching ----------------------------------------------------------------------------

    def play_moment(self, *, loop: bool = False) -> None:
        """Play the moment with a little before it, once or again and again."""
        one = self.moment
        if self.right.currentWidget() is self.candidates:
            self.candidates.look()
        elif one is not None:
            until_us = self.tape.playback.extent_us()[1] if one.offset_us is None else one.offset_us
            self.tape.play_stretch(one.onset_us, until_us, loop=loop)

    # -- candidates --------------------------------------------------------------------------

    def find_candidates(self) -> None:
        """Look for moments in what was coded."""
        model = self.model
        if model.study is not None and model.scheme is not None:
            self.candidates.open(model.study, model.session_id, model.scheme, model.kind)
            self.right.setCurrentWidget(self.candidates)
            self.candidates.query.setFocus()

    def leave_candidates(self) -> bool:
        """Back to the moments; whether anything was left."""
        if self.right.currentWidget() is self.candidates:
            self.right.setCurrentWidget(self.marking)
            self.list.setFocus()
            return True
        return False

    def _search(self, text: str) -> None:
        from imhcode.services.review import candidates_for  # noqa: PLC0415

        study, session_id = self.model.study, self.model.session_id
        if study is not None:
            self._attempt(
                lambda: self.candidates.show_found(
                    candidates_for(study, session_id, text, self.model.coder_id)
                )
            )

    def _take(self, found: list, code_id: str) -> None:  # type: ignore[type-arg]
        self._attempt(lambda: self.model.take(found, code_id, self.tape.playback.stamp_at))
        self.leave_candidates()

    # -- inside ------------------------------------------------------------------------------

    def show_moments(self) -> None:
        """Show the moments as they are now."""
        self.list.show_moments(self.model.moments, self.model.scheme)
        self._show_moment()

    def _show_moment(self) -> None:
        model, one = self.model, self.moment
        consent = ""
        if one is not None and model.study is not None:
            consent = consent_of_moment(model.study, one)
        asked = model.asked_of(one) if one is not None else ()
        note = model.note(one.id) if one is not None else ""
        self.form.show_moment(one, model.track, asked, note, consent)

    def _look_at(self, moment_id: str) -> None:
        if moment_id:
            self.list.choose(moment_id)

    def _on_moment(self, act: Callable[[Moment], object]) -> None:
        one = self.moment
        if one is not None:
            self.form.save()
            self._attempt(lambda: act(one))

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ImhcodeError as error:
            self.failed.emit(error)
            self._show_moment()

    def _say_keys(self) -> None:
        scheme, track = self.model.scheme, self.model.track
        if scheme is None or track is None:
            self.hint.setText("")
            return
        status = next((one for one in scheme.modifiers if one.id == STATUS), None)
        statuses = status.values if status else ()
        marks = "   ".join(key_words(one.key, one.label) for one in statuses)
        kinds = "   ".join(key_words(one.key, one.label) for one in track.codes if one.key)
        first = self.tr("I  begins a moment, O  ends it; or the key of its kind, twice:")
        self.hint.setText(f"{first}\n{kinds}\n{marks}")

    def _lay_out(self) -> None:
        self.hint.setFont(theme.small(self.font()))
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setContentsMargins(*[theme.UNIT_PX] * 4)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tape, 1)
        column.addWidget(self.hint)
        self.marking = QSplitter(Qt.Orientation.Vertical)
        self.marking.addWidget(self.list)
        self.marking.addWidget(self.form)
        self.marking.setChildrenCollapsible(False)
        self.marking.setSizes([300, 400])
        self.right: QStackedWidget = QStackedWidget()
        self.right.addWidget(self.marking)
        self.right.addWidget(self.candidates)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setSizes([740, 540])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _connect(self) -> None:
        model, form = self.model, self.form
        model.changed.connect(self.show_moments)
        self.tape.said.connect(self.said)
        self.list.chosen.connect(lambda _: self._show_moment())
        self.list.play_asked.connect(self.play_moment)
        form.titled.connect(lambda *said: self._attempt(lambda: model.entitle(*said)))
        form.recoded.connect(lambda *said: self._attempt(lambda: model.recode(*said)))
        form.noted.connect(lambda *said: self._attempt(lambda: model.write_note(*said)))
        form.told.connect(lambda *said: self._attempt(lambda: model.say(*said)))
        self.candidates.asked.connect(self._search)
        self.candidates.look_asked.connect(self.tape.play_stretch)
        self.candidates.taken.connect(self._take)
        self.candidates.left.connect(self.leave_candidates)
