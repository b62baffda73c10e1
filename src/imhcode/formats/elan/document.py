"""An ELAN document as it stands in its file: ids and texts, nothing worked out yet."""

from dataclasses import dataclass, field

from imhcode.formats.finding import Finding

TIME_SUBDIVISION, INCLUDED_IN = "Time_Subdivision", "Included_In"
SUBDIVISION, ASSOCIATION = "Symbolic_Subdivision", "Symbolic_Association"


@dataclass(slots=True)
class Annotation:
    """One annotation.

    Attributes
    ----------
    slots : tuple of str or None
        Ids of its two time slots; ``None`` if it refers to another annotation.
    refers_to, previous : str
        Id of that annotation, and of the one before it among those that refer to it.
    entry : str
        Id of the vocabulary's entry.
    """

    id: str
    line: int
    slots: tuple[str, str] | None = None
    refers_to: str = ""
    previous: str = ""
    entry: str = ""
    value: str = ""


@dataclass(slots=True, kw_only=True)
class Tier:
    """One tier and its annotations, in the order of the file."""

    id: str
    line: int
    type: str = ""
    parent: str = ""
    participant: str = ""
    annotator: str = ""
    annotations: list[Annotation] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A word of a vocabulary; in several languages it has several values."""

    id: str
    values: list[str] = field(default_factory=list)
    description: str = ""


@dataclass(slots=True)
class Vocabulary:
    """A controlled vocabulary; ``external`` names the file where its words are."""

    id: str
    line: int
    external: str = ""
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class LinguisticType:
    """What the tiers of a type are bound by."""

    id: str
    constraint: str = ""
    vocabulary: str = ""


@dataclass(slots=True)
class Media:
    """A film that the document is about."""

    path: str
    origin: str
    line: int


@dataclass(slots=True)
class ElanDocument:
    """All of a document.

    Attributes
    ----------
    slots : dict of str to (str, int)
        What stands as time of each slot, empty if nothing does, and its line; in file order.
    properties : dict
        Those of the header, by name.
    others : list of str
        What it holds beside, in words.
    """

    units: str = "milliseconds"
    format: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    media: list[Media] = field(default_factory=list)
    slots: dict[str, tuple[str, int]] = field(default_factory=dict)
    tiers: list[Tier] = field(default_factory=list)
    types: dict[str, LinguisticType] = field(default_factory=dict)
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    external: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
