"""Checks as one goes: what breaks, or does not yet keep, the rules of a scheme.

``rules`` holds what every scheme asks for, ``declared`` the kinds of check that a scheme may
declare, one module each.  Both say what to *look* at: which lanes are read, and how to find.
:mod:`imhcode.domain.checks.standing` looks, and looks again only where something has changed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme
from imhcode.registry import Registry

#: what finds: ``None`` between findings says that the work may rest here
Found = Iterator[Finding | None]


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at.

    Attributes
    ----------
    tracks : tuple of str
        The lanes that are read.
    find : callable
        Yields findings; only lanes of ``tracks``, ratings, episodes, ages and the coded range
        may be asked for.
    refused_at_entry : bool
        Whether no edit can bring about what it finds, so that one look is enough.
    """

    tracks: tuple[str, ...]
    find: Callable[[Scene], Found]
    refused_at_entry: bool = False


class Rule(Protocol):
    """A rule that holds for every scheme."""

    @property
    def name(self) -> str:
        """The name of its file, with hyphens."""

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Yield what has to be looked at under this scheme."""


class DeclaredKind(Protocol):
    """A kind of check that schemes declare."""

    @property
    def name(self) -> str:
        """As schemes write it, and the name of its file."""

    def look(self, check: "DeclaredCheck", scheme: Scheme) -> Look:
        """What has to be looked at for one check."""


RULES: Registry[Rule] = Registry("imhcode.domain.checks.rules")
DECLARED: Registry[DeclaredKind] = Registry("imhcode.domain.checks.declared")


@dataclass(frozen=True, slots=True)
class DeclaredCheck:
    """One check of a scheme, as its document has it: known to be consistent."""

    plain: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """Which kind of check it is."""
        kind: str = self.plain.get("kind", "")
        return kind

    def ids(self, name: str) -> tuple[str, ...]:
        """The words of a list; none if it was left out."""
        return tuple(self.plain.get(name, ()))

    def us(self, name: str, default: float = 0) -> int:
        """A number of seconds as microseconds."""
        return round(float(self.plain.get(name, default)) * 1_000_000)

    def finding(
        self,
        place: str = "",
        *,
        track: str = "",
        event_ids: tuple[str, ...] = (),
        from_us: int | None = None,
        until_us: int | None = None,
    ) -> Finding:
        """A finding of this check, with its author's words, at a place in words."""
        return Finding(
            severity=self.plain["severity"],
            rule=self.plain["id"],
            sentence="{place}: {said}" if place else "{said}",
            fields={"said": self._said, "place": place},
            track=track,
            event_ids=event_ids,
            from_us=from_us,
            until_us=until_us,
        )

    def about(self, event: Event, *others: Event) -> Finding:
        """A finding of this check about an event, and others that have to do with it."""
        severity, rule = self.plain["severity"], self.plain["id"]
        sentence = "“{code}” at {at}: {said}"
        finding = Finding.about(event, severity, rule, sentence, said=self._said)
        for other in others:
            finding = finding.with_other(other)
        return finding

    @property
    def _said(self) -> str:
        return str(self.plain["message"]).rstrip(".")


def declared_checks(scheme: Scheme) -> Iterator[DeclaredCheck]:
    """Yield the checks of a scheme's document; those in words only have no kind."""
    for plain in scheme.document.get("checks", ()):
        yield DeclaredCheck(plain)


def declares(scheme: Scheme, kind: str, **fields: str) -> bool:
    """Whether the scheme has a check of that kind with those fields: ours would repeat it."""
    return any(
        check.kind == kind and all(check.plain.get(name) == word for name, word in fields.items())
        for check in declared_checks(scheme)
    )
