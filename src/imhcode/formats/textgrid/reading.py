"""TextGrids as incoming events: what each tier means here.

A tier is a track.  ``clarity@bid`` says more of the labels of the tier ``bid`` where its own lie at
exactly the same times; ``bid/look`` is a tier of the code *look* alone; ``bid #2`` is what
would overlap in ``bid``.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from imhcode.domain.study import Dyad, Session
from imhcode.domain.timecode import as_clock
from imhcode.formats.finding import Finding
from imhcode.formats.found import (
    FoundCode,
    FoundKind,
    FoundModifier,
    FoundNote,
    FoundTrack,
    FoundVocabulary,
)
from imhcode.formats.free_text import RULE, TEXT_CODE, is_free_text
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.joined import split
from imhcode.formats.textgrid.grid import GridTier, Labelled
from imhcode.formats.textgrid.parsing import parse
from imhcode.formats.uncollected import uncollected

_MORE = re.compile(r"(.+) #(\d{1,4})")
_NOBODY, _NO_DYAD = Session(id=""), Dyad(id="")

Spans = dict[tuple[int, int], IncomingEvent]


def read_textgrid(path: Path) -> Reading:
    """Read a TextGrid.

    Raises
    ------
    Refused, FileUnreadable
        See :func:`imhcode.formats.textgrid.parsing.parse`.
    """
    with uncollected():
        return _Reader(parse(path)).reading


class _Reader:
    """The tiers of one file becoming one reading."""

    def __init__(self, tiers: Sequence[GridTier]) -> None:
        self.reading = Reading()
        self._tiers = self._named(tiers)
        self._names = {tier.name for tier in self._tiers}
        self._tracks: dict[str, list[GridTier]] = {}
        self._events: dict[str, Spans] = {}
        self._modifiers: dict[str, dict[str, None]] = {}
        self._several: set[str] = set()
        self._prose: set[str] = set()
        below = self._below()
        for tier in self._tiers:
            if tier.name not in below:
                self._tracks.setdefault(self._track(tier), []).append(tier)
        for track, some in self._tracks.items():
            self._read_track(track, some)
        for tier in self._tiers:
            if tier.name in below:
                self._read_below(tier)
        self.reading.modifiers = tuple(self._modifiers)
        self.reading.vocabulary = self._vocabulary()

    def _named(self, tiers: Sequence[GridTier]) -> list[GridTier]:
        """The tiers, no two of one name."""
        taken: dict[str, int] = {}
        for tier in tiers:
            wanted = tier.name.strip() or "tier"
            name, n = wanted, taken.get(wanted, 0) + 1
            while n > 1 and (name := f"{wanted} ({n})") in taken:
                n += 1
            taken[wanted] = n
            if n > 1:
                said = f"there is another tier “{wanted}”; this one is called “{name}”"
                self._warn("name-twice", tier.line, said)
            tier.name = name
            taken.setdefault(name, 1)
        return list(tiers)

    def _below(self) -> set[str]:
        """The names of the tiers that say more of another tier's labels."""
        by_name = {tier.name: tier for tier in self._tiers}
        spans: dict[str, set[tuple[int, int]]] = {}
        below: set[str] = set()
        for name in sorted(by_name, key=len):  # a tier's own name is longer than that above it
            _, _, above = name.partition("@")
            if above in by_name and above not in below:
                if above not in spans:
                    spans[above] = _spans(by_name[above])
                if (mine := _spans(by_name[name])) and mine <= spans[above]:
                    below.add(name)
        return below

    def _track(self, tier: GridTier) -> str:
        more = _MORE.fullmatch(tier.name)
        name = more[1] if more and more[1] in self._names else tier.name
        track, bar, code = name.rpartition("/")
        alone = all(one.text.strip() in ("", code) for one in tier.labels)
        return track if bar and track and code and alone else name

    def _read_track(self, track: str, tiers: Sequence[GridTier]) -> None:
        texts = [text for tier in tiers for one in tier.labels if (text := one.text.strip())]
        of_one_code = any(tier.name.startswith(f"{track}/") for tier in tiers)
        if not of_one_code and is_free_text(texts):
            self._prose.add(track)
            said = (
                f"{len(set(texts))} texts of the tier “{track}” were taken as transcript of events "
                f"with the code “{TEXT_CODE}”, not as codes ({RULE})"
            )
            self._warn("free-text", tiers[0].line, said)
        for tier in tiers:
            spans = self._events.setdefault(tier.name, {})
            for one in tier.labels:
                if text := one.text.strip():
                    self._read_label(track, tier, one, text, spans)

    def _read_label(
        self, track: str, tier: GridTier, one: Labelled, text: str, spans: Spans
    ) -> None:
        self.reading.found += 1
        if one.end_us < one.start_us:
            where = f"tier “{tier.name}”"
            said = f"“{text[:40]}” at {as_clock(one.start_us)} ends before it begins"
            finding = Finding("error", "offset-before-onset", one.line, said, where)
            self.reading.findings.append(finding)
            return
        if one.end_us == one.start_us and not tier.is_points:
            said = f"“{text[:40]}” at {as_clock(one.start_us)} has no length"
            self._warn("no-length", one.line, said, f"tier “{tier.name}”")
        prose = track in self._prose
        event = IncomingEvent(
            line=one.line,
            session=_NOBODY,
            dyad=_NO_DYAD,
            coder_id="",
            role="",
            scheme_id="",
            scheme_version="",
            scheme_hash="",
            event_id="",
            track=track,
            code=TEXT_CODE if prose else text,
            onset_us=one.start_us,
            offset_us=one.end_us,
            onset_frame=None,
            offset_frame=None,
            recording="",
            modifiers=(),
            links=(),
            pass_id="",
            comment="",
            transcript=text if prose else "",
        )
        spans[one.start_us, one.end_us] = event
        self.reading.events.append(event)

    def _read_below(self, tier: GridTier) -> None:
        """Give the events of a tier what another says of them."""
        what, _, name = tier.name.partition("@")
        spans = self._events.get(name, {})
        for one in tier.labels:
            event, text = spans.get((one.start_us, one.end_us)), one.text.strip()
            if not text:
                continue
            if event is None:  # what it is about could not be read
                said = f"“{text}” on the tier “{tier.name}”, of a label that did not come in"
                self.reading.notes.append(FoundNote(text=said, where=f"line {one.line}"))
                continue
            match what:
                case "comment":
                    event.comment = one.text
                case "transcript":
                    event.transcript = one.text
                case _:
                    values = split(one.text)
                    event.modifiers = (*event.modifiers, (what, values))
                    self._modifiers.setdefault(what, {}).update(dict.fromkeys(values))
                    if len(values) > 1:
                        self._several.add(what)

    def _vocabulary(self) -> FoundVocabulary:
        modifiers = (self._modifier(name, values) for name, values in self._modifiers.items())
        tracks = (self._found(track, tiers) for track, tiers in self._tracks.items())
        return FoundVocabulary(tracks=tuple(tracks), modifiers=tuple(modifiers))

    def _modifier(self, name: str, values: dict[str, None]) -> FoundModifier:
        if name in self._several:
            return FoundModifier(id=name, type="multi", values=tuple(values))
        if is_free_text(list(values)):
            return FoundModifier(id=name, type="text")
        return FoundModifier(id=name, values=tuple(values))

    def _found(self, track: str, tiers: Sequence[GridTier]) -> FoundTrack:
        if track in self._prose:
            words = {TEXT_CODE: None}
        else:
            texts = (one.text.strip() for tier in tiers for one in tier.labels)
            words = dict.fromkeys(text for text in texts if text)
        points = {tier.is_points for tier in tiers}
        kind: FoundKind = "" if len(points) > 1 else "point" if True in points else "state"
        _, _, speaker = track.partition("@")
        return FoundTrack(
            id=track,
            label=track,
            kind=kind,
            subject=speaker,
            codes=tuple(FoundCode(id=word) for word in words),
        )

    def _warn(self, rule: str, line: int, message: str, where: str = "") -> None:
        self.reading.findings.append(Finding("warning", rule, line, message, where))


def _spans(tier: GridTier) -> set[tuple[int, int]]:
    return {(one.start_us, one.end_us) for one in tier.labels if one.text.strip()}
