"""Keys: one character, free of the program's own, and one meaning in a pass."""

from collections.abc import Iterator
from itertools import chain

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, words
from imhcode.schemes.place import Place
from imhcode.schemes.source import Steps

#: keys that the window keeps for itself whatever is coded, and what they do there
RESERVED = {
    " ": "plays and pauses",
    "[": "sets the onset",
    "]": "sets the offset",
    "{": "moves the onset by a frame",
    "}": "moves the onset by a frame",
    "-": "plays slower",
    "=": "plays faster",
    "\t": "goes to the next field",
    "space": "plays and pauses",
    "enter": "codes a new event",
    "return": "codes a new event",
    "backspace": "jumps back and replays",
    "esc": "closes the prompt",
    "escape": "closes the prompt",
    "del": "deletes the event",
    "delete": "deletes the event",
    "tab": "goes to the next field",
    "left": "goes back a frame",
    "right": "goes on a frame",
    "up": "goes to the previous event",
    "down": "goes to the next event",
    "←": "goes back a frame",
    "→": "goes on a frame",
    "↑": "goes to the previous event",
    "↓": "goes to the next event",
}

#: the right hand's transport keys on a laptop; a code takes them over while its pass is active
RIGHT_HAND = frozenset("iopjklm,.;/'")


def keys(index: Index) -> Iterator[Finding]:
    """Keys that cannot be pressed, are not free, or mean two things at once."""
    for track in index.top.each("tracks"):
        for code in track.each("codes"):
            yield from _one_key(track, code)
    for modifier in index.top.each("modifiers"):
        yield from _value_keys(modifier)
    yield from _episode_keys(index.top.at("episodes"))
    yield from _clashes(index)


def _one_key(track: Place, code: Place) -> Iterator[Finding]:
    place = code.at("key")
    key = place.word
    if not key:
        return
    if key.lower() in RESERVED:
        does = RESERVED[key.lower()]
        message = f'key "{key}" of {code.name} is reserved: it {does}'
        yield place.error("reserved-key", message)
    elif len(key) != 1 or not key.isprintable():
        message = f'key "{key}" of {code.name} must be exactly one character'
        yield place.error("key-length", message)
    elif key.isdigit() and _takes_modifiers(track):
        message = (
            f'key "{key}" of {code.name} is reserved: digits answer the modifiers of this track'
        )
        yield place.error("reserved-key", message)
    elif key.lower() in RIGHT_HAND:
        message = f'key "{key}" of {code.name} is a play key of the right hand; the code wins'
        yield place.warning("right-hand-key", message)


def _takes_modifiers(track: Place) -> bool:
    return any(words(holder, "modifiers") for holder in chain((track,), track.each("codes")))


def _value_keys(modifier: Place) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for value in modifier.each("values"):
        place = value.at("key")
        if not place.word:
            continue
        if place.word not in "123456789" or len(place.word) != 1:
            message = f'key "{place.word}" of {value.name} must be a digit from 1 to 9'
            yield place.error("value-key", message)
        elif place.word in first:
            other = first[place.word]
            message = (
                f'key "{place.word}" used twice in modifier {modifier.id} '
                f'by "{other.id}" (line {other.at("key").line}) and "{value.id}"'
            )
            yield place.error("key-twice", message)
        else:
            first[place.word] = value


def _episode_keys(episodes: Place) -> Iterator[Finding]:
    """Keys that begin an episode; they count while episodes are marked, not while coding."""
    first: dict[str, Place] = {}
    for episode in episodes.each("set"):
        place = episode.at("key")
        key = place.word
        if not key:
            continue
        if key.lower() in RESERVED:
            does = RESERVED[key.lower()]
            message = f'key "{key}" of {episode.name} is reserved: it {does}'
            yield place.error("reserved-key", message)
        elif len(key) != 1 or not key.isprintable():
            message = f'key "{key}" of {episode.name} must be exactly one character'
            yield place.error("key-length", message)
        elif key.lower() in first:
            other = first[key.lower()]
            message = (
                f'key "{key}" used twice for episodes by "{other.id}" '
                f'(line {other.at("key").line}) and "{episode.id}"'
            )
            yield place.error("key-twice", message)
        else:
            first[key.lower()] = episode


def _clashes(index: Index) -> Iterator[Finding]:
    """Two codes with one key that can be pressed at the same time.

    Tracks coded in one pass share the keyboard.  A scheme without passes is coded all at once.
    """
    told: set[tuple[Steps, Steps]] = set()
    for track_id in index.tracks:
        yield from _clash(index, [track_id], f"on track {track_id}", told)
    for one in index.top.each("passes"):
        together = [track for track in dict.fromkeys(words(one, "tracks")) if track in index.tracks]
        yield from _clash(index, together, f"in pass {one.id}", told)
    if not index.passes:
        yield from _clash(index, list(index.tracks), "in a scheme without passes", told)


def _clash(
    index: Index, tracks: list[str], where: str, told: set[tuple[Steps, Steps]]
) -> Iterator[Finding]:
    first: dict[str, tuple[str, Place]] = {}
    for track in tracks:
        for code in index.tracks[track].each("codes"):
            key = code.at("key")
            if not key.word:
                continue
            other_track, other = first.setdefault(key.word.lower(), (track, code))
            if other.steps == code.steps or (other.steps, code.steps) in told:
                continue
            told.add((other.steps, code.steps))
            line = other.at("key").line
            if other_track == track:
                names = f'"{other.id}" (line {line}) and "{code.id}"'
            else:
                names = f'"{other.id}" of {other_track} (line {line}) and "{code.id}" of {track}'
            yield key.error("key-twice", f'key "{key.word}" used twice {where} by {names}')
