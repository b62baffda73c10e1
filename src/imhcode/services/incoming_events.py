"""Rows of a file becoming events: known words, real frames, and the rules of each track."""

from collections.abc import Callable, Iterator

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.gestures import adding
from imhcode.domain.observation import Observation
from imhcode.domain.tracks import KINDS
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingEvent
from imhcode.services.coding import fresh_id
from imhcode.services.fitting import Fitting, Unfit
from imhcode.services.frames import FrameFinder
from imhcode.services.import_targets import Target

Candidate = tuple[int, str, Event]  #: line and place in the file, and the event it means

_TELL_EVERY = 500  #: rows: some milliseconds of work


class EventsComingIn:
    """Rows of one file.

    Attributes
    ----------
    findings : list of Finding
        An error for each row that is refused, and what should be looked at again.
    on_fitted : callable
        Gets the number of rows looked at by now, now and then; what it raises ends the work.
    """

    def __init__(self, frames: FrameFinder, unknown_modifiers: frozenset[str]) -> None:
        self.frames = frames
        self._unknown_modifiers = unknown_modifiers
        self.findings: list[Finding] = []
        self.on_fitted: Callable[[int], None] = lambda _: None
        self._n_fitted = 0

    def good(
        self, target: Target, rows: list[IncomingEvent], observation: Observation
    ) -> list[Candidate]:
        """The events that may join an observation, by line."""
        good = self._allowed(observation, self._fitted(target, rows, observation))
        self._warn_of_links(observation, good)
        return good

    def _fitted(
        self, target: Target, rows: list[IncomingEvent], observation: Observation
    ) -> list[Candidate]:
        fitting = Fitting(target.scheme, self._unknown_modifiers)
        taken = {event.id for event in observation.timeline}
        candidates = []
        for row in rows:
            self._n_fitted += 1
            if self._n_fitted % _TELL_EVERY == 0:
                self.on_fitted(self._n_fitted)
            event_id = row.event_id or fresh_id()
            try:
                if event_id in taken:
                    raise Unfit("id-taken", f"there is an event “{event_id}” already")
                event = fitting.event(row, event_id)
            except Unfit as why:
                self._refuse(row.line, why.rule, why.message, row.where)
                continue
            taken.add(event_id)
            event = self.frames.stamped(event, target.session_id)
            candidates.append((row.line, row.where, event))
        self.findings += fitting.warnings
        self._warn_of_ends(target, candidates)
        return candidates

    def _allowed(self, observation: Observation, candidates: list[Candidate]) -> list[Candidate]:
        """All of them if they keep the rules together; else as many as do, the first first."""
        try:
            observation.after(adding(event for _, _, event in candidates))
        except Refused:
            pass
        else:
            return candidates
        suspects = set(self._suspects(observation, candidates))
        sure = [one for one in candidates if one[2].id not in suspects]
        reached = observation.after(adding(event for _, _, event in sure))
        for line, where, event in candidates:
            if event.id in suspects:
                try:
                    reached = reached.after(adding([event]))
                except Refused as refusal:
                    suspects.discard(event.id)
                    self._refuse(line, rule_of(refusal), refusal.text().rstrip("."), where)
                else:
                    sure.append((line, where, event))
        return sorted(sure, key=lambda one: one[0])

    @staticmethod
    def _suspects(observation: Observation, candidates: list[Candidate]) -> Iterator[str]:
        """Yield every event that would break its track's rule with all the others there.

        A track's rule looks at neighbours.  Within a long event the neighbour of the second short
        one is the first, so what begins before an earlier one has ended is a suspect as well.
        Those that are left keep the rule among themselves.
        """
        events = [event for _, _, event in candidates]
        together = observation.with_events([*observation.timeline, *events]).timeline
        for track in observation.scheme.tracks:
            latest_us: dict[str, int] = {}  # by instance
            for event in together.lane(track.id) if track.exclusive else ():
                before_us = latest_us.get(event.instance, event.onset_us)
                if event.onset_us < before_us:
                    yield event.id
                latest_us[event.instance] = max(before_us, event.until_us)
        for event in events:
            own = observation.scheme.track(event.track)
            if own is None:
                continue
            try:
                KINDS[own.kind].check(together.lane(own.id), own, [event])
            except Refused:
                yield event.id

    def _warn_of_links(self, observation: Observation, good: list[Candidate]) -> None:
        there = {event.id for event in observation.timeline} | {event.id for _, _, event in good}
        for line, where, event in good:
            for link in event.links:
                if link.target not in there:
                    said = f"it is linked to “{link.target}”, which is not in this observation"
                    self.findings.append(Finding("warning", "link-to-nothing", line, said, where))

    def _warn_of_ends(self, target: Target, candidates: list[Candidate]) -> None:
        """Tell of events that reach beyond all recordings of the session, once."""
        end_us = self.frames.end_us(target.session_id)
        if end_us is None:
            return
        beyond = [one for one in candidates if max(one[2].onset_us, one[2].offset_us or 0) > end_us]
        if beyond:
            line, where, _ = beyond[0]
            said = f"{len(beyond)} events of {target.session_id} reach beyond its recordings"
            self.findings.append(Finding("warning", "beyond-recording", line, said, where))

    def _refuse(self, line: int, rule: str, message: str, where: str = "") -> None:
        self.findings.append(Finding("error", rule, line, message, where))

    def frame_findings(self) -> Iterator[Finding]:
        """What the recordings say about the frames of the file."""
        for why in self.frames.unreadable.values():
            yield Finding("warning", "no-frames", 1, why.rstrip("."))
        for recording_id, doubt in self.frames.doubts.items():
            said = (
                f"the frames of {doubt.events} events are others in the recording {recording_id}, "
                f"by up to {doubt.by_frames}: the times were kept, the frames were read from it"
            )
            yield Finding("warning", "other-frames", 1, said)


def rule_of(refusal: Refused) -> str:
    """The name of a refusal for scripts: ``Overlap`` is ``overlap``."""
    letters = (f"-{one.lower()}" if one.isupper() else one for one in type(refusal).__name__)
    return "".join(letters).lstrip("-")
