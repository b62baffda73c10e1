"""All words of a file that is to be imported: those it declares, and those its events use."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from imhcode.domain.event import FAR_FUTURE_US
from imhcode.formats.found import FoundCode, FoundModifier, FoundTrack, FoundVocabulary
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.joined import split

Word = tuple[str, str]  #: track and code, as they stand in the file


@dataclass(slots=True)
class Usage:
    """What the events of one code are like.

    Attributes
    ----------
    events, instants, lasting, ending_never : int
        How many there are; with onset and offset one; with a length; without an offset.
    longest_us : int
        The longest of them, µs.
    """

    events: int = 0
    instants: int = 0
    lasting: int = 0
    ending_never: int = 0
    longest_us: int = 0


@dataclass(slots=True)
class Overlaps:
    """Events of different codes of one track that hold at once, in one observation."""

    count: int = 0
    first: IncomingEvent | None = None


@dataclass(slots=True)
class FileWords:
    """Words in the order of the file.

    Attributes
    ----------
    codes : dict
        Every code by track and code.
    undeclared : set
        Codes that events use and the file does not declare.
    modifiers_of : dict
        Ids of the modifiers that a code declares or uses, in order.
    several : set
        Modifiers of which some event has several values.
    spoken : set
        Tracks with events that carry words.
    """

    tracks: dict[str, FoundTrack] = field(default_factory=dict)
    codes: dict[Word, FoundCode] = field(default_factory=dict)
    usage: dict[Word, Usage] = field(default_factory=dict)
    undeclared: set[Word] = field(default_factory=set)
    modifiers: dict[str, FoundModifier] = field(default_factory=dict)
    modifiers_of: dict[Word, dict[str, None]] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    overlaps: dict[str, Overlaps] = field(default_factory=dict)

    def codes_of(self, track: str) -> list[FoundCode]:
        """The codes of a track, in order."""
        return [code for (one, _), code in self.codes.items() if one == track]

    def used(self, word: Word) -> Usage:
        """What the events of a code are like."""
        return self.usage.get(word, Usage())


def words_of(reading: Reading) -> FileWords:
    """Gather the words of a file."""
    words = FileWords()
    _declared(words, reading.vocabulary or FoundVocabulary())
    values: dict[str, dict[str, None]] = {
        one.id: dict.fromkeys(one.values) for one in words.modifiers.values()
    }
    for event in reading.events:
        _use(words, event)
        for name, cells in event.modifiers:
            _answer(words, values, event, name, cells)
    for name, found in values.items():
        known = words.modifiers.get(name, FoundModifier(id=name))
        if known.type in ("choice", "multi"):
            known = replace(known, values=tuple(found))
        words.modifiers[name] = known
    words.overlaps = _overlaps(reading.events)
    return words


def _declared(words: FileWords, vocabulary: FoundVocabulary) -> None:
    words.modifiers.update((one.id, one) for one in vocabulary.modifiers)
    for track in vocabulary.tracks:
        words.tracks[track.id] = track
        for code in track.codes:
            words.codes[track.id, code.id] = code
            words.modifiers_of[track.id, code.id] = dict.fromkeys(code.modifiers)


def _use(words: FileWords, event: IncomingEvent) -> None:
    word = (event.track, event.code)
    usage = words.usage.get(word)
    if usage is None:
        usage = words.usage[word] = Usage()
        words.tracks.setdefault(event.track, FoundTrack(id=event.track))
        if word not in words.codes:
            words.codes[word] = FoundCode(id=event.code)
            words.undeclared.add(word)
    usage.events += 1
    if event.offset_us is None:
        usage.ending_never += 1
    elif event.offset_us == event.onset_us:
        usage.instants += 1
    else:
        usage.lasting += 1
        usage.longest_us = max(usage.longest_us, event.offset_us - event.onset_us)
    if event.transcript:
        words.spoken.add(event.track)


def _answer(
    words: FileWords,
    values: dict[str, dict[str, None]],
    event: IncomingEvent,
    name: str,
    cells: Iterable[str],
) -> None:
    words.modifiers_of.setdefault((event.track, event.code), {})[name] = None
    known = words.modifiers.get(name)
    chosen = list(values_in(known, cells))
    values.setdefault(name, {}).update(dict.fromkeys(chosen))
    if len(chosen) > 1:
        words.several.add(name)


def values_in(modifier: FoundModifier | None, cells: Iterable[str]) -> Iterable[str]:
    """The values that stand in the cells of a modifier, each for itself; declared ones whole."""
    for cell in cells:
        if not cell.strip():
            continue
        if modifier is not None and (
            modifier.type in ("text", "number") or cell in modifier.values
        ):
            yield cell
        else:
            yield from (one.strip() for one in split(cell) if one.strip())


def _overlaps(events: Iterable[IncomingEvent]) -> dict[str, Overlaps]:
    """By track: how many events begin while another code of their lane holds."""
    lanes: dict[tuple[str, ...], list[IncomingEvent]] = {}
    for event in events:
        about = (event.track, event.session.id, event.coder_id, event.role, event.instance)
        lanes.setdefault(about, []).append(event)
    found: dict[str, Overlaps] = {}
    for (track, *_), lane in lanes.items():
        lane.sort(key=lambda one: (one.onset_us, _until(one)))
        until_us = -FAR_FUTURE_US
        for event in lane:
            if event.onset_us < until_us and event.offset_us != event.onset_us:
                here = found.setdefault(track, Overlaps())
                here.count += 1
                here.first = here.first or event
            until_us = max(until_us, _until(event))
    return found


def _until(event: IncomingEvent) -> int:
    return FAR_FUTURE_US if event.offset_us is None else event.offset_us
