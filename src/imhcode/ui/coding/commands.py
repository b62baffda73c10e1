"""What the keys and menus of the coding workspace do; one method an action."""

from imhcode.domain.event import Event
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.sound_lane import SoundView

SECOND_US = 1_000_000
AROUND_US = 500_000  #: shown before and after an event that is played


class CodingCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern the open observation.

    Parameters
    ----------
    workspace : CodingWorkspace
        Where they act; without an open observation they do nothing.
    jump_us : int
        How far the jump keys go.
    """

    def __init__(self, workspace: CodingWorkspace, jump_us: int) -> None:
        self._space = workspace
        self.jump_us = jump_us

    # -- coding ------------------------------------------------------------------------------

    def press_code(self, character: str, *, another: bool = False) -> bool:
        """Code with a character; ``False`` if the pass does not know it."""
        space, model = self._space, self._space.model
        if model is None:
            return False
        if space.whole.card.press(character):
            return True
        if space.by_hand.take(character) or space.marking.take(character):
            return True
        return model.press(character, another=another) or space.whole.press(character)

    def release_code(self, character: str) -> None:
        """Let go of a character's key: what holds while it is down ends."""
        if self._space.model is not None:
            self._space.model.release(character)

    def press_digit(self, digit: str) -> bool:
        """Answer the modifier that is asked for."""
        space = self._space
        answered = space.model is not None and space.modifiers.press_digit(digit)
        if answered:
            space.passing.look_again()
        return answered

    def knows(self, character: str) -> bool:
        """Whether this character codes, rates, or marks an episode now."""
        space, model = self._space, self._space.model
        if model is None:
            return False
        if space.whole.answers(character) or character in model.keys():  # noqa: SIM118  (a method that makes a dict)
            return True
        asked = space.modifiers.asking is not None and not space.whole.only_rates
        return not (asked and character.isdigit()) and space.whole.knows(character)

    def escape(self) -> None:
        """Put away what is in hand, the card or the question; else end the running states."""
        if (
            self._space.whole.escape()
            or self._space.by_hand.escape()
            or self._space.marking.forget()
        ):
            return
        if self._space.card.close_card() or self._space.modifiers.close_prompt():
            return
        if self._space.model:
            self._space.model.close_all()

    def undo(self) -> None:
        self._space.whole.undo()

    def redo(self) -> None:
        self._space.whole.redo()

    def delete_selected(self) -> None:
        """Take the selected events away; a moment that speaks for a rating only off the rating."""
        model = self._space.model
        if model and not self._space.whole.take_off(model.selected_id):
            model.delete()

    # -- going -------------------------------------------------------------------------------

    def toggle_play(self) -> None:
        self._space.playback.toggle()

    def play(self) -> None:
        self._space.playback.natural_speed()
        self._space.playback.play()

    def stop(self) -> None:
        self._space.playback.pause()

    def frame_back(self) -> None:
        self._space.playback.step(-1)

    def frame_forward(self) -> None:
        self._space.playback.step(1)

    def second_back(self) -> None:
        self._by(-SECOND_US)

    def second_forward(self) -> None:
        self._by(SECOND_US)

    def jump_back(self) -> None:
        self._by(-self.jump_us)

    def jump_forward(self) -> None:
        self._by(self.jump_us)

    def play_event(self) -> None:
        """Play the selected event with half a second around it."""
        event = self._selected()
        if event is None:
            return
        end_us = event.onset_us if event.offset_us is None else event.offset_us
        self._space.playback.play_stretch(event.onset_us - AROUND_US, end_us + AROUND_US)

    def slower(self) -> None:
        self._space.playback.slower()

    def faster(self) -> None:
        self._space.playback.faster()

    def natural_speed(self) -> None:
        self._space.playback.natural_speed()

    def shuttle_back(self) -> None:
        self._space.playback.shuttle(-1)

    def shuttle_forward(self) -> None:
        self._space.playback.shuttle(1)

    def mute(self) -> None:
        listening = self._space.playback.listening
        listening.set_muted(not listening.muted)

    def go_to_onset(self) -> None:
        event = self._selected()
        if event is not None:
            self._space.go_to(event)

    def go_to_offset(self) -> None:
        event = self._selected()
        if event is not None and event.offset_us is not None:
            self._space.playback.pause()
            self._space.seek(event.offset_us)

    def go_to_start(self) -> None:
        self._space.playback.pause()
        self._space.seek(self._space.playback.extent_us()[0])

    def go_to_end(self) -> None:
        self._space.playback.pause()
        self._space.seek(self._space.playback.extent_us()[1])

    def previous_event(self) -> None:
        if not self._space.whole.move(-1):
            self._to_event(-1)

    def next_event(self) -> None:
        if not self._space.whole.move(1):
            self._to_event(1)

    def previous_edge(self) -> None:
        self._to_edge(-1)

    def next_edge(self) -> None:
        self._to_edge(1)

    # -- looking -----------------------------------------------------------------------------

    def zoom_in(self) -> None:
        self._space.timeline.zoom_in()

    def zoom_out(self) -> None:
        self._space.timeline.zoom_out()

    def zoom_fit(self) -> None:
        self._space.timeline.zoom_to_fit()

    def page_back(self) -> None:
        self._space.timeline.turn_page(-1)

    def page_on(self) -> None:
        self._space.timeline.turn_page(1)

    def next_sound_view(self) -> None:
        """Waveform, spectrogram, or no lane of sound."""
        views = list(SoundView)
        lane = self._space.timeline.sound
        lane.show_as(views[(views.index(lane.view) + 1) % len(views)])

    def find_event(self) -> None:
        self._space.table.show()
        self._space.table.focus_filter()

    def edit_comment(self) -> None:
        """Type a comment on the selected event, in the table; the picture goes on."""
        event = self._selected()
        if not self._space.whole.comment() and event is not None:
            self._space.table.show()
            self._space.table.edit_comment(event.id)

    def toggle_table(self) -> None:
        self._space.table.setVisible(not self._space.table.isVisible())

    def toggle_findings(self) -> None:
        self._space.findings.toggle()

    def next_finding(self) -> None:
        self._space.findings.next()

    def previous_finding(self) -> None:
        self._space.findings.next(-1)

    def jump_to(self) -> None:
        self._space.transport.jump.setFocus()

    def code_card(self) -> None:
        """Show what the selected event's code means, or the first code of the pass."""
        space, model = self._space, self._space.model
        if model is None or space.card.close_card():
            return
        scheme, event = model.observation.scheme, self._selected()
        track = scheme.track(event.track) if event else next(iter(model.tracks()), None)
        if track is None:
            return
        code = track.code(event.code) if event else track.codes[0]
        hovered = space.pad.pointed_at()
        if hovered is not None:
            track, code = hovered.track, hovered.code
        if code is not None:
            space.card.show_code(scheme, track, code)

    # -- inside ------------------------------------------------------------------------------

    def _selected(self) -> Event | None:
        return self._space.model.selected_event() if self._space.model else None

    def _by(self, distance_us: int) -> None:
        """Go a distance from the frame last asked for, playing on if it plays."""
        self._space.playback.shift(distance_us)

    def _to_event(self, by: int) -> None:
        """Select and show the neighbour of the selected event on its track."""
        model = self._space.model
        if model is None:
            return
        event, at_us = model.selected_event(), self._space.stamp().time_us
        tracks = [track.id for track in model.tracks()]
        if event is not None:
            lane = model.observation.timeline.lane(event.track)
            found = lane.after(event) if by > 0 else lane.before(event)
        else:
            near = [one for one in model.observation.timeline if one.track in tracks]
            later = [one for one in near if (one.onset_us - at_us) * by > 0]
            found = min(later, key=lambda one: abs(one.onset_us - at_us), default=None)
        if found is not None:
            model.select(found.id)
            self._space.go_to(found)

    def _to_edge(self, by: int) -> None:
        """Show the nearest onset or offset before or after the frame on screen."""
        model = self._space.model
        if model is None:
            return
        at_us = self._space.stamp().time_us
        edges: set[int] = set()
        for track in model.observation.scheme.tracks:
            columns = model.observation.timeline.lane(track.id).columns
            for times in (columns.onsets_us, columns.offsets_us):
                later = times[times > at_us] if by > 0 else times[times < at_us]
                if len(later):
                    edges.add(int(later.min() if by > 0 else later.max()))
        beyond = self._space.playback.extent_us()[1]
        edges = {edge for edge in edges if edge <= beyond}
        if edges:
            self._space.playback.pause()
            self._space.seek(min(edges) if by > 0 else max(edges))
