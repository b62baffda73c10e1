"""Measures of a study: every number that its schemes declare, session by session."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from imhcode.analysis.coded_lane import CodedLane, in_order
from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.figures import FigureSession
from imhcode.analysis.measuring import Measured, measured
from imhcode.domain.episodes import in_order as episodes_in_order
from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Dyad, ObservationEntry
from imhcode.formats.tables.about import About
from imhcode.formats.tables.sessions import Visit
from imhcode.services.chosen_observations import EVERY_OBSERVATION, ChosenObservations
from imhcode.services.lab_parameters import (
    digest_of,
    refuse_unknown,
    saved_values,
    values_of,
    with_values,
)
from imhcode.services.studies import SessionEntry, StudyService
from imhcode.store.errors import NoSuchEntry
from imhcode.store.event_columns import ColumnReader, EventColumns, Needed

T = TypeVar("T")


class NoSuchEpisodeKind(Refused):
    """Fields: ``episode``, ``known``."""

    sentence = "No session of this study has an episode “{episode}”."
    next_step = "There are: {known}."


@dataclass(frozen=True, slots=True)
class LabScheme:
    """A scheme as it was coded with, and as it is computed with.

    Attributes
    ----------
    scheme : Scheme
        The study's.
    computed : Scheme
        With the lab's parameters in it.
    """

    scheme: Scheme
    computed: Scheme
    values: Mapping[str, float]
    digest: str

    def session(
        self, lanes: Mapping[str, CodedLane], window_us: tuple[int, int], **more: object
    ) -> CodedSession:
        """A coded session of it."""
        return CodedSession(self.computed, self.computed.document, lanes, window_us, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Reading:
    """One observation as it was read, before anything was computed.

    Attributes
    ----------
    observation_id : str
        Of the study; where a number or a mark of a figure comes from.
    """

    about: About
    visit: Visit
    coded: CodedSession
    observation_id: str = ""


@dataclass(frozen=True, slots=True)
class Sitting(Reading):
    """One observation with all its measures."""

    measured: tuple[Measured, ...] = ()

    @property
    def for_figures(self) -> FigureSession:
        """As figures read it."""
        session = self.visit.session
        return FigureSession(
            session_id=self.about.session_id,
            observation_id=self.observation_id,
            dyad_id=self.about.dyad_id,
            coder_id=self.about.coder_id,
            visit=session.visit,
            date=session.date,
            coded=self.coded,
            measured=self.measured,
        )


class Measuring:
    """The measures of a study, with one set of parameters; holds one session at a time.

    Parameters
    ----------
    session, episode : str
        Only this session, only episodes of this kind; empty for all.
    parameters : Mapping of str to float
        What is set for this time; for all others what the lab keeps in the study, else the
        scheme's default.
    chosen : ChosenObservations
        Which observations are looked at.

    Raises
    ------
    NoSuchEntry, NoSuchEpisodeKind, NoSuchParameter, ParameterOutsideLimits
        Something that was asked for is not there, or not allowed.
    """

    def __init__(
        self,
        study: StudyService,
        *,
        session: str = "",
        episode: str = "",
        parameters: Mapping[str, float] | None = None,
        chosen: ChosenObservations = EVERY_OBSERVATION,
    ) -> None:
        self.study, self.session_id, self.episode = study, session, episode
        self.chosen, self.study_id = chosen, study.study_id
        self.source: Iterable[Reading] | None = None
        given = parameters or {}
        schemes = study.schemes()
        refuse_unknown(schemes, given)
        entries = study.sessions()
        known = [one.session.id for one in entries]
        if session and session not in known:
            raise NoSuchEntry(what="session", name=session, known=", ".join(known) or "none yet")
        self.entries = sorted(
            (
                replace(one, observations=tuple(filter(chosen.takes, one.observations)))
                for one in entries
                if session in ("", one.session.id)
            ),
            key=lambda one: one.session.id,
        )
        used = {one.scheme_hash for entry in self.entries for one in entry.observations}
        self.schemes = {
            content_hash: _in_the_lab(scheme, {**saved_values(study.file, scheme), **given})
            for content_hash, scheme in schemes.items()
            if content_hash in used
        }
        self._dyads = study.dyads()
        self._columns = ColumnReader(study.file)
        self._latest: Mapping[str, int] | None = None
        if episode:
            self._refuse_unknown_episode()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out: only then is there anything to say of whole dyads."""
        return not self.session_id and not self.episode and not self.chosen.sessions

    def _refuse_unknown_episode(self) -> None:
        kinds = {
            one.kind
            for entry in self.entries
            for one in self.study.file.episodes_of(entry.session.id)
        }
        if self.episode not in kinds:
            known = ", ".join(sorted(kinds)) or "none yet"
            raise NoSuchEpisodeKind(episode=self.episode, known=known)

    def sittings(
        self, *, on_progress: Callable[[float], None] = lambda _: None
    ) -> Iterator[Sitting]:
        """Yield every observation with its measures, by session, coder, scheme and role.

        Parameters
        ----------
        on_progress : callable
            Gets the share of the sessions that are done, from 0 to 1.
        """
        n_all = len(self.places)
        for n, reading in enumerate(self._readings(), start=1):
            yield self.measure(reading)
            on_progress(n / n_all)

    def _readings(self) -> Iterator[Reading]:
        if self.source is not None:
            yield from self.source
        else:
            yield from (self.read(*place) for place in self.places)

    def fed_by(self, source: Iterable[Reading]) -> "Measuring":
        """The same, fed with what somebody else reads: the study belongs to another thread.

        ``source`` gives what :meth:`read` gives for each of :attr:`places`, in their order.
        """
        fed = copy(self)
        fed.source = source
        return fed

    @property
    def places(self) -> list[tuple[SessionEntry, ObservationEntry]]:
        """Every observation with its session, by session, coder, scheme and role."""
        return [
            (entry, observation)
            for entry in self.entries
            for observation in sorted(entry.observations, key=_place)
        ]

    def measure(self, one: Reading) -> Sitting:
        """All measures of an observation that was read; on any thread."""
        found = tuple(measured(one.coded, episode=self.episode))
        return Sitting(one.about, one.visit, one.coded, one.observation_id, found)

    def read(self, entry: SessionEntry, observation: ObservationEntry) -> Reading:
        """Read one observation; on the thread that opened the study."""
        lab = self.schemes[observation.scheme_hash]
        session = entry.session
        corrected = session.child_age_corrected_months
        coded = lab.session(
            self._lanes(observation, lab.scheme),
            self._window_us(entry, observation),
            episodes=episodes_in_order(self.study.file.episodes_of(session.id)),
            age_months=session.child_age_months if corrected is None else corrected,
            ratings=self.study.file.ratings_of(observation.id) if lab.scheme.ratings else (),
        )
        about = About(
            session_id=session.id,
            dyad_id=session.dyad_id,
            coder_id=observation.coder_id,
            coding_role=observation.role,
            scheme_id=lab.scheme.id,
            scheme_version=lab.scheme.version,
            params_hash=lab.digest,
        )
        visit = Visit(
            session=session,
            dyad=self._dyads.get(session.dyad_id, Dyad(id="")),
            status=observation.status,
            scheme_hash=observation.scheme_hash,
            n_events=observation.n_events,
        )
        return Reading(about, visit, coded, observation.id)

    def _lanes(self, observation: ObservationEntry, scheme: Scheme) -> dict[str, CodedLane]:
        tracks = [track.id for track in scheme.tracks]
        needed = Needed(
            tracks=tracks,
            ids=tracks,
            modifiers=tracks if _asks_for_modifiers(scheme) else (),
            links=list(dict.fromkeys(rule.from_track for rule in scheme.links)),
        )
        found = self._columns.read(observation.id, needed)
        places = {
            track.id: {code.id: place for place, code in enumerate(track.codes)}
            for track in scheme.tracks
        }
        return {name: _lane(columns, places[name]) for name, columns in found.items()}

    def _window_us(self, entry: SessionEntry, one: ObservationEntry) -> tuple[int, int]:
        """The coded range: what the observation says, else all recordings, else all events."""
        from_us, until_us = one.coded_from_us, one.coded_until_us
        if from_us is None:
            from_us = min((film.offset_us for film in entry.recordings), default=0)
        if until_us is None and entry.recordings:
            until_us = max(film.offset_us + film.end_us for film in entry.recordings)
        if until_us is None:
            if self._latest is None:
                self._latest = self._columns.latest_us()
            until_us = self._latest.get(entry.session.id, 0)
        return from_us, max(from_us, until_us)


