"""Episodes by keyboard and by hand: begun, ended, moved, with a card for what must be asked."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from imhcode.domain.episode import Episode
from imhcode.domain.episodes import label_of, lacking_reason
from imhcode.domain.scheme import EpisodeKind, Scheme
from imhcode.domain.timecode import as_clock
from imhcode.ui.coding.episode_band import Edge, EpisodeBand
from imhcode.ui.coding.episode_model import EpisodeModel
from imhcode.ui.widgets.question_card import Answer, QuestionCard


class EpisodeKeys(QObject):
    """Joins keys, band and card to the episodes of the open session.

    Signals
    -------
    said(str)
        What was done, for the line that says what was done last.
    """

    said = Signal(str)

    def __init__(
        self,
        band: EpisodeBand,
        card: QuestionCard,
        go: Callable[[int], None],
        here_us: Callable[[], int],
        frame_us: Callable[[int], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._band, self._card = band, card
        self._go, self._here_us, self._frame_us = go, here_us, frame_us
        self._model: EpisodeModel | None = None
        self._procedure = ""  #: the pass in which the keys of episodes act
        band.chosen.connect(self._choose)
        band.activated.connect(self._visit)
        band.seek_requested.connect(go)
        band.edge_dragged.connect(lambda _id, _edge, time_us: go(time_us))
        band.edge_dropped.connect(self._move_edge)

    def open(self, model: EpisodeModel | None, scheme: Scheme | None) -> None:
        """Mark the episodes of this session from now on.

        Their keys act in the first pass of the scheme, where a session is laid out.
        """
        self._model = model
        passes = sorted(scheme.passes, key=lambda one: one.order) if scheme else []
        self._procedure = passes[0].id if passes else ""

    def knows(self, character: str, pass_id: str) -> bool:
        """Whether a character begins or ends an episode in that pass."""
        return pass_id == self._procedure and self._kind_of(character) is not None

    def press(self, character: str) -> bool:
        """Begin the episode with that key here, or end it if it is on."""
        kind = self._kind_of(character)
        if kind is None:
            return False
        self._toggle(kind)
        return True

    def in_words(self, pass_id: str) -> list[tuple[str, str]]:
        """What the keys of the episodes do in a pass."""
        kinds = self._model.rules.kinds if self._model else ()
        words = self.tr("{episode} begins or ends")
        return [
            (one.key, words.format(episode=one.label))
            for one in kinds
            if one.key and self.knows(one.key.lower(), pass_id)
        ]

    # -- the card ----------------------------------------------------------------------------

    def ask(self) -> None:
        """Offer what can be done with the episodes at the frame on screen."""
        model = self._model
        if model is None:
            return
        at_us = self._here_us()
        episode = model.get(model.selected_id) or model.at(at_us) or model.at(at_us - 1)
        answers = [
            Answer(str(at), self._begin_words(kind), partial(self._toggle, kind))
            for at, kind in enumerate(model.rules.kinds[:9], 1)
        ]
        if model.rules.allow_custom:
            answers.append(Answer("o", self.tr("another episode begins here…"), self._ask_own))
        if episode is not None:
            answers += self._changes(episode)
        title = self.tr("Episodes at {time}").format(time=as_clock(at_us))
        if answers:
            self._card.ask(title, answers)

    def ask_reason(self, episode: Episode) -> None:
        """Ask why an episode ended; it is saved already, and nothing waits for the answer."""
        model = self._model
        if model is None or not model.rules.end_reasons:
            return
        title = self.tr("Why did “{episode}” end?").format(episode=label_of(model.rules, episode))
        answers = [
            Answer(str(at), reason.label, partial(self._give_reason, episode.id, reason.id))
            for at, reason in enumerate(model.rules.end_reasons[:9], 1)
        ]
        self._card.ask(title, answers)

    def go_beside(self, by: int) -> None:
        """Go to the next episode, or the one before, and select it."""
        found = self._model.beside(self._here_us(), by) if self._model else None
        if found is not None:
            self._visit(found.id)

    # -- inside ------------------------------------------------------------------------------

    def _kind_of(self, character: str) -> EpisodeKind | None:
        kinds = self._model.rules.kinds if self._model else ()
        return next((one for one in kinds if one.key and one.key.lower() == character), None)

    def _on(self, kind: EpisodeKind) -> Episode | None:
        """The episode of that kind that is on here, or has only just begun to end."""
        found = self._model.at(self._here_us()) if self._model else None
        return found if found is not None and found.kind == kind.id else None

    def _begin_words(self, kind: EpisodeKind) -> str:
        words = (
            self.tr("{episode} ends here") if self._on(kind) else self.tr("{episode} begins here")
        )
        return words.format(episode=kind.label)

    def _toggle(self, kind: EpisodeKind) -> None:
        model, at_us = self._model, self._here_us()
        if model is None:
            return
        on = self._on(kind)
        if on is not None:
            change = model.attempt(lambda service: service.end(at_us, episode_id=on.id))
            words = self.tr("{episode} ends · {time}")
        else:
            change = model.attempt(lambda service: service.start(kind.id, at_us))
            words = self.tr("{episode} begins · {time}")
        if not change:
            return
        self.said.emit(words.format(episode=kind.label, time=as_clock(at_us)))
        model.select("")
        ended = [one for one in change.after if one.offset_us == at_us]
        for one in lacking_reason(model.rules, ended):
            self.ask_reason(one)

    def _give_reason(self, episode_id: str, reason: str) -> None:
        if self._model is not None:
            self._model.attempt(lambda service: service.set_reason(episode_id, reason))

    def _ask_own(self) -> None:
        at_us = self._here_us()
        title = self.tr("What is the episode at {time} called?").format(time=as_clock(at_us))
        self._card.ask_line(title, "", lambda name: self._begin_own(name, at_us))

    def _begin_own(self, name: str, at_us: int) -> None:
        if self._model is not None and name:
            change = self._model.attempt(lambda service: service.start(name, at_us))
            if change:
                words = self.tr("{episode} begins · {time}")
                self.said.emit(words.format(episode=name, time=as_clock(at_us)))

    def _changes(self, episode: Episode) -> list[Answer]:
        """What can be done with an episode that is there."""
        model = self._model
        if model is None:
            return []
        label, here_us = label_of(model.rules, episode), self._here_us()

        def words(template: str) -> str:
            return template.format(episode=label)

        excluded = not episode.excluded
        leave_out = self.tr("leave {episode} out of codable time")
        answers = [
            Answer(
                "[",
                words(self.tr("onset of {episode} here")),
                lambda: self._edge(episode, "onset", here_us),
            ),
            Answer(
                "]",
                words(self.tr("offset of {episode} here")),
                lambda: self._edge(episode, "offset", here_us),
            ),
        ]
        if model.rules.end_reasons and episode.offset_us is not None:
            why = words(self.tr("why {episode} ended…"))
            answers.append(Answer("w", why, lambda: self.ask_reason(episode)))
        answers += [
            Answer(
                "r", words(self.tr("another name for {episode}…")), lambda: self._ask_name(episode)
            ),
            Answer(
                "x",
                words(leave_out if excluded else self.tr("count {episode} again")),
                lambda: model.attempt(lambda service: service.exclude(episode.id, excluded)),
            ),
            Answer(
                "q",
                words(self.tr("delete {episode}")),
                lambda: model.attempt(lambda service: service.delete(episode.id)),
            ),
        ]
        return answers

    def _ask_name(self, episode: Episode) -> None:
        model = self._model
        if model is not None:
            self._card.ask_line(
                self.tr("What is it called?"),
                label_of(model.rules, episode),
                lambda name: model.attempt(lambda service: service.rename(episode.id, name)),
            )

    def _edge(self, episode: Episode, edge: Edge, at_us: int) -> None:
        model = self._model
        if model is None:
            return
        change = model.attempt(lambda service: service.move_edge(episode.id, edge, at_us))
        if change:
            begins, ends = self.tr("{episode} begins · {time}"), self.tr("{episode} ends · {time}")
            words = begins if edge == "onset" else ends
            label = label_of(model.rules, episode)
            self.said.emit(words.format(episode=label, time=as_clock(at_us)))
            for one in lacking_reason(model.rules, change.after):
                if episode.offset_us is None and one.id == episode.id:
                    self.ask_reason(one)

    def _move_edge(self, episode_id: str, edge: str, time_us: int) -> None:
        """An edge was let go: on the frame that is shown there."""
        episode = self._model.get(episode_id) if self._model else None
        if episode is not None:
            self._edge(episode, "onset" if edge == "onset" else "offset", self._frame_us(time_us))

    def _choose(self, episode_id: str) -> None:
        if self._model is not None:
            self._model.select(episode_id)

    def _visit(self, episode_id: str) -> None:
        episode = self._model.get(episode_id) if self._model else None
        if episode is not None and self._model is not None:
            self._model.select(episode_id)
            self._go(episode.onset_us)
