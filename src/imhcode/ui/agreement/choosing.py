"""What can be compared in a study by this person, and what of it is chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from imhcode.domain.scheme import Scheme, Track
from imhcode.ui.agreement.choice_bar import ChoiceBar
from imhcode.ui.agreement.drift import AlarmRule
from imhcode.ui.widgets.choices import Choosable

if TYPE_CHECKING:
    from imhcode.services.agreement_pairs import ChosenPair
    from imhcode.services.studies import StudyService

_RULE = "agreement/alarm"


class Choosing:
    """Joins the bar of choices to a study; what has to stay hidden is not offered.

    Attributes
    ----------
    scheme : Scheme or None
        The version that is compared.
    """

    def __init__(self, bar: ChoiceBar) -> None:
        self._bar = bar
        self._pairs: dict[str, list[ChosenPair]] = {}
        self._schemes: dict[str, Scheme] = {}
        self._hidden = 0
        self._study: StudyService | None = None
        self.scheme: Scheme | None = None

    def open(self, study: "StudyService", coder_id: str) -> None:
        """Offer what this person may compare; what was chosen and is still there stays so."""
        from imhcode.services.agreement_pairs import (  # noqa: PLC0415
            Choice,
            NothingToCompare,
            chosen_pairs,
        )
        from imhcode.services.blinding import Blinding  # noqa: PLC0415

        self._study = study
        self._bar.show_rule(_rule_of(study.choice(_RULE)))
        blinding = Blinding(study, coder_id)
        self._schemes = dict(study.schemes())
        self._pairs, self._hidden = {}, 0
        try:
            found = chosen_pairs(study, Choice())
        except NothingToCompare:
            found = {}
        for key, pairs in found.items():
            seen = [one for one in pairs if blinding.may_open(one.a) and blinding.may_open(one.b)]
            self._hidden += len(pairs) - len(seen)
            if seen:
                self._pairs[key] = seen
        self._bar.show_schemes(
            [
                Choosable(key, f"{self._schemes[key].title} {self._schemes[key].version}")
                for key in self._pairs
            ]
        )
        self.follow("scheme")

    def follow(self, what: str) -> None:
        """Offer what goes with what was chosen."""
        self.scheme = self._schemes.get(self._bar.scheme.currentData() or "")
        if what == "scheme":
            named = list(dict.fromkeys(_coders(one) for one in self._of_scheme()))
            words = [Choosable(" × ".join(one), " × ".join(one)) for one in named]
            everyone = Choosable("", QCoreApplication.translate("Choosing", "all pairs"))
            self._bar.show_coders(words if len(words) == 1 else [everyone, *words])
            tracks = self.scheme.tracks if self.scheme else ()
            self._bar.tracks.show_choices([Choosable(one.id, one.label) for one in tracks])
        if what in ("scheme", "coders"):
            sessions = dict.fromkeys(one.entry.session.id for one in self._of_coders())
            self._bar.sessions.show_choices([Choosable(one, one) for one in sessions])

    def keep_rule(self) -> None:
        """Keep the alarm rule with the study: a lab has one."""
        rule = self._bar.rule
        if self._study is not None:
            self._study.choose(_RULE, f"{rule.threshold:g} {rule.in_a_row}")

    def pairs(self) -> "list[ChosenPair]":
        """The pairs of observations that are chosen."""
        sessions = self._bar.sessions.chosen
        return [
            one for one in self._of_coders() if not sessions or one.entry.session.id in sessions
        ]

    def tracks(self) -> Sequence[Track]:
        """The tracks that are chosen."""
        chosen = self._bar.tracks.chosen
        every = self.scheme.tracks if self.scheme else ()
        return [one for one in every if not chosen or one.id in chosen]

    @property
    def with_ratings(self) -> bool:
        """Whether ratings are compared: they are of no track."""
        return not self._bar.tracks.chosen

    def why_nothing(self) -> str:
        """Why there is nothing to compare."""
        if self._hidden:
            return QCoreApplication.translate(
                "Choosing",
                "What others coded stays hidden until you have submitted your own.",
            )
        return QCoreApplication.translate(
            "Choosing",
            "No session has two observations with the same version of one scheme yet.",
        )

    def _of_scheme(self) -> "list[ChosenPair]":
        return self._pairs.get(self._bar.scheme.currentData() or "", [])

    def _of_coders(self) -> "list[ChosenPair]":
        wanted = self._bar.coders.currentData() or ""
        return [one for one in self._of_scheme() if wanted in ("", " × ".join(_coders(one)))]


def _rule_of(text: str) -> AlarmRule:
    threshold, _, in_a_row = text.partition(" ")
    return AlarmRule(float(threshold), int(in_a_row)) if in_a_row else AlarmRule()


def _coders(pair: "ChosenPair") -> tuple[str, str]:
    return pair.a.coder_id, pair.b.coder_id
