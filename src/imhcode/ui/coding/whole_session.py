"""What is said of a session as a whole: its episodes, its ratings, and that it is finished."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from imhcode.domain.errors import ImhcodeError, Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.scheme import Scheme
from imhcode.domain.setting import Family
from imhcode.domain.study import Session, age_months_of
from imhcode.services.coding import CodingService
from imhcode.ui.coding.episode_band import EpisodeBand
from imhcode.ui.coding.episode_keys import EpisodeKeys
from imhcode.ui.coding.episode_model import EpisodeModel
from imhcode.ui.coding.findings import Findings
from imhcode.ui.coding.just_now import JustNow
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.rating_form import RatingForm
from imhcode.ui.coding.rating_keys import RatingKeys
from imhcode.ui.coding.rating_model import RatingModel
from imhcode.ui.coding.sync_panel import SyncPanel
from imhcode.ui.coding.timeline_view import TimelineView
from imhcode.ui.coding.undo_order import UndoOrder
from imhcode.ui.desk.desk import Desk
from imhcode.ui.messages import said as in_words
from imhcode.ui.widgets.question_card import Answer, QuestionCard

if TYPE_CHECKING:  # the services load the database library
    from imhcode.services.episodes import EpisodeService
    from imhcode.services.submitting import HandingIn


class Space(Protocol):
    """What the whole session needs of the workspace."""

    model: ObservationViewModel | None
    playback: Playback
    timeline: TimelineView
    just_now: JustNow
    findings: Findings
    sync_panel: SyncPanel
    desk: Desk

    def go_to(self, event: Event) -> None:
        """Show the frame of an event's onset."""

    def seek(self, time_us: int) -> None:
        """Go to a session time."""

    def stamp(self) -> Stamp:
        """The instant of the frame on screen."""


