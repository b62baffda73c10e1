"""A BORIS project as incoming events, words, films and notes."""

from pathlib import Path
from typing import Any

from imhcode.formats.boris.observing import ObservationReading
from imhcode.formats.boris.project import Project, read_project
from imhcode.formats.boris.shapes import as_list, as_text, said
from imhcode.formats.boris.words import Words, words_of
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundNote
from imhcode.formats.incoming import Reading

_MOST_PAIRS = 20  #: exclusions named one by one


def read_boris(path: Path) -> Reading:
    """Read a project.

    Raises
    ------
    Refused
        Nothing of it can be read.
    """
    project = read_project(path)
    used: dict[tuple[str, str], None] = {}
    for name, observation in project.observations.items():
        rows = as_list(observation.get("events"), path, f"events of observation “{name}”")
        used |= _pairs(rows)
    words = words_of(project, list(used))
    reading = Reading(vocabulary=words.vocabulary)
    undeclared = dict.fromkeys(code for _, code in used if code not in project.behaviours)
    for code in undeclared:
        said_so = f"“{code}” is no behaviour of the project; its events are read as points"
        reading.findings.append(Finding("warning", "undeclared-code", 0, said_so))
    unknown = [one for one in words.persons if one and one not in project.subjects]
    for name in unknown:
        text = f"“{name}” is no subject of the project, but events speak of it"
        reading.findings.append(Finding("warning", "undeclared-subject", 0, text))
    taken: set[str] = set()
    for name, observation in project.observations.items():
        ObservationReading(project, words, name, observation, taken).into(reading)
    reading.modifiers = tuple(one.id for one in words.vocabulary.modifiers)
    _keep_rest(project, words, reading)
    return reading


def _pairs(rows: list[Any]) -> dict[tuple[str, str], None]:
    """Subject and behaviour of all rows, each pair once, in their order."""
    events = [row for row in rows if type(row) is list and len(row) >= 3]
    try:
        pairs = dict.fromkeys((row[1], row[2]) for row in events)
    except TypeError:  # a list or an object where words should stand
        return dict.fromkeys((as_text(row[1]), as_text(row[2])) for row in events)
    return {(as_text(subject), as_text(code)): None for subject, code in pairs}


def _keep_rest(project: Project, words: Words, reading: Reading) -> None:
    """Notes for all of the project that has no place in a study."""

    def keep(text: str, where: str) -> None:
        reading.notes.append(FoundNote(text=text, where=where))

    if project.description:
        keep(project.description, "project description")
    for name, description in project.subjects.items():
        if description:
            keep(f"{name}: {description}", "subjects")
    for name, areas in project.maps.items():
        for area, geometry in areas.items():
            keep(f"area “{area}”: {said(geometry)}", f"coding map “{name}” (without its picture)")
    for name, converter in project.converters.items():
        keep(said(converter), f"converter “{name}”")
        why = f"the project carries code, the converter “{name}”; it was not run and never is"
        reading.findings.append(Finding("warning", "code-not-run", 0, why))
    pairs = [f"{one}–{other}" for one, other in words.lost]
    if pairs:
        more = f" and {len(pairs) - _MOST_PAIRS} more" if len(pairs) > _MOST_PAIRS else ""
        text = f"exclude each other without being on one track: {', '.join(pairs[:_MOST_PAIRS])}"
        keep(text + more, "behaviours")
    for name, value in project.rest.items():
        keep(said(value), f"“{name}” of the project")