def _in_the_lab(scheme: Scheme, given: Mapping[str, float]) -> LabScheme:
    values = values_of(scheme, given)
    return LabScheme(scheme, with_values(scheme, values), values, digest_of(scheme, values))


def _place(one: ObservationEntry) -> tuple[str, ...]:
    return (one.coder_id, one.scheme_id, one.scheme_version, one.role, one.scheme_hash)


def _asks_for_modifiers(scheme: Scheme) -> bool:
    """Whether any measure looks at what was chosen for an event."""
    return any(
        "modifier" in (one.get("where") or one.get("count_if") or {})
        for one in scheme.document.get("derived", ())
    )


def _lane(columns: EventColumns, places: Mapping[str, int]) -> CodedLane:
    """Columns as a lane, without codes that the scheme does not have."""
    codes = columns.places(places)
    kept = np.flatnonzero(codes >= 0).tolist()
    return in_order(
        columns.onsets_us[kept],
        columns.offsets_us[kept],
        codes[kept],
        _some(columns.instances, kept),
        _some(columns.ids, kept),
        _some(columns.modifiers, kept),
        _some(columns.links, kept),
    )


def _some(values: Sequence[T], kept: Sequence[int]) -> Sequence[T]:
    """Those at the places; a column that nobody asked for stays empty."""
    return [values[k] for k in kept] if len(kept) < len(values) else values
