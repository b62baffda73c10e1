"""What became of a file: counted, with everything that had no place."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundNote


@dataclass(frozen=True, slots=True)
class ObservationCameIn:
    """What one observation got, by one edit that can be undone."""

    session: str
    coder: str
    role: str
    scheme: str
    events: int
    ratings: int = 0


@dataclass(frozen=True, slots=True)
class FilmCameIn:
    """A film that the file names, and what became of it."""

    session: str
    path: str
    offset_us: int
    outcome: str


@dataclass(frozen=True, slots=True)
class TimesMoved:
    """How far times were moved onto frames, where somebody asked for it."""

    times: int
    mean_us: float
    max_us: int


@dataclass(frozen=True, slots=True)
class CodeFound:
    """A code of the file and how many events have it."""

    track: str
    code: str
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a file speaks of.

    Attributes
    ----------
    sessions, coders, subjects, modifiers : tuple of str
        As they stand in the file.
    codes : tuple of CodeFound
        In the file's order, also those without events.
    """

    sessions: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    codes: tuple[CodeFound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a file.

    Attributes
    ----------
    found, imported, kept_as_notes, refused : int
        Events and ratings in the file, and how many went which way: the last three add up to the
        first.
    findings : tuple of Finding
        By line; every refused event has an error among them.
    notes : tuple of FoundNote
        What has no place here, as text.
    scheme : str
        The scheme that foreign words were brought into; empty if the file speaks our own.
    scheme_is_new : bool
        Whether it was made of the words of the file.
    cancelled : bool
        Whether somebody stopped it: ``observations`` says what came in before.
    """

    file: str
    format: str
    sha256: str
    found: int
    imported: int
    kept_as_notes: int
    refused: int
    findings: tuple[Finding, ...] = ()
    notes: tuple[FoundNote, ...] = ()
    contents: Contents = Contents()
    observations: tuple[ObservationCameIn, ...] = ()
    films: tuple[FilmCameIn, ...] = ()
    moved: TimesMoved | None = None
    scheme: str = ""
    scheme_is_new: bool = False
    cancelled: bool = False

    def as_json(self) -> dict[str, Any]:
        """For scripts, and for keeping."""
        return asdict(self)


def lines_of(report: Mapping[str, Any], *, dry_run: bool = False) -> list[str]:
    """A report, kept or fresh, as lines to read."""
    return [
        *_contents(report),
        *_doubts(report),
        *_notes(report),
        counts_of(report, dry_run=dry_run),
    ]


def counts_of(report: Mapping[str, Any], *, dry_run: bool = False) -> str:
    """*n found, n imported, n kept as notes, n refused*."""
    found = report["found"]
    done = "would be imported" if dry_run else "imported"
    said = f"{found} event{'' if found == 1 else 's'} found, {report['imported']} {done}, "
    said += f"{report['kept_as_notes']} kept as notes, {report['refused']} refused."
    if report.get("cancelled"):
        said += " Stopped before the end: the observations listed above came in whole."
    return said


def _contents(report: Mapping[str, Any]) -> Iterable[str]:
    contents = report["contents"]
    for name in ("sessions", "coders", "subjects", "modifiers"):
        if contents[name]:
            yield f"{name}: {', '.join(contents[name])}"
    if contents["codes"]:
        listed = (f"{one['track']}/{one['code']} ({one['events']})" for one in contents["codes"])
        yield f"codes: {', '.join(listed)}"
    if report["scheme"]:
        made = "a new scheme, made of these words" if report["scheme_is_new"] else "of the study"
        yield f"scheme: {report['scheme']}, {made}"
    for film in report["films"]:
        offset = f", offset {film['offset_us'] / 1_000_000:g} s" if film["offset_us"] else ""
        yield f"recording: {film['path']} of {film['session']}{offset}: {film['outcome']}"
    for one in report["observations"]:
        also = f" and {one['ratings']} ratings" if one["ratings"] else ""
        yield (
            f"observation: {one['session']} by {one['coder']} ({one['role']}, {one['scheme']}): "
            f"{one['events']} events{also}"
        )
    moved = report.get("moved")
    if moved:
        yield (
            f"times: {moved['times']} moved onto frames, by {moved['mean_us'] / 1000:.3f} ms in "
            f"the mean, {moved['max_us'] / 1000:.3f} ms at most"
        )


def _doubts(report: Mapping[str, Any]) -> Iterable[str]:
    for one in report["findings"]:
        place = f"{report['file']}:{one['line']}" if one["line"] > 0 else report["file"]
        where = f" ({one['where']})" if one.get("where") else ""
        yield f"{place}: {one['severity']}: {one['message']}{where}"


def _notes(report: Mapping[str, Any]) -> Iterable[str]:
    for one in report["notes"]:
        place = " ".join(filter(None, (one["session"], one["where"])))
        yield f"note{f' ({place})' if place else ''}: {one['text']}"
