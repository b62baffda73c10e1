"""A bare list of what can be coded, wherever it comes from, and the scheme that it makes.

The door for vocabularies of others: a list in a spreadsheet comes in through
:mod:`imhcode.schemes.from_list`; a reader of another program's codes has only to fill these in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from imhcode.domain.timecode import US_PER_S
from imhcode.schemes.yaml_text import block_of, item_text

#: colours that are told apart by most eyes (Okabe and Ito; then Tol)
COLORS = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442",
    "#882255", "#44AA99", "#DDCC77", "#AA4499", "#117733",
)  # fmt: skip
_ROLES: Mapping[str, str] = {
    "infant": "child", "baby": "child", "child": "child", "toddler": "child",
    "caregiver": "caregiver", "parent": "caregiver", "mother": "caregiver", "father": "caregiver",
    "dyad": "group", "group": "group", "family": "group",
    "professional": "professional", "examiner": "professional", "therapist": "professional",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCode:
    """A code; what is empty is left out or chosen."""

    id: str
    label: str
    key: str = ""
    color: str = ""
    definition: str = ""
    uncodable: bool = False
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTrack:
    """A track with its codes."""

    id: str
    label: str
    kind: str
    subject: str
    codes: tuple[ListedCode, ...]
    exclusive: bool = False
    exhaustive: bool = False
    takes_duration: bool = False  #: of a point
    takes_transcript: bool = False
    bin_us: int = 1_000_000  #: of an interval track


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedModifier:
    """A modifier; without values and type it is text."""

    id: str
    label: str
    values: tuple[tuple[str, str], ...] = ()  #: id and label
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything a list says."""

    id: str
    title: str
    tracks: tuple[ListedTrack, ...]
    modifiers: tuple[ListedModifier, ...] = ()
    note: str = ""


def scheme_text_of(vocabulary: Vocabulary) -> str:
    """The scheme, as YAML that its author goes on with.

    Tracks that share keys each get a pass of their own; otherwise all is coded at once.
    """
    top: dict[str, Any] = {
        "imhcode_scheme": "1.0",
        "id": vocabulary.id,
        "version": "0.1.0",
        "title": vocabulary.title,
        "status": "lab",
    }
    if vocabulary.note:
        top["summary"] = vocabulary.note
    subjects = dict.fromkeys(track.subject for track in vocabulary.tracks)
    parts: list[tuple[str, str, Sequence[Mapping[str, Any]]]] = [
        ("Who is coded.", "subjects", [_subject(one) for one in subjects]),
        ("What is coded.", "tracks", [_track(one) for one in vocabulary.tracks]),
        ("Further choices.", "modifiers", [_modifier(one) for one in vocabulary.modifiers]),
        ("Runs through a session.", "passes", _passes(vocabulary.tracks)),
    ]
    sections = [block_of(top, 0)]
    for comment, name, items in parts:
        if items:
            between = "\n\n  " if name == "tracks" else "\n  "
            listed = between.join(item_text(one, 2, in_block=name == "tracks") for one in items)
            sections.append(f"# {comment}\n{name}:\n  {listed}")
    return "\n\n".join(sections) + "\n"


def _subject(subject: str) -> dict[str, Any]:
    return {"id": subject, "label": _words(subject), "role": _ROLES.get(subject, "partner")}


def _track(track: ListedTrack) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": track.id,
        "label": track.label,
        "subject": track.subject,
        "kind": track.kind,
    }
    if track.exclusive:
        made["exclusive"] = True
    if track.exhaustive:
        made["exhaustive"] = True
    if track.takes_duration:
        made["duration"] = "optional"
    if track.takes_transcript:
        made["transcript"] = "optional"
    if track.kind == "interval":
        bin_s = track.bin_us / US_PER_S
        made["interval"] = {"bin_s": int(bin_s) if bin_s.is_integer() else bin_s}
    taken = {one.color.upper() for one in track.codes}
    free = cycle([one for one in COLORS if one not in taken] or COLORS)
    made["codes"] = [_code(one, free) for one in track.codes]
    return made


def _code(code: ListedCode, colors: Iterable[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"id": code.id, "label": code.label}
    if code.key:
        made["key"] = code.key
    color = code.color or ("#999999" if code.uncodable else next(iter(colors)))
    made["color"] = color
    if code.uncodable:
        made["uncodable"] = True
    if code.definition:
        made["definition"] = code.definition
    if code.modifiers:
        made["modifiers"] = list(code.modifiers)
    return made


def _modifier(modifier: ListedModifier) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": modifier.id,
        "label": modifier.label,
        "type": modifier.type or ("choice" if modifier.values else "text"),
    }
    if modifier.values:
        made["values"] = [
            {"id": value, "label": label, **({"key": str(number)} if number < 10 else {})}
            for number, (value, label) in enumerate(modifier.values, 1)
        ]
    return made


def _passes(tracks: Sequence[ListedTrack]) -> list[dict[str, Any]]:
    keys = [{code.key.lower() for code in track.codes if code.key} for track in tracks]
    if sum(map(len, keys)) == len(set().union(*keys)):
        return []
    return [
        {"id": track.id, "label": track.label, "order": number, "tracks": [track.id]}
        for number, track in enumerate(tracks, 1)
    ]


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
