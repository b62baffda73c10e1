"""An observation as an ELAN document of format 3.0, one file for each.

Tiers do not overlap; instants are drawn one picture long on tiers of a type “point …”.  Modifiers,
comments, transcripts and links stand on tiers below, of type *Symbolic Association*.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from imhcode.domain.event import Event
from imhcode.domain.scheme import Modifier
from imhcode.formats.elan import our_mark
from imhcode.formats.elan.clock import DocumentClock
from imhcode.formats.elan.document import ASSOCIATION, INCLUDED_IN, SUBDIVISION, TIME_SUBDIVISION
from imhcode.formats.elan.our_mark import Mark, TierMark
from imhcode.formats.elan.writing_words import entry_id, modifier_vocabulary, types, vocabularies
from imhcode.formats.elan.xml_text import as_text, legal, tag
from imhcode.formats.joined import joined
from imhcode.formats.record import Record
from imhcode.formats.tiers import OutTier, Placed, tiers_of

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<ANNOTATION_DOCUMENT AUTHOR="imhcode" DATE="1970-01-01T00:00:00+00:00" FORMAT="3.0"'
    ' VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">\n'
)
_CONSTRAINTS = (
    (TIME_SUBDIVISION, "Time subdivision of parent annotation's time interval"),
    (SUBDIVISION, "Symbolic subdivision of a parent annotation"),
    (ASSOCIATION, "1-1 association with a parent annotation"),
    (INCLUDED_IN, "Time alignable annotations within the parent annotation's time interval"),
)
_MIME = {
    ".mp4": "video/mp4",
    ".mpg": "video/mpeg",
    ".mpeg": "video/mpeg",
    ".mov": "video/quicktime",
    ".wav": "audio/x-wav",
}


def write_elan(record: Record, path: Path) -> int:
    """Write one observation; return how many events it holds."""
    written = _Document(record)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        for part in written.parts():
            file.write(part + "\n")
        file.write("</ANNOTATION_DOCUMENT>\n")
    return len(record.observation.timeline)


class _Document:
    """One record becoming one document."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._scheme = record.observation.scheme
        self._clock = DocumentClock(record)
        self._tiers = tiers_of(record.observation, self._clock.span_ms)
        self._slots: list[tuple[int, str]] = []
        self._names: set[str] = set()
        self._mark = self._marked()
        self._types: dict[str, tuple[bool, str]] = {}
        self._count = 0

    def parts(self) -> Iterator[str]:
        """Yield the document's elements in the order that its grammar asks for."""
        tiers = [text for tier in self._tiers for text in self._tier(tier)]
        yield from self._header()
        yield from self._time_order()
        yield from tiers
        yield from types(self._types)
        yield tag("LOCALE", {"LANGUAGE_CODE": "en", "COUNTRY_CODE": "US"})
        yield tag("LANGUAGE", {"LANG_ID": "und", "LANG_LABEL": "undetermined (und)"})
        for name, words in _CONSTRAINTS:
            yield tag("CONSTRAINT", {"STEREOTYPE": name, "DESCRIPTION": words})
        yield from vocabularies(self._scheme, {name for _, name in self._types.values()})

    def _marked(self) -> Mark:
        record = self._record
        return Mark(
            session=record.session,
            dyad=record.dyad,
            coder=record.observation.coder_id,
            role=record.observation.role,
            scheme=self._scheme.id,
            version=self._scheme.version,
            hash=self._scheme.content_hash,
            shift_ms=self._clock.shift_ms,
            instant_ms=self._clock.instant_ms,
        )

    def _header(self) -> Iterator[str]:
        yield tag("HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"}, closed=False)
        for recording in self._record.recordings:
            attributes = {
                "MEDIA_URL": _url(recording.path),
                "MIME_TYPE": _MIME.get(Path(recording.path).suffix.lower(), "unknown"),
                "RELATIVE_MEDIA_URL": f"./{quote(Path(recording.path).name)}",
            }
            origin_ms = self._clock.origin_ms(recording)
            if origin_ms:
                attributes["TIME_ORIGIN"] = str(origin_ms)
            yield tag("MEDIA_DESCRIPTOR", attributes)
        yield _property(our_mark.PROPERTY, our_mark.written(self._mark))
        yield _property("lastUsedAnnotationId", str(self._count))
        yield "</HEADER>"

    def _time_order(self) -> Iterator[str]:
        yield "<TIME_ORDER>"
        for time_ms, name in sorted(self._slots, key=lambda slot: slot[0]):
            yield tag("TIME_SLOT", {"TIME_SLOT_ID": name, "TIME_VALUE": str(time_ms)})
        yield "</TIME_ORDER>"

    def _tier(self, tier: OutTier) -> Iterator[str]:
        """Yield a tier and those below it."""
        track = self._scheme.track(tier.track)
        name = self._free_name(tier.name(track))
        sort = "point" if tier.instants else "state" if track is None else track.kind
        sort = "state" if sort == "point" and not tier.instants else sort
        of_track = tier.track if track is not None else ""
        type_ = self._type(f"{sort} {tier.track}", alignable=True, vocabulary=of_track)
        said = TierMark(
            track=tier.track, code=tier.code, instance=tier.instance, instants=tier.instants
        )
        subject = self._scheme.subject_label(track.subject) if track is not None else ""
        yield self._begun(name, type_, said, tier.instance or subject, "")
        names: list[tuple[str, Event]] = []
        for placed in tier.placed:
            annotation = self._annotation_id(placed.event)
            names.append((annotation, placed.event))
            yield self._alignable(annotation, placed)
        yield "</TIER>"
        for mark, words, value in self._below(tier):
            below = self._free_name(f"{words}@{name}")
            type_ = f"modifier {words}" if mark.modifier else words
            self._type(type_, alignable=False, vocabulary=self._choices(mark))
            yield self._begun(below, type_, mark, tier.instance or subject, name)
            for annotation, event in names:
                if text := value(event):
                    yield self._referring(annotation, text)
            yield "</TIER>"

    def _below(self, tier: OutTier) -> Iterator[tuple[TierMark, str, Callable[[Event], str]]]:
        """Yield what a tier's events say beside their code: mark, words, and where it stands."""
        events = [one.event for one in tier.placed]
        ids = dict.fromkeys(name for event in events for name, _ in event.modifiers)
        for name in sorted(ids):
            declared = self._declared(name)
            several = (declared is not None and declared.type == "multi") or any(
                len(event.modifier(name)) > 1 for event in events
            )
            mark = TierMark(track=tier.track, holds="modifier", modifier=name, several=several)
            yield mark, name, _modifier(name, several=several)
        for holds, value in _BESIDE.items():
            if any(value(event) for event in events):
                yield TierMark(track=tier.track, holds=holds), holds, value

    def _declared(self, modifier: str) -> Modifier | None:
        return next((one for one in self._scheme.modifiers if one.id == modifier), None)

    def _choices(self, mark: TierMark) -> str:
        """The vocabulary of a tier of one choice each; empty for any other."""
        declared = self._declared(mark.modifier)
        has_choices = declared is not None and declared.values and not mark.several
        return modifier_vocabulary(mark.modifier) if has_choices else ""

    def _begun(self, name: str, type_: str, mark: TierMark, participant: str, parent: str) -> str:
        self._mark.tiers[name] = mark
        attributes = {
            "ANNOTATOR": self._record.observation.coder_id,
            "DEFAULT_LOCALE": "en",
            "LINGUISTIC_TYPE_REF": type_,
            "PARENT_REF": parent,
            "PARTICIPANT": participant,
            "TIER_ID": name,
        }
        return tag("TIER", {key: one for key, one in attributes.items() if one}, closed=False)

    def _alignable(self, annotation: str, placed: Placed) -> str:
        self._slots.append((placed.start, f"ts{len(self._slots) + 1}"))
        self._slots.append((placed.end, f"ts{len(self._slots) + 1}"))
        event = placed.event
        attributes = {
            "ANNOTATION_ID": annotation,
            "TIME_SLOT_REF1": self._slots[-2][1],
            "TIME_SLOT_REF2": self._slots[-1][1],
        }
        if self._scheme.code(event.track, event.code) is not None:
            attributes["CVE_REF"] = entry_id(event.track, event.code)
        return _annotation("ALIGNABLE_ANNOTATION", attributes, event.code)

    def _referring(self, parent: str, text: str) -> str:
        self._count += 1
        attributes = {"ANNOTATION_ID": f"a{self._count}", "ANNOTATION_REF": parent}
        return _annotation("REF_ANNOTATION", attributes, text)

    def _annotation_id(self, event: Event) -> str:
        """A number as other programs want it, and the event's own id behind it."""
        self._count += 1
        plain = event.id.isascii() and all(one.isalnum() or one in "._-" for one in event.id)
        own = f"-{event.id}" if plain else f"_{event.id.encode(errors='replace').hex()}"
        return f"a{self._count}{own}"

    def _free_name(self, wanted: str) -> str:
        wanted = legal(wanted)
        name, n = wanted, 1
        while name in self._names:
            n += 1
            name = f"{wanted} ({n})"
        self._names.add(name)
        return name

    def _type(self, name: str, *, alignable: bool, vocabulary: str) -> str:
        self._types[name] = (alignable, vocabulary)
        return name


def _modifier(name: str, *, several: bool) -> Callable[[Event], str]:
    def said(event: Event) -> str:
        values = event.modifier(name)
        return joined(values) if several else "".join(values)

    return said


def _linked(event: Event) -> str:
    return joined(part for link in event.links for part in (link.rule, link.target))


_BESIDE: dict[str, Callable[[Event], str]] = {
    "transcript": lambda event: event.transcript,
    "comment": lambda event: event.comment,
    "links": _linked,
}


def _annotation(element: str, attributes: dict[str, str], value: str) -> str:
    return (
        f"<ANNOTATION>{tag(element, attributes, closed=False)}<ANNOTATION_VALUE>{as_text(value)}"
        f"</ANNOTATION_VALUE></{element}></ANNOTATION>"
    )


def _property(name: str, text: str) -> str:
    return f"{tag('PROPERTY', {'NAME': name}, closed=False)}{as_text(text)}</PROPERTY>"


def _url(path: str) -> str:
    """An absolute path as the address that ELAN opens."""
    return "file:///" + quote(path.lstrip("/"), safe="/:")
