"""The words of schemes as a project has them: behaviours in categories, sets of modifiers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from imhcode.domain.codes import Code, Modifier, Track
from imhcode.domain.event import Event
from imhcode.formats.boris.stretches import subject_of
from imhcode.formats.record import Record

_FORBIDDEN = str.maketrans(dict.fromkeys("(|),`~", " "))
_STATES = frozenset({"state", "range", "interval"})
_TYPES = {"multi": 1, "number": 2}
Place = tuple[str, str]  #: track and code


@dataclass(slots=True)
class Ethogram:
    """What is declared in a project.

    Attributes
    ----------
    behaviours : dict
        Behaviour by track and code: the code, with its track where several tracks have it.
    lasting : set of str
        Tracks whose events have a start and a stop.
    sets : dict
        Modifiers of each code, in order, each with the answers that are declared.
    """

    tracks: dict[str, Track] = field(default_factory=dict)
    codes: dict[Place, Code | None] = field(default_factory=dict)
    behaviours: dict[Place, str] = field(default_factory=dict)
    lasting: set[str] = field(default_factory=set)
    sets: dict[Place, dict[str, dict[str, None]]] = field(default_factory=dict)
    modifiers: dict[str, Modifier] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)


def ethogram_of(records: Sequence[Record]) -> Ethogram:
    """All that the schemes of these records can say, and what their events say beside it."""
    made = Ethogram()
    for record in records:
        scheme = record.observation.scheme
        for subject in scheme.subjects:
            made.subjects.setdefault(subject.id, subject.label)
        for modifier in scheme.modifiers:
            made.modifiers.setdefault(modifier.id, modifier)
        for track in scheme.tracks:
            made.tracks.setdefault(track.id, track)
            if track.kind in _STATES:
                made.lasting.add(track.id)
            for code in track.codes:
                made.codes.setdefault((track.id, code.id), code)
                offered = made.sets.setdefault((track.id, code.id), {})
                for one in scheme.modifiers_for(track, code):
                    values = [plain(value.id) for value in one.values]
                    offered[one.id] = offered.get(one.id, {}) | dict.fromkeys(values)
        for event in record.observation.timeline:
            _add_event(made, record, event)
    ids = [code for _, code in made.codes]
    made.behaviours = {
        (track, code): f"{track}.{code}" if ids.count(code) > 1 else code
        for track, code in made.codes
    }
    return made


def _add_event(made: Ethogram, record: Record, event: Event) -> None:
    place = (event.track, event.code)
    made.codes.setdefault(place, None)
    sets = made.sets.setdefault(place, {})
    if event.is_running or not event.is_instant:
        made.lasting.add(event.track)
    made.subjects.setdefault(subject_of(record, event), "")
    for name, values in event.modifiers:
        modifier = made.modifiers.get(name)
        answers = sets.setdefault(name, {})
        if modifier is None or modifier.type != "number":
            answers |= dict.fromkeys(map(plain, values))


def plain(value: str) -> str:
    """An answer without the characters that BORIS takes sets apart by."""
    text = value.translate(_FORBIDDEN).strip()
    return text if text not in ("", "None") else "none"


def field_of(event: Event, made: Ethogram) -> str:
    """What stands in the one field for modifiers: one part for each set of the code."""
    said = dict(event.modifiers)
    sets = made.sets[event.track, event.code]
    return "|".join(",".join(map(plain, said.get(name, ()))) or "None" for name in sets)


def behaviours_conf(made: Ethogram) -> dict[str, Any]:
    """The ethogram of a project."""
    entries = []
    for place, code in made.codes.items():
        track = made.tracks.get(place[0])
        lasts = place[0] in made.lasting
        rivals = [one for one in made.codes if one[0] == place[0] and one != place]
        exclusive = track is not None and track.exclusive and lasts
        entries.append(
            {
                "type": "State event" if lasts else "Point event",
                "key": code.key if code else "",
                "code": made.behaviours[place],
                "description": (code.definition or code.label) if code else "",
                "color": code.color if code else "",
                "category": place[0],
                "modifiers": _sets(made, place),
                "excluded": ",".join(made.behaviours[one] for one in rivals) if exclusive else "",
                "coding map": "",
            }
        )
    return numbered(entries)


def _sets(made: Ethogram, place: Place) -> dict[str, Any]:
    entries = []
    for name, values in made.sets[place].items():
        modifier = made.modifiers.get(name)
        kind = modifier.type if modifier else "choice"
        entries.append(
            {
                "name": name,
                "description": modifier.label if modifier else "",
                "type": _TYPES.get(kind, 0),
                "ask at stop": False,
                "values": [] if kind == "number" else list(values),
            }
        )
    return numbered(entries)


def subjects_conf(made: Ethogram) -> dict[str, Any]:
    """The subjects of a project."""
    return numbered(
        [
            {
                "key": "",
                "name": name,
                "description": "" if label.casefold() == name.casefold() else label,
            }
            for name, label in made.subjects.items()
            if name
        ]
    )


def numbered(entries: Sequence[Any]) -> dict[str, Any]:
    """A list as BORIS writes one: an object whose keys are numbers.

    >>> numbered(["a", "b"])
    {'0': 'a', '1': 'b'}
    """
    return {str(n): one for n, one in enumerate(entries)}
