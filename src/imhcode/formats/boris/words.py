"""The words of a project as tracks: who, and which behaviours go together.

BORIS has behaviours in categories, each for any subject, with pairs that exclude each other.  A
track is a category of one subject.  States and points of one category are two tracks, and so are
several groups of states of which each excludes all others of its group.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from imhcode.formats.boris.project import Behaviour, Project
from imhcode.formats.found import (
    FoundCode,
    FoundModifier,
    FoundTrack,
    FoundVocabulary,
    ModifierType,
)

_INSTANCE = re.compile(r"(.+?) \((.+)\)", re.DOTALL)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Behaviours that make one track for each subject that shows them."""

    category: str
    name: str
    state: bool
    exclusive: bool | None
    behaviours: tuple[Behaviour, ...]


@dataclass(slots=True)
class Words:
    """How the words of events are said here.

    Attributes
    ----------
    tracks : dict
        Track by subject and behaviour, as events have them.
    codes : dict
        Code by behaviour: ``gaze.away`` of the category ``gaze`` is ``away`` where another
        category has an ``away`` of its own.
    persons : dict
        Subject and instance by the subject of events: ``caregiver (mother)`` is the mother if the
        project has a subject ``caregiver``.
    exclusive : set of str
        Tracks of which one code at a time holds.
    lost : list of (str, str)
        Exclusions that no track says.
    """

    vocabulary: FoundVocabulary = field(default_factory=FoundVocabulary)
    tracks: dict[Pair, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    persons: dict[str, Pair] = field(default_factory=dict)
    exclusive: set[str] = field(default_factory=set)
    lost: list[Pair] = field(default_factory=list)


def words_of(project: Project, used: Sequence[Pair]) -> Words:
    """The words of a project.

    Parameters
    ----------
    used : sequence of (str, str)
        Subject and behaviour of its events, each pair once.
    """
    words = Words()
    undeclared = dict.fromkeys(code for _, code in used if code not in project.behaviours)
    behaviours = [
        *project.behaviours.values(),
        *(Behaviour(code=code, state=False) for code in undeclared),
    ]
    words.codes = _plain_codes(behaviours)
    names = dict.fromkeys([*project.subjects, *(subject for subject, _ in used)])
    words.persons = {name: _person(name, project) for name in names}
    tracks: list[FoundTrack] = []
    for group in _groups(behaviours, words):
        codes = {one.code for one in group.behaviours}
        seen = [pair for pair in used if pair[1] in codes]
        subjects = list(dict.fromkeys(words.persons[subject][0] for subject, _ in seen)) or [""]
        for subject in subjects:
            track = _track(group, subject, words, {one.id for one in tracks}, len(subjects) == 1)
            tracks.append(track)
            if group.exclusive:
                words.exclusive.add(track.id)
            words.tracks |= {
                pair: track.id for pair in seen if words.persons[pair[0]][0] == subject
            }
    words.vocabulary = FoundVocabulary(
        title=project.title, tracks=tuple(tracks), modifiers=tuple(_modifiers(behaviours))
    )
    return words


def _plain_codes(behaviours: Sequence[Behaviour]) -> dict[str, str]:
    plain = {one.code: one.code.removeprefix(f"{one.category}.") for one in behaviours}
    many = list(plain.values())
    return {
        code: bare if bare and (bare == code or many.count(bare) > 1) else code
        for code, bare in plain.items()
    }


def _person(name: str, project: Project) -> Pair:
    found = _INSTANCE.fullmatch(name)
    if found is not None and found[1] in project.subjects:
        return found[1], found[2]
    return name, ""


def _groups(behaviours: Sequence[Behaviour], words: Words) -> Iterator[Group]:
    by_category: dict[str, list[Behaviour]] = defaultdict(list)
    for one in behaviours:
        by_category[one.category].append(one)
    for category, ones in by_category.items():
        states = [one for one in ones if one.state]
        points = [one for one in ones if not one.state]
        for n, (members, exclusive) in enumerate(_sets_of_states(states, words), 1):
            name = category or "states"
            yield Group(category, name if n == 1 else f"{name} {n}", True, exclusive, members)
        if points:
            name = f"{category} points".strip() if states else category or "points"
            yield Group(category, name, False, None, tuple(points))


def _sets_of_states(
    states: Sequence[Behaviour], words: Words
) -> Iterator[tuple[tuple[Behaviour, ...], bool | None]]:
    """Yield the states that exclude all others of their set; then those that exclude none."""
    codes = {one.code for one in states}
    partners = {one.code: one.excluded & codes for one in states}
    for code, others in list(partners.items()):
        for other in others:
            partners[other] |= {code}
    words.lost += sorted((one.code, other) for one in states for other in one.excluded - codes)
    sets = [frozenset({code}) | others for code, others in partners.items() if others]
    if any(partners[code] | {code} != one for one in sets for code in one):
        words.lost += sorted((code, other) for code in codes for other in partners[code])
        yield tuple(states), False
        return
    for members in dict.fromkeys(sets):
        yield tuple(one for one in states if one.code in members), True
    free = tuple(one for one in states if not partners[one.code])
    if free:
        yield free, None if len(free) == 1 else False


def _track(group: Group, subject: str, words: Words, taken: set[str], only: bool) -> FoundTrack:
    label = " ".join(filter(None, (subject, group.name)))
    track_id = group.name if only and group.category else label
    while track_id in taken:
        track_id += " +"
    return FoundTrack(
        id=track_id,
        label=label,
        kind="state" if group.state else "point",
        subject=subject,
        exclusive=group.exclusive,
        codes=tuple(
            FoundCode(
                id=words.codes[one.code],
                label=words.codes[one.code],
                key=one.key,
                color=one.color,
                definition=one.definition,
                kind="state" if one.state else "point",
                modifiers=tuple(each.id for each in one.sets),
            )
            for one in group.behaviours
        ),
    )


def _modifiers(behaviours: Sequence[Behaviour]) -> Iterator[FoundModifier]:
    """Yield each modifier once; sets of one name are one modifier with the answers of all."""
    types: dict[str, set[ModifierType]] = defaultdict(set)
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for behaviour in behaviours:
        for one in behaviour.sets:
            types[one.id].add(one.type)
            values[one.id] |= dict.fromkeys(one.values)
    for name, kinds in types.items():
        kind: ModifierType = "text"
        if len(kinds) == 1:
            kind = next(iter(kinds))
        elif kinds == {"choice", "multi"}:
            kind = "multi"
        yield FoundModifier(
            id=name,
            label=name,
            type=kind,
            values=tuple(values[name]) if kind in ("choice", "multi") else (),
        )
