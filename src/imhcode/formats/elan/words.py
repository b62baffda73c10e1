"""The words of an ELAN document: which tiers have codes, which have prose, and what they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imhcode.formats.elan.document import (
    ASSOCIATION,
    Annotation,
    ElanDocument,
    Entry,
    Tier,
)
from imhcode.formats.elan.our_mark import TierMark
from imhcode.formats.found import FoundCode, FoundModifier, FoundTrack, FoundVocabulary
from imhcode.formats.free_text import RULE, TEXT_CODE, is_free_text

_DEEPEST = 50  # tiers above a tier; a file may say that they go in circles
_REMARKS = ("comment", "note", "remark", "bemerk", "kommentar")

Warn = Callable[[str, int, str, Tier | None], None]


@dataclass(frozen=True, slots=True)
class TierWords:
    """What the texts of a tier are.

    Attributes
    ----------
    is_prose : bool
        What somebody said or wrote; else codes or values.
    is_remark : bool
        Prose of the coder, not of those who are coded.
    code : str
        The code of all its events, where it has prose.
    """

    is_prose: bool = False
    is_remark: bool = False
    code: str = ""


class Words:
    """All words of a document."""

    def __init__(
        self,
        document: ElanDocument,
        tiers: Sequence[Tier],
        kinds: dict[str, str],
        mark_of: Callable[[Tier], TierMark | None],
        warn: Warn,
    ) -> None:
        self._document, self._tiers, self._kinds = document, tiers, kinds
        self._by_id = {one.id: one for one in tiers}
        self._mark_of, self._warn = mark_of, warn
        self._warn_of_external()
        #: by vocabulary, made once: a thousand tiers may share one of ten thousand words
        self._entry: dict[str, dict[str, Entry]] = {}
        self._codes: dict[str, dict[str, FoundCode]] = {}
        for name, one in document.vocabularies.items():
            entries = [entry for entry in one.entries if entry.values]
            self._entry[name] = {entry.id: entry for entry in entries}
            words = ((entry.values[0], entry.description) for entry in entries)
            self._codes[name] = {
                word: FoundCode(id=word, definition=description) for word, description in words
            }
        self._of = {tier.id: self._words(tier) for tier in tiers}

    def of(self, tier: Tier) -> TierWords:
        """What the texts of a tier are."""
        return self._of[tier.id]

    def value(self, annotation: Annotation, tier: Tier) -> str:
        """Its text; a word of the vocabulary that has several languages counts as its first."""
        said = annotation.value.strip()
        if annotation.entry:
            words = self._entry.get(self._vocabulary_of(tier), {})
            if entry := words.get(annotation.entry):
                return entry.values[0] if not said or said in entry.values else said
        return said

    def modifier_ids(self) -> tuple[str, ...]:
        """Ids of all modifiers, ours and theirs."""
        ours = [mark.modifier for tier in self._tiers if (mark := self._mark_of(tier))]
        return tuple(dict.fromkeys([*filter(None, ours), *(one.id for one in self._modifiers())]))

    def vocabulary(self) -> FoundVocabulary | None:
        """The words; ``None`` if all tiers are ours."""
        if self._tiers and all(self._mark_of(tier) is not None for tier in self._tiers):
            return None
        tracks: dict[str, FoundTrack] = {}
        for tier in self._tiers:
            mark = self._mark_of(tier)
            if self._kinds[tier.id] != ASSOCIATION and (mark is None or mark.track not in tracks):
                track = self._track(tier, mark)
                tracks[track.id] = track
        return FoundVocabulary(tracks=tuple(tracks.values()), modifiers=tuple(self._modifiers()))

    def _warn_of_external(self) -> None:
        for one in self._document.vocabularies.values():
            if one.external:
                place = self._document.external.get(one.external, one.external)
                said = f"the words of the vocabulary “{one.id}” stand in {place}, not read here"
                self._warn("external-vocabulary", one.line, said, None)

    def _vocabulary_of(self, tier: Tier) -> str:
        """The name of a tier's vocabulary; empty if it has none that is there."""
        known = self._document.types.get(tier.type)
        return known.vocabulary if known and known.vocabulary in self._codes else ""

    def _words(self, tier: Tier) -> TierWords:
        if self._mark_of(tier) is not None:
            return TierWords()
        values = [value for one in tier.annotations if (value := self.value(one, tier))]
        is_answer = self._kinds[tier.id] == ASSOCIATION
        if self._vocabulary_of(tier):
            return TierWords()
        if not values and tier.annotations and not is_answer:
            said = f"its annotations hold no words; all get the code “{TEXT_CODE}”"
            self._warn("no-words", tier.line, said, tier)
            return TierWords(is_prose=True, code=TEXT_CODE)
        if is_free_text(values):
            remark = any(word in f"{tier.id} {tier.type}".casefold() for word in _REMARKS)
            becomes = "comment" if is_answer and remark else "transcript"
            code = "" if is_answer else f" of events with the code “{TEXT_CODE}”"
            said = f"{len(set(values))} texts were taken as {becomes}{code}, not as codes ({RULE})"
            self._warn("free-text", tier.line, said, tier)
            return TierWords(is_prose=True, is_remark=remark, code=TEXT_CODE)
        return TierWords()

    def _said(self, tier: Tier) -> dict[str, None]:
        """The words of a tier's annotations that its vocabulary lacks, in their order."""
        declared = self._codes.get(self._vocabulary_of(tier), {})
        said = (self.value(one, tier) for one in tier.annotations)
        return dict.fromkeys(word for word in said if word and word not in declared)

    def _track(self, tier: Tier, mark: TierMark | None) -> FoundTrack:
        if self.of(tier).is_prose:
            codes: tuple[FoundCode, ...] = (FoundCode(id=TEXT_CODE, label="Text"),)
        else:
            declared = self._codes.get(self._vocabulary_of(tier), {})
            codes = (*declared.values(), *(FoundCode(id=word) for word in self._said(tier)))
        return FoundTrack(
            id=mark.track if mark is not None else tier.id,
            label=tier.id,
            subject=self._participant(tier),
            codes=codes,
        )

    def _participant(self, tier: Tier) -> str:
        """Whom a tier is about: what it says itself, else what the tiers above it say."""
        for _ in range(_DEEPEST):
            above = self._by_id.get(tier.parent)
            if tier.participant or above is None:
                break
            tier = above
        return tier.participant

    def _modifiers(self) -> list[FoundModifier]:
        found = []
        for tier in self._tiers:
            if self._kinds[tier.id] != ASSOCIATION or self._mark_of(tier) is not None:
                continue
            if not self.of(tier).is_prose:
                declared = self._codes.get(self._vocabulary_of(tier), {})
                found.append(FoundModifier(id=tier.id, values=(*declared, *self._said(tier))))
        return found