class WholeSession(QObject):
    """Puts form, band and card together and says what their keys mean.

    Signals
    -------
    said(str, str)
        A sentence for the message line, and its tone.
    handed_in()
        The observation is submitted, or a draft again.

    Parameters
    ----------
    space : Space
        What the form, the band and the card work on.
    parent : QWidget
        The same, over which the card lies.
    """

    said = Signal(str, str)
    handed_in = Signal()

    def __init__(self, space: Space, parent: QWidget) -> None:
        super().__init__(parent)
        self._space = space
        self._coding: CodingService | None = None
        self._handing: HandingIn | None = None
        self._model: ObservationViewModel | None = None
        self._order: UndoOrder | None = None
        self._wanted = False
        self.ratings: RatingModel | None = None
        self.episodes: EpisodeModel | None = None
        self.form = RatingForm()
        self.band = EpisodeBand(space.timeline)
        self.card = QuestionCard(parent)
        self.rating_keys = RatingKeys(
            self.form, self.card, space.playback, space.go_to, self._here_us, self
        )
        self.episode_keys = EpisodeKeys(
            self.band, self.card, space.seek, self._here_us, self._frame_us, self
        )
        self.rating_keys.said.connect(self.said)
        self.rating_keys.looked_at.connect(self._select)
        self.episode_keys.said.connect(space.just_now.show_text)

    # -- opening -----------------------------------------------------------------------------

    def open(
        self,
        coding: CodingService,
        episodes: "EpisodeService",
        handing: "HandingIn",
        until_us: int,
    ) -> None:
        """Work on the open observation of a session that ends at ``until_us``."""
        model = self._space.model
        if model is None:
            return
        self._model, self._coding, self._handing = model, coding, handing
        self._wanted = False
        self.episodes = EpisodeModel(episodes, self)
        self.episodes.changed.connect(self._follow_episodes)
        self.episodes.refused.connect(lambda words: self.said.emit(words, "refused"))
        self.episodes.trouble.connect(lambda words: self.said.emit(words, "trouble"))
        self.band.open(self.episodes, until_us)
        self.episode_keys.open(self.episodes, model.observation.scheme)
        self._order = UndoOrder(model, coding, self.episodes)
        self._open_ratings()
        model.pass_changed.connect(lambda _: self._show_pass())
        self._show_pass()

    def close(self) -> None:
        """Let go of the observation and the session."""
        self.card.close_card()
        self.form.open(None)
        self.rating_keys.open(None)
        self.band.open(None, 0)
        self.episode_keys.open(None, None)
        for gone in (self.ratings, self.episodes):
            if gone is not None:
                gone.deleteLater()
        self.ratings = self.episodes = self._model = self._coding = None
        self._handing = self._order = None
        self._show_form(False)

    def _open_ratings(self) -> None:
        if self._model is None or self._coding is None or self._handing is None:
            return
        if self.ratings is not None:
            self.ratings.deleteLater()
        hidden = self._handing.hides_ratings
        self.ratings = RatingModel(self._model, self._coding, hidden=hidden, parent=self)
        self.form.open(self.ratings)
        self.rating_keys.open(self.ratings)

    # -- keys --------------------------------------------------------------------------------

    @property
    def is_rating(self) -> bool:
        """Whether the form of ratings is shown."""
        return not self.form.isHidden()

    @property
    def only_rates(self) -> bool:
        """Whether ratings are all that the pass asks for."""
        return self.is_rating and self._model is not None and not self._model.tracks()

    def answers(self, character: str) -> bool:
        """Whether the open question knows a character: it goes before every code."""
        return self.card.knows(character)

    def knows(self, character: str) -> bool:
        """Whether a character that is no code means something here."""
        pass_id = self._model.pass_id if self._model else ""
        return self.rating_keys.knows(character) or self.episode_keys.knows(character, pass_id)

    def press(self, character: str) -> bool:
        """Do what a character means; ``False`` if it means nothing here."""
        pass_id = self._model.pass_id if self._model else ""
        if self.rating_keys.press(character):
            return True
        return self.episode_keys.knows(character, pass_id) and self.episode_keys.press(character)

    def keys_in_words(self) -> list[tuple[str, str]]:
        """What the keys do that are no codes, for the card of all keys."""
        pass_id = self._model.pass_id if self._model else ""
        return [*self.rating_keys.in_words(), *self.episode_keys.in_words(pass_id)]

    def escape(self) -> bool:
        """Put away the question, or the edge that is held; ``False`` if there is none."""
        return self.card.close_card() or self.band.let_go()

    def move(self, by: int) -> bool:
        """Go to a neighbouring scale; ``False`` if none is rated."""
        if self.ratings is None or not self.only_rates:
            return False
        self.ratings.move(by)
        return True

    def go_on(self) -> bool:
        """Go to the next rating that is not ready; ``False`` if none is rated."""
        if self.ratings is None or not self.is_rating or self.ratings.is_hidden:
            return False
        if not self.ratings.next_lacking():
            self.said.emit(self.tr("Every rating is given. Ctrl+Return submits."), "info")
        return True

    def take_off(self, event_id: str) -> bool:
        """Let the selected moment no longer speak for the rating; ``False`` if it does not."""
        rates = self.ratings is not None and self.is_rating
        return rates and self.ratings is not None and self.ratings.detach(event_id)

    def comment(self) -> bool:
        """Comment on the rating; ``False`` if none is rated."""
        if not self.only_rates:
            return False
        self.rating_keys.comment()
        return True

    def undo(self) -> None:
        """Take back what was done last, an edit or a change of the episodes."""
        if self._order is not None:
            self._order.undo()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        if self._order is not None:
            self._order.redo()

    def set_playhead(self, time_us: int) -> None:
        """Say which instant is on screen."""
        self.band.set_playhead(time_us)

    def know_session(self, session: Session) -> None:
        """Take note of what is known of the session by now: windows may go by the age."""
        if self._coding is not None:
            setting = self._coding.setting
            self._coding.setting = replace(setting, age_months=age_months_of(session))
            self._space.findings.watch.look_again()

    def know_family(self, family_of: Callable[[Scheme], Family | None]) -> None:
        """Take note of who is in the session, and what they have agreed to by now."""
        if self._coding is not None:
            family = family_of(self._coding.observation.scheme)
            self._coding.setting = replace(self._coding.setting, family=family)
            self._space.findings.watch.look_again()

    def know_scheme(self, known: Callable[[Scheme], Scheme]) -> None:
        """Take note of values that the scheme has from elsewhere, such as a family's goals."""
        if self._coding is not None:
            observation = self._coding.observation
            scheme = known(observation.scheme)
            self._coding.observation = replace(observation, scheme=scheme)

    def make_room(self) -> None:
        """Give the room of the codes to the ratings where a pass codes nothing."""
        syncs = not self._space.sync_panel.isHidden()
        self._space.desk.panels["pad"].content.setVisible(syncs or not self.only_rates)

    def toggle_form(self) -> None:
        """Show the form beside a pass that has none, or put it away."""
        if self._model is not None and self._model.observation.scheme.ratings:
            self._wanted = not self.is_rating
            self._show_pass()

    # -- handing in --------------------------------------------------------------------------

    def submit(self, n_findings: int) -> None:
        """Hand the observation in; ask first where something is lacking.

        Parameters
        ----------
        n_findings : int
            How many errors the rules have found.
        """
        model, handing = self._model, self._handing
        if model is None or handing is None:
            return
        if handing.status != "draft":
            self._ask_reopening()
            return
        lacking = self._n_unrated()
        if not lacking and not n_findings:
            self._submit()
            return
        title = self.tr("Submit? Ratings not ready: {ratings}. Errors found: {errors}.")
        answers = [Answer("1", self.tr("Submit as it is"), self._submit)]
        if lacking:
            answers.append(Answer("2", self.tr("Go to the first rating"), self._to_lacking))
        self.card.ask(title.format(ratings=lacking, errors=n_findings), answers)

    def reopen(self, reason: str) -> None:
        """Make the observation a draft again."""
        handing = self._handing
        if handing is None:
            return
        if not reason:
            words = self.tr("It stays submitted: say in a word why it should be a draft again.")
            self.said.emit(words, "refused")
            return
        self._attempt(lambda: handing.give_back(reason))
        self.said.emit(self.tr("A draft again: {reason}").format(reason=reason), "info")

    def _submit(self) -> None:
        handing = self._handing
        if handing is not None and self._attempt(handing.submit):
            words = self.tr("Submitted. Ctrl+Return takes it back, with a reason.")
            self.said.emit(words, "info")

    def _ask_reopening(self) -> None:
        title = self.tr("This observation is submitted. Why should it be a draft again?")
        self.card.ask_line(title, "", self.reopen)

    def _attempt(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except ImhcodeError as error:
            tone = "refused" if isinstance(error, Refused) else "trouble"
            self.said.emit(in_words(error), tone)
            return False
        self._open_ratings()
        self._show_pass()
        self.handed_in.emit()
        return True

    def _n_unrated(self) -> int:
        """Ratings of the whole scheme that are not ready, whatever pass is on."""
        if (
            self.ratings is None
            or self._model is None
            or not self._model.observation.scheme.ratings
        ):
            return 0
        return self.ratings.n_lacking()

    def _to_lacking(self) -> None:
        model = self._model
        if model is None or self.ratings is None:
            return
        rating = [one for one in model.observation.scheme.passes if one.ratings]
        if not self.is_rating and rating:
            model.choose_pass(rating[0].id)
        elif not self.is_rating:
            self.toggle_form()
        self.ratings.next_lacking()

    # -- inside ------------------------------------------------------------------------------

    def _show_pass(self) -> None:
        """Show the form where the pass asks for ratings, or where somebody wants it."""
        model = self._model
        if model is None or self.ratings is None:
            return
        chosen = model.observation.scheme.pass_(model.pass_id)
        asked = chosen.ratings if chosen else ()
        self.form.show_instructions(chosen.instructions if chosen and asked else "")
        self.ratings.ask(asked)
        self._show_form(bool(asked) or self._wanted)

    def _show_form(self, shown: bool) -> None:
        self.form.setVisible(shown)
        self.make_room()

    def _follow_episodes(self) -> None:
        if self._coding is not None and self.episodes is not None:
            setting = self._coding.setting
            self._coding.setting = replace(setting, episodes=self.episodes.episodes)
        self._show_pass()
        self._space.findings.watch.look_again()

    def _here_us(self) -> int:
        return self._space.stamp().time_us

    def _frame_us(self, time_us: int) -> int:
        """When the frame shown at an instant begins."""
        playback = self._space.playback
        return playback.stamp_at(time_us).time_us if playback.frame_times else time_us

    def _select(self, event_id: str) -> None:
        if self._model is not None:
            self._model.select(event_id)
