"""ELAN documents as incoming events: what each tier and each annotation means here.

A tier with times of its own is a track.  A tier of type *Symbolic Association* says more of
another tier's annotations: a modifier if it has codes, a transcript or a comment if it has prose.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from imhcode.domain.event import Link, Values
from imhcode.domain.study import Dyad, Session
from imhcode.domain.timecode import US_PER_MS, as_clock
from imhcode.formats.elan import our_mark
from imhcode.formats.elan.document import ASSOCIATION, SUBDIVISION, Annotation, ElanDocument, Tier
from imhcode.formats.elan.our_mark import TierMark
from imhcode.formats.elan.parsing import parse
from imhcode.formats.elan.times import NoTime, Times
from imhcode.formats.elan.words import Words
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundMedia, FoundNote
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.joined import split
from imhcode.formats.uncollected import uncollected

INSTANT_US = 50_000  #: no picture is shown longer than this

_OWN_ID = re.compile(r"a\d+([-_])(.+)", re.ASCII)
_POINTS = frozenset({"point", "points"})
_CONSTRAINTS = (SUBDIVISION, ASSOCIATION)


def read_elan(path: Path) -> Reading:
    """Read an ``.eaf`` or ``.etf``.

    Raises
    ------
    Refused, FileUnreadable
        See :func:`imhcode.formats.elan.parsing.parse`.
    """
    with uncollected():
        return _Reader(parse(path)).reading


class _Reader:
    """One document becoming one reading."""

    def __init__(self, document: ElanDocument) -> None:
        self.reading = Reading(findings=document.findings)
        self._document = document
        self._mark = our_mark.read(document.properties.get(our_mark.PROPERTY, ""))
        self._tiers = _parents_first(document.tiers)
        kinds = {tier.id: self._kind(tier) for tier in self._tiers}
        self._times = Times(document, self._tiers, kinds)
        self._warn_of_ids()
        self._words = Words(document, self._tiers, kinds, self._tier_mark, self._warn)
        self._events: dict[int, IncomingEvent] = {}
        self._about = self._session_and_dyad()
        for tier in self._tiers:
            if kinds[tier.id] != ASSOCIATION:
                self._read_events(tier)
        for tier in self._tiers:
            if kinds[tier.id] == ASSOCIATION:
                self._read_answers(tier)
        self._warn_of_times()
        self._read_the_rest()

    def _kind(self, tier: Tier) -> str:
        """`SUBDIVISION`, `ASSOCIATION`, or empty for a tier with times of its own."""
        refers = bool(tier.annotations) and tier.annotations[0].slots is None
        known = self._document.types.get(tier.type)
        if known is None:
            said = f"the linguistic type “{tier.type}” of the tier “{tier.id}” is not there"
            self._warn("no-type", tier.line, said)
        constraint = known.constraint if known is not None else ""
        if constraint in _CONSTRAINTS:
            return constraint
        if not refers:
            return ""
        chained = any(one.previous for one in tier.annotations)
        return SUBDIVISION if chained else ASSOCIATION

    def _tier_mark(self, tier: Tier) -> TierMark | None:
        return self._mark.tiers.get(tier.id) if self._mark is not None else None

    def _session_and_dyad(self) -> tuple[Session, Dyad]:
        if self._mark is None:
            return Session(id=""), Dyad(id="")
        return self._mark.session, self._mark.dyad

    def _read_events(self, tier: Tier) -> None:
        """One event for each annotation of a tier with times."""
        mark, words = self._tier_mark(tier), self._words.of(tier)
        events: list[IncomingEvent] = []
        empty: list[str] = []
        for one in tier.annotations:
            self.reading.found += 1
            try:
                span = self._times.of(one, tier)
            except NoTime as why:
                self._refuse(why, one, tier)
                continue
            said = self._words.value(one, tier)
            if not said and not words.is_prose:
                empty.append(f"{as_clock(span[0])}–{as_clock(span[1])}")
                continue
            event = self._event(tier, mark, one, span)
            if words.is_prose:
                event.code, event.transcript = words.code, one.value.strip()
            else:
                event.code = said
            self._events[id(one)] = event
            events.append(event)
        if mark is None:
            self._shrink_points(tier, events)
        self.reading.events.extend(events)
        if empty:
            said = f"annotations without a word on the tier “{tier.id}”: {', '.join(empty)}"
            self.reading.notes.append(FoundNote(text=said, where=_at(tier), counts=len(empty)))
            said = f"{len(empty)} annotations hold no word, and no code can be made of them"
            self._warn("no-code", tier.line, said, tier)

    def _shrink_points(self, tier: Tier, events: list[IncomingEvent]) -> None:
        """Make instants of a tier of type “point” if no annotation is longer than a picture."""
        lengths_us = [(one.offset_us or 0) - one.onset_us for one in events]
        if tier.type.casefold() not in _POINTS or max(lengths_us, default=0) > INSTANT_US:
            return
        for event in events:
            event.offset_us = event.onset_us
        said = f"its annotations are of type “{tier.type}” and were taken as instants"
        self._warn("taken-as-instants", tier.line, said, tier)

    def _event(
        self, tier: Tier, mark: TierMark | None, one: Annotation, span: tuple[int, int]
    ) -> IncomingEvent:
        whole, (session, dyad) = self._mark, self._about
        onset_us, offset_us = span
        if whole is not None:
            onset_us -= whole.shift_ms * US_PER_MS
            offset_us -= whole.shift_ms * US_PER_MS
            if mark is not None and mark.instants:
                is_instant = offset_us - onset_us <= whole.instant_ms * US_PER_MS
                offset_us = onset_us if is_instant else offset_us
        ours = whole is not None and mark is not None
        return IncomingEvent(
            line=one.line,
            session=session,
            dyad=dyad,
            coder_id=tier.annotator or (whole.coder if whole is not None else ""),
            role=whole.role if whole is not None else "",
            scheme_id=whole.scheme if whole is not None and ours else "",
            scheme_version=whole.version if whole is not None and ours else "",
            scheme_hash=whole.hash if whole is not None and ours else "",
            event_id=_event_id(one.id) if ours else "",
            track=mark.track if mark is not None else tier.id,
            code="",
            onset_us=onset_us,
            offset_us=offset_us,
            onset_frame=None,
            offset_frame=None,
            recording="",
            modifiers=(),
            links=(),
            pass_id="",
            comment="",
            instance=mark.instance if mark is not None else "",
        )

    def _read_answers(self, tier: Tier) -> None:
        """What the annotations of a tier say of the events that they belong to."""
        mark = self._tier_mark(tier)
        words = self._words.of(tier)
        for one in tier.annotations:
            try:
                event = self._events.get(id(self._times.owner(one, tier)))
            except NoTime as why:
                self.reading.found += 1
                self._refuse(why, one, tier)
                continue
            said = self._words.value(one, tier)
            if event is None or not said:
                if said:
                    self._note_orphan(tier, one, said)
            elif mark is not None and mark.holds:
                _say(event, mark, one.value)
            elif words.is_prose:
                _say_prose(event, tier, words.is_remark, one.value.strip())
            else:
                event.modifiers = _with(event.modifiers, tier.id, said)

    def _note_orphan(self, tier: Tier, one: Annotation, said: str) -> None:
        """Keep what was said of an event that could not be read."""
        text = f"“{said}” on the tier “{tier.id}”, of an annotation that did not come in"
        self.reading.notes.append(FoundNote(text=text, where=f"{_at(tier)}, line {one.line}"))

    def _read_the_rest(self) -> None:
        reading, document, mark = self.reading, self._document, self._mark
        shift_ms = mark.shift_ms if mark is not None else 0
        for media in document.media:
            origin = media.origin.strip()
            digits = origin.removeprefix("-")
            if origin and not (digits.isascii() and digits.isdecimal() and len(digits) < 13):
                said = f"the offset “{origin[:40]}” of {media.path} is not a number; 0 was taken"
                self._warn("not-an-offset", media.line, said)
                origin = ""
            reading.media.append(
                FoundMedia(
                    session=self._about[0].id,
                    path=media.path,
                    offset_us=-(int(origin or 0) + shift_ms) * US_PER_MS,
                )
            )
        reading.notes.extend(FoundNote(text=one) for one in document.others)
        reading.vocabulary = self._words.vocabulary()
        reading.modifiers = self._words.modifier_ids()

    def _warn_of_ids(self) -> None:
        seen: set[str] = set()
        for tier in self._tiers:
            for one in tier.annotations:
                if one.id and one.id in seen:
                    said = f"the annotation id “{one.id}” is there twice; references mean the first"
                    self._warn("id-twice", one.line, said, tier)
                    if self._mark is not None:
                        one.id = ""
                seen.add(one.id)

    def _warn_of_times(self) -> None:
        lines = {tier.id: tier for tier in self._tiers}
        for tier_id, count in self._times.interpolated.items():
            said = f"{count} times were not set; they lie evenly between their neighbours"
            self._warn("times-not-set", lines[tier_id].line, said, lines[tier_id])

    def _refuse(self, why: NoTime, one: Annotation, tier: Tier) -> None:
        finding = Finding("error", why.rule, one.line, why.message, _at(tier))
        self.reading.findings.append(finding)

    def _warn(self, rule: str, line: int, message: str, tier: Tier | None = None) -> None:
        where = _at(tier) if tier is not None else ""
        self.reading.findings.append(Finding("warning", rule, line, message, where))


def _at(tier: Tier) -> str:
    return f"tier “{tier.id}”"


def _parents_first(tiers: list[Tier]) -> list[Tier]:
    """Tiers so that none comes before its parent; those that go round come last."""
    by_id = {tier.id: tier for tier in tiers}
    children: dict[str, list[Tier]] = {}
    roots: list[Tier] = []
    for tier in tiers:
        if tier.parent in by_id and tier.parent != tier.id:
            children.setdefault(tier.parent, []).append(tier)
        else:
            roots.append(tier)
    ordered = list(_walked(roots, children))
    reached = {tier.id for tier in ordered}
    return [*ordered, *(tier for tier in tiers if tier.id not in reached)]


def _walked(roots: list[Tier], children: dict[str, list[Tier]]) -> Iterator[Tier]:
    waiting = roots[::-1]
    while waiting:
        tier = waiting.pop()
        yield tier
        waiting.extend(reversed(children.get(tier.id, [])))


def _event_id(annotation_id: str) -> str:
    """The id of ours that an annotation's id carries; see `writing`."""
    found = _OWN_ID.fullmatch(annotation_id)
    if found is None:
        return ""
    if found[1] == "-":
        return found[2]
    try:
        return bytes.fromhex(found[2]).decode()
    except ValueError:
        return ""


def _say(event: IncomingEvent, mark: TierMark, value: str) -> None:
    """Add what one of our own tiers says."""
    match mark.holds:
        case "comment":
            event.comment = value
        case "transcript":
            event.transcript = value
        case "links":
            parts = split(value)
            pairs = zip(parts[::2], parts[1::2], strict=False)
            event.links = (*event.links, *(Link(rule, target) for rule, target in pairs))
        case "modifier":
            values = split(value) if mark.several else (value,)
            event.modifiers = (*event.modifiers, (mark.modifier, values))


def _say_prose(event: IncomingEvent, tier: Tier, is_remark: bool, text: str) -> None:
    """Add prose of another program's tier: the first is what was said, all others remarks."""
    if not event.transcript and not is_remark:
        event.transcript = text
    else:
        event.comment = "\n".join(filter(None, (event.comment, f"{tier.id}: {text}")))


def _with(
    modifiers: tuple[tuple[str, Values], ...], name: str, value: str
) -> tuple[tuple[str, Values], ...]:
    before = dict(modifiers)
    before[name] = (*before.get(name, ()), value)
    return tuple(before.items())
