"""What measures refer to."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, by_id, words
from imhcode.schemes.place import Place
from imhcode.schemes.rules.references import missing, never

#: kinds that need ranks, and those that need numbers, on their tracks
_RANKED = ("ordinal_max", "ordinal_mean", "ordinal_mean_difference", "cross_correlation")


def measures(index: Index) -> Iterator[Finding]:
    """Names in measures that refer to nothing, and what would always count nothing."""
    for measure in index.top.each("derived"):
        yield from missing(measure.each("requires_passes"), "pass", index.passes)
        yield from missing(measure.each("only_in_episodes"), "episode", index.episodes)
        yield from missing(measure.each("tracks"), "track", index.measured)
        yield from _selections(index, measure, "")
        yield from _ranks(index, measure)
        yield from _from_others(index, measure)
        if measure.at("kind").word == "scale_composite":
            yield from _composite(index, measure)


def _selections(index: Index, place: Place, track_around: str) -> Iterator[Finding]:
    """A selection and those inside it.

    Codes and classes belong to the track that the selection names, or to the one its link comes
    from, or to the one of the measure around it.
    """
    link = place.at("link")
    for name in ("track", "codable_of", "time_of"):
        yield from missing([place.at(name)], "track", index.measured)
    yield from missing([link], "link", index.links)
    on = place.at("track").word or track_around
    if link.word in index.links:
        on = index.links[link.word].at("from_track").word
    if on in index.measured:
        yield from missing(place.each("codes"), "code", index.codes(on))
    for name in ("classes", "from_classes"):
        yield from missing(place.each(name), "class", index.classes)
        yield from never(index, place.each(name), on)
    yield from _modifier(index, place)
    for name, inner in place.fields():
        # what a base leaves out, and what a condition wants, is about the base's own track
        around = on
        if name == "any_of":
            for _, one in inner.fields():
                yield from _selections(index, one, on)
        elif isinstance(inner.value, dict):
            if name == "count_if":
                around = place.at("base").at("track").word or on
            yield from _selections(index, inner, around)


def _modifier(index: Index, place: Place) -> Iterator[Finding]:
    named = place.at("modifier")
    yield from missing([named], "modifier", index.modifiers)
    modifier = index.modifiers.get(named.word)
    if modifier is not None:
        yield from missing(place.each("values"), "value", by_id(modifier, "values"))


def _ranks(index: Index, measure: Place) -> Iterator[Finding]:
    """Tracks whose codes have neither rank nor number where the measure needs one."""
    kind, target = measure.at("kind").word, measure.at("target")
    wanted = "value" if kind == "interval_mean" else "ordinal"
    places: list[Place] = []
    if kind in (*_RANKED, "interval_mean"):
        places = [measure.at("track"), *measure.each("tracks")]
    elif target.at("transition").word:
        places = [target.at("track")]
    for place in places:
        if place.word not in index.measured:
            continue
        codes = index.codes(place.word).values()
        if not any(code.at(wanted).number is not None for code in codes):
            message = f'no code of track "{place.word}" has "{wanted}", which {measure.name} needs'
            yield place.error("no-ranks", message)


def _from_others(index: Index, measure: Place) -> Iterator[Finding]:
    """Measures made from measures, and the episodes between which they are compared."""
    yield from missing([measure.at("measure")], "measure", index.measures)
    yield from missing(measure.each("measures"), "measure", index.measures)
    for name in ("minuend", "subtrahend"):
        yield from missing([measure.at(name)], "episode", index.episodes)
    first, second = measure.at("minuend"), measure.at("subtrahend")
    if first.word and first.word == second.word:
        message = f'{measure.name} takes "{first.word}" from itself'
        yield second.error("no-difference", message)
    compared = index.measures.get(measure.at("measure").word)
    if first.word and compared is not None and "episode" not in words(compared, "per"):
        message = f'{measure.name} compares episodes, but {compared.name} is not "per: [episode]"'
        yield measure.at("measure").error("not-per-episode", message)


def _composite(index: Index, measure: Place) -> Iterator[Finding]:
    yield from missing(measure.each("ratings"), "rating", index.scales)
    yield from missing(measure.each("reverse"), "rating", words(measure, "ratings"))
    least, several = measure.at("min_valid"), len(words(measure, "ratings"))
    if least.number is not None and several and least.number > several:
        message = f"min_valid {least.number:g} of {measure.name} is above its {several} ratings"
        yield least.error("min-above-max", message)
