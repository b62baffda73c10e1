"""What of a study can be measured by this person, and what of it is chosen."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from imhcode.domain.observation import Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import ObservationEntry
from imhcode.ui.measures.choice_bar import ChoiceBar
from imhcode.ui.widgets.choices import Choosable, fill

if TYPE_CHECKING:
    from imhcode.services.blinding import Blinding
    from imhcode.services.chosen_observations import ChosenObservations
    from imhcode.services.studies import StudyService

_ROLES: tuple[Role, ...] = ("primary", "consensus", "gold", "reliability", "training")


class Choosing:
    """Joins the bar of choices to a study; what has to stay hidden is not offered."""

    def __init__(self, bar: ChoiceBar) -> None:
        self._bar = bar
        self._entries: list[ObservationEntry] = []
        self._schemes: dict[str, Scheme] = {}
        self._blinding: Blinding | None = None
        self._n_all = 0

    def open(self, study: "StudyService", coder_id: str) -> None:
        """Offer what this person may see; what was chosen and is still there stays so."""
        from imhcode.services.blinding import Blinding  # noqa: PLC0415

        self._blinding = Blinding(study, coder_id)
        self._schemes = dict(study.schemes())
        sessions = study.sessions()
        self._n_all = sum(len(one.observations) for one in sessions)
        self._entries = [
            one for entry in self._blinding.listed(sessions) for one in entry.observations
        ]
        used = dict.fromkeys(one.scheme_hash for one in self._entries)
        words = [(key, self._schemes[key]) for key in used]
        fill(
            self._bar.scheme,
            [Choosable(key, f"{one.title} {one.version}") for key, one in words],
        )
        self.follow("scheme")

    def follow(self, what: str) -> None:
        """Offer what goes with what was chosen."""
        if what == "scheme":
            here = {self.role_shown(one.role) for one in self._of_scheme()}
            roles = [Choosable(one, _role_words(one)) for one in _ROLES if one in here]
            everyone = Choosable("", _tr("all roles"))
            _offer(self._bar.role, [*roles, everyone] if len(roles) > 1 else roles)
        if what in ("scheme", "role"):
            coders = sorted({one.coder_id for one in self._of_role()})
            all_coders = Choosable("", _tr("all coders"))
            some = [Choosable(one, one) for one in coders]
            _offer(self._bar.coder, [all_coders, *some] if len(some) > 1 else some)
        if what in ("scheme", "role", "coder"):
            ids = sorted({one.session_id for one in self._of_coder()})
            self._bar.sessions.show_choices([Choosable(one, one) for one in ids])
        self._bar.show_single()

    @property
    def scheme(self) -> Scheme | None:
        """The version of the scheme that is chosen."""
        return self._schemes.get(self._bar.scheme.currentData() or "")

    @property
    def n(self) -> int:
        """How many observations are chosen."""
        chosen = self._bar.sessions.chosen
        return sum(not chosen or one.session_id in chosen for one in self._of_coder())

    def role_shown(self, role: str) -> str:
        """The role as this person sees it."""
        known = cast("Role", role)
        return role if self._blinding is None else self._blinding.role_shown(known)

    def chosen(self) -> "ChosenObservations":
        """What is chosen."""
        from imhcode.services.chosen_observations import ChosenObservations  # noqa: PLC0415

        taken = {one.id for one in self._of_coder()}  # hidden ones, and roles as they are shown
        everything = len(self._of_coder()) == self._n_all
        return ChosenObservations(
            sessions=self._bar.sessions.chosen,
            coder_id=self._bar.coder.currentData() or "" if self._bar.coder.count() > 1 else "",
            role=self._bar.role.currentData() or "" if self._bar.role.count() > 1 else "",
            scheme_hash=self._bar.scheme.currentData() or "",
            may_see=(lambda _: True) if everything else (lambda one: one.id in taken),
        )

    def why_nothing(self) -> str:
        """Why there is nothing to measure."""
        if self._n_all > len(self._entries):
            return _tr("What others coded stays hidden until you have submitted your own.")
        return _tr("Nothing is coded in this study yet.")

    def _of_scheme(self) -> list[ObservationEntry]:
        wanted = self._bar.scheme.currentData()
        return [one for one in self._entries if one.scheme_hash == wanted]

    def _of_role(self) -> list[ObservationEntry]:
        wanted = self._bar.role.currentData() or ""
        return [one for one in self._of_scheme() if wanted in ("", self.role_shown(one.role))]

    def _of_coder(self) -> list[ObservationEntry]:
        wanted = self._bar.coder.currentData() or ""
        return [one for one in self._of_role() if wanted in ("", one.coder_id)]


def _offer(box: QComboBox, choices: list[Choosable]) -> None:
    """Offer other things; where there was nothing to choose, nobody has chosen: the first."""
    nobody_chose = box.count() < 2
    fill(box, choices)
    if nobody_chose:
        box.setCurrentIndex(0)


def _role_words(role: Role) -> str:
    return {
        "primary": _tr("primary"),
        "consensus": _tr("consensus"),
        "gold": _tr("gold"),
        "reliability": _tr("reliability"),
        "training": _tr("training"),
    }[role]


def _tr(text: str) -> str:
    return QCoreApplication.translate("measures", text)
