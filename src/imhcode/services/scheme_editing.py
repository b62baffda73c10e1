"""A scheme while its author works on it: changes, undo, what is wrong, and the file it is kept in.

Knows nothing of windows; what is shown is asked for anew after each change.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imhcode.domain.errors import Refused, Trouble
from imhcode.domain.scheme import Scheme
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.diff import bump_between, differences, fitting_bump
from imhcode.schemes.document import findings_in
from imhcode.schemes.editing import SchemeText
from imhcode.schemes.errors import SchemeFileUnreadable, SchemeRefused
from imhcode.schemes.finding import Finding
from imhcode.schemes.from_list import read_list
from imhcode.schemes.paths import follow
from imhcode.schemes.place import Place
from imhcode.schemes.shipped import find_scheme, shipped_schemes
from imhcode.schemes.source import LARGEST_BYTES, Steps
from imhcode.schemes.vocabulary import scheme_text_of
from imhcode.schemes.yaml_text import block_of

MOST_UNDONE = 500  #: changes that can be taken back

_BEGINNING = """\
imhcode_scheme: "1.0"
id: my_scheme
version: "0.1.0"
title: My scheme

# Who is coded.
subjects:
  - {id: infant, label: Infant, role: child}

# What is coded.
tracks:
  - id: looking
    label: Looking
    subject: infant
    kind: state
    exclusive: true
    exhaustive: true
    codes:
      - {id: partner, label: Looks at the partner, key: q, color: "#009E73"}
      - {id: elsewhere, label: Looks elsewhere, key: w, color: "#56B4E9"}
      - {id: unseen, label: Cannot see, key: u, uncodable: true}
