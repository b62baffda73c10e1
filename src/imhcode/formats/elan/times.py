"""When annotations are: their time slots, or their share of the annotation they belong to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from imhcode.domain.timecode import US_PER_MS, rounded_us
from imhcode.formats.elan.document import SUBDIVISION, Annotation, ElanDocument, Tier

DEEPEST = 64  #: annotations that refer to one another
LATEST_US = 10**15  #: thirty years: what lies beyond is a mistake of some program

_WHOLE = re.compile(r"\d{1,18}", re.ASCII)
_FRAMES_PER_S = {"NTSC-frames": Fraction(30_000, 1001), "PAL-frames": Fraction(25)}

Span = tuple[int, int]


class NoTime(Exception):  # noqa: N818  (nobody's error: it ends the reading of one annotation)
    """Why an annotation has no time."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule, self.message = rule, message
        super().__init__(message)


class Times:
    """The span of every annotation of a document, on the document's own clock.

    Attributes
    ----------
    interpolated : dict of str to int
        How many times of a tier were not set and lie evenly between their neighbours.
    """

    def __init__(
        self, document: ElanDocument, tiers: Sequence[Tier], kinds: dict[str, str]
    ) -> None:
        self._slots_us: dict[str, int] = {}
        self._bad: dict[str, NoTime] = {}
        self.interpolated: dict[str, int] = {}
        self._read_slots(document)
        if len(self._slots_us) + len(self._bad) < len(document.slots):
            self._interpolate(document, tiers)
        self._by_id: dict[str, tuple[Annotation, Tier]] = {}
        for tier in tiers:
            for one in tier.annotations:
                self._by_id.setdefault(one.id, (one, tier))
        self._kinds = kinds
        self._shares: dict[int, tuple[int, int]] = {}
        for tier in tiers:
            if kinds[tier.id] == SUBDIVISION:
                self._share_out(tier)

    def of(self, annotation: Annotation, tier: Tier) -> Span:
        """Onset and offset in µs.

        Raises
        ------
        NoTime
            It has none, or they are none that could be.
        """
        shares: list[tuple[int, int]] = []
        seen: set[int] = set()
        while annotation.slots is None:
            if self._kinds[tier.id] == SUBDIVISION:
                shares.append(self._shares[id(annotation)])
            annotation, tier = self._parent(annotation, seen)
        from_us, until_us = self._time_us(annotation.slots[0]), self._time_us(annotation.slots[1])
        if until_us < from_us:
            raise NoTime("offset-before-onset", "its end comes before its beginning")
        for place, number in reversed(shares):
            length_us = until_us - from_us
            from_us, until_us = (
                from_us + length_us * place // number,
                from_us + length_us * (place + 1) // number,
            )
        return from_us, until_us

    def owner(self, annotation: Annotation, tier: Tier) -> Annotation:
        """The annotation with a time of its own that one without belongs to.

        Raises
        ------
        NoTime
            There is none.
        """
        seen: set[int] = set()
        while annotation.slots is None and self._kinds[tier.id] != SUBDIVISION:
            annotation, tier = self._parent(annotation, seen)
        return annotation

    def _parent(self, annotation: Annotation, seen: set[int]) -> tuple[Annotation, Tier]:
        """What an annotation refers to; ``seen`` are those the way has come by."""
        if id(annotation) in seen:
            raise NoTime("goes-round", "it refers to itself by way of other annotations")
        seen.add(id(annotation))
        if len(seen) > DEEPEST:
            raise NoTime("too-deep", f"it belongs to another, and so on more than {DEEPEST} times")
        if annotation.refers_to not in self._by_id:
            said = f"it refers to the annotation “{annotation.refers_to}”, which is not there"
            raise NoTime("refers-to-nothing", said)
        return self._by_id[annotation.refers_to]

    def _time_us(self, slot: str) -> int:
        if slot in self._slots_us:
            return self._slots_us[slot]
        if slot in self._bad:
            raise self._bad[slot]
        said = f"its time slot “{slot}” is not there or has no time"
        raise NoTime("no-time", said)

    def _read_slots(self, document: ElanDocument) -> None:
        per_s = _FRAMES_PER_S.get(document.units)
        for name, (text, _) in document.slots.items():
            if text.isdecimal() and text.isascii() and len(text) < 13 and per_s is None:
                self._slots_us[name] = int(text) * US_PER_MS
            elif text:
                try:
                    self._slots_us[name] = _as_us(text, per_s)
                except NoTime as why:
                    self._bad[name] = why

    def _interpolate(self, document: ElanDocument, tiers: Iterable[Tier]) -> None:
        """Give a time to slots without one, tier by tier, parents first."""
        order = {name: place for place, name in enumerate(document.slots)}
        known = self._slots_us
        before, after = self._nearest(order), self._nearest(reversed(order))
        for tier in tiers:
            chain = [
                one.slots
                for one in tier.annotations
                if one.slots is not None and one.slots[0] in order and one.slots[1] in order
            ]
            if all(slot in known for both in chain for slot in both):
                continue
            chain.sort(key=lambda both: (order[both[0]], order[both[1]]))
            places = _places(chain, known)
            for at, until in _without_time(places, known):
                first = self._time_at(places, at - 1, before.get(places[at][0]))
                last = self._time_at(places, until, after.get(places[until - 1][-1]))
                if first is None or last is None:
                    continue
                self.interpolated[tier.id] = self.interpolated.get(tier.id, 0) + until - at
                for n, place in enumerate(places[at:until], start=1):
                    time_us = first + (last - first) * n // (until - at + 1)
                    known.update(dict.fromkeys(place, time_us))

    def _time_at(self, places: Sequence[list[str]], at: int, otherwise: int | None) -> int | None:
        """The time of a place; beyond both ends, that of the nearest slot in the file's order."""
        if not 0 <= at < len(places):
            return otherwise
        return next(self._slots_us[slot] for slot in places[at] if slot in self._slots_us)

    def _nearest(self, names: Iterable[str]) -> dict[str, int]:
        """The time of the last slot before each that has one, going through ``names``."""
        nearest: dict[str, int] = {}
        last: int | None = None
        for name in names:
            last = self._slots_us.get(name, last)
            if last is not None:
                nearest[name] = last
        return nearest

    def _share_out(self, tier: Tier) -> None:
        """Which share of its parent each annotation of a tier of subdivisions has."""
        families: dict[str, list[Annotation]] = {}
        for one in tier.annotations:
            families.setdefault(one.refers_to, []).append(one)
        for family in families.values():
            for place, one in enumerate(_in_order(family)):
                self._shares[id(one)] = (place, len(family))


