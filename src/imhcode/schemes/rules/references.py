"""Whatever one part of a scheme calls by its id must exist."""

from collections.abc import Iterable, Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, words
from imhcode.schemes.place import Place


def references(index: Index) -> Iterator[Finding]:
    """Names that refer to nothing, outside the measures."""
    for subject in index.top.each("subjects"):
        yield from missing(subject.each("members"), "subject", index.subjects)
    for profile in index.top.each("profiles"):
        yield from missing(profile.each("passes"), "pass", index.passes)
    for one in index.top.each("passes"):
        yield from _pass(index, one)
    for track in index.top.each("tracks"):
        yield from _track(index, track)
    for link in index.top.each("links"):
        yield from _link(index, link)
    for parameter in index.top.each("parameters"):
        yield from _overrides(parameter)


def missing(places: Iterable[Place], noun: str, known: Iterable[str]) -> Iterator[Finding]:
    """A finding for each word that is not known."""
    names = list(known)
    for place in places:
        if place.word and place.word not in names:
            yield place.unknown(noun, names)


def _pass(index: Index, one: Place) -> Iterator[Finding]:
    yield from missing(one.each("tracks"), "track", index.tracks)
    walk = one.at("walk")
    over = walk.at("over_track")
    yield from missing([over], "track", index.tracks)
    if over.word in index.tracks:
        yield from missing(walk.each("codes"), "code", index.codes(over.word))
    yield from missing(walk.each("classes"), "class", index.classes)


def _track(index: Index, track: Place) -> Iterator[Finding]:
    yield from missing([track.at("subject")], "subject", index.subjects)
    yield from missing(track.each("modifiers"), "modifier", index.modifiers)
    yield from missing([track.at("default_code")], "code", index.codes(track.id))
    yield from missing(track.each("links"), "link", index.links)
    for name in track.each("links"):
        link = index.links.get(name.word)
        if link is not None and link.at("from_track").word != track.id:
            message = (
                f'link "{name.word}" in {track.name} begins on another track, '
                f'"{link.at("from_track").word}"'
            )
            yield name.error("link-elsewhere", message)
    linked = [index.links[name] for name in words(track, "links") if name in index.links]
    answered = [code for link in linked for code in index.codes(link.at("to_track").word)]
    for code in track.each("codes"):
        yield from missing(code.each("classes"), "class", index.classes)
        yield from missing(code.each("modifiers"), "modifier", index.modifiers)
        yield from missing(code.each("applies_to_bids"), "code", answered)


def _link(index: Index, link: Place) -> Iterator[Finding]:
    for end in ("from", "to"):
        track = link.at(f"{end}_track")
        yield from missing([track], "track", index.tracks)
        if track.word in index.tracks:
            yield from missing(link.each(f"{end}_codes"), "code", index.codes(track.word))
    begins = index.tracks.get(link.at("from_track").word)
    if begins is not None and link.id and link.id not in words(begins, "links"):
        message = f'{begins.name} does not list {link.name} in its "links"; nobody is asked for it'
        yield link.warning("link-unlisted", message)


def _overrides(parameter: Place) -> Iterator[Finding]:
    """The number that a parameter stands in for, as a path of ids."""
    place = parameter.at("overrides")
    if not place.word:
        return
    here = Place.top(place.source)
    for step in place.word.split("."):
        items = {item.id: item for _, item in here.fields() if item.id}
        here = items[step] if isinstance(here.value, list) and step in items else here.at(step)
    if here.number is None:
        message = f'"overrides" in {parameter.name} leads to no number: "{place.word}"'
        yield place.error("unknown-path", message)
