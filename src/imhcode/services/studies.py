"""An open study: its sessions, recordings, schemes and observations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

from imhcode.domain.errors import Refused
from imhcode.domain.observation import Observation, Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import Coder, Dyad, ObservationEntry, Recording, Session
from imhcode.media.errors import NoStills
from imhcode.schemes.building import scheme_from_document
from imhcode.services import places, scheme_shelf
from imhcode.services.by_session import by_session
from imhcode.services.coding import CodingService, fresh_id
from imhcode.services.contents import content_hash, quick_content_hash
from imhcode.services.family import family_of
from imhcode.services.goals import with_goals
from imhcode.services.lab_parameters import as_coded_with
from imhcode.services.recording_facts import RecordingFacts, read_facts
from imhcode.services.session_setting import setting_of
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


class CopyHasOtherFrames(Refused):
    """A converted copy from which damaged frames were left out."""

    sentence = "{path} lacks {missing} damaged frames, so its frame numbers are not those coded."
    next_step = "Add the copy as a recording of its own, or go on with the original."


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

    def add_scheme(self, scheme: Scheme) -> scheme_shelf.Put:
        """Keep a scheme in the study, in place of an unused one of its name and version.

        Raises
        ------
        SchemeIsLocked
            Another document of that name and version is in use.
        """
        return scheme_shelf.put(self._file, scheme)

    def schemes(self) -> Mapping[str, Scheme]:
        """Every scheme of the study by content hash."""
        documents = scheme_shelf.documents(self._file)
        self._schemes = {
            content_hash: self._schemes.get(content_hash) or scheme_from_document(document)
            for content_hash, document in documents.items()
        }
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
        recordings = by_session(self._file.all(Recording))
        observations = by_session(self._file.observations())
        return [
            SessionEntry(one, tuple(recordings[one.id]), tuple(observations[one.id]))
            for one in self._file.all(Session)
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
        self,
        video: Path,
        session_id: str,
        *,
        offset_us: int = 0,
        dyad_id: str = "",
        interval_us: int = 0,
    ) -> Recording:
        """Add a film, or a folder of stills, to a session, which is made if needed.

        It is read and indexed first: what cannot be played is refused before the study knows of
        it.  That takes long: where somebody waits, call `read_facts` in the background and then
        :meth:`add_facts`.
        """
        facts = read_facts(video, interval_us=interval_us)
        return self.add_facts(facts, session_id, offset_us=offset_us, dyad_id=dyad_id)

    def add_facts(
        self, facts: RecordingFacts, session_id: str, *, offset_us: int = 0, dyad_id: str = ""
    ) -> Recording:
        """Add a recording that has been read to a session, which is made if needed."""
        self.ensure_session(session_id, dyad_id)
        taken = {one.id for one in self._file.all(Recording)}
        name = recording_id = f"{session_id}-{facts.path.stem}"
        number = 1
        while recording_id in taken:
            number += 1
            recording_id = f"{name}-{number}"
        recording = Recording(
            id=recording_id,
            session_id=session_id,
            path=places.written(facts.path, self.path),
            offset_us=offset_us,
            frames=facts.frames,
            end_us=facts.end_us,
            fps=facts.fps,
            variable_frame_rate=facts.variable_frame_rate,
            sha256=facts.sha256,
            quick_hash=facts.quick_hash,
            interval_us=facts.interval_us,
        )
        self._file.add(recording)
        return recording

    def path_of(self, recording: Recording) -> Path:
        """Where the recording's file should be on this machine."""
        return places.found(recording.path, self.path)

    def state_of(self, recording: Recording) -> RecordingState:
        """Whether the recording is there and still the one that was added."""
        path = self.path_of(recording)
        if not (path.is_dir() if recording.interval_us else path.is_file()):
            return "missing"
        try:
            same = quick_content_hash(path) == recording.quick_hash
        except NoStills:
            return "missing"
        return "there" if same else "replaced"

    def relocate(self, recording: Recording, video: Path, *, sha256: str = "") -> Recording:
        """Say where a moved recording lies now.

        Parameters
        ----------
        sha256 : str
            `content_hash` of ``video``, where that was worked out before: it takes long.

        Raises
        ------
        NotTheSameFile
            The contents are not those that were coded.
        """
        if (sha256 or content_hash(video)) != recording.sha256:
            raise NotTheSameFile(path=video)
        return self.move_recording(recording, video)

    def move_recording(self, recording: Recording, video: Path) -> Recording:
        """Write down another place for a recording that is known to be the same."""
        return self._changed(recording.id, path=places.written(video, self.path))

    def use_copy(self, recording: Recording, copy: RecordingFacts) -> Recording:
        """Let a converted copy stand in for a recording: the same frames at the same times.

        Raises
        ------
        CopyHasOtherFrames
            Damaged frames were left out of it, so that those behind have other numbers.
        """
        if (copy.frames, copy.end_us) != (recording.frames, recording.end_us):
            raise CopyHasOtherFrames(
                path=copy.path, missing=recording.frames - copy.frames, recording=recording.id
            )
        return self._changed(
            recording.id,
            path=places.written(copy.path, self.path),
            sha256=copy.sha256,
            quick_hash=copy.quick_hash,
        )

    def set_deinterlaced(self, recording_id: str, on: bool) -> Recording:
        """Keep whether interlaced pictures of a recording are shown without combs."""
        return self._changed(recording_id, deinterlaced=on)

    def _changed(self, recording_id: str, **changes: object) -> Recording:
        """Change these columns and no others."""
        changed = replace(self._file.get(Recording, recording_id), **changes)  # type: ignore[arg-type]
        self._file.change(changed)
        return changed

    def choice(self, name: str) -> str:
        """What was chosen last in this study under a name, such as which camera leads."""
        return self._file.note(f"choice/{name}")

    def choose(self, name: str, value: str) -> None:
        """Remember a choice with the study."""
        if value != self.choice(name):
            self._file.remember(f"choice/{name}", value)

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
            scheme=self._as_coded(self.schemes()[entry.scheme_hash], entry.session_id),
            role=entry.role,
            status=entry.status,
            coded_from_us=entry.coded_from_us,
            coded_until_us=entry.coded_until_us,
        )
        coded = blank.with_events(self._file.events_of(entry.id))
        return coded.with_ratings(self._file.ratings_of(entry.id))

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
        session = self._file.get(Session, session_id)
        entry = self.entry(session_id, coder_id, role, scheme)
        if entry is not None:
            observation = self.observation(entry)
        else:
            if coder_id not in {coder.id for coder in self._file.all(Coder)}:
                self._file.add(Coder(id=coder_id))
            observation = Observation(
                id=fresh_id(),
                session_id=session_id,
                coder_id=coder_id,
                scheme=self._as_coded(scheme, session_id),
                role=role,
            )
            self._file.add_observation(observation)
        recordings = [one for one in self._file.all(Recording) if one.session_id == session_id]
        episodes = self._file.episodes_of(session_id)
        family = family_of(self._file, session, scheme)
        return CodingService(
            observation,
            self._file.log_of(observation.id),
            setting=setting_of(observation, session, recordings, episodes, family),
        )

    def _as_coded(self, scheme: Scheme, session_id: str) -> Scheme:
        return with_goals(as_coded_with(self._file, scheme), self._file, session_id)
