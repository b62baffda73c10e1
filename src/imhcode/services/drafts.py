"""Coding a video at once, without making a study first.

The draft is a study like any other, in the person's data folder: saved from the first key on, found
again when the same video is opened, and moved to where it belongs when somebody says where.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from imhcode.domain.study import Recording
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.contents import quick_content_hash
from imhcode.services.recording_facts import RecordingFacts
from imhcode.services.studies import StudyService
from imhcode.store.study_file import StudyFile

SCHEME = "abr"  #: the flagship, until somebody chooses another
SESSION = "S01"


def draft_path(video: Path, folder: Path) -> Path:
    """Where the draft of a video, or of several of which it is the first, is kept.

    Raises
    ------
    Refused, Trouble
        There is no such video, or it cannot be read.
    """
    return folder / "drafts" / f"{video.stem}-{quick_content_hash(video)[:12]}.imh"


def open_draft(videos: Sequence[Path], folder: Path) -> StudyService | None:
    """The draft study that was made of these videos before; ``None`` if there is none yet."""
    path = draft_path(videos[0], folder)
    if not path.exists():
        return None
    study = StudyService.open(path)
    _find_again(study, videos)
    return study


def make_draft(recordings: Sequence[RecordingFacts], folder: Path) -> StudyService:
    """Make a draft study of recordings that have been read: they are those of one session.

    Raises
    ------
    Refused, Trouble
        The draft cannot be written; none is left behind then.
    """
    path = draft_path(recordings[0].path, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    study = StudyService.create(path, [load_scheme(find_scheme(SCHEME))])
    try:
        for recording in recordings:
            study.add_facts(recording, SESSION)
    except BaseException:
        study.close()
        path.unlink()
        raise
    return study


def _find_again(study: StudyService, videos: Sequence[Path]) -> None:
    """Tell a draft where its videos lie now; they may have been moved since.

    They are known by their quick hash, as the draft itself is: reading all of a film takes long.
    """
    by_hash = {quick_content_hash(video): video for video in videos}
    for recording in study.sessions()[0].recordings:
        if study.state_of(recording) == "missing" and recording.quick_hash in by_hash:
            study.move_recording(recording, by_hash[recording.quick_hash])


def is_draft(study: StudyService, folder: Path) -> bool:
    """Whether a study lies among the drafts."""
    return study.path.absolute().parent == (folder / "drafts").absolute()


def keep_as(study: StudyService, path: Path) -> StudyService:
    """Move a draft to ``path``: a whole copy first, then the draft goes.

    Places of recordings are written anew, relative to where the study lies now.
    """
    draft = study.path
    videos = {
        recording.id: study.path_of(recording)
        for entry in study.sessions()
        for recording in entry.recordings
    }
    study.file.copy_to(path)
    kept = StudyService(StudyFile.open(path))
    for recording in kept.file.all(Recording):
        kept.move_recording(recording, videos[recording.id])
    study.close()
    draft.unlink()
    forget_index(draft)
    return kept


def forget_if_untouched(study: StudyService, folder: Path) -> None:
    """Close a study; a draft in which nothing was ever coded leaves no trace."""
    untouched = is_draft(study, folder) and not any(
        study.file.log_of(one.id).causes() for one in study.file.observations()
    )
    study.close()
    if untouched:
        study.path.unlink(missing_ok=True)
        forget_index(study.path)


def index_folder(draft: Path) -> Path:
    """Where a draft keeps what can be worked out anew; it goes with the draft."""
    return draft.with_suffix(".index")


def forget_index(draft: Path) -> None:
    """Remove what a draft that is no more, or was never made, had worked out."""
    shutil.rmtree(index_folder(draft), ignore_errors=True)
