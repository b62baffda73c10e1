"""What happens while a tape is watched with a parent, noted on the visit's own clock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.scheme import Scheme
from imhcode.domain.visit import VisitEntry
from imhcode.ui.parent.showing import Showing
from imhcode.ui.review.consent_words import today

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService
    from imhcode.services.visits import VisitLog

#: What the parent's screen does, by the code it is noted with.
_BY_ITSELF = {"played": "clip_shown", "played_again": "replayed", "paused": "paused"}
NOTED_BY_ITSELF = frozenset({"clip_shown", "paused"})  #: codes that need no key
PARENT_SAYS = "parent_says"


class Noting(QObject):
    """The log of one visit: keys, and what the parent's screen does by itself.

    Each note is on disk before it is shown.

    Signals
    -------
    changed()
        Something was noted, or another visit runs.
    failed(ImhcodeError)
        It could not be noted.

    Parameters
    ----------
    showing : Showing
        What is on the parent's screen.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, showing: Showing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._showing = showing
        self.log: VisitLog | None = None
        self._session_of: dict[str, str] = {}
        self._clip = self._pause = ""  # entries that have not ended yet
        showing.did.connect(self._follow)

    @property
    def entries(self) -> tuple[VisitEntry, ...]:
        """What was noted of this visit, in order."""
        if self.log is None:
            return ()
        return tuple(sorted(self.log.values, key=lambda one: one.at_us))

    @property
    def latest_said(self) -> VisitEntry | None:
        """What the parent said last, or nothing yet: words typed now belong to it."""
        said = [one for one in self.entries if one.code == PARENT_SAYS]
        return said[-1] if said else None

    def begin(self, study: "StudyService", dyad_id: str, scheme: Scheme, coder_id: str) -> None:
        """Let today's visit of a family run: the one that was begun, or a new one."""
        from imhcode.services.visits import VisitLog, Visits  # noqa: PLC0415

        visits = Visits(study.file, dyad_id, coder_id)
        of_today = [one for one in visits.values if one.date == today()]
        if of_today:
            visit = of_today[-1]
        else:
            labels = {one.label for one in visits.values}
            number = next(n for n in range(1, len(labels) + 2) if str(n) not in labels)
            visit = visits.add(str(number), today())
        self.log = VisitLog(study.file, visits.begin(visit.id), scheme, coder_id)
        self.log.subscribe(self.changed.emit)
        self.changed.emit()

    def close(self) -> None:
        """The visit is over, as far as this window goes; its clock is not stopped."""
        self._follow("ended")
        self.log = None
        self._session_of = {}
        self.changed.emit()

    def know_sessions(self, session_of: dict[str, str]) -> None:
        """Which session each moment that may be shown is of."""
        self._session_of = dict(session_of)

    def note(self, code: str) -> str:
        """Note that something happens now; the entry's id."""
        track = self.log.track if self.log is not None else None
        if self.log is None or track is None or track.code(code) is None:
            return ""
        now, stamp = self._showing.now, self._showing.stamp
        moment_id = now.moment.id if now is not None else ""
        try:
            made = self.log.note(
                code,
                session_id=self._session_of.get(moment_id, ""),
                media_us=stamp.time_us if stamp is not None else None,
                recording_id=stamp.recording if stamp is not None else "",
                frame=stamp.frame if stamp is not None else None,
                moment_id=moment_id,
            )
        except ImhcodeError as error:
            self.failed.emit(error)
            return ""
        return made.id

    def write(self, entry_id: str, words: str) -> None:
        """Type what was said."""
        if self.log is not None and words.strip() != self.log.get(entry_id).words:
            self.log.write(entry_id, words)

    def delete(self, entry_id: str) -> None:
        """Take a note away; one that was pressed by mistake."""
        if self.log is not None and entry_id:
            self.log.take(entry_id)

    def say_stance(self, entry_id: str, stance: str) -> None:
        """Say what kind of thing the parent said."""
        if self.log is not None:
            self.log.say_stance(entry_id, stance)

    def _follow(self, did: str) -> None:
        if did in ("ended", "went_on", "played", "played_again"):
            self._pause = self._end(self._pause)
        if did in ("ended", "played", "played_again"):
            self._clip = self._end(self._clip)
        if did in ("played", "played_again"):
            self._clip = self.note(_BY_ITSELF[did])
        elif did == "went_on" and not self._clip:  # it was blank meanwhile, or no visit ran
            self._clip = self.note(_BY_ITSELF["played"])
        elif did == "paused":
            self._pause = self.note(_BY_ITSELF[did])

    def _end(self, entry_id: str) -> str:
        known = {one.id for one in self.log.values} if self.log is not None else set()
        if self.log is not None and entry_id in known:  # it may have been taken away
            try:
                self.log.end(entry_id)
            except ImhcodeError as error:
                self.failed.emit(error)
        return ""
