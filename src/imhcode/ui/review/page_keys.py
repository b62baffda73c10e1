"""What the keys of the review window mean on the page that is shown."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from imhcode.ui.palette.command_palette import CommandPalette
from imhcode.ui.parent.showing import Showing
from imhcode.ui.review.clip_export import ClipExport
from imhcode.ui.review.moments_page import MomentsPage
from imhcode.ui.review.review_model import ReviewModel
from imhcode.ui.review.together_page import TogetherPage

_SECOND_US = 1_000_000


class Window(Protocol):
    """What the keys need of the window they act in."""

    model: ReviewModel
    showing: Showing
    moments: MomentsPage
    together: TogetherPage
    clips: ClipExport
    finder: CommandPalette

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""

    def focusWidget(self) -> QWidget | None:
        """What has the keyboard."""

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; say what the rules or the world have against it."""


class PageKeys:
    """One method a command; a key without a meaning on a page does nothing there.

    Parameters
    ----------
    window : Window
        Where they act.
    """

    def __init__(self, window: Window) -> None:
        self._window = window

    def undo(self) -> None:
        self._window.attempt(self._window.model.undoing.undo)

    def redo(self) -> None:
        self._window.attempt(self._window.model.undoing.redo)

    def mark_in(self) -> None:
        self._on_moments(self._window.moments.mark_in)

    def mark_out(self) -> None:
        self._on_moments(self._window.moments.mark_out)

    def onset_here(self) -> None:
        self._on_moments(self._window.moments.onset_here)

    def offset_here(self) -> None:
        self._on_moments(self._window.moments.offset_here)

    def move_up(self) -> None:
        self._on_moments(lambda: self._window.moments.reorder(-1))

    def move_down(self) -> None:
        self._on_moments(lambda: self._window.moments.reorder(1))

    def delete_moment(self) -> None:
        if self._window.page is self._window.together:
            self._window.together.delete_note()
        else:
            self._on_moments(self._window.moments.delete)

    def edit_title(self) -> None:
        if self._window.page is self._window.together:
            self._window.together.type_words()
        else:
            self._on_moments(self._window.moments.form.title.setFocus)

    def edit_note(self) -> None:
        self._on_moments(self._window.moments.form.note.setFocus)

    def find_candidates(self) -> None:
        self._on_moments(self._window.moments.find_candidates)

    def toggle_play(self) -> None:
        focus = self._window.focusWidget()
        if isinstance(focus, QAbstractButton):
            focus.click()
        elif isinstance(focus, QComboBox):
            focus.showPopup()
        elif focus is self._window.moments.candidates.list:
            self._window.moments.candidates.tick()
        elif self._window.page is self._window.together:
            self._window.showing.toggle()
        else:
            self._on_moments(self._window.moments.tape.playback.toggle)

    def play_moment(self) -> None:
        self._on_moments(self._window.moments.play_moment)

    def loop_moment(self) -> None:
        self._on_moments(lambda: self._window.moments.play_moment(loop=True))

    def play_again(self) -> None:
        if self._window.page is self._window.together:
            self._window.showing.again()
        else:
            self._on_moments(self._window.moments.play_moment)

    def frame_back(self) -> None:
        self._on_moments(lambda: self._window.moments.tape.playback.step(-1))

    def frame_forward(self) -> None:
        self._on_moments(lambda: self._window.moments.tape.playback.step(1))

    def second_back(self) -> None:
        self._on_moments(lambda: self._window.moments.tape.shift(-_SECOND_US))

    def second_forward(self) -> None:
        self._on_moments(lambda: self._window.moments.tape.shift(_SECOND_US))

    def slower(self) -> None:
        if self._window.page is self._window.together:
            self._window.showing.slower()
        else:
            self._window.moments.tape.playback.slower()

    def faster(self) -> None:
        self._on_moments(self._window.moments.tape.playback.faster)

    def still(self) -> None:
        if self._window.page is self._window.together:
            self._window.showing.still()

    def previous_moment(self) -> None:
        if self._window.page is self._window.together:
            self._window.showing.previous()

    def next_moment(self) -> None:
        if self._window.page is self._window.together:
            self._window.showing.next()

    def export_clip(self) -> None:
        self._window.moments.form.save()
        self._window.clips.open(self._window.moments.moment)

    def stop_work(self) -> None:
        self._window.clips.stop()

    def leave(self) -> None:
        """Put away what lies on top; never more, for the same key blanks the parent's screen."""
        window = self._window
        if window.finder.close_palette() or window.clips.card.close_card():
            return
        if window.page is window.together:
            window.together.log.setFocus()
        elif not window.moments.leave_candidates():
            window.moments.list.setFocus()

    def _on_moments(self, act: Callable[[], object]) -> None:
        if self._window.page is self._window.moments:
            act()
