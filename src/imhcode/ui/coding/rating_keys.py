"""What the keys do while a form of ratings is shown: the left hand rates, the right one plays."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from imhcode.domain.event import Event
from imhcode.domain.rating import Rating
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.rating_form import RatingForm
from imhcode.ui.coding.rating_model import NEAR_US, RatingModel
from imhcode.ui.coding.rating_values import CONFIDENCE_KEYS, beside, digits_of
from imhcode.ui.widgets.question_card import Answer, QuestionCard

_AROUND_US = 1_000_000  #: played before and after a moment
_US_PER_S = 1_000_000


class RatingKeys(QObject):
    """Acts on the characters of the form; all of them work while the picture plays.

    Signals
    -------
    said(str, str)
        A sentence for the message line, and its tone.
    looked_at(str)
        The event with this id is shown.
    """

    said = Signal(str, str)
    looked_at = Signal(str)

    def __init__(
        self,
        form: RatingForm,
        card: QuestionCard,
        playback: Playback,
        go: Callable[[Event], None],
        here_us: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._card, self._playback = form, card, playback
        self._go, self._here_us = go, here_us
        self._model: RatingModel | None = None
        self._at = ""  #: the moment that is looked at
        self._acts: dict[str, Callable[[], object]] = {
            "a": self.attach,
            "s": self.play_next,
            "d": lambda: self._to_mark(1),
            "f": lambda: self._to_mark(-1),
            "g": self.detach,
            "z": lambda: self._step(-1),
            "x": lambda: self._step(1),
            "c": self.comment,
            "v": self._next_about,
            "b": self._next_variant,
            "n": self.ask_why_not,
        }
        form.key_asked.connect(self.press)
        form.score_chosen.connect(lambda value: self._give(value=value))
        form.confidence_chosen.connect(lambda word: self._give(confidence=word))
        form.evidence_asked.connect(self._play)

    def open(self, model: RatingModel | None) -> None:
        """Rate this observation from now on."""
        self._model = model
        self._at = ""
        if model is not None:
            model.moved.connect(self._forget_place)

    def knows(self, character: str) -> bool:
        """Whether a character means something on the form now."""
        model = self._model
        scale = model.focus if model and self._form.isVisible() else None
        if scale is None or model is None or model.is_hidden:
            return False
        if character in CONFIDENCE_KEYS:
            return CONFIDENCE_KEYS.index(character) < len(scale.confidences)
        if character == "b":
            return model.n_variants() > 1
        if character == "n":
            return scale.allow_not_applicable
        return character in self._acts or character in digits_of(scale)

    def press(self, character: str) -> bool:
        """Do what a character means; ``False`` if it means nothing."""
        scale = self._model.focus if self._model else None
        if scale is None or not self.knows(character):
            return False
        if character in CONFIDENCE_KEYS:
            self._give(confidence=scale.confidences[CONFIDENCE_KEYS.index(character)])
        elif character in self._acts:
            self._acts[character]()
        else:
            self._give(value=digits_of(scale)[character])
        return True

    def in_words(self) -> list[tuple[str, str]]:
        """What the keys of the form do now."""
        scale = self._model.focus if self._model else None
        digits = sorted(digits_of(scale)) if scale else []
        span = f"{digits[0]}–{digits[-1]}" if digits else ""
        words = {
            "n": self.tr("not applicable, and why"),
            "z": self.tr("a score down"),
            "x": self.tr("a score up"),
            "a": self.tr("attach the moment here"),
            "d": self.tr("next mark"),
            "f": self.tr("mark before"),
            "s": self.tr("play the next moment"),
            "g": self.tr("take the moment off"),
            "c": self.tr("comment"),
            "v": self.tr("another episode"),
            "b": self.tr("other scores"),
        }
        sure = zip(CONFIDENCE_KEYS, scale.confidences if scale else (), strict=False)
        said = [(span, self.tr("score"))] if span and self.knows(digits[0]) else []
        said += [(key, self.tr("sure: {word}").format(word=word)) for key, word in sure]
        said += words.items()
        return [one for one in said if one[0] == span or self.knows(one[0])]

    # -- giving ------------------------------------------------------------------------------

    def ask_why_not(self) -> None:
        """Ask why the scale in focus is not applicable."""
        scale = self._model.focus if self._model else None
        if scale is None:
            return
        reasons = [
            scale.not_applicable_if,
            self.tr("not enough of it on the recording"),
            self.tr("cannot be seen or heard"),
        ]
        answers = [
            Answer(str(at), reason, partial(self._give, na_reason=reason))
            for at, reason in enumerate([one for one in reasons if one], 1)
        ]
        title = self.tr("Why is “{scale}” not applicable?").format(scale=scale.label)
        own = Answer(
            str(len(answers) + 1),
            self.tr("In my words…"),
            lambda: self._card.ask_line(title, "", lambda said: self._give(na_reason=said)),
        )
        self._card.ask(title, [*answers, own])

    def comment(self) -> None:
        """Type a comment on the rating in focus."""
        model, scale = self._model, self._model.focus if self._model else None
        if model is None or scale is None or model.is_hidden:
            return
        rating = model.given(scale) or Rating(id="", scale=scale.id)
        title = self.tr("Comment on “{scale}”").format(scale=scale.label)
        self._card.ask_line(title, rating.comment, lambda said: self._give(comment=said))

    def attach(self) -> None:
        """Let the selected events, or the mark near the frame on screen, speak for the rating."""
        if self._model is None:
            return
        found = self._model.attach(self._here_us())
        if found:
            self._look_at(found[-1].id)
        else:
            words = self.tr(
                "No mark lies within {s} seconds of here that does not speak for it already:"
                " D goes to the next mark."
            )
            self.said.emit(words.format(s=NEAR_US // _US_PER_S), "refused")

    def detach(self) -> bool:
        """Take off the moment that is looked at, else the last one; whether there was one."""
        if self._model is None:
            return False
        ids = [one for one, _ in self._model.evidence()]
        gone = self._at if self._at in ids else next(iter(reversed(ids)), "")
        return bool(gone) and self._model.detach(gone)

    # -- looking -----------------------------------------------------------------------------

    def play_next(self) -> None:
        """Play the next moment that speaks for the rating; after the last comes the first."""
        ids = [one for one, event in self._model.evidence() if event] if self._model else []
        if ids:
            at = ids.index(self._at) + 1 if self._at in ids else 0
            self._play(ids[at % len(ids)])

    def _play(self, event_id: str) -> None:
        found = dict(self._model.evidence()) if self._model else {}
        event = found.get(event_id)
        if event is None:
            return
        self._look_at(event_id)
        until_us = event.onset_us if event.is_running else event.until_us
        if self._playback.frame_times is None:
            self._go(event)
        else:
            self._playback.play_stretch(event.onset_us - _AROUND_US, until_us + _AROUND_US)

    def _to_mark(self, by: int) -> None:
        event = self._model.mark_beside(self._here_us(), by) if self._model else None
        if event is None:
            words = self.tr("There is no mark behind this one.")
            before = self.tr("There is no mark before this one.")
            self.said.emit(words if by > 0 else before, "refused")
            return
        self._look_at(event.id)
        self._go(event)

    def _next_about(self) -> None:
        if self._model is not None:
            self._model.next_about()

    def _next_variant(self) -> None:
        if self._model is not None:
            self._model.next_variant()

    def _look_at(self, event_id: str) -> None:
        self._at = event_id
        self.looked_at.emit(event_id)
        self._form.show_playing(event_id)

    def _forget_place(self) -> None:
        self._at = ""

    def _step(self, by: int) -> None:
        model, scale = self._model, self._model.focus if self._model else None
        if model is not None and scale is not None:
            rating = model.given(scale)
            self._give(value=beside(scale, rating.value if rating else None, by))

    def _give(
        self,
        *,
        value: float | None = None,
        na_reason: str | None = None,
        confidence: str | None = None,
        comment: str | None = None,
    ) -> None:
        if self._model is not None:
            self._model.give(
                value=value, na_reason=na_reason, confidence=confidence, comment=comment
            )
