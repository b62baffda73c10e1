"""An open study: its sessions, recordings, schemes and observations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

from imhcode.domain.errors import Refused
from imhcode.domain.observation import Observation, Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Coder, Dyad, ObservationEntry, Recording, Session
from imhcode.media.fingerprint import fingerprint, quick_fingerprint
from imhcode.media.source import open_source
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.canonical import canonical_json
from imhcode.services import places
from imhcode.services.coding import CodingService, fresh_id
from imhcode.store.errors import NoSuchEntry
from imhcode.store.study_file import StudyFile

RecordingState = Literal["there", "missing", "replaced"]


class NoScheme(Refused):
    """A study in which nothing can be coded."""

    sentence = "The study {path} has no coding scheme."
    next_step = "Add one: imhcode new STUDY --scheme NAME makes a study that has it."


class WhichScheme(Refused):
    """A choice of scheme that the caller has to make."""

    sentence = "The study has several schemes called “{name}”: {known}."
    next_step = "Say which, as name@version."


class NotTheSameFile(Refused):
    """A file offered as a moved recording that has other contents."""

    sentence = "{path} is not the file that was coded: its contents differ."
    next_step = "Choose the original, or add this file as a recording of its own."


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session with what belongs to it."""

    session: Session
    recordings: tuple[Recording, ...]
    observations: tuple[ObservationEntry, ...]


