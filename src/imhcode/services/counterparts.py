"""Words of a file beside those of a scheme: which are the same, and which look alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeVar

from imhcode.domain.scheme import Code, Modifier, ModifierValue, Scheme, Track
from imhcode.schemes.from_list import id_from
from imhcode.services.file_words import FileWords, Word
from imhcode.services.word_mapping import WordMapping

Sureness = Literal["same", "alike", "none"]
_Named = TypeVar("_Named", Track, Code, Modifier, ModifierValue)
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Counterpart:
    """One code of a file and the code of the scheme that it may be.

    Attributes
    ----------
    to : (str, str) or None
        Track and code of the scheme.
    sureness : str
        ``same`` name, or only ``alike``: somebody should look.
    events : int
        How many events of the file it concerns.
    """

    word: Word
    to: Word | None
    sureness: Sureness
    events: int


def counterparts(words: FileWords, scheme: Scheme) -> list[Counterpart]:
    """Propose a code of the scheme for each code of the file, in the file's order."""
    found = []
    for word in words.codes:
        events = words.used(word).events
        to, sureness = _code(scheme, words, word)
        found.append(Counterpart(word, to, sureness, events))
    return found


def mapping_to(words: FileWords, scheme: Scheme, codes: Mapping[Word, Word | None]) -> WordMapping:
    """The mapping with these codes; modifiers and values go where the names are the same."""
    modifiers: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    free = set()
    for name, found in words.modifiers.items():
        modifier = _named(name, found.label, scheme.modifiers)
        modifiers[name] = modifier.id if modifier else ""
        if modifier is None:
            continue
        if not modifier.values:
            free.add(name)
        for value in found.values:
            meant = _named(value, "", modifier.values)
            values[name, value] = meant.id if meant else ""
    return WordMapping(
        codes=codes, modifiers=modifiers, values=values, free=frozenset(free), found=words.modifiers
    )


def covers(words: FileWords, scheme: Scheme) -> bool:
    """Whether every code that the file uses has its counterpart, and fits how it is used."""
    used = [one for one in counterparts(words, scheme) if one.events]
    return bool(used) and all(
        one.to is not None and one.sureness == "same" and _fits(words, one.word, scheme, one.to)
        for one in used
    )


def _fits(words: FileWords, word: Word, scheme: Scheme, to: Word) -> bool:
    track, usage = scheme.track(to[0]), words.used(word)
    if track is None:
        return False
    if track.kind == "point":
        return track.takes_duration or not usage.lasting
    return not usage.instants


def _code(scheme: Scheme, words: FileWords, word: Word) -> tuple[Word | None, Sureness]:
    found = words.codes[word]
    track = _named(word[0], words.tracks[word[0]].label, scheme.tracks)
    if track is not None:
        code = _named(found.id, found.label, track.codes)
        if code is not None:
            return (track.id, code.id), "same"
    alike = _alike(found.id, found.label, [track] if track else scheme.tracks)
    return (alike, "alike") if alike else (None, "none")


def _alike(name: str, label: str, tracks: Iterable[Track]) -> Word | None:
    known: dict[str, Word] = {}
    for track in tracks:
        for code in track.codes:
            for words in (code.id, code.label.casefold()):
                known.setdefault(words, (track.id, code.id))
    for one in dict.fromkeys((id_from(name), name.casefold(), label.casefold())):
        near = get_close_matches(one, known, n=1, cutoff=_ALIKE) if one else []
        if near:
            return known[near[0]]
    return None


def _named(name: str, label: str, offered: Iterable[_Named]) -> _Named | None:
    """The one whose id or label is that name, or that label."""
    listed = list(offered)
    for wanted in (name, id_from(name)):
        for one in listed:
            if one.id == wanted:
                return one
    said = {one.casefold() for one in (name, label) if one}
    return next((one for one in listed if one.label.casefold() in said), None)
