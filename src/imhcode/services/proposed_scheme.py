"""The scheme that the words of a file would make, and what had to be decided for it.

Where a file leaves a question open (does this last? do these exclude each other?) its events
answer it, and the answer is told.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme
from imhcode.domain.text import clean_text
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundCode, FoundKind, FoundModifier, FoundTrack
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.document import findings_in
from imhcode.schemes.from_list import id_from
from imhcode.schemes.rules.keys import RESERVED
from imhcode.schemes.source import parse
from imhcode.schemes.starters import LEFT_HAND
from imhcode.schemes.vocabulary import (
    ListedCode,
    ListedModifier,
    ListedTrack,
    Vocabulary,
    scheme_text_of,
)
from imhcode.services.file_words import FileWords, Word
from imhcode.services.word_mapping import WordMapping

_LIMIT = 2_000  #: codes; beyond them the words of a file are no codes

_EVENTS_FOR_A_SLIP = 10  # of so many that last, one without length is a slip of the hand


class TooManyCodes(Refused):
    """Free text taken for codes."""

    sentence = "{count} different codes are more than a scheme can hold."
    next_step = "Map the file onto a scheme of the study with --scheme and --mapping."


class NoSchemeOfIt(Refused):
    """Words of which no scheme can be made."""

    sentence = "No coding scheme can be made of these words: {why}."
    next_step = "Map them onto a scheme of the study with --scheme and --mapping."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedScheme:
    """A scheme that is not in the study yet.

    Attributes
    ----------
    text : str
        As YAML, for its author to go on with.
    mapping : WordMapping
        From the words of the file to its ids.
    decisions : tuple of Finding
        What the file left open, and what was decided.
    """

    scheme: Scheme
    text: str
    mapping: WordMapping
    decisions: tuple[Finding, ...]


def proposed_scheme(words: FileWords, title: str, taken: Collection[str]) -> ProposedScheme:
    """Make a scheme of the words of a file.

    Parameters
    ----------
    title : str
        What it is called; its id is made of that.
    taken : collection of str
        Ids of schemes that the study has.

    Raises
    ------
    TooManyCodes, NoSchemeOfIt
        As their sentences say.
    """
    if len(words.codes) > _LIMIT:
        raise TooManyCodes(count=len(words.codes))
    making = _Making(words)
    tracks = making.tracks()
    if not tracks:
        raise NoSchemeOfIt(why="there are none")
    vocabulary = Vocabulary(
        id=_free(id_from(title) or "imported", taken),
        title=clean_text(title) or "Imported",
        tracks=tuple(tracks),
        modifiers=tuple(making.modifiers()),
    )
    text = scheme_text_of(vocabulary)
    source = parse(text)
    errors = [one for one in findings_in(source) if one.severity == "error"]
    if errors:
        raise NoSchemeOfIt(why=errors[0].message)
    return ProposedScheme(
        scheme=scheme_from_document(source.plain),
        text=text,
        mapping=making.mapping(),
        decisions=tuple(making.decisions),
    )


class _Making:
    def __init__(self, words: FileWords) -> None:
        self._words = words
        self._codes: dict[Word, Word | None] = {}
        self._modifiers = _numbered(words.modifiers, "modifier")
        self._values: dict[tuple[str, str], str] = {}
        self.decisions: list[Finding] = []
        for word in words.undeclared if words.tracks else ():
            if words.tracks[word[0]].codes:
                self._decide("undeclared-code", "the file does not declare it; it was added", word)

    def mapping(self) -> WordMapping:
        found = self._words.modifiers
        return WordMapping(
            codes=self._codes,
            modifiers=self._modifiers,
            values=self._values,
            free=frozenset(one for one, each in found.items() if self._type(each) in _FREE),
            found=found,
        )

    def tracks(self) -> list[ListedTrack]:
        made: list[ListedTrack] = []
        taken: dict[str, None] = {}
        for track in self._words.tracks.values():
            codes = self._words.codes_of(track.id)
            if not codes:
                self._decide("empty-track", "it has no codes and was left out", (track.id, ""))
                continue
            for kind, some in self._by_kind(track, codes):
                name = id_from(track.id) or "track"
                track_id = _free(
                    f"{name}_points" if name in taken and kind == "point" else name, taken
                )
                taken[track_id] = None
                made.append(self._track(replace(track, kind=kind), track_id, some))
        return made

    def modifiers(self) -> Iterator[ListedModifier]:
        used = {one for each in self._words.modifiers_of.values() for one in each}
        for name, modifier in self._words.modifiers.items():
            if name not in used:
                self._decide(
                    "unused-modifier", f"no code takes “{name}”; it was left out", ("", "")
                )
                continue
            kind = self._type(modifier)
            values: dict[str, str] = {}
            if kind not in _FREE:
                values = _numbered(modifier.values, "value")
                self._values.update(((name, value), one) for value, one in values.items())
            yield ListedModifier(
                id=self._modifiers[name],
                label=_label(modifier.label or name),
                values=tuple((one, _label(value)) for value, one in values.items()),
                type=kind,
            )

    def _type(self, modifier: FoundModifier) -> str:
        if modifier.type in _FREE:
            return modifier.type
        if not modifier.values:
            return "text"
        return "multi" if modifier.id in self._words.several else modifier.type

    def _by_kind(
        self, track: FoundTrack, codes: list[FoundCode]
    ) -> Iterator[tuple[FoundKind, list[FoundCode]]]:
        """Yield the kinds of a track with their codes: two where it mixes moments and states."""
        declared = {code.kind for code in codes if code.kind}
        if track.kind or not declared:
            yield track.kind or self._kind_by_events(track, codes), codes
            return
        kinds = {code.id: code.kind or self._kind_by_events(track, [code]) for code in codes}
        for kind in dict.fromkeys(kinds.values()):
            yield kind, [code for code in codes if kinds[code.id] == kind]
        if len(set(kinds.values())) > 1:
            said = "its codes are moments and states; each sort got a track of its own"
            self._decide("two-kinds", said, (track.id, ""))

    def _kind_by_events(self, track: FoundTrack, codes: Iterable[FoundCode]) -> FoundKind:
        usages = [self._words.used((track.id, code.id)) for code in codes]
        instants, lasting = sum(one.instants for one in usages), sum(one.lasting for one in usages)
        slips = 0 < instants * _EVENTS_FOR_A_SLIP < lasting
        lasts = lasting or any(one.ending_never for one in usages)
        kind: FoundKind = "state" if slips or (lasts and not instants) else "point"
        if not any(one.events for one in usages):
            kind, why = "state", "nothing is coded on it: it was taken for one of states"
        elif slips:
            why = "its events last, but for a few without length: it takes states"
        elif instants and lasting:
            why = "its events are moments and stretches: it takes points that may have a length"
        elif instants:
            why = "all its events are moments: it takes points"
        else:
            why = "its events last: it takes states"
        self._decide("kind-by-events", why, (track.id, ""))
        return kind

    def _track(self, track: FoundTrack, track_id: str, codes: list[FoundCode]) -> ListedTrack:
        words = self._words
        usages = [words.used((track.id, code.id)) for code in codes]
        ids = _numbered((code.id for code in codes), "code")
        self._codes.update(((track.id, code.id), (track_id, ids[code.id])) for code in codes)
        subject = id_from(track.subject)
        if not subject:
            self._decide("no-subject", "whom it is about is not said: the infant", (track.id, ""))
        takes_modifiers = any(words.modifiers_of.get((track.id, code.id)) for code in codes)
        keys = _keys(codes, digits=not takes_modifiers)
        longest_us = max((one.longest_us for one in usages), default=0)
        return ListedTrack(
            id=track_id,
            label=_label(track.label or track.id),
            kind=track.kind,
            subject=subject or "infant",
            codes=tuple(
                ListedCode(
                    id=ids[code.id],
                    label=_label(code.label or code.id),
                    key=keys[code.id],
                    color=code.color if _is_color(code.color) else "",
                    definition=clean_text(code.definition),
                    modifiers=tuple(
                        self._modifiers[one]
                        for one in words.modifiers_of.get((track.id, code.id), ())
                        if one in self._modifiers
                    ),
                )
                for code in codes
            ),
            exclusive=self._exclusive(track),
            takes_duration=track.kind == "point" and any(one.lasting for one in usages),
            takes_transcript=track.id in words.spoken,
            bin_us=max(track.bin_us, longest_us) or 1_000_000,
        )

    def _exclusive(self, track: FoundTrack) -> bool:
        if track.kind in ("point", "range"):
            return False
        overlaps = self._words.overlaps.get(track.id)
        if overlaps and overlaps.first:
            said = f"{overlaps.count} of its events begin while another one holds"
            first = overlaps.first
            if track.exclusive is not False:
                said += ": its codes do not exclude each other here"
                self._decide("overlap", said, (track.id, ""), first.line, first.where)
            return False
        if track.exclusive is None:
            self._decide(
                "exclusive-by-events",
                "no two events overlap: codes exclude each other",
                (track.id, ""),
            )
        return track.exclusive is not False

    def _decide(self, rule: str, said: str, word: Word, line: int = 1, where: str = "") -> None:
        name = " ".join(f"“{one}”" for one in word if one)
        message = f"{name}: {said}" if name else said
        finding = Finding("warning", rule, line, message, where)
        if finding not in self.decisions:
            self.decisions.append(finding)


_FREE = ("text", "number")


def _numbered(names: Iterable[str], noun: str) -> dict[str, str]:
    """A legal id for each name; the second of two that would be one gets a number."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        made[name] = _free(id_from(name) or noun, taken)
        taken.add(made[name])
    return made


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _label(words: str) -> str:
    return clean_text(words) or "…"


def _is_color(text: str) -> bool:
    return (
        len(text) == 7
        and text[0] == "#"
        and all(one in "0123456789abcdefABCDEF" for one in text[1:])
    )


def _keys(codes: list[FoundCode], *, digits: bool) -> dict[str, str]:
    """The file's keys where they can be pressed here; others get one that is free."""
    keys: dict[str, str] = {}
    for code in codes:
        key = code.key
        fits = len(key) == 1 and key.isprintable() and key.lower() not in RESERVED
        if fits and (digits or not key.isdigit()) and key.lower() not in keys.values():
            keys[code.id] = key.lower()
    free = iter([one for one in LEFT_HAND if one not in keys.values()])
    return {code.id: keys.get(code.id) or next(free, "") for code in codes}
