"""Bin by bin: each bin of an interval track is played, coded with one key, and on to the next."""

from PySide6.QtCore import QCoreApplication, QObject, Signal

from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Track
from imhcode.domain.timecode import as_clock
from imhcode.domain.tracks.interval import Span, bin_at, first_empty_bin, next_bin, previous_bin
from imhcode.ui.coding.guide_strip import Guidance
from imhcode.ui.coding.stage import Stage
from imhcode.ui.messages import said


class Bins(QObject):
    """Knows which bin is to be coded now.

    A key codes the bin that is on screen and, where the scheme says that bins advance, shows the
    next.  While the picture plays on by itself (Space), a key codes and nothing jumps.

    Signals
    -------
    finished()
        The last bin has been coded.

    Attributes
    ----------
    span : (int, int) or None
        Onset and offset of the bin, microseconds.
    goes_on : bool
        Whether it goes on by itself.
    """

    finished = Signal()

    def __init__(
        self, stage: Stage, track: Track, *, goes_on: bool = True, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._track = track
        self._plays_bin = False
        self.goes_on = goes_on
        self.span: Span | None = None
        stage.model.coded.connect(self._take)
        stage.model.observation_changed.connect(self._follow)
        stage.playback.playing_changed.connect(self._stopped)

    def begin(self, *, plays: bool) -> None:
        """Go to the first bin that holds nothing yet."""
        model = self._stage.model
        lane = model.observation.timeline.lane(self._track.id)
        instance = model.instance_for(self._track)
        empty = first_empty_bin(lane, self._track, model.setting, instance)
        if empty is not None:
            self._go_to(empty, plays=plays)
        else:
            self.follow(self._stage.here().time_us)

    def end(self) -> None:
        """Mark no bin any more."""
        model = self._stage.model
        model.coded.disconnect(self._take)
        model.observation_changed.disconnect(self._follow)
        self._stage.playback.playing_changed.disconnect(self._stopped)
        self._stage.timeline.set_attention(None)
        model.is_on_the_way = False

    def next(self, by: int = 1) -> None:
        """Go to the next bin, or to the one before."""
        beside = next_bin if by > 0 else previous_bin
        found = beside(self._track, self._stage.model.setting, self._at_us())
        if found is not None and found[0] < self._end_us():
            self._go_to(found, plays=True)

    def next_left(self) -> None:
        """Go to the next bin that holds nothing yet."""
        model = self._stage.model
        lane = model.observation.timeline.lane(self._track.id)
        instance = model.instance_for(self._track)
        found = first_empty_bin(lane, self._track, model.setting, instance, self._at_us())
        found = found or first_empty_bin(lane, self._track, model.setting, instance)
        if found is not None and found[0] < self._end_us():
            self._go_to(found, plays=True)

    def replay(self, *, plays: bool = True) -> None:
        """Play the bin once more."""
        if self.span is not None:
            self._go_to(self.span, plays=plays)

    def enter(self) -> None:
        """Leave the bin as it is and go on."""
        self.next()

    def look_again(self) -> None:
        """Nothing is asked about a bin that could be answered."""
        self.say()

    def follow(self, time_us: int) -> None:
        """The picture is at another time: the bin is the one that holds it."""
        if self.span is not None:
            self._stage.arrive(time_us, self.span[0])
            if self._stage.model.is_on_the_way:
                return
        if self.span is not None and self.span[0] <= time_us < self.span[1]:
            return
        try:
            span: Span | None = bin_at(self._track, self._stage.model.setting, time_us)
        except Refused as refusal:
            self.span = None
            self._stage.timeline.set_attention(None)
            self._stage.strip.show_guidance(Guidance(title=said(refusal)))
            return
        self.span = span
        self._stage.timeline.set_attention(span)
        self.say()

    def say(self) -> None:
        """Show in the strip which bin it is, and what it holds."""
        if self.span is None:
            return
        events = self._held(self.span)
        code = self._code_of(events[0]) if events else None
        first, end = (as_clock(time_us) for time_us in self.span)
        self._stage.strip.show_guidance(
            Guidance(
                title=code.label if code else _tr("This bin: what was most of it?"),
                code=code,
                place=_tr("{first} – {end}").format(first=first, end=end),
                left=self._track.label,
                offers=(
                    ("⌫", _tr("once more")),
                    ("Ctrl+↑ ↓", _tr("bin before, after")),
                    ("↵", _tr("leave it, next")),
                ),
            )
        )

    # -- inside ------------------------------------------------------------------------------

    def _go_to(self, span: Span, *, plays: bool) -> None:
        self.span = span
        self._stage.timeline.set_attention(span)
        self.say()
        self._stage.show(span[0], min(span[1], self._end_us()), plays=plays)
        self._plays_bin = plays

    def _take(self, edit: Edit) -> None:
        """A code was given: on, unless the picture plays by itself."""
        event, bins = edit.main, self._track.bins
        if event is None or event.track != self._track.id or bins is None:
            return
        plays_on = self._stage.playback.is_playing and not self._plays_bin
        if not (bins.advances and self.goes_on) or plays_on:
            self.say()
            return
        found = next_bin(self._track, self._stage.model.setting, event.onset_us)
        if found is None or found[0] >= self._end_us():
            self.say()
            self.finished.emit()
        else:
            self._go_to(found, plays=True)

    def _follow(self, observation: Observation, edit: Edit, cause: str) -> None:
        del observation
        event = edit.main
        if cause != "do" and event is not None and event.track == self._track.id:
            self._stage.go(event.onset_us)  # what an undo changed is worth seeing
        self.say()

    def _stopped(self, playing: bool) -> None:
        if not playing:
            self._plays_bin = False

    def _held(self, span: Span) -> list[Event]:
        model = self._stage.model
        instance = model.instance_for(self._track)
        lane = model.observation.timeline.lane(self._track.id)
        return [one for one in lane.between(*span) if one.instance == instance]

    def _code_of(self, event: Event) -> Code | None:
        return self._track.code(event.code)

    def _at_us(self) -> int:
        return self._stage.here().time_us if self.span is None else self.span[0]

    def _end_us(self) -> int:
        """Where the pictures end; a session may go on without."""
        if self._stage.playback.frame_times is None:
            until_us = self._stage.model.setting.coded_until_us
            return 2**62 if until_us is None else until_us
        return self._stage.playback.extent_us()[1]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Bins", text)
