"""Archives read by name, never unpacked: nothing is ever written to disk from one.

Everything may stand inside one folder, beside the ``__MACOSX`` folder that one system adds.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from imhcode.formats.errors import ArchiveIsBroken, ArchiveIsUnsafe, TooLarge
from imhcode.formats.file_bytes import file_bytes

LARGEST = 150_000_000  #: bytes of all members together, unpacked
MOST_MEMBERS = 1_000
MOST_TO_ONE = 200  #: unpacked to packed; codings pack to about a tenth
_SMALL = 1_000_000  #: bytes below which no ratio is asked: a page of one repeated line packs well
_ENCRYPTED = 0x1
_NOT_OURS = ("__MACOSX/", ".DS_Store")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def read_members(path: Path) -> Mapping[str, bytes]:
    """Every member of an archive by its name, without the folder that holds them all.

    Raises
    ------
    ArchiveIsUnsafe
        A name points outside, stands twice or is no plain file; a member is encrypted or swells.
    ArchiveIsBroken
        It is no archive, or a damaged one.
    TooLarge
        Its members hold more than :data:`LARGEST` bytes.
    FileUnreadable
        The disk does not hand it out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file_bytes(path, LARGEST))) as archive:
            members = archive.infolist()
            _refuse_unsafe(path, members)
            ours = [one for one in members if not _is_not_ours(one)]
            shared = _shared_folder([one.filename for one in ours])
            return {one.filename[len(shared) :]: _content(path, archive, one) for one in ours}
    except _DAMAGED as failure:
        raise ArchiveIsBroken(path=path, why=str(failure) or "it ends too early") from failure


def _refuse_unsafe(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        why = f"is one of {len(members)} files, and no coding needs more than {MOST_MEMBERS}"
        raise ArchiveIsUnsafe(path=path, member=f"“{members[0].filename}”", why=why)
    if sum(one.file_size for one in members) > LARGEST:
        raise TooLarge(path=path, largest=f"{LARGEST // 1_000_000} MB once unpacked")
    seen: set[str] = set()
    for one in members:
        why = _harm(one)
        if one.filename in seen:
            why = "stands there twice, and nobody can say which is meant"
        if why:
            raise ArchiveIsUnsafe(path=path, member=f"“{one.filename[:200]}”", why=why)
        seen.add(one.filename)


def _harm(one: zipfile.ZipInfo) -> str:
    """What is wrong with a member; empty if nothing is."""
    name = one.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":":
        return "has a name that points to a place of its own on the disk"
    if ".." in name.split("/"):
        return "has a name that points outside of the archive"
    if stat.S_ISLNK(one.external_attr >> 16):
        return "is a link to something else"
    if one.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if one.file_size > max(_SMALL, MOST_TO_ONE * one.compress_size):
        return f"swells to more than {MOST_TO_ONE} times its size"
    return ""


def _is_not_ours(one: zipfile.ZipInfo) -> bool:
    return one.is_dir() or one.filename.startswith(_NOT_OURS[0]) or _NOT_OURS[1] in one.filename


def _shared_folder(names: Sequence[str]) -> str:
    """The folder, with its slash, that holds everything; empty if there is none."""
    folders = {name.split("/", 1)[0] if "/" in name else "" for name in names}
    return f"{folders.pop()}/" if len(folders) == 1 and "" not in folders else ""


def _content(path: Path, archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """What a member holds; never more than its entry says, which has been looked at."""
    with archive.open(one) as member:
        content = member.read(one.file_size + 1)
    if len(content) != one.file_size:
        raise ArchiveIsBroken(path=path, why=f"“{one.filename}” has not the size that it says")
    return content
