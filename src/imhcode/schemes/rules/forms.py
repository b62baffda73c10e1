"""Sentences that the program understands: when there is no number, when a code is offered.

They are text, so that a reader of the scheme needs no manual; these are all that mean something.
"""

import re
from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index
from imhcode.schemes.place import Place
from imhcode.schemes.rules.references import missing

_ID = "[a-z][a-z0-9_]*"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"

NULL_WHEN = {
    "no bids": r"no [a-z][a-z ]*",
    "denominator = 0": "denominator = 0",
    "any margin = 0": "any margin = 0",
    "codable time < 30 s": f"codable time < {_NUMBER} s",
    "fewer than 30 scored bins": r"fewer than [0-9]+ [a-z][a-z ]*",
    "zero variance": "zero variance",
}
SUGGEST_WHEN = {
    "bid has no linked response": "[a-z_]+ has no linked [a-z_]+",
    "dyad_state enters ruptured": f"(?P<track>{_ID}) enters (?P<code>{_ID})",
    "first attuned or side_by_side of 2 s or more after a rupture": (
        f"first {_ID}(?: or {_ID})* of {_NUMBER} s or more after an? {_ID}"
    ),
    "clip played in parent view": "clip played in parent view",
    "pause in parent view": "pause in parent view",
}
AT = {
    "bid.onset + link_window": r"[a-z]+\.onset \+ link_window",
    "state.onset": r"[a-z]+\.onset",
    "play": "play",
    "pause": "pause",
}


def forms(index: Index) -> Iterator[Finding]:
    """Sentences that mean nothing to the program."""
    for measure in index.top.each("derived"):
        place = measure.at("null_when")
        for part in place.word.split(" or ") if place.word else ():
            yield from _known(place, part, NULL_WHEN)
    for track in index.top.each("tracks"):
        for code in track.each("codes"):
            auto = code.at("auto")
            when, at = auto.at("suggest_when"), auto.at("at")
            yield from _known(when, when.word, SUGGEST_WHEN)
            yield from _known(at, at.word, AT)
            yield from _entered(index, when)


def _known(place: Place, sentence: str, known: dict[str, str]) -> Iterator[Finding]:
    if sentence and not any(re.fullmatch(one, sentence) for one in known.values()):
        shapes = ", ".join(f'"{example}"' for example in known)
        name = place.steps[-1]
        message = (
            f'"{name}" in {place.owner} is "{sentence}", which the program does not understand; '
            f"it knows sentences like {shapes}"
        )
        yield place.error("unknown-form", message)


def _entered(index: Index, when: Place) -> Iterator[Finding]:
    found = re.fullmatch(SUGGEST_WHEN["dyad_state enters ruptured"], when.word)
    if found is None:
        return
    track, code = (Place(when.source, when.steps, found[name]) for name in ("track", "code"))
    yield from missing([track], "track", index.tracks)
    if track.word in index.tracks:
        yield from missing([code], "code", index.codes(track.word))
