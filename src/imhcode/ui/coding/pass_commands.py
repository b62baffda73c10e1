"""What the keys and menus of passes, walks, links and marks do; one method an action."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from imhcode.domain.event import Event
from imhcode.settings import Settings
from imhcode.ui.coding.coding_workspace import CodingWorkspace

_LATE_MS = (0, 100, 200, 300, 400)


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    space: CodingWorkspace

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""


class PassCommands:
    """The actions of :mod:`imhcode.ui.actions` that lead through a pass.

    Parameters
    ----------
    window : Window
        Where they act; without an open observation they do nothing.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._space = window.space
        self._passing = window.space.passing
        self._passing.goes_on = window.settings.walk_goes_on
        self._passing.only_its_lanes = window.settings.lanes_of_pass
        self._passing.late_ms = window.settings.reaction_ms

    # -- passes ------------------------------------------------------------------------------

    def next_pass(self) -> None:
        self._passing.step(1)

    def previous_pass(self) -> None:
        self._passing.step(-1)

    def next_choice_of_passes(self) -> None:
        self._passing.next_profile()

    def toggle_instructions(self) -> None:
        self._space.pass_panel.toggle_instructions()

    def toggle_lanes(self) -> None:
        self._passing.toggle_lanes()
        self._keep(lanes_of_pass=self._passing.only_its_lanes)

    def next_person(self) -> None:
        self._passing.persons.next()

    def place_cover(self) -> None:
        """Draw over the person that the pass hides, or be done with it."""
        masking = self._space.masking
        on = not masking.is_placed
        if not masking.place(on):
            self._window.say(_tr("This pass hides nobody."))
        elif on:
            self._window.say(
                _tr("Draw over the person with the mouse; drag it, or its corner. Again: done.")
            )

    def next_reaction_shift(self) -> None:
        """Let presses count earlier while the picture plays: off, then 100 ms more each time."""
        now = self._passing.late_ms
        late_ms = next((one for one in _LATE_MS if one > now), 0)
        self._passing.set_late_ms(late_ms)
        self._keep(reaction_ms=late_ms)
        if late_ms:
            words = _tr("While the picture plays, keys count {ms} ms earlier; each event says so.")
            self._window.say(words.format(ms=late_ms))
        else:
            self._window.say(_tr("Keys count when they are pressed."))

    # -- walks and bins ----------------------------------------------------------------------

    def next_target(self) -> None:
        if self._passing.guide is not None:
            self._passing.guide.next()

    def previous_target(self) -> None:
        if self._passing.guide is not None:
            self._passing.guide.next(-1)

    def next_left(self) -> None:
        if self._passing.guide is not None:
            self._passing.guide.next_left()

    def toggle_walk(self) -> None:
        self._passing.toggle_walk()

    def toggle_going_on(self) -> None:
        self._passing.toggle_going_on()
        self._keep(walk_goes_on=self._passing.goes_on)

    def code_again(self) -> None:
        """Take what the walk offers, or go on; without one, the last code again."""
        if self._space.whole.go_on():
            return
        if self._passing.guide is not None:
            self._passing.guide.enter()
        elif self._space.model is not None:
            self._space.model.again()

    def replay(self) -> None:
        """Play what is asked about once more; without a walk, jump back and play."""
        if self._passing.guide is not None:
            self._passing.guide.replay()
        else:
            self._space.playback.shift(-round(self._window.settings.jump_s * 1_000_000))
            self._space.playback.play()

    # -- links -------------------------------------------------------------------------------

    def link_events(self) -> None:
        if self._space.model is not None:
            self._space.model.link()

    def unlink_events(self) -> None:
        if self._space.model is not None:
            self._space.model.unlink()

    def go_to_partner(self) -> None:
        """Go to the event that the selected one answers, or to the one that answers it."""
        model = self._space.model
        event = model.selected_event() if model is not None else None
        if model is None or event is None:
            return
        timeline = model.observation.timeline
        ends = [timeline.get(link.target) for link in event.links]
        partners: list[Event] = [one for one in ends if one is not None]
        partners += timeline.answering(event.id)
        if partners:
            model.select(partners[0].id)
            self._space.go_to(partners[0])
        elif event.links:
            self._window.say(_tr("What this event answers is no longer there."))
        else:
            self._window.say(_tr("This event is not linked."))

    # -- marks -------------------------------------------------------------------------------

    def mark_moment(self) -> None:
        self._space.marking.mark_moment(self._space.stamp())

    def mark_boundary(self) -> None:
        self._space.marking.mark_boundary(self._space.stamp())

    def _keep(self, **chosen: object) -> None:
        self._window.change_settings(replace(self._window.settings, **chosen))  # type: ignore[arg-type]


def _tr(text: str) -> str:
    return QCoreApplication.translate("PassCommands", text)
