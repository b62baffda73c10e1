"""Events from a file into a study: what is good comes in, what is not is named with its line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event
from imhcode.domain.gestures import adding
from imhcode.domain.observation import ROLES, Observation
from imhcode.domain.study import Dyad, Session
from imhcode.domain.tracks import KINDS
from imhcode.formats import FORMATS, Format
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingEvent
from imhcode.services.coding import fresh_id
from imhcode.services.fitting import Fitting, Unfit
from imhcode.services.frames import FrameFinder
from imhcode.services.import_targets import Rows, Target
from imhcode.services.studies import StudyService

Candidate = tuple[int, Event]  #: line of the file, and the event it means


class UnknownFormat(Refused):
    """A format nobody offers."""

    sentence = "{name} is not a format that imhcode {does}."
    next_step = "It {does} {known}: say which with --format."


class UnknownRole(Refused):
    """A role that is none."""

    sentence = "“{name}” is not a role."
    next_step = "The roles are {known}."


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file.

    Attributes
    ----------
    found, imported, kept_as_notes, refused : int
        Events in the file, and how many of them went which way.
    findings : tuple of Finding
        By line; every refused event has an error among them.
    """

    found: int
    imported: int
    kept_as_notes: int
    refused: int
    findings: tuple[Finding, ...]


def import_file(
    study: StudyService,
    file: Path,
    *,
    format_name: str | None = None,
    session: str | None = None,
    coder: str | None = None,
    scheme: str | None = None,
    role: str | None = None,
    dry_run: bool = False,
) -> Report:
    """Import a file; each observation it speaks of gets one edit that can be undone.

    Session, coder, scheme and role fill in what the file leaves empty; what the file says wins.

    Parameters
    ----------
    format_name : str, optional
        By default what the ending of the file says.
    dry_run : bool
        Report what would happen; the study stays as it is.

    Raises
    ------
    Refused
        Nothing of the file can be imported, or it lacks what nobody said.
    Trouble
        A disk would not.
    """
    if role is not None and role not in ROLES:
        raise UnknownRole(name=role, known=", ".join(ROLES))
    reading = _format_of(file, format_name).read(file)
    rows = Rows(study, file, reading, session or "", coder or "", role or "", scheme or "")
    importing = _Importing(study, rows, dry_run=dry_run)
    imported = sum(importing.take(target, some) for target, some in rows.by_target().items())
    findings = [*reading.findings, *rows.findings, *importing.findings]
    findings.sort(key=lambda finding: finding.line)
    return Report(
        found=reading.found,
        imported=imported,
        kept_as_notes=0,
        refused=reading.found - imported,
        findings=tuple(findings),
    )


def _format_of(file: Path, name: str | None) -> Format:
    known = ", ".join(FORMATS.names())
    if name is not None:
        if name not in FORMATS:
            raise UnknownFormat(name=f"“{name}”", does="reads", known=known)
        return FORMATS[name]
    for one in FORMATS:
        if file.suffix.lower() in one.suffixes:
            return one
    raise UnknownFormat(name=file, does="reads", known=known)


