"""A package for supervision: chosen clips with what may be known of them, for a limited time.

Three steps, as with clips: `planned` and `registered` where the study is, `write_package` on any
thread.  Everything in the package is made from values; no study file leaves.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from imhcode.domain.consent import Consent, standing
from imhcode.domain.dates import as_date
from imhcode.domain.errors import Refused
from imhcode.domain.moment import Moment, PrivateNote
from imhcode.domain.showing import PRIVATE
from imhcode.media.clips.export import ClipMade, export_clip
from imhcode.services.clip_register import ClipRegister
from imhcode.services.clips import ClipWish, Prepared, prepared
from imhcode.services.coding import fresh_id
from imhcode.services.goals import goals_of
from imhcode.services.package_lock import ENDING, KEY_FILE, Lock, new_lock, refuse_short
from imhcode.services.package_values import (
    Manifest,
    PackagedFile,
    PackagedMoment,
    text_of_manifest,
    text_of_moments,
)
from imhcode.services.review import moments
from imhcode.services.studies import StudyService
from imhcode.services.visit_moments import in_words, masks_of, scheme_of
from imhcode.services.whole_folder import WholeFolder, whole_folder
from imhcode.store.kept import kept_in

DAYS = 90  #: how long a package may be opened if nobody says less
MOST_DAYS = 366
MANIFEST, MOMENTS, SCHEME, READ_ME = "package.json", "moments.json", "scheme.json", "READ-ME.txt"
_READ_ME = """This folder holds video clips of a family, for supervision only.

Open it with imhcode: File, Open a package; or: imhcode open-package FOLDER
Last day: {expires_on}. Destroy every copy by then: the program will not open it any more, but
that is a rule and not a lock. Do not copy clips out of it, and show them to nobody else.
"""


class NothingChosen(Refused):
    """Fields: ``words``."""

    sentence = "No moment that has an end is “{words}”."
    next_step = "Say candidate, chosen, shown or kept_back, or the ids of moments."


class FolderIsInUse(Refused):
    """Fields: ``path``."""

    sentence = "There is something in {path} already."
    next_step = "A package gets a new folder of its own."


class EndsTooLate(Refused):
    """Fields: ``on``, ``last``."""

    sentence = "A package cannot be opened until {on}."
    next_step = "Choose a day from today until {last}."


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageWish:
    """What somebody wants to bring to supervision.

    Attributes
    ----------
    session_ids : tuple of str
        Where to look for moments.
    words : tuple of str
        Statuses or ids of moments.
    with_private_notes : bool
        Whether comments and private notes on them go along.
    has_sound : bool
        Clips for supervision are silent unless it is asked for.
    expires_on : str
        The last day; empty for `DAYS` from now.  Never later than consent lasts.
    language : str
        Of the scheme's words; empty for its own.
    """

    session_ids: tuple[str, ...]
    words: tuple[str, ...] = ("chosen", "shown")
    with_private_notes: bool = False
    has_sound: bool = False
    expires_on: str = ""
    language: str = ""


@dataclass(frozen=True)
class PlannedPackage:
    """A package that may be made; no thread but the study's is needed from here on."""

    clips: tuple[Prepared, ...]
    moments: tuple[PackagedMoment, ...]
    scheme: str
    manifest: Manifest
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class PackageMade:
    """A package in its place."""

    path: Path
    clips: tuple[ClipMade, ...]
    expires_on: str
    is_encrypted: bool
    warnings: tuple[str, ...]


