"""What measures refer to."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, by_id
from imhcode.schemes.place import Place
from imhcode.schemes.rules.references import missing


def measures(index: Index) -> Iterator[Finding]:
    """Names in measures that refer to nothing, and classes that would always count nothing."""
    for measure in index.top.each("derived"):
        yield from missing(measure.each("requires_passes"), "pass", index.passes)
        yield from _selections(index, measure, "")


def _selections(index: Index, place: Place, track_around: str) -> Iterator[Finding]:
    """A selection and those inside it.

    Codes and classes belong to the track that the selection names, or to the one its link comes
    from, or to the one of the measure around it.
    """
    track, link = place.at("track"), place.at("link")
    yield from missing([track], "track", index.tracks)
    yield from missing([link], "link", index.links)
    on = track.word or track_around
    if link.word in index.links:
        on = index.links[link.word].at("from_track").word
    if on in index.tracks:
        yield from missing(place.each("codes"), "code", index.codes(on))
    for name in ("classes", "from_classes"):
        yield from missing(place.each(name), "class", index.classes)
        yield from _never(index, place, name, on)
    yield from _modifier(index, place)
    for name, inner in place.fields():
        if name == "any_of":
            for _, one in inner.fields():
                yield from _selections(index, one, on)
        elif isinstance(inner.value, dict):
            yield from _selections(index, inner, on)


def _never(index: Index, place: Place, name: str, track_id: str) -> Iterator[Finding]:
    if track_id not in index.tracks:
        return
    borne = index.classes_on(track_id)
    for one in place.each(name):
        if one.word in index.classes and one.word not in borne:
            message = f'class "{one.word}" in {one.owner} is borne by no code of track {track_id}'
            yield one.warning("class-never", message)


def _modifier(index: Index, place: Place) -> Iterator[Finding]:
    named = place.at("modifier")
    yield from missing([named], "modifier", index.modifiers)
    modifier = index.modifiers.get(named.word)
    if modifier is not None:
        yield from missing(place.each("values"), "value", by_id(modifier, "values"))
