"""Showing a camera's interlaced pictures without combs, or as they are."""

from PySide6.QtCore import QCoreApplication

from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.open_study import OpenStudy


def deinterlace(study: OpenStudy, space: CodingWorkspace, recording_id: str, on: bool) -> str:
    """Do it at once and remember it with the recording; return the sentence that says so.

    Raises
    ------
    StudyTrouble
        The disk would not; nothing has changed.
    """
    study.service.set_deinterlaced(recording_id, on)
    led, frame = space.playback.recording, space.picture.frame(recording_id)
    follower = space.cameras.follower(recording_id)
    if led is not None and led.id == recording_id:
        space.playback.set_deinterlaced(on)
    elif follower is not None:
        follower.set_deinterlaced(on)
        space.cameras.look()
    if frame is not None:
        frame.is_deinterlaced = on
    if on:
        return QCoreApplication.translate("deinterlacing", "Interlaced pictures: without combs.")
    return QCoreApplication.translate("deinterlacing", "Interlaced pictures: as they are.")
