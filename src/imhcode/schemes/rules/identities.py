"""No two things of one sort may have one id."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index
from imhcode.schemes.place import NOUNS, Place

LISTS = (
    "citations",
    "subjects",
    "profiles",
    "passes",
    "tracks",
    "modifiers",
    "links",
    "parameters",
    "derived",
    "checks",
)


def identities(index: Index) -> Iterator[Finding]:
    """Ids that stand twice."""
    top = index.top
    for name in LISTS:
        yield from _twice(top, name, "")
    yield from _twice(top.at("episodes"), "set", "")
    for track in top.each("tracks"):
        yield from _twice(track, "codes", f" on track {track.id}")
    for modifier in top.each("modifiers"):
        yield from _twice(modifier, "values", f" of modifier {modifier.id}")
    seen: dict[str, int] = {}
    for one in top.each("class_vocabulary"):
        if one.word in seen:
            yield one.error("id-twice", f'class "{one.word}" is declared twice')
        elif one.word:
            seen[one.word] = one.line


def _twice(holder: Place, name: str, of: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for item in holder.each(name):
        called = item.at("key" if name == "citations" else "id")
        if not called.word:
            continue
        if called.word in first:
            message = f'{NOUNS[name]} "{called.word}"{of} stands twice'
            yield called.error("id-twice", f"{message} (first on line {first[called.word]})")
        else:
            first[called.word] = called.line
