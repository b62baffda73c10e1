"""A walk: from bid to bid, each played with its run-up, answered with a key, and on to the next."""

from PySide6.QtCore import QObject, Signal

from imhcode.domain.edit import Edit
from imhcode.domain.event import Event
from imhcode.domain.keys import CodeKey
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Pass
from imhcode.domain.suggestions import Suggested, rule_of, suggestion
from imhcode.domain.walks import Walking, span_us, walking
from imhcode.ui.coding.stage import Stage
from imhcode.ui.coding.walk_words import guidance_for


class Walk(QObject):
    """Knows which target is to be answered now.

    While it is on, codes answer the target (:attr:`ObservationViewModel.target_id`).  Once a
    target has its answer, and nothing the scheme requires of that is left to say, it goes on by
    itself to the next without one.  Where several events are coded for one target (a rupture and
    its repair) it waits for Enter.

    Signals
    -------
    finished()
        The last target has its answer.

    Attributes
    ----------
    target : Event or None
        What is to be answered now.
    goes_on : bool
        Whether it goes on by itself.
    """

    finished = Signal()

    def __init__(
        self, stage: Stage, pass_: Pass, *, goes_on: bool = True, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pass = pass_
        self._rule = rule_of(stage.model.observation, pass_)
        self._given = ""  # the answer just given, until all that is required of it is said
        self.goes_on = goes_on
        self.target: Event | None = None
        self.walking = Walking()
        stage.model.coded.connect(self._take)
        stage.model.observation_changed.connect(self._follow)

    # -- going -------------------------------------------------------------------------------

    def begin(self, *, plays: bool) -> None:
        """Go to the first target without an answer; without one left, show where one stands."""
        model = self._stage.model
        self.walking = walking(model.observation, self._pass)
        first = self.walking.first_left()
        if first is not None:
            self.go_to(first, plays=plays)
        else:
            self._attend(self.walking.nearest(self._stage.here().time_us))

    def end(self) -> None:
        """Let codes answer nothing in particular again."""
        model = self._stage.model
        model.coded.disconnect(self._take)
        model.observation_changed.disconnect(self._follow)
        self._stage.timeline.set_attention(None)
        model.target_id = ""
        model.is_on_the_way = False
        self.target = None

    def go_to(self, target: Event, *, plays: bool = True) -> None:
        """Show one target, and ask about it."""
        self._attend(target)
        answers = self.walking.answers(target.id)
        self._stage.model.select(answers[0].id if answers and self._rule else "")
        self.replay(plays=plays)

    def replay(self, *, plays: bool = True) -> None:
        """Play the target once more, from its run-up."""
        if self.target is not None:
            from_us, until_us = span_us(self._pass, self.target)
            self._stage.show(self._stage.played_us(from_us), until_us, plays=plays)

    def follow(self, time_us: int) -> None:
        """Another frame is on screen."""
        if self.target is not None:
            from_us, _ = span_us(self._pass, self.target)
            self._stage.arrive(time_us, self._stage.played_us(from_us))

    def next(self, by: int = 1) -> None:
        """Go to the next target, or to the one before, answered or not."""
        if self.target is None:
            return
        beside = self.walking.next if by > 0 else self.walking.previous
        found = beside(self.target)
        if found is not None:
            self.go_to(found)

    def next_left(self) -> None:
        """Go to the next target without an answer; from the last one round to the first."""
        found = None if self.target is None else self.walking.next_left(self.target)
        if found is not None:
            self.go_to(found)
        else:
            self._given = ""
            self.say()
            self.finished.emit()

    def enter(self) -> None:
        """Take what is offered; or, where the target has what it needs, go on."""
        if self.target is None:
            return
        offered = self.offered()
        if self._lacks():
            return
        if offered is not None:
            at = self._stage.playback.stamp_at(offered.at_us)
            self._stage.model.code_then(CodeKey(offered.track, offered.code), at)
        elif self._may_go_on():
            self._go_on()

    def look_again(self) -> None:
        """Something was answered, or left: perhaps all is said now."""
        is_given = self._given_event() is not None and self._rule is not None
        if is_given and self.goes_on and not self._lacks() and not self._still_asks():
            self._go_on()
        else:
            self.say()

    # -- where it stands ---------------------------------------------------------------------

    def offered(self) -> Suggested | None:
        """The code that Enter would give."""
        model = self._stage.model
        if self.target is None or self._lacks():
            return None
        return suggestion(model.observation, self._pass, self.target, model.setting)

    def say(self) -> None:
        """Show in the strip where the walk stands."""
        self._stage.strip.show_guidance(
            guidance_for(
                self._stage.model.observation,
                self._pass,
                self.walking,
                self.target,
                offered=self.offered(),
                lacks=self._lacks(),
                may_go_on=self._may_go_on(),
            )
        )

    def _may_go_on(self) -> bool:
        """Whether Enter leaves the target: several codes may belong to it, or it has its one."""
        target = self.target
        return target is not None and (self._rule is None or self.walking.is_answered(target.id))

    # -- inside ------------------------------------------------------------------------------

    def _go_on(self) -> None:
        self._given = ""
        if self._rule is not None:
            self.next_left()
            return
        found = None if self.target is None else self.walking.next(self.target)
        if found is not None:
            self.go_to(found)
        else:
            self.say()
            self.finished.emit()

    def _attend(self, target: Event | None) -> None:
        self.target, self._given = target, ""
        model, timeline = self._stage.model, self._stage.timeline
        model.target_id = target.id if target else ""
        if target is None:
            timeline.set_attention(None)
        else:
            tail_us = self._pass.walk.tail_us if self._pass.walk else 0
            until_us = None
            if self._rule is not None:
                until_us = self._rule.window.until_us(model.setting.age_months)
            length_us = tail_us if until_us is None else until_us
            timeline.set_attention((target.onset_us, target.onset_us + length_us))
        self.say()

    def _take(self, edit: Edit) -> None:
        """A code was given."""
        event, target = edit.main, self.target
        if event is None or target is None or event.track not in self._pass.tracks:
            return
        answers = any(link.target == target.id for link in event.links)
        self._given = event.id if answers or self._rule is None else ""
        self.look_again()

    def _follow(self, observation: Observation, edit: Edit, cause: str) -> None:
        """An edit has happened, here or anywhere."""
        self.walking = walking(observation, self._pass)
        if cause != "do":
            self._given = ""
            back = self._taken_back(edit)
            if back is not None and back.id != (self.target.id if self.target else ""):
                self._attend(back)
                self.replay(plays=False)
        if self.target is not None:
            ids = {one.id: one for one in self.walking.targets}
            self.target = ids.get(self.target.id)
        if self.target is None:
            self._attend(self.walking.nearest(self._stage.here().time_us))
        self.look_again()

    def _taken_back(self, edit: Edit) -> Event | None:
        """The target whose answer an undo or redo has changed."""
        touched = {
            link.target
            for step in edit.steps
            for event in (step.before, step.after)
            if event is not None
            for link in event.links
        }
        return next((one for one in self.walking.targets if one.id in touched), None)

    def _given_event(self) -> Event | None:
        return self._stage.model.observation.timeline.get(self._given) if self._given else None

    def _lacks(self) -> str:
        """Words for what the scheme requires of the answer just given and it has not got."""
        event, scheme = self._given_event(), self._stage.model.observation.scheme
        track = scheme.track(event.track) if event else None
        code = track.code(event.code) if track and event else None
        if event is None or track is None or code is None:
            return ""
        for modifier in scheme.modifiers_for(track, code):
            if modifier.required and not modifier.in_pass and not event.modifier(modifier.id):
                return modifier.label
        return ""

    def _still_asks(self) -> bool:
        """Whether the panel asks for something of which there may be more to say."""
        asking = self._stage.modifiers.asking
        asked = (one for one in self._stage.model.observation.scheme.modifiers if one.id == asking)
        modifier = next(asked, None)
        return modifier is not None and modifier.required and not modifier.default