class _Importing:
    """Rows becoming events of observations, one edit for each."""

    def __init__(self, study: StudyService, rows: Rows, *, dry_run: bool) -> None:
        self._study, self._dry_run = study, dry_run
        self._unknown_modifiers = rows.unknown_modifiers
        self._frames = FrameFinder(study)
        self._told: set[str] = set()
        self.findings: list[Finding] = []

    def take(self, target: Target, rows: list[IncomingEvent]) -> int:
        """Import the rows of one observation; return how many came in."""
        observation = self._observation(target)
        candidates = self._fitted(target, rows, observation)
        good = self._allowed(observation, candidates)
        self._warn_of_links(observation, good)
        self._warn_of_recordings()
        if good and not self._dry_run:
            self._settle(target, rows[0])
            coding = self._study.coding(
                target.session_id, target.coder_id, role=target.role, scheme=target.scheme
            )
            coding.add(event for _, event in good)
        return len(good)

    def _observation(self, target: Target) -> Observation:
        """The observation as it stands; a blank one if it is not begun."""
        entry = self._study.entry(target.session_id, target.coder_id, target.role, target.scheme)
        if entry is not None:
            return self._study.observation(entry)
        return Observation(
            id=fresh_id(),
            session_id=target.session_id,
            coder_id=target.coder_id,
            scheme=target.scheme,
            role=target.role,
        )

    def _fitted(
        self, target: Target, rows: list[IncomingEvent], observation: Observation
    ) -> list[Candidate]:
        fitting = Fitting(target.scheme, self._unknown_modifiers)
        taken = {event.id for event in observation.timeline}
        candidates = []
        for row in rows:
            event_id = row.event_id or fresh_id()
            try:
                if event_id in taken:
                    raise Unfit("id-taken", f"there is an event “{event_id}” already")
                event = fitting.event(row, event_id)
            except Unfit as why:
                self._refuse(row.line, why.rule, why.message)
                continue
            taken.add(event_id)
            candidates.append((row.line, self._frames.stamped(event, target.session_id)))
        self.findings.extend(fitting.warnings)
        return candidates

    def _allowed(self, observation: Observation, candidates: list[Candidate]) -> list[Candidate]:
        """All of them if they keep the rules together; else as many as do, the first first."""
        try:
            observation.after(adding(event for _, event in candidates))
        except Refused:
            pass
        else:
            return candidates
        suspects = set(self._suspects(observation, candidates))
        sure = [one for one in candidates if one[1].id not in suspects]
        reached = observation.after(adding(event for _, event in sure))
        for line, event in candidates:
            if event.id in suspects:
                try:
                    reached = reached.after(adding([event]))
                except Refused as refusal:
                    suspects.discard(event.id)
                    self._refuse(line, _rule(refusal), refusal.text().rstrip("."))
                else:
                    sure.append((line, event))
        return sorted(sure)

    @staticmethod
    def _suspects(observation: Observation, candidates: list[Candidate]) -> Iterator[str]:
        """Yield every event that would break its track's rule with all the others there.

        A track's rule looks at neighbours, so those that are left keep it among themselves.
        """
        events = [event for _, event in candidates]
        together = observation.with_events([*observation.timeline, *events]).timeline
        for event in events:
            track = observation.scheme.track(event.track)
            if track is None:
                continue
            try:
                KINDS[track.kind].check(together.lane(track.id), track, [event])
            except Refused:
                yield event.id

    def _warn_of_links(self, observation: Observation, good: list[Candidate]) -> None:
        there = {event.id for event in observation.timeline} | {event.id for _, event in good}
        for line, event in good:
            for link in event.links:
                if link.target not in there:
                    said = f"it is linked to “{link.target}”, which is not in this observation"
                    self.findings.append(Finding("warning", "link-to-nothing", line, said))

    def _warn_of_recordings(self) -> None:
        for recording_id, why in self._frames.unreadable.items():
            if recording_id not in self._told:
                self._told.add(recording_id)
                self.findings.append(Finding("warning", "no-frames", 1, why.rstrip(".")))

    def _settle(self, target: Target, row: IncomingEvent) -> None:
        """Let the session be there, with what the file says of it."""
        store = self._study.file
        for session in store.all(Session):
            if session.id == target.session_id:
                if row.dyad.id and row.dyad.id != session.dyad_id:
                    said = (
                        f"the session {session.id} is of dyad “{session.dyad_id}” in the study, "
                        f"of “{row.dyad.id}” in the file; the study was left as it is"
                    )
                    self.findings.append(Finding("warning", "other-dyad", row.line, said))
                return
        if row.dyad.id and row.dyad.id not in {dyad.id for dyad in store.all(Dyad)}:
            store.add(row.dyad)
        store.add(replace(row.session, id=target.session_id))

    def _refuse(self, line: int, rule: str, message: str) -> None:
        self.findings.append(Finding("error", rule, line, message))


def _rule(refusal: Refused) -> str:
    """The name of a refusal for scripts: ``Overlap`` is ``overlap``."""
    letters = (f"-{one.lower()}" if one.isupper() else one for one in type(refusal).__name__)
    return "".join(letters).lstrip("-")
