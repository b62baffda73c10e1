"""From the characters of an ``.eaf`` or ``.etf`` to an :class:`ElanDocument`."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from imhcode.formats.elan.document import (
    Annotation,
    ElanDocument,
    Entry,
    LinguisticType,
    Media,
    Tier,
    Vocabulary,
)
from imhcode.formats.elan.errors import NoElanDocument, TooMany
from imhcode.formats.finding import Finding
from imhcode.formats.strict_xml import read_xml

NEWEST = (3, 0)  #: of the versions of the format that were there when this was written
MOST_TIERS = 1_000
MOST_WORDS = 10_000  #: of one vocabulary

_TEXTS = frozenset({"ANNOTATION_VALUE", "CV_ENTRY", "CVE_VALUE", "PROPERTY"})

Attributes = dict[str, str]


def parse(path: Path) -> ElanDocument:
    """Read a document.

    Raises
    ------
    NoElanDocument
        The XML is of another program.
    Refused, FileUnreadable
        See :func:`imhcode.formats.strict_xml.read_xml`.
    """
    parsing = _Parsing(path)
    read_xml(path, parsing.started, parsing.said, _TEXTS)
    return parsing.document


class _Parsing:
    """Elements as they come; each knows what it belongs to by what came before."""

    def __init__(self, path: Path) -> None:
        self.document = ElanDocument()
        self._path = path
        self._begun = False
        self._property = ""
        self._tiers: set[str] = set()
        self._no_tier = Tier(id="", line=0)
        self._tier = self._no_tier
        self._annotation = Annotation("", 0)
        self._vocabulary = Vocabulary("", 0)
        self._on: dict[str, Callable[[Attributes, int], None]] = {
            "HEADER": self._header,
            "MEDIA_DESCRIPTOR": self._media,
            "LINKED_FILE_DESCRIPTOR": self._linked_file,
            "PROPERTY": self._named_property,
            "TIME_SLOT": self._slot,
            "TIER": self._new_tier,
            "ALIGNABLE_ANNOTATION": self._alignable,
            "REF_ANNOTATION": self._referring,
            "LINGUISTIC_TYPE": self._type,
            "CONTROLLED_VOCABULARY": self._new_vocabulary,
            "CV_ENTRY": self._entry,
            "CV_ENTRY_ML": self._entry,
            "CVE_VALUE": self._entry_value,
            "EXTERNAL_REF": self._external,
            "LEXICON_REF": self._other("a reference to a lexicon"),
            "REF_LINK_SET": self._other("a set of links between annotations"),
        }

    def started(self, name: str, attributes: Attributes, line: int) -> None:
        """Take an element that begins."""
        act = self._on.get(name)
        if act is not None and self._begun:
            act(attributes, line)
        elif not self._begun:
            self._begin(name, attributes)

    def said(self, name: str, text: str) -> None:
        """Take the text of an element that ends."""
        if name == "ANNOTATION_VALUE":
            self._annotation.value = text
        elif name == "PROPERTY":
            self.document.properties[self._property] = text
        elif self._vocabulary.entries:  # CV_ENTRY and CVE_VALUE
            self._vocabulary.entries[-1].values.append(text.strip())

    def _begin(self, name: str, attributes: Attributes) -> None:
        if name != "ANNOTATION_DOCUMENT":
            raise NoElanDocument(path=self._path, root=name[:40])
        self._begun = True
        self.document.format = attributes.get("FORMAT", "")
        parts = self.document.format.split(".")
        if (
            all(part.isdecimal() and len(part) < 5 for part in parts)
            and tuple(map(int, parts)) > NEWEST
        ):
            said = f"the file is of format {self.document.format}, newer than those known here"
            self._warn("newer-format", 1, said)

    def _header(self, attributes: Attributes, line: int) -> None:
        self.document.units = attributes.get("TIME_UNITS", "milliseconds")
        if media := attributes.get("MEDIA_FILE", ""):
            self.document.media.append(Media(_plain(media), "", line))

    def _media(self, attributes: Attributes, line: int) -> None:
        url = attributes.get("MEDIA_URL") or attributes.get("RELATIVE_MEDIA_URL", "")
        origin = attributes.get("TIME_ORIGIN", "")
        self.document.media.append(Media(_plain(url), origin, line))

    def _linked_file(self, attributes: Attributes, line: int) -> None:
        del line
        self.document.others.append(f"a linked file: {_plain(attributes.get('LINK_URL', ''))}")

    def _named_property(self, attributes: Attributes, line: int) -> None:
        del line
        self._property = attributes.get("NAME", "")

    def _slot(self, attributes: Attributes, line: int) -> None:
        name = attributes.get("TIME_SLOT_ID", "")
        if name in self.document.slots:
            said = f"the time slot “{name}” is there twice; the first one counts"
            self._warn("id-twice", line, said)
            return
        self.document.slots[name] = (attributes.get("TIME_VALUE", ""), line)

    def _new_tier(self, attributes: Attributes, line: int) -> None:
        name = wanted = attributes.get("TIER_ID", "")
        if len(self._tiers) == MOST_TIERS:
            raise TooMany(path=self._path, most=MOST_TIERS, what="tiers", line=line)
        n = 1
        while name in self._tiers or not name:
            n += 1
            name = f"{wanted or 'tier'} ({n})"
        if n > 1 and wanted:
            said = f"the tier “{wanted}” is there twice; this one is called “{name}”"
            self._warn("id-twice", line, said)
        self._tiers.add(name)
        self._tier = Tier(
            id=name,
            line=line,
            type=attributes.get("LINGUISTIC_TYPE_REF", ""),
            parent=attributes.get("PARENT_REF", ""),
            participant=attributes.get("PARTICIPANT", "").strip(),
            annotator=attributes.get("ANNOTATOR", "").strip(),
        )
        self.document.tiers.append(self._tier)

    def _alignable(self, attributes: Attributes, line: int) -> None:
        get = attributes.get
        slots = (get("TIME_SLOT_REF1", ""), get("TIME_SLOT_REF2", ""))
        self._annotation = Annotation(
            get("ANNOTATION_ID", ""), line, slots, entry=get("CVE_REF", "")
        )
        self._add(line)

    def _referring(self, attributes: Attributes, line: int) -> None:
        get = attributes.get
        self._annotation = Annotation(
            get("ANNOTATION_ID", ""),
            line,
            refers_to=get("ANNOTATION_REF", ""),
            previous=get("PREVIOUS_ANNOTATION", ""),
            entry=get("CVE_REF", ""),
        )
        self._add(line)

    def _add(self, line: int) -> None:
        if self._tier is self._no_tier:  # an annotation outside all tiers
            self._new_tier({}, line)
        self._tier.annotations.append(self._annotation)

    def _type(self, attributes: Attributes, line: int) -> None:
        name = attributes.get("LINGUISTIC_TYPE_ID", "")
        if name in self.document.types:
            said = f"the linguistic type “{name}” is there twice; the first one counts"
            self._warn("id-twice", line, said)
            return
        constraint = attributes.get("CONSTRAINTS", "").strip().replace(" ", "_")
        vocabulary = attributes.get("CONTROLLED_VOCABULARY_REF", "")
        self.document.types[name] = LinguisticType(name, constraint, vocabulary)

    def _new_vocabulary(self, attributes: Attributes, line: int) -> None:
        name = attributes.get("CV_ID", "")
        self._vocabulary = Vocabulary(name, line, attributes.get("EXT_REF", ""))
        if name in self.document.vocabularies:
            said = f"the vocabulary “{name}” is there twice; the first one counts"
            self._warn("id-twice", line, said)
            return
        self.document.vocabularies[name] = self._vocabulary

    def _entry(self, attributes: Attributes, line: int) -> None:
        if len(self._vocabulary.entries) == MOST_WORDS:
            what = "words in a vocabulary"
            raise TooMany(path=self._path, most=MOST_WORDS, what=what, line=line)
        entry = Entry(attributes.get("CVE_ID", ""), [], attributes.get("DESCRIPTION", ""))
        self._vocabulary.entries.append(entry)

    def _entry_value(self, attributes: Attributes, line: int) -> None:
        del line
        if self._vocabulary.entries:
            entry = self._vocabulary.entries[-1]
            entry.description = entry.description or attributes.get("DESCRIPTION", "")

    def _external(self, attributes: Attributes, line: int) -> None:
        del line
        self.document.external[attributes.get("EXT_REF_ID", "")] = attributes.get("VALUE", "")

    def _other(self, words: str) -> Callable[[Attributes, int], None]:
        def note(attributes: Attributes, line: int) -> None:
            del attributes
            self.document.others.append(f"{words}, in line {line}")

        return note

    def _warn(self, rule: str, line: int, message: str) -> None:
        self.document.findings.append(Finding("warning", rule, line, message))


def _plain(url: str) -> str:
    """A path with forward slashes, without scheme and percent signs.

    >>> _plain("file:///C:/films/a%20b.mp4"), _plain("file:///home/x/a.mp4"), _plain("./a.mp4")
    ('C:/films/a b.mp4', '/home/x/a.mp4', './a.mp4')
    """
    path = url.strip()
    if path.lower().startswith("file:"):
        path = unquote(path[5:])
        path = "/" + path.lstrip("/") if not path.startswith("//") or path[2:3] == "/" else path
    path = path.replace("\\", "/")
    return path[1:] if path[:1] == "/" and path[2:3] == ":" else path