def planned(study: StudyService, wish: PackageWish, on: str) -> PlannedPackage:
    """Work out what goes into a package, and refuse what consent does not cover.

    Raises
    ------
    NotCovered
        Somebody in one of the clips has not agreed to supervision.
    NothingChosen, EndsTooLate, NoSuchEntry, NoCameraInSession, RecordingIsGone
        As their sentences say.
    """
    chosen = [
        one
        for session_id in dict.fromkeys(wish.session_ids)
        for one in moments(study, session_id)
        if one.offset_us is not None and (one.status in wish.words or one.id in wish.words)
    ]
    if not chosen:
        raise NothingChosen(words=", ".join(wish.words))
    clips = tuple(prepared(study, _wish(study, one, wish), on) for one in chosen)
    expires_on = _last_day(study, clips, wish.expires_on, on)
    schemes = {(one := scheme_of(study, moment)).id: one.document for moment in chosen}
    return PlannedPackage(
        clips=clips,
        moments=tuple(
            _packaged(study, in_words(study, one, wish.language), number, wish)
            for number, one in enumerate(chosen, start=1)
        ),
        scheme=json.dumps(schemes, indent=2, ensure_ascii=False, default=dict) + "\n",
        manifest=Manifest(
            made_on=on, expires_on=expires_on, has_private_notes=wish.with_private_notes
        ),
        warnings=tuple(dict.fromkeys(said for clip in clips for said in clip.warnings)),
    )


