"""What becomes of a file's words: each is a word of a scheme, or is kept as a note."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from imhcode.domain.timecode import as_clock
from imhcode.formats.found import FoundModifier
from imhcode.formats.incoming import IncomingEvent
from imhcode.services.file_words import Word, values_in


@dataclass(frozen=True, slots=True, kw_only=True)
class WordMapping:
    """From the words of a file to those of one scheme.

    Attributes
    ----------
    codes : Mapping
        Track and code of the scheme by track and code of the file; ``None``: a note.
    modifiers : Mapping
        Id of the scheme's modifier by the file's; empty: it goes into the comment.
    values : Mapping
        Id of the scheme's value by the file's modifier and value; empty: into the comment.
    free : frozenset of str
        Modifiers of the file whose values are words or numbers, taken as they are.
    found : Mapping
        The file's modifiers by id.
    """

    codes: Mapping[Word, Word | None]
    modifiers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    found: Mapping[str, FoundModifier] = field(default_factory=dict)

    def applied(self, event: IncomingEvent) -> IncomingEvent | None:
        """The event in the words of the scheme; ``None`` if it is kept as a note."""
        target = self.codes.get((event.track, event.code))
        if target is None:
            return None
        kept: list[tuple[str, tuple[str, ...]]] = []
        told: list[str] = []
        for name, cells in event.modifiers:
            to = self.modifiers.get(name, "")
            chosen = list(values_in(self.found.get(name), cells))
            if name in self.free:
                meant = {one: one for one in chosen}
            else:
                meant = {one: self.values.get((name, one), "") for one in chosen}
            good = tuple(one for one in meant.values() if one) if to else ()
            lost = [one for one, known in meant.items() if not (to and known)]
            if good:
                kept.append((to, good))
            if lost:
                told.append(f"[{name}: {', '.join(lost)}]")
        comment = " ".join([event.comment, *told]).strip() if told else event.comment
        return replace(
            event,
            track=target[0],
            code=target[1],
            modifiers=tuple(kept),
            comment=comment,
            scheme_id="",
            scheme_version="",
            scheme_hash="",
        )


def in_words(event: IncomingEvent) -> str:
    """An event that has no place, as a note."""
    until = "" if event.offset_us is None else f" – {as_clock(event.offset_us)}"
    told = f"{event.track}: {event.code}, {as_clock(event.onset_us)}{until}"
    for name, cells in event.modifiers:
        told += f", {name}: {', '.join(cells)}"
    for words in (event.transcript, event.comment):
        if words:
            told += f", “{words}”"
    return told
