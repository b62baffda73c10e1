"""Passes, profiles and episodes: what they name exists, and nothing is left out by oversight."""

from collections.abc import Iterable, Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, words
from imhcode.schemes.place import Place
from imhcode.schemes.rules.references import missing, never


def procedure(index: Index) -> Iterator[Finding]:
    """Names that refer to nothing, orders that stand twice, tracks that nobody codes."""
    for profile in index.top.each("profiles"):
        yield from missing(profile.each("passes"), "pass", index.passes)
    for one in index.top.each("passes"):
        yield from _pass(index, one)
    yield from _order_twice(list(index.top.each("passes")))
    yield from _episodes(index.top.at("episodes"))
    if index.passes:
        coded = {track for one in index.passes.values() for track in words(one, "tracks")}
        for name, track in index.tracks.items():
            if name not in coded:
                yield track.warning("coded-never", f"{track.name} is coded in no pass")


def _pass(index: Index, one: Place) -> Iterator[Finding]:
    yield from missing(one.each("tracks"), "track", index.tracks)
    yield from missing([one.at("hide_subject_view")], "subject", index.subjects)
    yield from missing([one.at("audience")], "audience", index.audiences)
    yield from missing(one.each("ratings"), "rating", index.scales)
    if one.at("ratings").word == "all" and not index.ratings:
        message = f"{one.name} rates all scales, but the scheme has none"
        yield one.at("ratings").error("no-ratings", message)
    walk = one.at("walk")
    over = walk.at("over_track")
    yield from missing([over], "track", index.tracks)
    if over.word in index.tracks:
        yield from missing(walk.each("codes"), "code", index.codes(over.word))
    yield from missing(walk.each("classes"), "class", index.classes)
    yield from never(index, walk.each("classes"), over.word)
    clips = one.at("builds").at("clip_list")
    yield from missing(clips.each("from"), "track", index.tracks)
    yield from missing_names(clips.at("default_filter"), "modifier", index.modifiers)


def missing_names(place: Place, noun: str, known: Iterable[str]) -> Iterator[Finding]:
    """A finding for each field name that is not known."""
    names = list(known)
    for name, inner in place.fields():
        if name not in names:
            yield Place(inner.source, inner.steps, name).unknown(noun, names)


def _order_twice(items: list[Place]) -> Iterator[Finding]:
    first: dict[float, Place] = {}
    for item in items:
        order = item.at("order").number
        if order is None:
            continue
        other = first.setdefault(order, item)
        if other.steps != item.steps:
            message = (
                f"order {order:g} of {item.name} is that of {other.name} "
                f"(line {other.at('order').line})"
            )
            yield item.at("order").error("order-twice", message)


def _episodes(episodes: Place) -> Iterator[Finding]:
    yield from _order_twice(list(episodes.each("set")))
    for episode in episodes.each("set"):
        least, nominal = episode.at("min_s"), episode.at("nominal_s")
        longest = float("inf") if nominal.number is None else nominal.number
        if least.number is not None and least.number > longest:
            message = f"min_s {least.number:g} of {episode.name} is above nominal_s {longest:g}"
            yield least.error("min-above-max", message)
        reason = episode.at("end_reason")
        if reason.word == "required" and not episodes.at("end_reasons").value:
            message = f'{episode.name} needs an end reason, but "end_reasons" has none'
            yield reason.error("no-end-reasons", message)
    ordered = episodes.at("ordered")
    if ordered.value is True and not any(
        one.at("order").number is not None for one in episodes.each("set")
    ):
        message = 'episodes are ordered, but none of them says its "order"'
        yield ordered.error("no-order", message)
