"""Open a package for supervision: looked at, never changed, and only until its last day."""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import Self

from imhcode.domain.errors import Refused, Trouble
from imhcode.services.package_lock import ENDING, KEY_FILE, Lock, opened_lock
from imhcode.services.package_values import (
    Manifest,
    PackagedFile,
    PackagedMoment,
    UnreadableError,
    manifest_from,
    moments_from,
)
from imhcode.services.supervision import MANIFEST, MOMENTS, SCHEME

_MOST_BYTES = 16 << 20  #: of a text in a package
_CLIP = re.compile(r"clip-[1-9][0-9]{0,3}\.mp4")


class NotAPackage(Refused):
    """Fields: ``path``, ``why``."""

    sentence = "{path} is not a package for supervision: {why}."
    next_step = "Choose the folder that holds READ-ME.txt and the clips."


class PackageIsOver(Refused):
    """Fields: ``expires_on``."""

    sentence = "This package could be opened until {expires_on}; that day is over."
    next_step = "Destroy every copy of it, and ask for a new one if it is still needed."


class PackageIsChanged(Refused):
    """Fields: ``name``."""

    sentence = "{name} is not as it was when the package was made."
    next_step = "Ask for the package again; copies and downloads can be cut short."


class NeedsPassphrase(Refused):
    """A package that is encrypted."""

    sentence = "This package is encrypted."
    next_step = "Give the passphrase that whoever made it has told you."


class PackageNotRead(Trouble):
    """Fields: ``path``, ``why``."""

    sentence = "The package in {path} cannot be read: {why}."
    next_step = "Is the disk still there, and is there room on this computer?"


class OpenPackage:
    """A package that may be looked at; to be closed, or used with ``with``.

    Attributes
    ----------
    path : Path
        Its folder.
    manifest : Manifest
        What it says of itself.
    moments : tuple of PackagedMoment
        In their order.
    """

    def __init__(
        self,
        path: Path,
        manifest: Manifest,
        moments: tuple[PackagedMoment, ...],
        private: tempfile.TemporaryDirectory[str] | None,
    ) -> None:
        self.path, self.manifest, self.moments = path, manifest, moments
        self._private = private

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def clip(self, moment: PackagedMoment) -> Path:
        """Where a clip can be played while the package is open."""
        folder = Path(self._private.name) if self._private else self.path
        return folder / moment.clip

    def close(self) -> None:
        """Let go of it; what was decrypted is removed."""
        if self._private is not None:
            self._private.cleanup()


def is_encrypted(path: Path) -> bool:
    """Whether opening that folder asks for a passphrase."""
    return (path / KEY_FILE).is_file()


def open_package(path: Path, on: str, passphrase: str = "") -> OpenPackage:
    """Open a package; every file is held against the manifest first.

    Parameters
    ----------
    on : str
        The ISO date of today.

    Raises
    ------
    NotAPackage, PackageIsOver, PackageIsChanged
        As their sentences say.
    NeedsPassphrase, WrongPassphrase, NoEncryption
        It is encrypted.
    PackageNotRead, NotEncrypted
        The disk would not.
    """
    if not is_encrypted(path) and not (path / MANIFEST).is_file():
        raise NotAPackage(path=path, why=f"it has no {MANIFEST}")
    private = None
    try:
        if is_encrypted(path):
            if not passphrase:
                raise NeedsPassphrase
            lock = opened_lock(path / KEY_FILE, passphrase)
            private = tempfile.TemporaryDirectory(prefix="imhcode-")
            manifest = _decrypted(path, lock, Path(private.name), on)
        else:
            manifest = _manifest(path, path, on)
        folder = Path(private.name) if private else path
        for one in manifest.files:
            _refuse_changed(folder / one.name, one.bytes, one.sha256)
        moments = moments_from(_text(folder / MOMENTS))
        if {one.clip for one in moments} != {one.name for one in manifest.files if _is_clip(one)}:
            raise NotAPackage(path=path, why="its clips are not those of its moments")
    except BaseException as failure:
        if private is not None:
            private.cleanup()
        if isinstance(failure, UnreadableError):
            raise NotAPackage(path=path, why=failure) from failure
        if isinstance(failure, OSError):
            raise PackageNotRead(path=path, why=failure.strerror or failure) from failure
        raise
    return OpenPackage(path, manifest, moments, private)


def _decrypted(path: Path, lock: Lock, to: Path, on: str) -> Manifest:
    """Decrypt a package into a folder that only this person reads: what it says of itself first."""
    lock.decrypt(path / f"{MANIFEST}{ENDING}", to / MANIFEST)
    manifest = _manifest(path, to, on)
    needed = sum(one.bytes for one in manifest.files)
    if shutil.disk_usage(to).free < needed:
        raise OSError(f"there is no room for {needed >> 20} MB on this computer")
    for one in manifest.files:
        encrypted = path / f"{one.name}{ENDING}"
        if not encrypted.is_file():
            raise PackageIsChanged(name=encrypted.name)
        lock.decrypt(encrypted, to / one.name)
    return manifest


def _manifest(path: Path, folder: Path, on: str) -> Manifest:
    manifest = manifest_from(_text(folder / MANIFEST))
    names = [one.name for one in manifest.files]
    strange = [one for one in names if one not in (MOMENTS, SCHEME) and not _CLIP.fullmatch(one)]
    if strange or len(set(names)) != len(names) or MOMENTS not in names:
        raise NotAPackage(path=path, why="it lists other files than a package has")
    if on > manifest.expires_on:
        raise PackageIsOver(expires_on=manifest.expires_on)
    return manifest


def _is_clip(one: PackagedFile) -> bool:
    return _CLIP.fullmatch(one.name) is not None


def _refuse_changed(path: Path, n_bytes: int, sha256: str) -> None:
    if path.is_symlink() or not path.is_file() or path.stat().st_size != n_bytes:
        raise PackageIsChanged(name=path.name)
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise PackageIsChanged(name=path.name)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise UnreadableError("it is far too large")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError("it is not a text") from None
