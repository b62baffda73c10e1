"""Derived tracks: what they read exists, and no instant could be two things."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index, words
from imhcode.schemes.place import Place
from imhcode.schemes.rules.references import missing, never


def derived_tracks(index: Index) -> Iterator[Finding]:
    """Unknown tracks and codes, pairs that mean two things, tracks made from themselves."""
    for track in index.top.each("derived_tracks"):
        yield from missing([track.at("subject")], "subject", index.subjects)
        yield from missing(track.each("from"), "track", index.measured)
        for code in track.each("codes"):
            yield from missing(code.each("classes"), "class", index.classes)
        if track.at("rule").word == "pair_table":
            yield from _pairs(index, track)
        else:
            yield from _merged(index, track)
    yield from _cycles(index)


def _pairs(index: Index, track: Place) -> Iterator[Finding]:
    sides = words(track, "from")
    own = index.codes(track.id)
    yield from missing([track.at("otherwise")], "code", own)
    yield from _exclusive(index, track)
    if len(sides) == 2:
        yield from _cells(index, track, sides)
    if all(side in index.measured for side in sides):
        either = [code for side in sides for code in index.codes(side)]
        yield from missing(track.each("not_scored_if_any"), "code", either)
    unseen = any(code.at("uncodable").value is True for code in own.values())
    if words(track, "not_scored_if_any") and not unseen:
        message = f'{track.name} has "not_scored_if_any" but no uncodable code to say it'
        yield track.at("not_scored_if_any").error("no-uncodable-code", message)


def _exclusive(index: Index, track: Place) -> Iterator[Finding]:
    for place in track.each("from"):
        side = index.tracks.get(place.word)
        if side is not None and side.at("exclusive").value is not True:
            message = (
                f'{track.name} cannot pair track "{place.word}": several of its codes may hold '
                "at once"
            )
            yield place.error("not-exclusive", message)


def _cells(index: Index, track: Place, sides: list[str]) -> Iterator[Finding]:
    """Each pair means one code of the track, and its ends are codes of the two sides."""
    own = index.codes(track.id)
    seen: dict[tuple[str, ...], Place] = {}
    for code, cell in track.at("pairs").fields():
        if code not in own:
            yield Place(cell.source, cell.steps, code).unknown("code", own)
        for _, pair in cell.fields():
            ends = [one for _, one in pair.fields()]
            for side, end in zip(sides, ends, strict=False):
                if side in index.measured:
                    yield from missing([end], "code", index.codes(side))
            meant = tuple(end.word for end in ends)
            if meant in seen:
                message = (
                    f"pair {', '.join(meant)} of {track.name} stands twice "
                    f"(first on line {seen[meant].line})"
                )
                yield pair.error("pair-twice", message)
            seen.setdefault(meant, pair)


def _merged(index: Index, track: Place) -> Iterator[Finding]:
    yield from missing(track.each("classes"), "class", index.classes)
    sides = [side for side in words(track, "from") if side in index.measured]
    if len(sides) == 1:
        yield from never(index, track.each("classes"), sides[0])
    codes = track.at("codes")
    if len(index.codes(track.id)) > 1:
        message = (
            f"{track.name} joins stretches into one code, but has {len(index.codes(track.id))}"
        )
        yield codes.error("one-code", message)


def _cycles(index: Index) -> Iterator[Finding]:
    """Each derived track that is, over others, made from itself; and so for measures."""
    made = {name: words(one, "from") for name, one in index.derived_tracks.items()}
    for name in _circular(made):
        one = index.derived_tracks[name]
        yield one.at("from").error("cycle", f"{one.name} is made from itself")
    taken = {
        name: [*words(one, "measures"), one.at("measure").word]
        for name, one in index.measures.items()
    }
    for name in _circular(taken):
        one = index.measures[name]
        place = one.at("measures") if one.at("measures").value else one.at("measure")
        yield place.error("cycle", f"{one.name} is worked out from itself")


def _circular(made: dict[str, list[str]]) -> Iterator[str]:
    for name, others in made.items():
        reached: set[str] = set()
        waiting = list(others)
        while waiting:
            one = waiting.pop()
            if one not in reached and one in made:
                reached.add(one)
                waiting += made[one]
        if name in reached:
            yield name
