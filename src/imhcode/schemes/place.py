"""One spot of a document as written, which may hold anything: how rules look at it.

Rules run although other parts of the document are wrong, so a place never fails: what is not
there, or is of the wrong sort, is simply empty.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imhcode.schemes.finding import Finding, Severity
from imhcode.schemes.nearest import hint
from imhcode.schemes.source import Source, Steps

#: what the items of a list are called, by the list's name
NOUNS = {
    "subjects": "subject",
    "set": "episode",
    "profiles": "profile",
    "passes": "pass",
    "tracks": "track",
    "codes": "code",
    "modifiers": "modifier",
    "values": "value",
    "links": "link",
    "parameters": "parameter",
    "derived": "measure",
    "checks": "check",
    "citations": "citation",
    "gold_standards": "gold standard",
    "audiences": "audience",
    "end_reasons": "end reason",
    "derived_tracks": "derived track",
    "ratings": "rating",
    "alternate_scales": "alternate scale",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A value, and the steps that lead to it."""

    source: Source
    steps: Steps = ()
    value: object = None

    @classmethod
    def top(cls, source: Source) -> "Place":
        """The whole document."""
        return cls(source, (), source.plain)

    def at(self, name: str) -> "Place":
        """The value of a field; empty if there is none."""
        value = self.value.get(name) if isinstance(self.value, Mapping) else None
        return Place(self.source, (*self.steps, name), value)

    def each(self, name: str) -> Iterator["Place"]:
        """The items of the list in a field."""
        field = self.at(name)
        if isinstance(field.value, list):
            for number, item in enumerate(field.value):
                yield Place(self.source, (*field.steps, number), item)

    def fields(self) -> Iterator[tuple[str, "Place"]]:
        """Every field there is, and every list item under its number."""
        if isinstance(self.value, Mapping):
            for name in self.value:
                yield name, self.at(name)
        elif isinstance(self.value, list):
            for number, item in enumerate(self.value):
                yield str(number), Place(self.source, (*self.steps, number), item)

    @property
    def word(self) -> str:
        """The text that stands here, or no text."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> float | None:
        """The number that stands here."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return None
        return self.value

    @property
    def id(self) -> str:
        """What it is called by its author."""
        return self.at("id").word or self.at("key").word

    @property
    def line(self) -> int:
        """Its line in the file."""
        return self.source.line(self.steps)

    @property
    def name(self) -> str:
        """What to call it in a sentence: ``code "look"``, ``window_s of link "answers"``."""
        return name_of(self.source, self.steps)

    @property
    def owner(self) -> str:
        """What to call the thing it is a field or an item of."""
        steps = self.steps[:-1]
        if steps and isinstance(self.steps[-1], int):
            steps = steps[:-1]
        return name_of(self.source, steps)

    def finding(self, severity: Severity, rule: str, message: str) -> Finding:
        """A finding about this spot."""
        return Finding(severity, rule, where_of(self.source, self.steps), self.line, message)

    def error(self, rule: str, message: str) -> Finding:
        """A finding that keeps the scheme from being used."""
        return self.finding("error", rule, message)

    def warning(self, rule: str, message: str) -> Finding:
        """A finding to look at again."""
        return self.finding("warning", rule, message)

    def unknown(self, noun: str, known: Iterable[str]) -> Finding:
        """A word here that refers to nothing."""
        message = f'unknown {noun} "{self.word}" in {self.owner}{hint(self.word, known)}'
        return self.error(f"unknown-{noun.replace(' ', '-')}", message)


def where_of(source: Source, steps: Steps) -> str:
    """The steps with ids in place of numbers, joined by full stops."""
    words: list[str] = []
    here: object = source.plain
    for step in steps:
        here = _inside(here, step)
        words.append(_id(here) or str(step) if isinstance(step, int) else step)
    return ".".join(words)


def name_of(source: Source, steps: Steps) -> str:
    """What to call a spot in a sentence, after the nearest thing around it that has a name."""
    for length in range(len(steps), 1, -1):
        number, several = steps[length - 1], steps[length - 2]
        if isinstance(number, int) and isinstance(several, str) and several in NOUNS:
            here: object = source.plain
            for step in steps[:length]:
                here = _inside(here, step)
            called = f'"{_id(here)}"' if _id(here) else f"number {number + 1}"
            thing = f"{NOUNS[several]} {called}"
            break
    else:
        length, thing = 0, "the scheme"
    fields = [step for step in steps[length:] if isinstance(step, str)]
    return f"{'.'.join(fields)} of {thing}" if fields else thing


def _inside(value: object, step: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _id(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    called = value.get("id") or value.get("key")
    return called if isinstance(called, str) else ""
