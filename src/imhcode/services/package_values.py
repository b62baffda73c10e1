"""What a package for supervision holds beside its clips, and how that is written down.

It is made of these values and of nothing else: no study goes out, no log, no id of one.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from imhcode.domain.dates import NotADate, as_date

FORMAT, VERSION = "imhcode-supervision", 1


class UnreadableError(ValueError):
    """A text that these values never write; the one who opens says which package it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedMoment:
    """One moment of a package: an event that lies on its own clip.

    Attributes
    ----------
    clip : str
        The file's name in the package.
    n_frames, duration_us : int
        Of the clip, which is the moment from its first frame to its last.
    title, kind : str
        In plain words, and what the scheme calls it.
    childs_words, question, goal, who : str
        As they were noted; who is in the picture by relations.
    comment, private_note : str
        Only where private notes were asked for.
    """

    clip: str
    n_frames: int
    duration_us: int
    title: str
    kind: str
    childs_words: str = ""
    question: str = ""
    goal: str = ""
    who: str = ""
    comment: str = ""
    private_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedFile:
    """A file of a package and what it must be."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a package says of itself.

    Attributes
    ----------
    made_on, expires_on : str
        ISO dates; on the second it may still be opened.
    has_private_notes : bool
        Whether private notes were put in.
    files : tuple of PackagedFile
        All others.
    """

    made_on: str
    expires_on: str
    has_private_notes: bool
    files: tuple[PackagedFile, ...] = ()


def text_of_moments(moments: tuple[PackagedMoment, ...]) -> str:
    """The moments as JSON."""
    return _text({"moments": [asdict(one) for one in moments]})


def moments_from(text: str) -> tuple[PackagedMoment, ...]:
    """The moments that `text_of_moments` wrote (`UnreadableError`)."""
    document = _document(text, {"moments"})
    return tuple(PackagedMoment(**_checked(one, PackagedMoment)) for one in document["moments"])


def text_of_manifest(manifest: Manifest) -> str:
    """The manifest as JSON."""
    return _text({"format": FORMAT, "version": VERSION, **asdict(manifest)})


def manifest_from(text: str) -> Manifest:
    """The manifest that `text_of_manifest` wrote (`UnreadableError`)."""
    names = {"format", "version", *(one.name for one in fields(Manifest))}
    document = _document(text, names)
    if (document.pop("format"), document.pop("version")) != (FORMAT, VERSION):
        raise UnreadableError("it is of another kind or version")
    files = tuple(PackagedFile(**_checked(one, PackagedFile)) for one in document.pop("files"))
    given = {"files": None, **document}
    for name, kind in (("made_on", str), ("expires_on", str), ("has_private_notes", bool)):
        if type(given[name]) is not kind:
            raise UnreadableError(f"“{name}” is something else")
    try:
        as_date(given["made_on"])
        if not as_date(given["expires_on"]):
            raise UnreadableError("it has no last day")
    except NotADate as failure:
        raise UnreadableError(failure.text()) from None
    return Manifest(**{**given, "files": files})


def _document(text: str, names: set[str]) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as failure:
        raise UnreadableError("it is no JSON") from failure
    if not isinstance(document, dict) or set(document) != names:
        raise UnreadableError("it has other fields")
    if any(not isinstance(document.get(one, []), list) for one in ("moments", "files")):
        raise UnreadableError("it has no list")
    return document


def _checked(one: object, kind: type) -> Mapping[str, Any]:
    kinds = {field.name: field.type for field in fields(kind)}
    if not isinstance(one, dict) or set(one) != set(kinds):
        raise UnreadableError("something in it has other fields")
    for name, its_type in kinds.items():
        if type(one[name]) is not its_type:
            raise UnreadableError(f"“{name}” is something else")
    return one


def _text(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
