"""What a trainer fills in for a new practice set, and for a retake."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from imhcode.analysis.training_criterion import Criterion
from imhcode.services.practice_sets import Feedback
from imhcode.ui.agreement.form_card import FormCard
from imhcode.ui.agreement.index_words import OF_TRAINING, index_words
from imhcode.ui.widgets.choices import Choosable, Several, combo, fill


@dataclass(frozen=True, slots=True)
class Material:
    """What a practice set in one version of a scheme can be made of.

    Attributes
    ----------
    sessions : sequence of str
        Those with a frozen gold standard.
    """

    sessions: Sequence[str]
    tracks: Sequence[Choosable]
    codes: Sequence[Choosable]


@dataclass(frozen=True, slots=True)
class SetWanted:
    """What the form begins with: as the latest set was, else as the program proposes."""

    name: str = ""
    coders: tuple[str, ...] = ()
    feedback: Feedback = "at_end"
    criterion: Criterion = field(default_factory=Criterion)
    valid_months: int = 12
    recheck_months: int = 6


class PracticeSetCard(FormCard):
    """Name, sessions, trainees, feedback, criterion, and how long a certificate holds.

    Signals
    -------
    scheme_chosen(str)
        Another version is to be learnt: sessions, tracks and codes go with it.
    """

    scheme_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        self.name = QLineEdit()
        self.scheme = combo("")
        self.sessions = _Some("")
        self.coders = QLineEdit()
        self.feedback = combo("")
        self.index = combo("")
        self.threshold = QDoubleSpinBox()
        self.consecutive = QSpinBox()
        self.tracks = _Some("")
        self.critical = _AnyOrNone("")
        self.valid, self.recheck = QSpinBox(), QSpinBox()
        super().__init__(
            parent,
            [
                (parent.tr("&Name"), self.name),
                (parent.tr("S&cheme"), self.scheme),
                (parent.tr("&Sessions"), self.sessions),
                (parent.tr("&Trainees"), self.coders),
                (parent.tr("&Feedback"), self.feedback),
                (parent.tr("&Index"), self.index),
                (parent.tr("At &least"), self.threshold),
                (parent.tr("Sessions in a &row"), self.consecutive),
                (parent.tr("Trac&ks that count"), self.tracks),
                (parent.tr("Never to be &missed"), self.critical),
                (parent.tr("Certificate &holds"), self.valid),
                (parent.tr("Rechec&k after"), self.recheck),
            ],
            parent.tr(
                "A set never changes once made, so that what is reached in it means something."
            ),
            parent.tr("Make the set"),
        )
        self.threshold.setRange(0, 1)
        self.threshold.setSingleStep(0.05)
        self.consecutive.setRange(1, 99)
        for box, forever in ((self.valid, self.tr("for ever")), (self.recheck, self.tr("never"))):
            box.setRange(0, 120)
            box.setSuffix(self.tr(" months"))
            box.setSpecialValueText(forever)
        fill(self.index, [Choosable(name, index_words(name)[0]) for name in OF_TRAINING])
        fill(
            self.feedback,
            [
                Choosable("at_end", self.tr("when all sessions are handed in")),
                Choosable("at_once", self.tr("when each session is handed in")),
                Choosable("while_coding", self.tr("after each event; sessions do not count")),
                Choosable("off", self.tr("none")),
            ],
        )
        self.scheme.activated.connect(lambda _: self.scheme_chosen.emit(self.scheme.currentData()))

    def ask(self, schemes: Sequence[Choosable], coders: Sequence[str], wanted: SetWanted) -> None:
        """Ask, beginning with these values."""
        fill(self.scheme, schemes)
        some = self.tr("everybody; or some of {names}").format(names=", ".join(coders))
        self.coders.setPlaceholderText(some)
        self.name.setText(wanted.name)
        self.coders.setText(", ".join(wanted.coders))
        self.feedback.setCurrentIndex(max(self.feedback.findData(wanted.feedback), 0))
        rule = wanted.criterion
        self.index.setCurrentIndex(max(self.index.findData(rule.index), 0))
        self.threshold.setValue(rule.threshold)
        self.consecutive.setValue(rule.consecutive)
        self.valid.setValue(wanted.valid_months)
        self.recheck.setValue(wanted.recheck_months)
        self.open_card(self.tr("New practice set"))

    def show_material(self, material: Material) -> None:
        """Offer what goes with the scheme that is chosen."""
        self.sessions.show_choices([Choosable(one, one) for one in material.sessions])
        self.tracks.show_choices(material.tracks)
        self.critical.show_choices(material.codes)
        self.consecutive.setMaximum(max(len(material.sessions), 1))

    @property
    def coder_ids(self) -> tuple[str, ...]:
        """The trainees that were named; none: everybody."""
        names = (one.strip() for one in self.coders.text().replace(";", ",").split(","))
        return tuple(dict.fromkeys(one for one in names if one))


class RetakeCard(FormCard):
    """A set like another one, of sessions never seen before."""

    def __init__(self, parent: QWidget) -> None:
        self.name = QLineEdit()
        self.count = QSpinBox()
        self.seed = QSpinBox()
        super().__init__(
            parent,
            [
                (parent.tr("&Name"), self.name),
                (parent.tr("&Sessions"), self.count),
                (parent.tr("S&eed"), self.seed),
            ],
            parent.tr("Drawn by the program; the same seed, the same draw. Feedback is off."),
            parent.tr("Draw the set"),
        )
        self.count.setRange(1, 999)
        self.seed.setRange(0, 999_999)

    def ask(self, name: str, coder_id: str, unseen: int, wanted: int) -> None:
        """Ask for a retake of somebody who has not seen so many sessions."""
        self.name.setText(name)
        self.count.setMaximum(max(unseen, 1))
        self.count.setValue(wanted)
        self.count.setSuffix(self.tr(" of {n} never seen").format(n=unseen))
        self.seed.setValue(1)
        self.open_card(self.tr("Retake for {coder}").format(coder=coder_id))


class _Some(Several):
    """Its words stand beside it."""

    def _say(self) -> None:
        chosen, n = self.chosen, len(self._boxes)
        self.setText(", ".join(chosen) if chosen else self.tr("all {n}").format(n=n))


class _AnyOrNone(Several):
    """None ticked means none."""

    def _say(self) -> None:
        n = len(self.chosen)
        words = {0: self.tr("no code"), 1: self.tr("1 code")}
        self.setText(words.get(n, self.tr("{n} codes").format(n=n)))
