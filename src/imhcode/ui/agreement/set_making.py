"""Making practice sets: what there is to make them of, and what was filled in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from imhcode.analysis.training_criterion import Criterion
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Coder, Session
from imhcode.services.gold import gold_for
from imhcode.services.practice_sets import (
    PracticeSet,
    TooFewUnseen,
    add_practice_set,
    practice_sets,
    retake,
    unseen_by,
)
from imhcode.ui.agreement.practice_set_card import Material, PracticeSetCard, RetakeCard, SetWanted
from imhcode.ui.messages import said
from imhcode.ui.widgets.choices import Choosable

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService


class SetMaking(QObject):
    """Joins the two cards to a study.

    Signals
    -------
    made(str)
        The name of the set that was made.
    said(str, str)
        A sentence for the message line, and its tone.
    asking(bool)
        A card has been opened, or put away.
    """

    made = Signal(str)
    said = Signal(str, str)
    asking = Signal(bool)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.card, self.retake_card = PracticeSetCard(page), RetakeCard(page)
        self._study: StudyService | None = None
        self._golden: dict[str, tuple[Scheme, list[str]]] = {}
        self._again: tuple[PracticeSet, str] | None = None
        for card in (self.card, self.retake_card):
            card.opened.connect(self.asking)
        self.card.asked.connect(self._make)
        self.card.scheme_chosen.connect(self._show_material)
        self.retake_card.asked.connect(self._draw)

    def open(self, study: "StudyService | None") -> None:
        """Make sets for another study; ``None``: for none."""
        self._study = study
        self.close_card()

    def close_card(self) -> bool:
        """Put away what is asked; whether anything was."""
        return self.card.close_card() or self.retake_card.close_card()

    def ask(self) -> None:
        """Ask for a new practice set, if there is a gold standard to make it of."""
        if self._study is None:
            return
        study = self._study
        sessions = [one.id for one in study.file.all(Session)]
        self._golden = {}
        for key, scheme in study.schemes().items():
            golden = [one for one in sessions if gold_for(study, one, scheme) is not None]
            if golden:
                self._golden[key] = (scheme, golden)
        if not self._golden:
            words = self.tr(
                "No session has a frozen gold standard yet: compare two coders, then "
                "“Make a gold standard” (Ctrl+Shift+D)."
            )
            self.said.emit(words, "refused")
            return
        schemes = [
            Choosable(key, f"{scheme.title} {scheme.version}")
            for key, (scheme, _) in self._golden.items()
        ]
        before = practice_sets(study.file)
        wanted = SetWanted()
        if before:
            last = before[-1]
            wanted = SetWanted(
                coders=last.coders,
                feedback=last.feedback,
                criterion=last.criterion,
                valid_months=last.valid_months,
                recheck_months=last.recheck_months,
            )
        coders = [one.id for one in study.file.all(Coder)]
        self.card.ask(schemes, coders, wanted)
        self._show_material(self.card.scheme.currentData())

    def ask_retake(self, of: PracticeSet, coder_id: str) -> None:
        """Ask for a set of sessions that somebody has never seen."""
        if self._study is None:
            return
        self._again = of, coder_id
        unseen = len(unseen_by(self._study, coder_id, self._study.schemes()[of.scheme_hash]))
        if not unseen:
            wanted = of.criterion.consecutive
            self._tell(TooFewUnseen(there=0, wanted=wanted, coder=coder_id))
            return
        name = self.tr("{set}, retake of {coder}").format(set=of.name, coder=coder_id)
        self.retake_card.ask(name, coder_id, unseen, of.criterion.consecutive)

    def _show_material(self, key: str) -> None:
        scheme, golden = self._golden[key]
        codes = [
            Choosable(f"{track.id}/{code.id}", f"{track.label}: {code.label}")
            for track in scheme.tracks
            for code in track.codes
        ]
        tracks = [Choosable(track.id, track.label) for track in scheme.tracks]
        self.card.show_material(Material(golden, tracks, codes))

    def _make(self) -> None:
        card = self.card
        scheme, golden = self._golden[card.scheme.currentData()]

        def make() -> PracticeSet:
            assert self._study is not None  # noqa: S101  (asked while it is open only)
            return add_practice_set(
                self._study,
                card.name.text().strip(),
                scheme,
                card.sessions.chosen or golden,
                coders=card.coder_ids,
                feedback=card.feedback.currentData(),
                criterion=Criterion(
                    index=card.index.currentData(),
                    threshold=round(card.threshold.value(), 4),
                    consecutive=card.consecutive.value(),
                    tracks=card.tracks.chosen,
                    critical=card.critical.chosen,
                ),
                valid_months=card.valid.value(),
                recheck_months=card.recheck.value(),
            )

        self._attempt(make)

    def _draw(self) -> None:
        card = self.retake_card

        def draw() -> PracticeSet:
            assert self._study is not None  # noqa: S101  (asked while it is open only)
            assert self._again is not None  # noqa: S101  (as above)
            of, coder_id = self._again
            name = card.name.text().strip()
            count, seed = card.count.value(), card.seed.value()
            return retake(self._study, of.name, name, coder_id, n_sessions=count, seed=seed)

        self._attempt(draw)

    def _attempt(self, act: Callable[[], PracticeSet]) -> None:
        try:
            new = act()
        except ImhcodeError as error:
            self._tell(error)
            return
        self.close_card()
        self.made.emit(new.name)

    def _tell(self, error: ImhcodeError) -> None:
        self.said.emit(said(error), "trouble" if isinstance(error, Trouble) else "refused")