def write_package(
    what: PlannedPackage,
    to: Path,
    *,
    passphrase: str = "",
    index_folder: Path | None = None,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> PackageMade:
    """Write the clips and what belongs to them into a new folder: all of it, or nothing.

    With a passphrase, plain clips lie meanwhile in a folder of the computer that only this person
    reads, and never where the package is going.

    Raises
    ------
    FolderIsInUse, NoEncryption, PassphraseTooShort
        Refused.
    ClipStopped
        It is not wanted any more.
    Trouble
        The disk would not.
    """
    if passphrase:
        refuse_short(passphrase)
    if to.is_dir() and any(to.iterdir()):
        raise FolderIsInUse(path=to)
    lock, key = new_lock(passphrase) if passphrase else (None, b"")
    with (
        whole_folder(to, "package") as folder,
        tempfile.TemporaryDirectory(prefix="imhcode-") as private,
    ):
        work = Path(private) if lock else folder.half
        made = []
        for number, (clip, moment) in enumerate(zip(what.clips, what.moments, strict=True)):

            def tell(share: float, done: int = number) -> None:
                on_progress((done + share) / len(what.clips))

            made.append(
                export_clip(
                    clip.plan,
                    work / moment.clip,
                    index_folder=index_folder,
                    on_progress=tell,
                    wanted=wanted,
                )
            )
        _finish(what, made, work, folder, lock, key)
    said = dict.fromkeys((*what.warnings, *(one for clip in made for one in clip.warnings)))
    there = tuple(replace(clip, path=to / clip.path.name) for clip in made)
    return PackageMade(to, there, what.manifest.expires_on, lock is not None, tuple(said))


def registered(
    study: StudyService, what: PlannedPackage, made: PackageMade, coder_id: str, on: str
) -> None:
    """Write every clip of a package down; a package that cannot be written down is not kept."""
    kept = []
    try:
        for clip, one in zip(what.clips, made.clips, strict=True):
            register = ClipRegister(study.file, clip.record.session_id, coder_id)
            record = replace(
                clip.record,
                id=fresh_id(),
                file_name=f"{made.path.name}/{one.path.name}",
                sha256=one.sha256,
                made_on=on,
                made_by=coder_id,
            )
            register.register(record)
            kept.append(register)
    except BaseException:
        for path in made.path.iterdir():
            path.unlink()
        made.path.rmdir()
        for register in reversed(kept):
            register.undo()
        raise


def make_package(
    study: StudyService,
    wish: PackageWish,
    to: Path,
    *,
    coder_id: str,
    on: str,
    passphrase: str = "",
    on_progress: Callable[[float], None] = lambda _: None,
) -> PackageMade:
    """Make a package and write it down: consent first, then the folder, then the register."""
    what = planned(study, wish, on)
    made = write_package(what, to, passphrase=passphrase, on_progress=on_progress)
    registered(study, what, made, coder_id, on)
    return made


def _finish(
    what: PlannedPackage,
    made: list[ClipMade],
    work: Path,
    folder: WholeFolder,
    lock: Lock | None,
    key: bytes,
) -> None:
    """Put everything beside the clips; the manifest last, for without it there is no package."""
    told = tuple(
        replace(moment, n_frames=clip.frames, duration_us=clip.duration_us)
        for moment, clip in zip(what.moments, made, strict=True)
    )
    _write(work / MOMENTS, text_of_moments(told))
    _write(work / SCHEME, what.scheme)
    names = [*(one.clip for one in told), MOMENTS, SCHEME]
    files = tuple(_file(work / name) for name in names)
    _write(work / MANIFEST, text_of_manifest(replace(what.manifest, files=files)))
    folder.write_text(READ_ME, _READ_ME.format(expires_on=what.manifest.expires_on))
    if lock is not None:
        (folder.half / KEY_FILE).write_bytes(key)
        folder.finish(KEY_FILE)
    for name in (*names, MANIFEST):
        if lock is not None:
            lock.encrypt(work / name, folder.half / f"{name}{ENDING}")
        folder.finish(name if lock is None else f"{name}{ENDING}")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _file(path: Path) -> PackagedFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return PackagedFile(name=path.name, bytes=path.stat().st_size, sha256=digest)


def _wish(study: StudyService, moment: Moment, wish: PackageWish) -> ClipWish:
    return ClipWish(
        session_id=moment.session_id,
        moments=(moment,),
        use="supervision",
        has_sound=wish.has_sound,
        masks=masks_of(study, moment.session_id),
    )


def _packaged(
    study: StudyService, moment: Moment, number: int, wish: PackageWish
) -> PackagedMoment:
    notes = wish.with_private_notes
    dyad_id = study.session(moment.session_id).session.dyad_id
    goals = {one.id: one.text for one in goals_of(study.file, dyad_id)}
    return PackagedMoment(
        clip=f"clip-{number}.mp4",
        n_frames=0,
        duration_us=0,
        title=moment.title,
        kind=moment.code_label,
        childs_words=moment.childs_words,
        question=moment.question,
        goal=goals.get(moment.goal_id, ""),
        who=", ".join(one.replace("_", " ") for one in moment.who),
        comment=moment.event.comment if notes else "",
        private_note=_private(study, moment) if notes else "",
    )


def _private(study: StudyService, moment: Moment) -> str:
    """The private note on a moment, and what stands on private tracks while it lasts."""
    said = [one.text for one in kept_in(study.file, PrivateNote) if one.id == moment.id]
    until_us = moment.onset_us if moment.offset_us is None else moment.offset_us
    for entry in study.session(moment.session_id).observations:
        scheme = study.schemes()[entry.scheme_hash]
        private = {one.id: one for one in scheme.tracks if one.audience == PRIVATE}
        for event in study.observation(entry).timeline.in_order() if private else ():
            end_us = event.onset_us if event.offset_us is None else event.offset_us
            if event.track in private and event.onset_us < until_us and moment.onset_us < end_us:
                code = private[event.track].code(event.code)
                said.append(f"{code.label if code else event.code}: {event.comment}")
    return "\n".join(said)


def _last_day(study: StudyService, clips: tuple[Prepared, ...], asked: str, on: str) -> str:
    """The last day of a package: what was asked for, as long as everybody in it agrees."""
    today = date.fromisoformat(on)
    latest = (today + timedelta(days=MOST_DAYS)).isoformat()
    last = as_date(asked) or (today + timedelta(days=DAYS)).isoformat()
    if not on <= last <= latest:
        raise EndsTooLate(on=last, last=latest)
    consents = kept_in(study.file, Consent)
    shown = {person for clip in clips for person in clip.record.people}
    ends = (standing(consents, person, "supervision", on).until for person in shown)
    return min([last, *(one for one in ends if one)])