def _as_us(text: str, per_s: Fraction | None) -> int:
    if text.startswith("-"):
        raise NoTime("negative-time", f"its time “{text[:40]}” is negative")
    if not _WHOLE.fullmatch(text):
        raise NoTime("not-a-time", f"its time “{text[:40]}” is not a whole number")
    time_us = int(text) * US_PER_MS if per_s is None else rounded_us(int(text) / per_s)
    if time_us > LATEST_US:
        raise NoTime("not-a-time", f"its time “{text[:40]}” lies years away")
    return time_us


def _places(chain: Iterable[tuple[str, str]], known: dict[str, int]) -> list[list[str]]:
    """The slots of a chain of annotations, those that must have one time together."""
    places: list[list[str]] = []
    for start, end in chain:
        last = places[-1] if places else []
        if start in last:
            pass
        elif last and start not in known and not _has_time(last, known):
            last.append(start)
        else:
            places.append([start])
        places.append([end])
    return places


def _without_time(places: Sequence[list[str]], known: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Yield from where to where places stand that have no time; half-open."""
    at = 0
    while at < len(places):
        until = at
        while until < len(places) and not _has_time(places[until], known):
            until += 1
        if until > at:
            yield at, until
        at = until + 1


def _has_time(place: Sequence[str], known: dict[str, int]) -> bool:
    return any(slot in known for slot in place)


def _in_order(family: list[Annotation]) -> list[Annotation]:
    """Annotations of one parent in the order of their chain, else in that of the file."""
    after = {one.previous: one for one in reversed(family)}
    ordered: list[Annotation] = []
    seen: set[int] = set()
    following = after.get("")
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        ordered.append(following)
        following = after.get(following.id)
    return [*ordered, *(one for one in family if id(one) not in seen)]
