"""The workspace in which one session is coded: picture, transport, pad, timeline, table."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from imhcode.domain.checks.scene import Scene
from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.observation import Observation
from imhcode.domain.study import Recording
from imhcode.domain.timecode import from_clock
from imhcode.media.picture import Picture
from imhcode.services.coding import CodingService
from imhcode.ui.coding.by_hand import ByHand
from imhcode.ui.coding.camera_followers import Cameras
from imhcode.ui.coding.camera_syncing import CameraSyncing
from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.card import CodeCard
from imhcode.ui.coding.code_pad import CodePad
from imhcode.ui.coding.event_table import EventTable
from imhcode.ui.coding.findings import Findings
from imhcode.ui.coding.guide_strip import GuideStrip
from imhcode.ui.coding.heard_camera import HeardCamera
from imhcode.ui.coding.just_now import JustNow
from imhcode.ui.coding.marking import Marking
from imhcode.ui.coding.masking import Masking
from imhcode.ui.coding.modifier_panel import ModifierPanel
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.pass_panel import PassPanel
from imhcode.ui.coding.passing import Kept, Parts, Passing
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.running_panel import RunningPanel
from imhcode.ui.coding.sound_controls import SoundControls
from imhcode.ui.coding.sound_lane import SoundView
from imhcode.ui.coding.stage import Stage
from imhcode.ui.coding.sync_panel import SyncPanel
from imhcode.ui.coding.timeline_view import TimelineView
from imhcode.ui.coding.transport_bar import TransportBar
from imhcode.ui.coding.whole_session import WholeSession
from imhcode.ui.coding.workspace_layout import lay_out
from imhcode.ui.messages import said


class CodingWorkspace(QWidget):
    """Puts the views of one observation together and keeps them at one place in time.

    Signals
    -------
    said(str, str)
        A sentence for the message strip, and its tone.
    edited()
        An edit is on the disk.
    """

    said = Signal(str, str)
    edited = Signal()

    def __init__(self, hints: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: ObservationViewModel | None = None
        self.playback = Playback(self)
        self.picture = CameraWall()
        self.cameras = Cameras(self.playback, self.picture, self.playback.now_us, self)
        self.heard = HeardCamera(self.playback, self.picture, self.cameras, self)
        self.sync_panel = SyncPanel()
        self.sync_panel.hide()
        self.syncing = CameraSyncing(
            self.sync_panel, self.cameras, self.picture, self.playback, self
        )
        self.transport = TransportBar(hints)
        self.sound = SoundControls(self.playback)
        self.pad = CodePad()
        self.modifiers = ModifierPanel()
        self.running = RunningPanel()
        self.just_now = JustNow()
        self.timeline = TimelineView()
        self.timeline.sound.show_as(SoundView.WAVEFORM)
        self.table = EventTable()
        self.by_hand = ByHand(self.timeline, self.table, self.playback, self.seek, self.stamp, self)
        self.findings = Findings(self.playback, self.seek, self._select, self)
        self.whole = WholeSession(self, self)
        self._place = Stamp(0)
        self._heard: tuple[Path, Path | None] | None = None
        self.strip = GuideStrip()
        self.pass_panel = PassPanel()
        self.masking = Masking(self.picture, self)
        self.marking = Marking(self.timeline, self)
        self.passing = Passing(
            Parts(
                self.playback,
                self.timeline,
                self.strip,
                self.pass_panel,
                self.modifiers,
                self.masking,
            ),
            self,
        )
        self.desk = lay_out(self, self)
        self.card = CodeCard(self)
        self._connect()

    # -- opening -----------------------------------------------------------------------------

    def open(
        self, service: CodingService, extent_us: tuple[int, int], kept: Kept | None = None
    ) -> None:
        """Show an observation, ready to be coded; the recording is opened by :meth:`watch`.

        What was chosen in it last (its pass, the person coded) is found in ``kept``.
        """
        self.model = ObservationViewModel(service, self.stamp, self.playback.stamp_at, self)
        self.model.observation_changed.connect(self._show_edit)
        self.model.unchanged.connect(self.just_now.show_unchanged)
        self.model.selected.connect(self._show_selected)
        self.model.pass_changed.connect(self._show_pass)
        self.model.refused.connect(lambda words: self.said.emit(words, "refused"))
        self.model.trouble.connect(lambda words: self.said.emit(words, "trouble"))
        observation = self.model.observation
        scheme = observation.scheme
        self.timeline.show_observation(observation, scheme.tracks)
        self.timeline.set_range(*extent_us)
        self.timeline.zoom_to_fit()
        self.table.show_observation(observation)
        self.running.show_tracks(scheme, scheme.tracks)
        self.just_now.show_nothing()
        self.findings.open(lambda: Scene(service.observation, service.setting))
        self.by_hand.open(self.model)
        self._show_pass()
        self._show_selected("")
        self._go(Stamp(extent_us[0]))
        self.marking.open(self.model)
        stage = Stage(
            self.model,
            self.playback,
            self.timeline,
            self.strip,
            self.modifiers,
            self.seek,
            self.stamp,
        )
        self.passing.open(stage, kept)

    def watch(
        self,
        files: Sequence[tuple[Recording, Path | None]],
        lead_id: str,
        at_us: int,
        index_folder: Path | None = None,
    ) -> None:
        """Show the session's recordings at ``at_us``; the one called ``lead_id`` leads.

        A recording without a path is not where it should be: its place on the wall says so.
        """
        self.picture.show_words(self.tr("Reading the frame times…"))
        self.cameras.index_folder = index_folder
        ((recording, path),) = [one for one in files if one[0].id == lead_id]
        if path is not None:
            self.playback.open(recording, path, at_us, index_folder)
            self._heard = (path, index_folder)
        else:
            self.playback.close()
        self.timeline.sound.close()
        self.cameras.open(files, lead_id)
        self.passing.show_cover()

    def close_observation(self) -> None:
        """Let go of recording and observation."""
        self.passing.close()
        self.marking.open(None)
        self.playback.close()
        self.cameras.close()
        self.syncing.close()
        self.timeline.sound.close()
        self.picture.show_words("")
        self.modifiers.show_nothing()
        self.findings.close()
        self.by_hand.close()
        self.whole.close()
        if self.model is not None:
            self.model.deleteLater()
            self.model = None

    # -- where we are ------------------------------------------------------------------------

    def stamp(self) -> Stamp:
        """The instant of the frame that is really on screen."""
        painted = self.picture.painted
        return self._place if painted is None else self.playback.stamp_of(painted)

    def seek(self, time_us: int) -> None:
        """Go to a session time."""
        if self.playback.frame_times is None:
            self._go(Stamp(time_us))
        else:
            self.playback.seek(time_us)

    def scrub(self, time_us: int) -> None:
        """Go to a session time by hand, and let it be heard for a moment."""
        if self.playback.frame_times is None:
            self._go(Stamp(time_us))
        else:
            self.playback.scrub(time_us)

    def _show_picture(self, picture: Picture) -> None:
        self.picture.show_picture(picture)
        self._go(self.playback.stamp_of(picture))

    def _go(self, place: Stamp) -> None:
        self._place = place
        self.transport.show_place(place, exact=f"{place.time_us} µs")
        self.timeline.set_playhead(place.time_us)
        self.whole.set_playhead(place.time_us)
        self.transport.show_dropped(self.playback.dropped)
        self._show_holding()
        self.passing.follow(place)

    def _show_holding(self) -> None:
        if self.model is None:
            return
        observation, at_us = self.model.observation, self._place.time_us
        holding = {
            track.id: observation.timeline.lane(track.id).covering(at_us)
            for track in observation.scheme.tracks
        }
        self.pad.show_holding(holding)
        self.running.show_holding(holding, at_us)

    def _show_reading(self, share: float) -> None:
        """Say how much of an unknown recording has been read."""
        if self.playback.frame_times is None:
            words = self.tr("Reading the frame times… {percent} %")
            self.picture.show_words(words.format(percent=int(share * 100)))

    def _ready(self) -> None:
        recording = self.playback.recording
        if self._heard is not None and recording is not None:
            self.timeline.sound.listen(
                *self._heard, content_hash=recording.sha256, offset_us=recording.offset_us
            )
        from_us, until_us = self.playback.extent_us()
        times = self.playback.frame_times
        self.transport.show_length(len(times) if times else 0, until_us - from_us)

    # -- what happened -----------------------------------------------------------------------

    def _show_edit(self, observation: Observation, edit: Edit, cause: str) -> None:
        self.timeline.show_edit(observation, edit)
        self.table.show_edit(observation, edit)
        self.just_now.show_edit(observation, edit, cause)  # type: ignore[arg-type]
        self._show_holding()
        self._show_modifiers()
        self.findings.watch.look_again()
        self.edited.emit()

    def _show_pass(self, _: str = "") -> None:
        if self.model is None:
            return
        tracks = self.model.tracks()
        self.pad.show_tracks(self.model.observation.scheme, tracks, self.model.keys())
        self._show_holding()

    def _show_selected(self, event_id: str) -> None:
        self.timeline.set_selected(event_id or None)
        self.table.set_selected(event_id or None)
        self._show_modifiers()

    def _show_modifiers(self) -> None:
        event = self.model.selected_event() if self.model else None
        scheme = self.model.observation.scheme if self.model else None
        track = scheme.track(event.track) if scheme and event else None
        code = track.code(event.code) if track and event else None
        if scheme is None or event is None or track is None or code is None:
            self.modifiers.show_nothing()
            return
        self.modifiers.show_event(event, scheme.modifiers_for(track, code), code.label)

    def _activate(self, event_id: str) -> None:
        """Go to the frame on which an event was coded."""
        event = self.model.observation.timeline.get(event_id) if self.model else None
        if event is None or self.model is None:
            return
        self.model.select(event_id)
        self.go_to(event)

    def go_to(self, event: Event) -> None:
        """Show the frame of an event's onset."""
        self.playback.pause()
        self.seek(event.onset_us)
        self.timeline.scroll_to(event.onset_us)

    def _select(self, event_id: str) -> None:
        if self.model is not None:
            self.model.select(event_id)

    def _start_stop(self, playing: bool) -> None:
        self.transport.show_playing(playing)
        self.timeline.follow(playing)

    # -- putting it together -----------------------------------------------------------------

    def _connect(self) -> None:
        self.picture.size_wanted.connect(self.playback.set_size)
        self.playback.picture_due.connect(self._show_picture)
        self.playback.playing_changed.connect(self._start_stop)
        self.playback.ready.connect(self._ready)
        self.playback.reading.connect(self._show_reading)
        self.playback.trouble.connect(self._show_trouble)
        self.cameras.trouble.connect(lambda words: self.said.emit(words, "trouble"))
        self.syncing.said.connect(self.said)
        self.findings.looked_at.connect(lambda words: self.just_now.show_text(words, dim=True))
        self.sync_panel.close_asked.connect(lambda: self.show_syncing(False))
        self.syncing.recording_moved.connect(self._show_moved)
        self.syncing.recording_moved.connect(self.heard.moved)
        self.heard.said.connect(self.said)
        self.transport.jump_asked.connect(self.jump_to)
        self.pad.code_asked.connect(self.by_hand.code)
        self.by_hand.said.connect(self.said)
        self.whole.said.connect(self.said)
        self.passing.said.connect(self.said)
        self.timeline.seek_requested.connect(self.scrub)
        self.playback.sound_trouble.connect(lambda words: self.said.emit(words, "aside"))
        self.timeline.event_activated.connect(self._activate)
        self.table.event_activated.connect(self._activate)
        self.table.refused.connect(lambda words: self.said.emit(words, "refused"))
        self.modifiers.refused.connect(lambda words: self.said.emit(words, "refused"))
        for signal, name in (
            (self.table.comment_asked, "comment"),
            (self.table.code_change_asked, "recode"),
            (self.table.onset_asked, "set_onset_of"),
            (self.table.offset_asked, "set_offset_of"),
            (self.table.delete_asked, "delete"),
            (self.modifiers.modifier_chosen, "modify"),
        ):
            signal.connect(self._asking(name))

    def choose_pass(self, pass_id: str) -> None:
        """Code another pass."""
        if self.model is not None:
            self.model.choose_pass(pass_id)

    def _asking(self, name: str) -> Callable[..., None]:
        """A slot that passes a view's request on to whatever observation is open."""

        def ask(*given: object) -> None:
            if self.model is not None:
                getattr(self.model, name)(*given)

        return ask

    def show_syncing(self, on: bool) -> None:
        """Show the panel for the cameras' offsets in the place of the modifiers, or not."""
        if on:
            self.sync_panel.show()
        else:
            self.syncing.put_away()
        for widget in (self.pass_panel, self.pad, self.modifiers, self.running):
            widget.setVisible(not on)
        self.whole.make_room()

    def _show_moved(self, recording: Recording) -> None:
        """A recording lies elsewhere on the session clock: events stay, pictures move."""
        led = self.playback.recording
        if led is not None and led.id == recording.id:
            self.timeline.sound.set_offset(recording.offset_us)
            self._go(self.stamp())

    def _show_trouble(self, words: str) -> None:
        self.picture.show_words(words)
        self.said.emit(words, "trouble")

    def jump_to(self, text: str) -> None:
        """Go to a session time such as ``1:02.5``, or to a frame such as ``f1054``."""
        text = text.strip().lower()
        if not text:
            return
        self.playback.pause()
        if text.startswith("f") and text[1:].strip().isdigit():
            self.playback.seek_frame(int(text[1:]))
            return
        try:
            self.seek(from_clock(text))
        except Refused as refusal:
            self.said.emit(said(refusal), "refused")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.transport.dress()
            self._show_pass()
