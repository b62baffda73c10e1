"""Destroying a recording for good: what would go, what stays, and a certificate of what went."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.errors import Refused, Trouble
from imhcode.domain.gestures import deleting
from imhcode.domain.moment import MomentCard, PrivateNote
from imhcode.domain.retention import Deletion
from imhcode.domain.study import Recording
from imhcode.media.stills import stills_in
from imhcode.services.certificate_of_deletion import certificate
from imhcode.services.coding import ObservationIsClosed, fresh_id
from imhcode.services.contents import content_hash
from imhcode.services.drafts import index_folder
from imhcode.services.sound_pictures import folder_for
from imhcode.services.studies import StudyService
from imhcode.store.kept import edit_of_rows, kept_in

_COPY = re.compile(r" \(copy( \d+)?\)$")
_REMEMBERED = ("look", "channel")  #: what is remembered of a recording under its id


class IsSymbolicLink(Refused):
    """Fields: ``path``."""

    sentence = "{path} is a link: destroying it would leave the recording where it is."
    next_step = "Say where the recording itself lies, or destroy both by hand."


class NotWhatWasAdded(Refused):
    """Fields: ``path``."""

    sentence = "{path} is not the file that was added to the study: it is not touched."
    next_step = "Look what it is, or say where the recording has gone."


class SharedByAnother(Refused):
    """Fields: ``path``, ``other``."""

    sentence = "{path} is also the recording {other} of this study: it is not touched."


class CodingIsOfOthersToo(Refused):
    """Fields: ``session``, ``others``."""

    sentence = "The coding of {session} is of {others} too, so that it has to stay."
    next_step = "Destroy those first, or keep the coding."


class NotReally(Refused):
    """Fields: ``recording``."""

    sentence = "{recording} was not destroyed: nobody has said that it really should be."
    next_step = "It cannot be brought back; say so in so many words."


class CouldNotDestroy(Trouble):
    """Fields: ``path``, ``why``."""

    sentence = "{path} could not be destroyed: {why}."
    next_step = "What was destroyed before it stays so; close what holds it and ask again."


@dataclass(frozen=True, slots=True)
class Plan:
    """What destroying a recording would do.

    Attributes
    ----------
    originals : tuple of Path
        The recording's own files; none if they are gone already.
    derived : tuple of Path
        What was worked out from it and kept beside the study: index, waveform, spectrogram.
    folder : Path or None
        A folder of stills, taken away if it is empty then.
    left : tuple of str
        In words: what looks like the same recording and is not touched.
    clips : tuple of ClipRecord
        Clips made of it that nobody has said are gone; they are not touched.
    """

    recording: Recording
    originals: tuple[Path, ...]
    derived: tuple[Path, ...]
    folder: Path | None
    left: tuple[str, ...]
    clips: tuple[ClipRecord, ...]


def planned(study: StudyService, recording_id: str) -> Plan:
    """What destroying a recording would do; nothing is touched.

    It reads all of the recording, to be sure that it is the one that was added.

    Raises
    ------
    NoSuchEntry, IsSymbolicLink, NotWhatWasAdded, SharedByAnother
        As their sentences say.
    """
    recording = study.file.get(Recording, recording_id)
    path = study.path_of(recording)
    _refuse_shared(study, recording, path)
    there = path.is_symlink() or path.exists()
    originals = _originals(recording, path) if there else ()
    clips = tuple(
        one
        for one in kept_in(study.file, ClipRecord)
        if recording.id in one.recording_ids and not one.gone_on
    )
    return Plan(
        recording,
        originals,
        tuple(_derived(study.path, recording)),
        path if there and path.is_dir() else None,
        tuple(_left(study, recording, path)),
        clips,
    )


def delete_recording(
    study: StudyService,
    recording_id: str,
    coder_id: str,
    *,
    keep_coding: bool = True,
    really: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Deletion:
    """Destroy a recording and what was worked out from it, and write down that it was done.

    What was coded stays with its times, unless it is not wanted either.  Asked again after a
    failure, it goes on with what is left.

    Parameters
    ----------
    keep_coding : bool
        Whether events, titles and notes of the session stay.
    really : bool
        Must be said: it cannot be undone.

    Raises
    ------
    NotReally, ObservationIsClosed, CodingIsOfOthersToo
        Nothing has been touched; beside what :func:`planned` raises.
    CouldNotDestroy, StudyTrouble
        The disk would not.
    """
    plan = planned(study, recording_id)
    if not really:
        raise NotReally(recording=recording_id)
    if not keep_coding:
        _refuse_closed_or_shared_coding(study, plan.recording)
    for path in (*plan.derived, *plan.originals):
        _destroy(path)
    if plan.folder is not None and not any(plan.folder.iterdir()):
        plan.folder.rmdir()
    for what in _REMEMBERED:
        study.choose(f"{what}/{recording_id}", "")
    if not keep_coding:
        _take_coding(study, plan.recording.session_id, coder_id)
    at_utc = now().astimezone(UTC).isoformat(timespec="seconds")
    names = tuple(one.name for one in (*plan.originals, *plan.derived))
    done = Deletion(
        id=fresh_id(),
        recording_id=recording_id,
        session_id=plan.recording.session_id,
        sha256=plan.recording.sha256,
        at_utc=at_utc,
        by=coder_id,
        files=names,
        kept_coding=keep_coding,
        certificate=certificate(
            study.study_id,
            plan.recording,
            at_utc,
            coder_id,
            originals=[one.name for one in plan.originals],
            derived=len(plan.derived),
            left=plan.left,
            clips=plan.clips,
            kept_coding=keep_coding,
        ),
    )
    edit = edit_of_rows(Deletion, done.session_id, (), (done,))
    study.file.log_of_study().append("do", edit, coder_id)
    return done


def deletions(study: StudyService) -> list[Deletion]:
    """Every recording that was destroyed, with its certificate."""
    return kept_in(study.file, Deletion)


def _originals(recording: Recording, path: Path) -> tuple[Path, ...]:
    """The recording's own files, once it is sure that they are what was added."""
    if path.is_symlink():
        raise IsSymbolicLink(path=path)
    if path.is_dir() != bool(recording.interval_us) or not recording.sha256:
        raise NotWhatWasAdded(path=path)
    if content_hash(path) != recording.sha256:
        raise NotWhatWasAdded(path=path)
    files = stills_in(path) if path.is_dir() else (path,)
    for one in files:
        if one.is_symlink():
            raise IsSymbolicLink(path=one)
    return tuple(files)