class StudyService:
    """One study file and what can be asked of it.

    Parameters
    ----------
    file : StudyFile
        Open; :meth:`close` closes it.
    """

    def __init__(self, file: StudyFile) -> None:
        self._file = file
        self._schemes: dict[str, Scheme] = {}

    @classmethod
    def create(cls, path: Path, schemes: Iterable[Scheme]) -> "StudyService":
        """Make a study that has these schemes."""
        study = cls(StudyFile.create(path))
        for scheme in schemes:
            study.add_scheme(scheme)
        return study

    @classmethod
    def open(cls, path: Path, *, writing: bool = True) -> "StudyService":
        """Open a study that exists; without ``writing`` others may read it meanwhile."""
        return cls(StudyFile.open(path, writing=writing))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The study file."""
        return self._file.path

    @property
    def study_id(self) -> str:
        """The study's own id, for exports."""
        return self._file.note("study_id")

    @property
    def file(self) -> StudyFile:
        """The file beneath, for services that read all of it."""
        return self._file

    # -- schemes -----------------------------------------------------------------------------

    def add_scheme(self, scheme: Scheme) -> None:
        """Keep a scheme in the study."""
        self._file.add_scheme(scheme, canonical_json(scheme.document))

    def schemes(self) -> Mapping[str, Scheme]:
        """Every scheme of the study by content hash."""
        for content_hash, document in self._file.scheme_documents().items():
            if content_hash not in self._schemes:
                self._schemes[content_hash] = scheme_from_document(document)
        return self._schemes

    def scheme(self, name: str = "") -> Scheme:
        """The scheme called ``name`` or ``name@version``; without a name the first one.

        Raises
        ------
        NoScheme, NoSuchEntry, WhichScheme
            There is none, none of that name, or several.
        """
        known = list(self.schemes().values())
        if not known:
            raise NoScheme(path=self.path)
        if not name:
            return known[0]
        scheme_id, _, version = name.partition("@")
        fitting = [one for one in known if one.id == scheme_id and version in ("", one.version)]
        labels = ", ".join(f"{one.id}@{one.version}" for one in known)
        if not fitting:
            raise NoSuchEntry(what="scheme", name=name, known=labels)
        if len(fitting) > 1:
            raise WhichScheme(name=name, known=labels)
        return fitting[0]

    # -- sessions and recordings -------------------------------------------------------------

    def sessions(self) -> list[SessionEntry]:
        """Every session with its recordings and observations."""
        recordings = self._file.all(Recording)
        observations = self._file.observations()
        return [
            SessionEntry(
                session,
                tuple(one for one in recordings if one.session_id == session.id),
                tuple(one for one in observations if one.session_id == session.id),
            )
            for session in self._file.all(Session)
        ]

    def session(self, session_id: str) -> SessionEntry:
        """One session; ``NoSuchEntry`` says which there are."""
        self._file.get(Session, session_id)
        return next(one for one in self.sessions() if one.session.id == session_id)

    def dyads(self) -> dict[str, Dyad]:
        """Every dyad by id."""
        return {dyad.id: dyad for dyad in self._file.all(Dyad)}

    def ensure_session(self, session_id: str, dyad_id: str = "") -> Session:
        """The session with that id, made if it is not there yet, with its dyad."""
        if dyad_id and dyad_id not in self.dyads():
            self._file.add(Dyad(id=dyad_id))
        for session in self._file.all(Session):
            if session.id == session_id:
                if not dyad_id or session.dyad_id == dyad_id:
                    return session
                joined = replace(session, dyad_id=dyad_id)
                self._file.change(joined)
                return joined
        session = Session(id=session_id, dyad_id=dyad_id)
        self._file.add(session)
        return session

    def add_recording(
        self, video: Path, session_id: str, *, offset_us: int = 0, dyad_id: str = ""
    ) -> Recording:
        """Add a media file to a session, which is made if needed.

        The file is read and indexed first: what cannot be played is refused before the study
        knows of it.
        """
        recording = self._indexed(video, session_id, offset_us)
        self.ensure_session(session_id, dyad_id)
        self._file.add(recording)
        return recording

    def _indexed(self, video: Path, session_id: str, offset_us: int) -> Recording:
        source = open_source(video)
        try:
            times = source.frame_times
        finally:
            source.close()
        taken = {one.id for one in self._file.all(Recording)}
        name = recording_id = f"{session_id}-{video.stem}"
        number = 1
        while recording_id in taken:
            number += 1
            recording_id = f"{name}-{number}"
        rate = "" if times.variable_frame_rate else f"{times.nominal_rate_hz:.6g}"
        return Recording(
            id=recording_id,
            session_id=session_id,
            path=places.written(video, self.path),
            offset_us=offset_us,
            frames=len(times),
            end_us=times.end_us,
            fps=rate,
            variable_frame_rate=times.variable_frame_rate,
            sha256=fingerprint(video),
            quick_hash=quick_fingerprint(video),
        )

    def path_of(self, recording: Recording) -> Path:
        """Where the recording's file should be on this machine."""
        return places.found(recording.path, self.path)

    def state_of(self, recording: Recording) -> RecordingState:
        """Whether the file is there and still the one that was added."""
        path = self.path_of(recording)
        if not path.is_file():
            return "missing"
        same = quick_fingerprint(path) == recording.quick_hash
        return "there" if same else "replaced"

    def relocate(self, recording: Recording, video: Path) -> Recording:
        """Say where a moved recording lies now.

        Raises
        ------
        NotTheSameFile
            The contents are not those that were coded.
        """
        if fingerprint(video) != recording.sha256:
            raise NotTheSameFile(path=video)
        return self.move_recording(recording, video)

    def move_recording(self, recording: Recording, video: Path) -> Recording:
        """Write down another place for a file that is known to be the same."""
        moved = replace(recording, path=places.written(video, self.path))
        self._file.change(moved)
        return moved

    def extent_us(self, session_id: str) -> tuple[int, int]:
        """The coded range by default: all recordings, or 0 to the latest time of any event."""
        entry = self.session(session_id)
        if entry.recordings:
            return (
                min(one.offset_us for one in entry.recordings),
                max(one.offset_us + one.end_us for one in entry.recordings),
            )
        ends = [
            event.onset_us if event.offset_us is None else event.offset_us
            for one in entry.observations
            for event in self._file.events_of(one.id)
        ]
        return 0, max(ends, default=0)

    # -- observations ------------------------------------------------------------------------

    def entry(
        self, session_id: str, coder_id: str, role: Role, scheme: Scheme
    ) -> ObservationEntry | None:
        """The observation by that coder in that role, if there is one."""
        wanted = (session_id, coder_id, role, scheme.content_hash)
        for one in self._file.observations():
            if (one.session_id, one.coder_id, one.role, one.scheme_hash) == wanted:
                return one
        return None

    def observation(self, entry: ObservationEntry) -> Observation:
        """An observation with its events."""
        blank = Observation(
            id=entry.id,
            session_id=entry.session_id,
            coder_id=entry.coder_id,
            scheme=self.schemes()[entry.scheme_hash],
            role=entry.role,
            status=entry.status,
            coded_from_us=entry.coded_from_us,
            coded_until_us=entry.coded_until_us,
        )
        return blank.with_events(self._file.events_of(entry.id))

    def coding(
        self,
        session_id: str,
        coder_id: str,
        *,
        role: Role = "primary",
        scheme: Scheme | None = None,
    ) -> CodingService:
        """The coder's observation of a session, begun if it is not there yet, ready to code."""
        scheme = scheme or self.scheme()
        self._file.get(Session, session_id)
        entry = self.entry(session_id, coder_id, role, scheme)
        if entry is None:
            if coder_id not in {coder.id for coder in self._file.all(Coder)}:
                self._file.add(Coder(id=coder_id))
            blank = Observation(
                id=fresh_id(),
                session_id=session_id,
                coder_id=coder_id,
                scheme=scheme,
                role=role,
            )
            self._file.add_observation(blank)
            return CodingService(blank, self._file.log_of(blank.id))
        return CodingService(self.observation(entry), self._file.log_of(entry.id))
