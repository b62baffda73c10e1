"""Queries for candidate moments: those a scheme has words for, and those that somebody types.

What is typed is a line such as ``dyad_state/attuned >8s`` or ``infant_bid then
caregiver_response.fitting within 1s linked first``: a track, codes of it behind ``/`` or classes
behind ``.``, both parted by commas.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from imhcode.analysis.candidates import Meant, Query, Then
from imhcode.domain.codes import Track
from imhcode.domain.errors import Refused
from imhcode.domain.scheme import LinkRule, Scheme
from imhcode.domain.timecode import US_PER_S, rounded_us

MET_WITHIN_US = 1_000_000
ATTUNED_FOR_US = 8_000_000

#: Classes of what asks and of what meets it.
_MET = ((frozenset({"bid"}), frozenset({"fitting"})),
        (frozenset({"share", "request"}), frozenset({"follow_in"})))  # fmt: skip
_REPAIR = (frozenset({"rupture"}), frozenset({"repaired"}))
_TOGETHER = frozenset({"matched", "joint"})

_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)(ms|s|m)?")
_SECONDS = {"ms": Fraction(1, 1000), "s": Fraction(1), "m": Fraction(60), None: Fraction(1)}
_NAME = re.compile(r"([\w-]+)(?:([/.])([\w,-]+))?")


class NotAQuery(Refused):
    """Fields: ``text``, ``why``."""

    sentence = "“{text}” says no moments to look for: {why}."
    next_step = (
        "Write for example “dyad_state/attuned >8s” or "
        "“infant_bid then caregiver_response.fitting within 1s linked”."
    )


def presets(scheme: Scheme) -> Mapping[str, Query]:
    """The queries a scheme has words for, by the names that a person may type.

    ``bids-met``: bids met within 1 s; ``first-repair``: the first repair after a rupture;
    ``attuned``: together for 8 s or more.
    """
    found: dict[str, Query] = {}
    for rule in scheme.links:
        for asks, meets in _MET:
            met = _pair(scheme, rule, asks, meets)
            if met is not None:
                then = replace(met[1], within_us=MET_WITHIN_US)
                found.setdefault(
                    "bids-met", Query(name="bids met within 1 s", meant=met[0], then=then)
                )
        repair = _pair(scheme, rule, *_REPAIR)
        if repair is not None:
            said = Query(name="first repair after a rupture", meant=repair[0], then=repair[1])
            found.setdefault("first-repair", said)
    for track in scheme.tracks:
        if track.kind == "state" and _bears(track, _TOGETHER):
            meant = Meant(track=track.id, classes=_TOGETHER)
            said = Query(name="together for 8 s or more", meant=meant, at_least_us=ATTUNED_FOR_US)
            found.setdefault("attuned", said)
    return found


def query_from_text(text: str, scheme: Scheme) -> Query:
    """The query that somebody typed: the name of a preset, or a line of its own.

    Raises
    ------
    NotAQuery
        It cannot be understood, or names what the scheme does not have.
    """
    known = presets(scheme)
    name = " ".join(text.split())
    if name in known:
        return known[name]
    words = name.split()
    if not words:
        raise NotAQuery(text=text, why="nothing was written")
    first_only = words[-1] == "first"
    words = words[:-1] if first_only else words
    place = words.index("then") if "then" in words else len(words)
    before, after = words[:place], words[place + 1 :]
    if not before or (place < len(words) and not after):
        raise NotAQuery(text=text, why="a track is missing")
    meant = _meant(before[0], scheme, text)
    at_least_us = 0
    for word in before[1:]:
        if not word.startswith(">"):
            raise NotAQuery(text=text, why=f"“{word}” cannot stand there")
        at_least_us = _us(word.removeprefix(">").removeprefix("="), text)
    then = _then(after, meant, scheme, text) if after else None
    return Query(name=name, meant=meant, at_least_us=at_least_us, then=then, first_only=first_only)


def _then(words: list[str], target: Meant, scheme: Scheme, text: str) -> Then:
    meant = _meant(words[0], scheme, text)
    within_us: int | None = None
    rule = ""
    rest = words[1:]
    while rest:
        word = rest.pop(0)
        if word == "within" and rest:
            within_us = _us(rest.pop(0), text)
        elif word == "linked":
            rule = _rule(scheme, meant, target, text).id
        else:
            raise NotAQuery(text=text, why=f"“{word}” cannot stand there")
    return Then(meant=meant, within_us=within_us, rule=rule)


def _rule(scheme: Scheme, source: Meant, target: Meant, text: str) -> LinkRule:
    for rule in scheme.links:
        if (rule.from_track, rule.to_track) == (source.track, target.track):
            return rule
    raise NotAQuery(text=text, why=f"{source.track} is never linked to {target.track}")


def _meant(word: str, scheme: Scheme, text: str) -> Meant:
    read = _NAME.fullmatch(word)
    track = scheme.track(read[1]) if read else None
    if read is None or track is None:
        known = ", ".join(one.id for one in scheme.tracks)
        raise NotAQuery(text=text, why=f"the scheme has no track “{word}”, only {known}")
    names = frozenset((read[3] or "").split(",")) - {""}
    if read[2] == ".":
        classes = {one for code in track.codes for one in code.classes}
        _refuse_unknown(names, classes, "class", track, text)
        return Meant(track=track.id, classes=names)
    _refuse_unknown(names, {code.id for code in track.codes}, "code", track, text)
    return Meant(track=track.id, codes=names)


def _refuse_unknown(
    names: frozenset[str], known: set[str], what: str, track: Track, text: str
) -> None:
    for name in sorted(names - known):
        some = ", ".join(sorted(known)) or "none"
        raise NotAQuery(text=text, why=f"{track.id} has no {what} “{name}”, only {some}")


def _us(word: str, text: str) -> int:
    read = _LENGTH.fullmatch(word)
    if read is None:
        raise NotAQuery(text=text, why=f"“{word}” is no length of time")
    number_s = Fraction(read[1].replace(",", ".")) * _SECONDS[read[2]]
    if number_s * US_PER_S >= 2**61:
        raise NotAQuery(text=text, why=f"“{word}” is longer than any recording")
    return rounded_us(number_s)


def _pair(
    scheme: Scheme, rule: LinkRule, asks: frozenset[str], meets: frozenset[str]
) -> tuple[Meant, Then] | None:
    """What one rule's targets and answers are in these classes, if it has both."""
    target, source = scheme.track(rule.to_track), scheme.track(rule.from_track)
    if target is None or source is None or not _bears(target, asks) or not _bears(source, meets):
        return None
    then = Then(meant=Meant(track=source.id, classes=meets), rule=rule.id)
    return Meant(track=target.id, classes=asks), then


def _bears(track: Track, classes: frozenset[str]) -> bool:
    return any(not classes.isdisjoint(code.classes) for code in track.codes)
