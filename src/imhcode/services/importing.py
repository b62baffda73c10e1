"""Events from files into a study: shown first, then one undoable edit for each observation.

What is good comes in, what has no place is kept as a note, and what is refused is named with its
place: found is always imported + kept as notes + refused.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.gestures import adding
from imhcode.domain.observation import ROLES, Observation
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Dyad, Session
from imhcode.formats.finding import Finding
from imhcode.formats.incoming import IncomingEvent, IncomingRating
from imhcode.formats.uncollected import uncollected
from imhcode.services.coding import fresh_id
from imhcode.services.frames import FrameFinder
from imhcode.services.import_ground import Asking, ImportGround, asked_here
from imhcode.services.import_media import FilmsRead, attached, read_films
from imhcode.services.import_plan import Choices, FileRead, Plan, plan_of, read_file
from imhcode.services.import_report import (
    FilmCameIn,
    ObservationCameIn,
    Report,
    TimesMoved,
)
from imhcode.services.import_targets import Rows, Target
from imhcode.services.incoming_events import EventsComingIn
from imhcode.services.incoming_ratings import rated
from imhcode.services.studies import StudyService


class UnknownRole(Refused):
    """A role that is none."""

    sentence = "“{name}” is not a role."
    next_step = "The roles are {known}."


class ImportedBefore(Refused):
    """The same file for the same observation."""

    sentence = "{path} was imported before, on {at}, for {observation}."
    next_step = "Its events are there already; --again brings them in a second time."


def import_file(
    study: StudyService,
    file: Path,
    *,
    format_name: str | None = None,
    session: str | None = None,
    coder: str | None = None,
    scheme: str | None = None,
    role: str | None = None,
    mapping: Path | None = None,
    new_scheme: bool = False,
    snap: bool = False,
    films: bool = True,
    again: bool = False,
    dry_run: bool = False,
) -> Report:
    """Import a file; each observation it speaks of gets one edit that can be undone.

    See :class:`imhcode.services.import_plan.Choices` for what can be said.

    Parameters
    ----------
    format_name : str, optional
        By default what the file's ending and beginning say.
    dry_run : bool
        Report what would happen; the study stays as it is.

    Raises
    ------
    Refused
        Nothing of the file can be imported, or it lacks what nobody said.
    Trouble
        A disk would not.
    """
    choices = Choices(
        session=session or "",
        coder=coder or "",
        role=role or "",
        scheme=scheme or "",
        mapping=mapping,
        new_scheme=new_scheme,
        snap=snap,
        films=films,
        again=again,
    )
    importing = Importing(study, read_file(file, format_name or ""), choices)
    if dry_run:
        return importing.rehearsed()
    return importing.carried_out()


class Importing:
    """One file on its way into a study.

    Either :meth:`rehearsed` or, once, :meth:`carried_out`; a window calls what the second is made
    of: :meth:`begin`, :meth:`take` for each of :attr:`targets`, and :meth:`end`.

    Parameters
    ----------
    asking : Asking
        How the study is asked, for who only rehearses, on another thread.
    plan : Plan, optional
        What was worked out for the same file and choices before.

    Attributes
    ----------
    plan : Plan
        What the file would become.
    targets : list of Target
        The observations that it speaks of.
    """

    @uncollected()
    def __init__(
        self,
        study: StudyService,
        file: FileRead,
        choices: Choices,
        *,
        asking: Asking = asked_here,
        plan: Plan | None = None,
    ) -> None:
        if choices.role and choices.role not in ROLES:
            raise UnknownRole(name=choices.role, known=", ".join(ROLES))
        self._study, self._choices = study, choices
        self._ground = ground = ImportGround(study, asking)
        self.plan: Plan = plan or plan_of(ground, file, choices)
        scheme = self.plan.scheme or (ground.scheme(choices.scheme) if choices.scheme else None)
        self._rows = Rows(
            ground,
            file.path,
            self.plan.events,
            file.reading.ratings,
            session=self.plan.session,
            coder=self.plan.coder,
            role=choices.role,
            scheme=scheme,
            modifiers=file.reading.modifiers if self.plan.words is None else (),
        )
        self._events = self._rows.by_target()
        self._ratings = self._rows.ratings_by_target()
        self.targets: list[Target] = list(self._events | self._ratings)
        self._findings = [*self.plan.findings, *self._rows.findings]
        self._coming = self._coming_in()
        self._observations: list[ObservationCameIn] = []
        self._films: list[FilmCameIn] = []
        self._imported = 0
        self._kept: int | None = None
        self._left_something = False  # beside events: a scheme, a session, a recording

    # -- all at once ---------------------------------------------------------------------------

    def rehearsed(self, on_progress: Callable[[float], None] = lambda _: None) -> Report:
        """What would happen; the study stays as it is.

        Parameters
        ----------
        on_progress : callable
            Gets the share done, from 0 to 1; what it raises ends the rehearsal.
        """
        n_rows = max(len(self.plan.events), 1)
        self._coming.on_fitted = lambda n: on_progress(n / n_rows)
        for target in self.targets:
            self._one(target, rehearsal=True)
        return self._told()

    def carried_out(
        self,
        films: FilmsRead | None = None,
        *,
        on_progress: Callable[[float], None] = lambda _: None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Report:
        """Let it happen; whatever stops it, each observation came in whole or not at all."""
        self.begin(films)
        for n, target in enumerate(self.targets):
            if not wanted():
                return self.end(cancelled=True)
            self.take(target)
            on_progress((n + 1) / len(self.targets))
        return self.end()

    # -- one thing after another ---------------------------------------------------------------

    def _told(self) -> Report:
        """What has been rehearsed, all of it together."""
        before = self._imported_before()
        if before and not self._choices.again:
            self._findings.append(Finding("warning", "imported-before", 1, before.text()))
        self._films = [
            FilmCameIn(one.session, one.path, one.offset_us, "found" if one.found else "not found")
            for one in self.plan.films
        ]
        return self._report()

    def begin(self, films: FilmsRead | None = None) -> None:
        """Make ready what observations need: the scheme, and the recordings of their sessions.

        Parameters
        ----------
        films : FilmsRead, optional
            What reading the films has found; they are read now if nobody has done so.

        Raises
        ------
        ImportedBefore
            The same file came into the same observation before; nothing has changed.
        """
        before = self._imported_before()
        if before and not self._choices.again:
            raise before
        if self.plan.proposed is not None and (self._events or not self.plan.file.reading.found):
            self._study.add_scheme(self.plan.proposed.scheme)
            self._left_something = True
        for scheme in self._rows.shipped:
            self._study.add_scheme(scheme)
            self._left_something = True
        store = self._study.file
        known = {one.id for one in store.all(Session)}
        for session in self.plan.file.reading.sessions:
            if session.id and session.id not in known:
                store.add(session)
                self._left_something = True
        self._attach(films)
        self._coming = self._coming_in()

    def take(self, target: Target) -> None:
        """Bring one observation in, by one edit."""
        self._one(target, rehearsal=False)
        if self._imported:  # whoever pulls the plug now finds what came in
            self._keep("going on", replace(self._report(), findings=(), notes=()))

    def end(self, *, cancelled: bool = False) -> Report:
        """Keep the report in the study, if anything came of it, and return it."""
        report = self._report(cancelled=cancelled)
        if report.imported or report.notes or report.refused or self._left_something:
            self._keep("cancelled" if cancelled else "done", report)
        return report

    # -- inside --------------------------------------------------------------------------------

    def _coming_in(self) -> EventsComingIn:
        """Rows become events with the frames of the recordings that there are now."""
        frames = FrameFinder(self._ground, snap=self._choices.snap)
        return EventsComingIn(frames, self._rows.unknown_modifiers)

    def _imported_before(self) -> ImportedBefore | None:
        """The refusal, if an import of these bytes reached one of these observations."""
        wanted = {_of(one) for one in self.targets}
        for kept in self._ground.imports():
            if kept.sha256 != self.plan.file.sha256:
                continue
            for one in kept.report.get("observations", ()):
                if (one["session"], one["coder"], one["role"], one["scheme"]) in wanted:
                    said = f"{one['session']} by {one['coder']}"
                    return ImportedBefore(
                        path=self.plan.file.path,
                        at=kept.at_utc[:16].replace("T", " "),
                        observation=said,
                    )
        return None

    def _attach(self, films: FilmsRead | None) -> None:
        wanted = [one for one in self.plan.films if self._choices.films]
        read = films if films is not None else read_films(wanted)
        sessions = {one.session_id for one in self.targets}
        sessions |= {one.id for one in self.plan.file.reading.sessions}
        for film in self.plan.films:
            outcome = "left out" if film.found else "not found"
            if film in wanted and film.found and film.session in sessions:
                self._make_session(film.session)
                outcome = attached(self._study, film, read)
                self._left_something = True
            self._films.append(FilmCameIn(film.session, film.path, film.offset_us, outcome))

    def _make_session(self, session_id: str) -> None:
        """Let a film's session be there with its dyad before the film makes one without."""
        if any(one.id == session_id for one in self._study.file.all(Session)):
            return
        for target in self.targets:
            rows = self._events.get(target) or self._ratings.get(target)
            if target.session_id == session_id and rows:
                self._settle(target, rows[0])
                return

    @uncollected()
    def _one(self, target: Target, *, rehearsal: bool) -> None:
        rows, ratings = self._events.get(target, []), self._ratings.get(target, [])
        observation = self._observation(target)
        good = self._coming.good(target, rows, observation)
        edit = adding(event for _, _, event in good)
        after = observation.after(edit) if good and ratings else observation
        steps, n_rated, findings = rated(self._ground, after, ratings)
        self._findings += findings
        if not good and not n_rated:
            return
        if not rehearsal:
            self._settle(target, (rows or ratings)[0])
            coding = self._study.coding(
                target.session_id, target.coder_id, role=target.role, scheme=target.scheme
            )
            coding.do(Edit("import", edit.steps if good else (), steps))
        self._imported += len(good) + n_rated
        self._observations.append(ObservationCameIn(*_of(target), len(good), n_rated))

    def _observation(self, target: Target) -> Observation:
        """The observation as it stands; a blank one if it is not begun."""
        entry = self._ground.entry(target.session_id, target.coder_id, target.role, target.scheme)
        if entry is not None:
            return self._ground.observation(entry)
        return Observation(
            id=fresh_id(),
            session_id=target.session_id,
            coder_id=target.coder_id,
            scheme=target.scheme,
            role=target.role,
        )

    def _settle(self, target: Target, row: IncomingEvent | IncomingRating) -> None:
        """Let the session be there, with what the file says of it."""
        store = self._study.file
        for session in store.all(Session):
            if session.id == target.session_id:
                if row.dyad.id and row.dyad.id != session.dyad_id:
                    said = (
                        f"the session {session.id} is of dyad “{session.dyad_id}” in the study, "
                        f"of “{row.dyad.id}” in the file; the study was left as it is"
                    )
                    self._findings.append(Finding("warning", "other-dyad", row.line, said))
                return
        if row.dyad.id and row.dyad.id not in {dyad.id for dyad in store.all(Dyad)}:
            store.add(row.dyad)
        store.add(replace(row.session, id=target.session_id))

    def _report(self, *, cancelled: bool = False) -> Report:
        plan, reading = self.plan, self.plan.file.reading
        kept = sum(one.counts for one in plan.notes)
        findings = sorted(
            [*self._findings, *self._coming.findings, *self._coming.frame_findings()],
            key=lambda one: one.line,
        )
        shift = self._coming.frames.shift
        return Report(
            file=plan.file.path.name,
            format=plan.file.format.name,
            sha256=plan.file.sha256,
            found=reading.found,
            imported=self._imported,
            kept_as_notes=kept,
            refused=reading.found - self._imported - kept,
            findings=tuple(findings),
            notes=tuple(plan.notes),
            contents=plan.contents,
            observations=tuple(self._observations),
            films=tuple(self._films),
            moved=TimesMoved(shift.times, shift.mean_us, shift.max_us) if shift.times else None,
            scheme=_name(plan.scheme) if plan.scheme else "",
            scheme_is_new=plan.proposed is not None,
            cancelled=cancelled,
        )

    def _keep(self, state: str, report: Report) -> None:
        log, file = self._study.file.log_of_imports(), self.plan.file
        if self._kept is None:
            about = (file.path.name, file.sha256, file.format.name, self.plan.coder)
            self._kept = log.begin(*about)
        log.keep(self._kept, state, report.as_json())


def _of(target: Target) -> tuple[str, str, str, str]:
    return target.session_id, target.coder_id, target.role, _name(target.scheme)


def _name(scheme: Scheme) -> str:
    return f"{scheme.id}@{scheme.version}"