"""


class FileHasChanged(Refused):
    """A file that somebody else has written since it was read."""

    sentence = "{path} was changed by another program since it was opened here."
    next_step = "Save under another name, so that nothing of either is lost."


class SchemeNotWritten(Trouble):
    """The disk did not take the file."""

    sentence = "{path} cannot be written: {why}."


class SchemeHasErrors(Refused):
    """A scheme that cannot be used yet."""

    sentence = "There are errors in the scheme ({n}); it cannot be coded with yet."
    next_step = "Mend them first; it can be saved meanwhile."


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAdvice:
    """What has changed against an earlier document, and which version that asks for.

    Attributes
    ----------
    since : str
        Version of the earlier document.
    next : str
        The version that fits; empty if the version is raised far enough.
    changes : tuple of str
        The changes in words, the weightiest first.
    """

    since: str
    next: str
    changes: tuple[str, ...]


@dataclass(slots=True)
class SchemeDraft:
    """A scheme being worked on.

    Attributes
    ----------
    path : Path or None
        The file; ``None`` as long as it has none.
    saved : SchemeText or None
        As it stands in the file.
    was_kept : bool
        Whether others may know it already, so that changes ask for another version.
    begun : SchemeText
        As it was when work began: what versions are counted from.
    """

    text: SchemeText
    path: Path | None = None
    saved: SchemeText | None = None
    was_kept: bool = False
    begun: SchemeText = field(init=False)
    _raw: bytes = b""
    _dress: tuple[bool, bool] = (False, False)  # begins with a mark of order; ends lines by CR LF
    _undo: list[SchemeText] = field(default_factory=list)
    _redo: list[SchemeText] = field(default_factory=list)
    _last: object = None
    _found: tuple[SchemeText, list[Finding]] | None = None
    _located: tuple[list[Finding], list[tuple[Steps, Finding]]] | None = None

    def __post_init__(self) -> None:
        self.begun = self.text

    # -- beginnings ----------------------------------------------------------------------------

    @classmethod
    def small(cls) -> "SchemeDraft":
        """The smallest scheme that works."""
        return cls(SchemeText(_BEGINNING))

    @classmethod
    def of_file(cls, path: Path) -> "SchemeDraft":
        """The scheme in a file, right or wrong.

        Raises
        ------
        SchemeRefused
            It is not YAML.
        SchemeFileUnreadable
            The file is not there or cannot be read.
        """
        try:
            raw = path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else b""
            text = raw.decode("utf-8-sig")
        except OSError as error:
            raise SchemeFileUnreadable(path=path, why=error.strerror or error) from error
        except UnicodeDecodeError as error:
            raise SchemeRefused(name=path.name, problems="the text is not UTF-8") from error
        has_cr = text.count("\r") > 0 and text.count("\r") == text.count("\r\n")
        has_cr = has_cr and text.count("\n") == text.count("\r\n")
        read = SchemeText(text.replace("\r\n", "\n") if has_cr else text)
        try:
            read.plain  # noqa: B018  (refuses what is not YAML before anything is made of it)
        except SchemeRefused as error:
            problems = error.fields["problems"]
            raise SchemeRefused(name=path.name, problems=problems) from error
        draft = cls(read, path=path, saved=read, was_kept=True)
        draft._raw = raw
        draft._dress = (raw.startswith(b"\xef\xbb\xbf"), has_cr)
        return draft

    @classmethod
    def copy_of(cls, name_or_file: str, scheme_id: str = "") -> "SchemeDraft":
        """A scheme of one's own that begins as another: with another id, as version 0.1.0."""
        draft = cls.of_file(find_scheme(name_or_file))
        taken = shipped_schemes()
        text = draft.text
        new_id = scheme_id or f"my_{text.plain.get('id', 'scheme')}"
        text = text.putting(("id",), new_id).putting(("version",), "0.1.0")
        if text.plain.get("status") == "built_in":
            text = text.putting(("status",), "lab")
        if not scheme_id and new_id not in taken and isinstance(text.plain.get("title"), str):
            text = text.putting(("title",), f"{text.plain['title']} (ours)")
        return cls(text)

    @classmethod
    def of_scheme(cls, scheme: Scheme) -> "SchemeDraft":
        """A scheme that a study keeps: its document without the comments, which are not kept."""
        draft = cls(SchemeText(f"{block_of(scheme.document, 0)}\n"))
        draft.was_kept = True
        return draft

    @classmethod
    def of_list(cls, path: Path, *, scheme_id: str = "", title: str = "") -> "SchemeDraft":
        """A scheme from a plain list of codes (CSV).

        Raises
        ------
        ListRefused, SchemeFileUnreadable
            As :func:`imhcode.schemes.from_list.read_list`.
        """
        return cls(SchemeText(scheme_text_of(read_list(path, scheme_id=scheme_id, title=title))))

    # -- changes -------------------------------------------------------------------------------

    def put(
        self, steps: Steps, value: Any, order: Sequence[str] = (), *, within: object = None
    ) -> None:
        """Give a field or item a value.

        ``within`` names the work that the change is part of: changes that follow each other
        within the same are taken back together.
        """
        self._take(self.text.putting(steps, value, order), within)

    def remove(self, steps: Steps) -> None:
        """Take a field or an item away."""
        self._take(self.text.without(steps))

    def insert(self, steps: Steps, at: int, item: Any, order: Sequence[str] = ()) -> None:
        """Put an item into a list."""
        self._take(self.text.inserting(steps, at, item, order))

    def move(self, steps: Steps, to: int) -> None:
        """Put an item elsewhere in its list."""
        self._take(self.text.moving(steps, to))

    def undo(self) -> bool:
        """Take the last change back; ``False`` if there is none."""
        return self._go(self._undo, self._redo)

    def redo(self) -> bool:
        """Make it again."""
        return self._go(self._redo, self._undo)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to make again."""
        return bool(self._redo)

    @property
    def is_saved(self) -> bool:
        """Whether the file holds what stands here."""
        return self.saved is not None and self.saved.text == self.text.text

    @property
    def is_touched(self) -> bool:
        """Whether there is work that closing would lose."""
        return not self.is_saved and bool(self._undo)

    # -- what is there -------------------------------------------------------------------------

    def findings(self) -> list[Finding]:
        """Everything that is wrong, or unwise, as it stands."""
        if self._found is None or self._found[0] is not self.text:
            self._found = (self.text, findings_in(self.text.source))
        return self._found[1]

    def located(self) -> list[tuple[Steps, Finding]]:
        """Each finding with the steps to its spot."""
        found = self.findings()
        if self._located is None or self._located[0] is not found:
            self._located = (found, [(self.steps_of(one.where), one) for one in found])
        return self._located[1]

    def steps_of(self, where: str) -> Steps:
        """The steps to the spot that a finding names, or to what is nearest to it."""
        return follow(Place.top(self.text.source), where).steps if where else ()

    def scheme(self) -> Scheme | None:
        """The scheme, unless there are errors."""
        if any(one.severity == "error" for one in self.findings()):
            return None
        return scheme_from_document(self.text.plain)

    def usable(self) -> Scheme:
        """The scheme, to be coded with.

        Raises
        ------
        SchemeHasErrors
            It cannot be yet.
        """
        scheme = self.scheme()
        if scheme is None:
            n = sum(one.severity == "error" for one in self.findings())
            raise SchemeHasErrors(n=n)
        return scheme

    def advice(self, before: Scheme | None = None) -> VersionAdvice | None:
        """Which version the changes ask for; nothing if there are none or errors are in the way.

        Parameters
        ----------
        before : Scheme, optional
            What the changes are counted from, such as the one that a study uses; by default the
            document as work on it began.
        """
        now = self.scheme()
        if now is None:
            return None
        old = before.document if before else self.begun.plain
        if before is None and findings_in_error(self.begun):
            return None
        found = differences(old, now.document)
        if not found or old.get("id") != now.id:
            return None
        fits, raised = fitting_bump(found), bump_between(old["version"], now.version)
        order = ("down", "none", "patch", "minor", "major")
        enough = order.index(raised) >= order.index(fits)
        return VersionAdvice(
            since=old["version"],
            next="" if enough else raised_version(old["version"], fits),
            changes=tuple(one.message for one in found),
        )

    # -- the file ------------------------------------------------------------------------------

    def save(self, path: Path | None = None) -> Path:
        """Write the file, errors and all: work half done is kept too.

        Raises
        ------
        FileHasChanged
            It is no longer what was read.
        SchemeNotWritten
            The disk would not; what was there is still there.
        """
        target = path or self.path
        if target is None:
            raise SchemeNotWritten(path="", why="it has no name yet")
        has_mark, has_cr = self._dress
        text = self.text.text.replace("\n", "\r\n") if has_cr else self.text.text
        raw = (b"\xef\xbb\xbf" if has_mark else b"") + text.encode()
        half = target.with_name(f"{target.name}.part")
        try:
            if target == self.path and target.exists() and target.read_bytes() != self._raw:
                raise FileHasChanged(path=target)
            with half.open("wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
        except OSError as failure:
            with suppress(OSError):
                half.unlink()
            raise SchemeNotWritten(path=target, why=failure.strerror or failure) from failure
        self.path, self.saved, self._raw, self._last = target, self.text, raw, None
        return target

    # -- inside --------------------------------------------------------------------------------

    def _take(self, text: SchemeText, within: object = None) -> None:
        if text.text == self.text.text:
            return
        if within is None or within != self._last:
            self._undo.append(SchemeText(self.text.text))  # as text alone: parsed trees are large
            del self._undo[:-MOST_UNDONE]
        self._redo.clear()
        self._last = within
        self.text = text

    def _go(self, back: list[SchemeText], on: list[SchemeText]) -> bool:
        if not back:
            return False
        on.append(SchemeText(self.text.text))
        self.text = back.pop()
        self._last = None
        return True


def findings_in_error(text: SchemeText) -> bool:
    """Whether a text has errors."""
    return any(one.severity == "error" for one in findings_in(text.source))


def raised_version(version: str, bump: str) -> str:
    """The next version: ``major``, ``minor`` or ``patch`` raised by one."""
    numbers = [int(one) for one in version.partition("-")[0].split(".")]
    at = ("major", "minor", "patch").index(bump)
    numbers[at] += 1
    numbers[at + 1 :] = [0] * (2 - at)
    return ".".join(map(str, numbers))
