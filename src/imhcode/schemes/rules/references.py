"""Whatever one part of a scheme calls by its id must exist."""

from collections.abc import Iterable, Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, by_id, words
from imhcode.schemes.place import Place


def references(index: Index) -> Iterator[Finding]:
    """Names that refer to nothing, in tracks, codes, modifiers and links."""
    for subject in index.top.each("subjects"):
        yield from _subject(index, subject)
    for track in index.top.each("tracks"):
        yield from _track(index, track)
        for code in track.each("codes"):
            yield from _code(index, track, code)
    for modifier in index.top.each("modifiers"):
        yield from _modifier(index, modifier)
    for link in index.top.each("links"):
        yield from _link(index, link)


def missing(places: Iterable[Place], noun: str, known: Iterable[str]) -> Iterator[Finding]:
    """A finding for each word that is not known."""
    names = list(known)
    for place in places:
        if place.word and place.word not in names:
            yield place.unknown(noun, names)


def never(index: Index, classes: Iterable[Place], track_id: str) -> Iterator[Finding]:
    """A warning for each class that no code of the track bears."""
    if track_id not in index.measured:
        return
    borne = index.classes_on(track_id)
    for one in classes:
        if one.word in index.classes and one.word not in borne:
            message = f'class "{one.word}" in {one.owner} is borne by no code of track {track_id}'
            yield one.warning("class-never", message)


def _subject(index: Index, subject: Place) -> Iterator[Finding]:
    members = subject.at("members")
    yield from missing(subject.each("members"), "subject", index.subjects)
    if members.value and subject.at("role").word not in ("", "group"):
        message = f'{subject.name} has "members" but is no group'
        yield members.error("no-group", message)
    if any(one.word == subject.id for one in subject.each("members")):
        yield members.error("cycle", f"{subject.name} cannot be a member of itself")
    labels = subject.at("instance_labels")
    if labels.value and subject.at("allow_instances").value is not True:
        message = f'{subject.name} has "instance_labels" but not "allow_instances: true"'
        yield labels.error("no-instances", message)


def _track(index: Index, track: Place) -> Iterator[Finding]:
    yield from missing([track.at("subject")], "subject", index.subjects)
    yield from missing(track.each("modifiers"), "modifier", index.modifiers)
    yield from missing([track.at("default_code")], "code", index.codes(track.id))
    yield from missing(track.each("links"), "link", index.links)
    yield from missing(track.each("only_in_episodes"), "episode", index.episodes)
    yield from missing([track.at("audience")], "audience", index.audiences)
    for name in track.each("links"):
        link = index.links.get(name.word)
        if link is not None and link.at("from_track").word != track.id:
            message = (
                f'link "{name.word}" in {track.name} begins on another track, '
                f'"{link.at("from_track").word}"'
            )
            yield name.error("link-elsewhere", message)


def _code(index: Index, track: Place, code: Place) -> Iterator[Finding]:
    yield from missing(code.each("classes"), "class", index.classes)
    yield from missing(code.each("modifiers"), "modifier", index.modifiers)
    yield from missing(code.each("only_in_episodes"), "episode", index.episodes)
    yield from missing([code.at("audience")], "audience", index.audiences)
    linked = [index.links[name] for name in words(track, "links") if name in index.links]
    answered = [one for link in linked for one in index.codes(link.at("to_track").word)]
    bids = code.at("applies_to_bids")
    if bids.value and not words(track, "links"):
        message = f'{code.name} has "applies_to_bids", but its track has no link'
        yield bids.error("no-link", message)
    else:
        yield from missing(code.each("applies_to_bids"), "code", answered)
    yield from _flag(index, code)


def _flag(index: Index, code: Place) -> Iterator[Finding]:
    flag = code.at("flag")
    named, value = flag.at("modifier"), flag.at("value")
    yield from missing([named], "modifier", index.modifiers)
    modifier = index.modifiers.get(named.word)
    if modifier is not None:
        yield from missing([value], "value", by_id(modifier, "values"))
        if code.id not in index.takers(named.word):
            message = f'{code.name} does not take modifier "{named.word}", so that nothing flags it'
            yield named.error("flag-never", message)
    elif value.word and not named.word:
        message = f'"value" in {flag.name} needs a "modifier" that has it'
        yield value.error("flag-never", message)


def _modifier(index: Index, modifier: Place) -> Iterator[Finding]:
    later = modifier.at("in_pass")
    yield from missing([later], "pass", index.passes)
    one = index.passes.get(later.word)
    if one is None:
        return
    taking = index.tracks_taking(modifier.id)
    if taking.isdisjoint(words(one, "tracks")):
        message = (
            f'{modifier.name} is asked in pass "{later.word}", '
            "which codes none of the tracks that take it"
        )
        yield later.error("asked-never", message)


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
    counts, cardinality = link.at("one_counts"), link.at("cardinality").word
    if counts.word and cardinality in ("one_to_one", "one_to_many"):
        message = (
            f'"one_counts" in {link.name} has no meaning: with {cardinality} '
            "nothing is answered twice"
        )
        yield counts.error("one-counts", message)
