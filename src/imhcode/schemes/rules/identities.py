"""No two things of one sort may have one id."""

from collections.abc import Iterator

from imhcode.schemes.building_ratings import variant_id
from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, by_id
from imhcode.schemes.place import NOUNS, Place

LISTS = (
    "citations",
    "gold_standards",
    "subjects",
    "profiles",
    "passes",
    "audiences",
    "tracks",
    "modifiers",
    "links",
    "derived_tracks",
    "alternate_scales",
    "ratings",
    "parameters",
    "derived",
    "checks",
)


def identities(index: Index) -> Iterator[Finding]:
    """Ids that stand twice."""
    top = index.top
    for name in LISTS:
        yield from _twice(top, name, "")
    for name in ("set", "end_reasons"):
        yield from _twice(top.at("episodes"), name, "")
    for track in (*top.each("tracks"), *top.each("derived_tracks")):
        yield from _twice(track, "codes", f" on track {track.id}")
    for modifier in top.each("modifiers"):
        yield from _twice(modifier, "values", f" of modifier {modifier.id}")
    yield from _across(index)
    seen: dict[str, int] = {}
    for one in top.each("class_vocabulary"):
        if one.word in seen:
            yield one.error("id-twice", f'class "{one.word}" is declared twice')
        elif one.word:
            seen[one.word] = one.line


def _across(index: Index) -> Iterator[Finding]:
    """Things of two sorts that are exported side by side."""
    for name, place in index.derived_tracks.items():
        if name in index.tracks:
            line = index.tracks[name].line
            message = f'derived track "{name}" has the id of a track (line {line})'
            yield place.at("id").error("id-twice", message)
    for alternate in by_id(index.top, "alternate_scales").values():
        for rating in index.ratings:
            variant = variant_id(rating, alternate.id)
            if variant in index.ratings:
                line = index.ratings[variant].line
                message = (
                    f'variant "{variant}" of rating "{rating}" has the id of another rating '
                    f"(line {line})"
                )
                yield alternate.at("id").error("id-twice", message)


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
