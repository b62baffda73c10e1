"""The pass at hand: what entering it sets up, which passes there are, and who is coded in it."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from imhcode.domain.event import Stamp
from imhcode.domain.keys import ALL_TRACKS
from imhcode.domain.scheme import Pass, Profile, Scheme, Track
from imhcode.ui.coding.bins import Bins
from imhcode.ui.coding.guide_strip import GuideStrip
from imhcode.ui.coding.masking import Masking
from imhcode.ui.coding.modifier_panel import ModifierPanel
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.pass_panel import PassPanel
from imhcode.ui.coding.persons import Persons
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.stage import Stage
from imhcode.ui.coding.timeline_view import TimelineView
from imhcode.ui.coding.walk import Walk

_EVERYTHING = "*"  #: kept for "all tracks", to be told from nothing chosen yet
US_PER_MS = 1_000


class Kept(Protocol):
    """Where choices are kept from one day to the next."""

    def choice(self, name: str) -> str:
        """What was chosen last under a name."""

    def choose(self, name: str, value: str) -> None:
        """Remember a choice."""


@dataclass(frozen=True)
class Parts:
    """The parts of the workspace that a pass sets up."""

    playback: Playback
    timeline: TimelineView
    strip: GuideStrip
    panel: PassPanel
    modifiers: ModifierPanel
    masking: Masking


class Passing(QObject):
    """Enters passes: speed, sound, lanes, what is hidden, who is coded, and the walk if it has one.

    Signals
    -------
    said(str, str)
        A sentence for the message strip, and its tone.
    lanes_shown()
        The timeline shows other lanes.
    passes_changed()
        Other passes are offered: another choice of them was made.

    Attributes
    ----------
    goes_on : bool
        Whether walks and bins go on by themselves once there is an answer.
    only_its_lanes : bool
        Whether the timeline shows the lanes of the pass only, with those they answer.
    late_ms : int
        How much earlier than it came a press counts while the picture plays.
    """

    said = Signal(str, str)
    lanes_shown = Signal()
    passes_changed = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._model: ObservationViewModel | None = None
        self._kept: Kept | None = None
        self._stage: Stage | None = None
        self._guide: Walk | Bins | None = None
        self._profile = ""
        self._walks = True
        self.goes_on = True
        self.only_its_lanes = True
        self.late_ms = 0
        self.persons = Persons(parts.panel, self)
        self.persons.chosen.connect(self._begin_again)

    # -- opening -----------------------------------------------------------------------------

    def open(self, stage: Stage, kept: Kept | None) -> None:
        """Take up an observation where it was left: its pass, its walk, whom it is about."""
        self._stage, self._model, self._kept = stage, stage.model, kept
        model = stage.model
        model.late_us = self._late_us
        stage.timeline.arcs.age_months = model.setting.age_months
        scheme = model.observation.scheme
        self._profile = self._choice("profile")
        if self._profile not in {one.id for one in scheme.profiles}:
            self._profile = ""
        last = self._choice("pass")
        known = {one.id for one in scheme.passes}
        if last in known or last == _EVERYTHING:
            model.choose_pass(ALL_TRACKS if last == _EVERYTHING else last)
        self.persons.open(model, kept)
        model.pass_changed.connect(self._enter)
        self._set_up(plays=False)

    def close(self) -> None:
        """Let go of the observation."""
        self._end_guide()
        self._parts.playback.listening.set_hushed(False)
        self._parts.masking.cover("")
        self.persons.close()
        self._model = self._kept = self._stage = None

    # -- which passes there are --------------------------------------------------------------

    def passes(self) -> list[Pass]:
        """The passes to go through, in order: all, or those of the chosen profile."""
        if self._model is None:
            return []
        scheme, profile = self._model.observation.scheme, self.profile()
        wanted = [one.id for one in scheme.passes] if profile is None else profile.passes
        return sorted((one for one in scheme.passes if one.id in wanted), key=lambda one: one.order)

    def profile(self) -> Profile | None:
        """The chosen choice of passes; ``None`` for all."""
        profiles = self._model.observation.scheme.profiles if self._model else ()
        return next((one for one in profiles if one.id == self._profile), None)

    def step(self, by: int) -> None:
        """Go to the next pass, or the one before; between the last and the first, all tracks."""
        if self._model is not None:
            ids = [ALL_TRACKS, *(one.id for one in self.passes())]
            now = self._model.pass_id
            at = ids.index(now) if now in ids else 0
            self._model.choose_pass(ids[(at + by) % len(ids)])

    def next_profile(self) -> None:
        """Go through another choice of passes."""
        if self._model is None:
            return
        profiles = self._model.observation.scheme.profiles
        ids = ["", *(one.id for one in profiles)]
        self._profile = ids[(ids.index(self._profile) + 1) % len(ids)]
        self._keep("profile", self._profile)
        profile = self.profile()
        words = self.tr("Passes: {profile}.").format(
            profile=profile.label if profile else self.tr("all of the scheme")
        )
        self.said.emit(words, "info")
        self.passes_changed.emit()
        if self.passes() and self._model.pass_id not in {one.id for one in self.passes()}:
            self._model.choose_pass(self.passes()[0].id)
        self._show_panel()

    # -- in the pass -------------------------------------------------------------------------

    @property
    def guide(self) -> Walk | Bins | None:
        """What leads through the pass, if it is on."""
        return self._guide

    def look_again(self) -> None:
        """A question was answered or left: a walk may go on."""
        if self._guide is not None:
            self._guide.look_again()

    def follow(self, place: Stamp) -> None:
        """Another frame is on screen."""
        if self._guide is not None:
            self._guide.follow(place.time_us)

    def toggle_walk(self) -> None:
        """Lead through the pass, or let the coder move freely."""
        self._walks = not self._walks
        self._begin_again()
        pass_ = self._pass()
        if pass_ is None or (pass_.walk is None and _bins_of(self._tracks()) is None):
            self.said.emit(self.tr("This pass has no walk and no bins."), "info")

    def toggle_going_on(self) -> None:
        """After an answer go on at once, or wait for Enter."""
        self.goes_on = not self.goes_on
        if self._guide is not None:
            self._guide.goes_on = self.goes_on
        go, wait = (
            self.tr("After an answer: on at once."),
            self.tr("After an answer: Enter goes on."),
        )
        self.said.emit(go if self.goes_on else wait, "info")

    def toggle_lanes(self) -> None:
        """Show the lanes of the pass only, or all."""
        self.only_its_lanes = not self.only_its_lanes
        self._show_lanes()

    def set_late_ms(self, late_ms: int) -> None:
        """Let presses count earlier than they came, while the picture plays."""
        self.late_ms = late_ms
        self._show_panel()

    def show_cover(self) -> None:
        """Hide whom the pass hides, in every camera."""
        pass_ = self._pass()
        hidden = pass_.hides if pass_ else ""
        if not self._parts.masking.cover(hidden, self._kept) and self._model is not None:
            who = self._model.observation.scheme.subject_label(hidden)
            words = self.tr("This pass hides “{who}”: Ctrl+Shift+M, then draw over them.")
            self.said.emit(words.format(who=who), "aside")

    # -- inside ------------------------------------------------------------------------------

    def _enter(self, pass_id: str) -> None:
        self._keep("pass", pass_id or _EVERYTHING)
        self._walks = True
        self._set_up(plays=True)

    def _set_up(self, *, plays: bool) -> None:
        pass_, parts = self._pass(), self._parts
        watched = pass_.playback if pass_ else None
        if watched is not None:
            parts.playback.set_speed(watched.speed)
        parts.playback.listening.set_hushed(watched is not None and not watched.audio)
        self._show_lanes()
        self.persons.show_for(self._tracks())
        self._show_panel()
        if plays:  # else there are no cameras yet
            self.show_cover()
        self._begin_guide(plays=plays)

    def _begin_again(self) -> None:
        self._begin_guide(plays=False)

    def _begin_guide(self, *, plays: bool) -> None:
        self._end_guide()
        pass_, stage = self._pass(), self._stage
        if pass_ is None or stage is None or not self._walks:
            return
        binned = _bins_of(self._tracks())
        if pass_.walk is not None:
            self._guide = Walk(stage, pass_, goes_on=self.goes_on, parent=self)
        elif binned is not None:
            self._guide = Bins(stage, binned, goes_on=self.goes_on, parent=self)
        if self._guide is not None:
            self._parts.strip.show()
            self._guide.finished.connect(self._say_finished)
            self._guide.begin(plays=plays)

    def _end_guide(self) -> None:
        if self._guide is not None:
            self._guide.end()
            self._guide.deleteLater()
            self._guide = None
        self._parts.strip.hide()

    def _say_finished(self) -> None:
        self.said.emit(self.tr("Everything in this pass has its answer."), "info")

    def _show_lanes(self) -> None:
        if self._model is None:
            return
        scheme, pass_ = self._model.observation.scheme, self._pass()
        tracks = lanes_of(scheme, pass_) if self.only_its_lanes else scheme.tracks
        self._parts.timeline.show_tracks(tracks)
        self._parts.timeline.set_active_tracks(one.id for one in self._tracks())
        self.lanes_shown.emit()

    def _show_panel(self) -> None:
        pass_ = self._pass()
        scheme = self._model.observation.scheme if self._model else None
        notes = []
        profile = self.profile()
        if pass_ is not None and scheme is not None:
            ids = [one.id for one in self.passes()]
            if pass_.id in ids:
                words = self.tr("Pass {number} of {n}")
                notes.append(words.format(number=ids.index(pass_.id) + 1, n=len(ids)))
            if profile is not None:
                notes.append(profile.label)
            if pass_.hides:
                who = scheme.subject_label(pass_.hides)
                notes.append(self.tr("{who} hidden").format(who=who))
        if self.late_ms:
            words = self.tr("while playing, keys count {ms} ms earlier")
            notes.append(words.format(ms=self.late_ms))
        self._parts.panel.show_pass(" · ".join(notes), pass_.instructions if pass_ else "")

    def _late_us(self) -> int:
        return self.late_ms * US_PER_MS if self._parts.playback.is_playing else 0

    def _pass(self) -> Pass | None:
        model = self._model
        return model.observation.scheme.pass_(model.pass_id) if model is not None else None

    def _tracks(self) -> tuple[Track, ...]:
        return self._model.tracks() if self._model is not None else ()

    def _choice(self, name: str) -> str:
        if self._kept is None or self._model is None:
            return ""
        return self._kept.choice(f"{name}/{self._model.observation.id}")

    def _keep(self, name: str, value: str) -> None:
        if self._kept is not None and self._model is not None:
            self._kept.choose(f"{name}/{self._model.observation.id}", value)


def lanes_of(scheme: Scheme, pass_: Pass | None) -> tuple[Track, ...]:
    """The tracks of a pass, with what it walks over and what its links lead to; or all."""
    if pass_ is None or not pass_.tracks:
        return scheme.tracks
    wanted = set(pass_.tracks)
    if pass_.walk is not None:
        wanted.add(pass_.walk.over_track)
    wanted |= {rule.to_track for rule in scheme.links if rule.from_track in pass_.tracks}
    return tuple(track for track in scheme.tracks if track.id in wanted)


def _bins_of(tracks: tuple[Track, ...]) -> Track | None:
    return next((one for one in tracks if one.bins is not None), None)
