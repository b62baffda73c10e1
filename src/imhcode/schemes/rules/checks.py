"""What checks refer to."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, by_id, words
from imhcode.schemes.place import Place
from imhcode.schemes.rules.references import missing

#: fields of a check that hold events; ``to`` also holds a list of them, or codes of a link's end
_EVENTS = ("events", "what", "with", "per", "to")


def checks(index: Index) -> Iterator[Finding]:
    """Names in checks that refer to nothing, and checks that could never find anything."""
    episodes = by_id(index.top.at("episodes"), "set")
    ratings = by_id(index.top, "ratings")
    for check in index.top.each("checks"):
        yield from missing([check.at("link")], "link", index.links)
        yield from missing([check.at("track")], "track", index.tracks)
        yield from missing(check.each("episodes"), "episode", episodes)
        yield from missing(check.each("ratings"), "rating", ratings)
        yield from _ends(index, check)
        yield from _covers(index, check)
        yield from _limits(check)
        for name in _EVENTS:
            field = check.at(name)
            for events in [field, *(one for _, one in field.fields())]:
                if events.at("track").word:
                    yield from _events(index, events)


def _ends(index: Index, check: Place) -> Iterator[Finding]:
    """Codes and classes at the two ends of a link."""
    link = index.links.get(check.at("link").word)
    if link is None:
        return
    end = "from" if check.at("end").word == "from" else "to"
    for place, which in ((check, end), (check.at("from"), "from"), (check.at("to"), "to")):
        track_id = link.at(f"{which}_track").word
        yield from _codes_and_classes(index, place, track_id, words(link, f"{which}_codes"))


def _events(index: Index, events: Place) -> Iterator[Finding]:
    yield from missing([events.at("track")], "track", index.tracks)
    yield from _codes_and_classes(index, events, events.at("track").word, ())
    named = events.at("modifier")
    yield from missing([named], "modifier", index.modifiers)
    modifier = index.modifiers.get(named.word)
    if events.at("values").value and not named.word:
        message = f"{events.name} has values but no modifier that takes them"
        yield events.at("values").error("values-of-nothing", message)
    if modifier is not None:
        yield from missing(events.each("values"), "value", by_id(modifier, "values"))


def _codes_and_classes(
    index: Index, place: Place, track_id: str, linked: list[str] | tuple[()]
) -> Iterator[Finding]:
    if track_id not in index.tracks:
        return
    yield from missing(place.each("codes"), "code", index.codes(track_id))
    for code in place.each("codes"):
        if linked and code.word in index.codes(track_id) and code.word not in linked:
            message = f'{place.name} can find nothing: its link does not reach code "{code.word}"'
            yield code.warning("check-never", message)
    yield from missing(place.each("classes"), "class", index.classes)
    borne = index.classes_on(track_id)
    for one in place.each("classes"):
        if one.word in index.classes and one.word not in borne:
            message = f'class "{one.word}" in {one.owner} is borne by no code of track {track_id}'
            yield one.warning("class-never", message)


def _covers(index: Index, check: Place) -> Iterator[Finding]:
    track = index.tracks.get(check.at("track").word)
    if track is not None and track.at("exhaustive").value is not True:
        message = f"{check.name} wants {track.name} without gaps, but it is not exhaustive"
        yield check.at("track").warning("not-exhaustive", message)


def _limits(check: Place) -> Iterator[Finding]:
    for lowest, highest in (("min_s", "max_s"), ("min_pct", "max_pct"), ("min", "max")):
        low, high = check.at(lowest), check.at(highest)
        least = 1 if low.number is None and lowest == "min" else low.number
        if least is not None and high.number is not None and least > high.number:
            message = f"{lowest} {least:g} is above {highest} {high.number:g} in {check.name}"
            yield high.error("min-above-max", message)
