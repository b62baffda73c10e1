"""A package behind a passphrase, in the age format, by a library that is not always installed.

A fresh key encrypts the files, as streams; the passphrase encrypts only the key.
"""

import importlib
from pathlib import Path
from typing import Any

from imhcode.domain.errors import Refused, Trouble

KEY_FILE, ENDING = "key.age", ".age"
SHORTEST = 12  #: characters of a passphrase
_LARGEST_KEY = 64 * 1024


class NoEncryption(Refused):
    """The library is not there."""

    sentence = "Passphrases need the library pyrage, which is not installed."
    next_step = "Install it with: pip install imhcode[encrypt]."


class PassphraseTooShort(Refused):
    """Fields: ``least``."""

    sentence = "A passphrase needs at least {least} characters."
    next_step = "Several words that do not belong together are easy to keep and hard to guess."


class WrongPassphrase(Refused):
    """The key does not open."""

    sentence = "This passphrase does not open the package."
    next_step = "Look at capitals and spaces, or ask whoever made it; nobody can open it without."


class NotEncrypted(Trouble):
    """Fields: ``why``."""

    sentence = "A file could not be encrypted or decrypted: {why}."
    next_step = "Is there room on the disk? Has the package come through whole?"


class Lock:
    """What encrypts and decrypts the files of one package."""

    def __init__(self, library: Any, identity: Any) -> None:
        self._library = library
        self._identity = identity

    def encrypt(self, plain: Path, to: Path) -> None:
        """Write a file so that only this lock reads it; memory does not grow with it."""
        with plain.open("rb") as source, to.open("xb") as target:
            try:
                self._library.encrypt_io(source, target, [self._identity.to_public()])
            except self._library.EncryptError as failure:
                raise NotEncrypted(why=failure) from failure

    def decrypt(self, encrypted: Path, to: Path) -> None:
        """Write what `encrypt` was given."""
        with encrypted.open("rb") as source, to.open("xb") as target:
            try:
                self._library.decrypt_io(source, target, [self._identity])
            except self._library.DecryptError as failure:
                raise NotEncrypted(why=failure) from failure


def new_lock(passphrase: str) -> tuple[Lock, bytes]:
    """A lock, and its key behind the passphrase (`NoEncryption`, `PassphraseTooShort`)."""
    refuse_short(passphrase)
    library = _library()
    identity = library.x25519.Identity.generate()
    return Lock(library, identity), library.passphrase.encrypt(str(identity).encode(), passphrase)


def refuse_short(passphrase: str) -> None:
    """Refuse a passphrase that can be guessed by trying."""
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShort(least=SHORTEST)


def opened_lock(key: Path, passphrase: str) -> Lock:
    """The lock whose key lies there (`NoEncryption`, `WrongPassphrase`)."""
    library = _library()
    with key.open("rb") as file:
        content = file.read(_LARGEST_KEY)
    try:
        text = library.passphrase.decrypt(content, passphrase).decode()
        return Lock(library, library.x25519.Identity.from_str(text))
    except (library.DecryptError, library.IdentityError, UnicodeDecodeError) as failure:
        raise WrongPassphrase from failure


def _library() -> Any:
    try:
        return importlib.import_module("pyrage")
    except ImportError as failure:
        raise NoEncryption from failure
