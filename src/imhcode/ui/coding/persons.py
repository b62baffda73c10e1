"""Which of several persons of one role is coded: mother, father, grandmother."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from imhcode.domain.scheme import Subject, Track
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.pass_panel import PassPanel


class Kept(Protocol):
    """Where choices are kept from one day to the next."""

    def choice(self, name: str) -> str:
        """What was chosen last under a name."""

    def choose(self, name: str, value: str) -> None:
        """Remember a choice."""


class Persons(QObject):
    """Offers the persons of the role that a pass codes, and remembers who was coded last.

    Who there is: those the scheme names, those the coder named for this session, and those that
    events are about already.

    Signals
    -------
    chosen()
        Another one is coded.
    """

    chosen = Signal()

    def __init__(self, panel: PassPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._model: ObservationViewModel | None = None
        self._kept: Kept | None = None
        self._subject: Subject | None = None
        panel.person_chosen.connect(self.choose)
        panel.person_named.connect(self.name)

    def open(self, model: ObservationViewModel, kept: Kept | None) -> None:
        """Offer the persons of this observation."""
        self._model, self._kept = model, kept

    def close(self) -> None:
        """Offer nobody."""
        self._model = self._kept = self._subject = None
        self._panel.show_persons((), "")

    def show_for(self, tracks: tuple[Track, ...]) -> None:
        """Offer those whom these tracks are about, if there may be several."""
        self._subject = None
        if self._model is not None:
            subjects = {one.id: one for one in self._model.observation.scheme.subjects}
            about = (subjects.get(track.subject) for track in tracks)
            self._subject = next((one for one in about if one and one.allow_instances), None)
        offered = self.offered()
        last = self._choice("person")
        if self._model is not None:
            self._model.choose_instance(last if last in offered else "")
        self._show()

    def offered(self) -> tuple[str, ...]:
        """Who can be chosen, beside nobody in particular."""
        model, subject = self._model, self._subject
        if model is None or subject is None:
            return ()
        named = [one for one in self._choice("persons").split("\n") if one]
        tracks = [one for one in model.observation.scheme.tracks if one.subject == subject.id]
        used = {
            event.instance
            for track in tracks
            for event in model.observation.timeline.lane(track.id)
        }
        return tuple(dict.fromkeys((*subject.instance_labels, *named, *sorted(used - {""}))))

    def choose(self, person: str) -> None:
        """Code another one."""
        if self._model is not None and self._subject is not None:
            self._model.choose_instance(person)
            self._keep("person", person)
            self._show()
            self.chosen.emit()

    def next(self) -> None:
        """Code the next one; after the last, nobody in particular."""
        offered = ("", *self.offered())
        if self._model is not None and len(offered) > 1:
            now = self._model.instance
            at = offered.index(now) if now in offered else 0
            self.choose(offered[(at + 1) % len(offered)])
        elif self._subject is not None:
            self._panel.ask_name()

    def name(self, person: str) -> None:
        """Add somebody whom the scheme does not name, and code them."""
        if self._subject is not None and person:
            named = [one for one in self._choice("persons").split("\n") if one]
            self._keep("persons", "\n".join(dict.fromkeys((*named, person))))
            self.choose(person)

    def _show(self) -> None:
        now = self._model.instance if self._model else ""
        self._panel.show_persons(
            self.offered(), now, role=self._subject.label if self._subject else ""
        )

    def _name(self, what: str) -> str:
        if self._model is None or self._subject is None:
            return ""
        return f"{what}/{self._model.observation.session_id}/{self._subject.id}"

    def _choice(self, what: str) -> str:
        return self._kept.choice(self._name(what)) if self._kept and self._subject else ""

    def _keep(self, what: str, value: str) -> None:
        if self._kept is not None and self._subject is not None:
            self._kept.choose(self._name(what), value)
