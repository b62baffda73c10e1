"""The films that a file names: where they are on this machine, and how they join a session."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from imhcode.domain.errors import ImhcodeError
from imhcode.formats.found import FoundMedia
from imhcode.services.recording_facts import RecordingFacts, read_facts
from imhcode.services.studies import StudyService


@dataclass(frozen=True, slots=True)
class NamedFilm:
    """A film that a file names, and where it was found.

    Attributes
    ----------
    path : str
        As the file has it.
    offset_us : int
        Session time = recording time + ``offset_us``.
    found : Path or None
        ``None`` if it is nowhere where one looks.
    """

    session: str
    path: str
    offset_us: int
    found: Path | None


def films_of(
    media: Iterable[FoundMedia], file: Path, study: Path, session: str = ""
) -> list[NamedFilm]:
    """Look for films: where the file says, beside the file, beside the study.

    Parameters
    ----------
    session : str
        The session of films for which the file names none.
    """
    folders = (file.absolute().parent, study.absolute().parent)
    return [
        NamedFilm(one.session or session, one.path, one.offset_us, _found(one.path, folders))
        for one in media
    ]


def _found(said: str, folders: Sequence[Path]) -> Path | None:
    name = PureWindowsPath(said).name if "\\" in said or ":" in said else PurePosixPath(said).name
    if not name or "\0" in said:
        return None
    if said.startswith(("//", "\\\\")):  # another machine's: asking for it would tell who asks
        places = []
    elif Path(said).is_absolute():
        places = [Path(said)]
    else:
        places = [folder / said for folder in folders]
    places += [folder / name for folder in folders]
    try:
        return next((one for one in places if one.is_file()), None)
    except OSError:  # a name that this system cannot have
        return None


@dataclass(frozen=True, slots=True)
class FilmsRead:
    """What reading films has found: facts of those that can be played, and why others cannot."""

    facts: Mapping[Path, RecordingFacts]
    failures: Mapping[Path, str]


def read_films(
    films: Iterable[NamedFilm],
    *,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> FilmsRead:
    """Read the films that were found; on any thread, stopped by `Superseded`."""
    paths = list(dict.fromkeys(one.found for one in films if one.found is not None))
    facts: dict[Path, RecordingFacts] = {}
    failures: dict[Path, str] = {}
    for n, path in enumerate(paths):

        def told(share: float, n: int = n) -> None:
            on_progress((n + share) / len(paths))

        try:
            facts[path] = read_facts(path, on_progress=told, wanted=wanted)
        except ImhcodeError as failure:
            failures[path] = failure.text()
    return FilmsRead(facts, failures)


def attached(study: StudyService, film: NamedFilm, read: FilmsRead) -> str:
    """Let a film be a recording of its session; what became of it, in words.

    One that is there already stays as it is.
    """
    if film.found is None or film.found not in read.facts:
        return read.failures.get(film.found, "left out") if film.found else "not found"
    facts = read.facts[film.found]
    for entry in study.sessions():
        for recording in entry.recordings if entry.session.id == film.session else ():
            if recording.sha256 == facts.sha256:
                same = recording.offset_us == film.offset_us
                return "there already" if same else "there already, with another offset that stays"
    study.add_facts(facts, film.session, offset_us=film.offset_us)
    return "attached"