def _derived(study: Path, recording: Recording) -> Iterator[Path]:
    """Files kept for a recording by the digest of what it holds, half-written ones too."""
    for folder in (folder_for(study), index_folder(study)):
        for text in (recording.sha256, recording.quick_hash):
            if text and folder.is_dir():
                name = hashlib.sha256(text.encode()).hexdigest()[:32]
                yield from sorted(one for one in folder.glob(f"{name}.*") if one.is_file())


def _left(study: StudyService, recording: Recording, path: Path) -> Iterator[str]:
    named = _COPY.sub("", path.stem)
    if named != path.stem and path.parent.is_dir():
        for beside in sorted(path.parent.iterdir()):
            if beside.stem == named:
                yield f"{beside.name}, of which the recording in use seems to be a converted copy"
    for one in study.file.all(Recording):
        if one.id != recording.id and one.sha256 == recording.sha256:
            yield f"the recording {one.id} of this study, which holds the same"


def _refuse_shared(study: StudyService, recording: Recording, path: Path) -> None:
    for one in study.file.all(Recording):
        if one.id != recording.id and study.path_of(one) == path and path.exists():
            raise SharedByAnother(path=path, other=one.id)


def _refuse_closed_or_shared_coding(study: StudyService, recording: Recording) -> None:
    entry = study.session(recording.session_id)
    others = [
        one.id for one in entry.recordings if one.id != recording.id and study.path_of(one).exists()
    ]
    if others:
        raise CodingIsOfOthersToo(session=recording.session_id, others=", ".join(others))
    for one in entry.observations:
        if one.status != "draft":
            raise ObservationIsClosed(coder=one.coder_id)


def _take_coding(study: StudyService, session_id: str, coder_id: str) -> None:
    """Take the session's events away, an edit for each observation, and what lies beside them."""
    for entry in study.session(session_id).observations:
        observation = study.observation(entry)
        edit = deleting(observation, [one.id for one in observation.timeline])
        if edit:
            study.file.log_of(entry.id).append("do", edit, coder_id)
    log = study.file.log_of_study()
    cards = [one for one in kept_in(study.file, MomentCard) if one.session_id == session_id]
    if cards:
        log.append("do", edit_of_rows(MomentCard, session_id, cards, ()), coder_id)
    notes = [one for one in kept_in(study.file, PrivateNote) if one.session_id == session_id]
    if notes:
        log.append("do", edit_of_rows(PrivateNote, session_id, notes, ()), coder_id)


def _destroy(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as failure:
        raise CouldNotDestroy(path=path, why=failure.strerror or failure) from failure
