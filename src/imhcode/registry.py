"""Find what a folder offers, so that adding one thing means adding one file."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Anything that knows its own name."""

    @property
    def name(self) -> str:
        """The name it is found by; that of its file, with hyphens."""


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """The things that the modules of one package have added, by name.

    The package is imported module by module at the first question, not before: a format that
    needs a slow library costs nothing until somebody asks for formats.

    Parameters
    ----------
    package : str
        Dotted name of the package whose modules call :meth:`add`.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._found: dict[str, T] = {}
        self._looked = False

    def add(self, thing: T) -> T:
        """Offer ``thing``; called once, at the bottom of its module."""
        if thing.name in self._found and self._found[thing.name] != thing:
            msg = f"{self._package} offers {thing.name!r} twice"
            raise ValueError(msg)
        self._found[thing.name] = thing
        return thing

    def __getitem__(self, name: str) -> T:
        """The thing called ``name``; ``KeyError`` if no module offers it."""
        self._look()
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        self._look()
        return name in self._found

    def __iter__(self) -> Iterator[T]:
        self._look()
        return iter(sorted(self._found.values(), key=lambda thing: thing.name))

    def names(self) -> list[str]:
        """All names, sorted."""
        return [thing.name for thing in self]

    def _look(self) -> None:
        if self._looked:
            return
        self._looked = True
        package = importlib.import_module(self._package)
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{self._package}.{module.name}")
