"""What can be wrong with a recording, each with its sentence."""

from imhcode.domain.errors import Refused, Trouble


class MissingRecording(Refused):
    """Fields: ``path``."""

    sentence = "There is no file {path}."
    next_step = "Check the name and whether the disk or share it lies on is connected."


class RecordingIsFolder(Refused):
    """Fields: ``path``."""

    sentence = "{path} is a folder, not a recording."
    next_step = "Choose one video file inside it."


class RecordingIsAddress(Refused):
    """Fields: ``path``."""

    sentence = "{path} is an address on a network; only files on this computer are opened."
    next_step = "Copy the recording to a disk of this computer and choose it there."


class RecordingIsDevice(Refused):
    """Fields: ``path``."""

    sentence = "{path} is a device, pipe or socket, not a file."
    next_step = "Choose a recorded video file."


class NoPictures(Refused):
    """Fields: ``path``."""

    sentence = "{path} has sound but no pictures."
    next_step = "Choose a video file."


class NoSound(Refused):
    """Fields: ``path``."""

    sentence = "This recording has no sound."


class FrameOutOfRange(Refused):
    """Fields: ``frame``, ``last``."""

    sentence = "There is no frame {frame}: the frames of this recording are 0 to {last}."
    next_step = "Choose one of those."


class TimeOutOfRange(Refused):
    """Fields: ``time_us``, ``end_us``; ``time_s`` and ``end_s``, the same as decimal seconds."""

    sentence = "{time_s} s lies outside this recording, which runs from 0 to {end_s} s."
    next_step = "Choose a time from 0 up to, but not including, its end."


class EmptyRecording(Trouble):
    """Fields: ``path``."""

    sentence = "{path} is empty: it holds 0 bytes."
    next_step = "Copy it from the camera again."


class UnreadableRecording(Trouble):
    """Fields: ``path``, ``reason``."""

    sentence = "{path} cannot be read: {reason}."
    next_step = "Check the disk and your right to read the file."


class RecordingChanged(Trouble):
    """Fields: ``path``."""

    sentence = "{path} is no longer the file that was opened: another one has taken its place."
    next_step = "Put the first one back, or open the recording anew."


class NotARecording(Trouble):
    """Fields: ``path``."""

    sentence = "{path} is not a video file that can be read, whatever its name says."
    next_step = "Choose a video file such as MP4, MOV, MKV, AVI or MTS."


class DamagedRecording(Trouble):
    """Fields: ``path``."""

    sentence = "{path} is damaged or was cut off: its table of contents is missing."
    next_step = "Copy it from the camera again; if that file is the same, a repair tool may help."


class NoDecodableFrame(Trouble):
    """Fields: ``path``."""

    sentence = "Not one picture of {path} can be decoded."
    next_step = "Copy it from the camera again or convert it to H.264 in MP4."


class RecordingNotRead(Trouble):
    """Fields: ``path``, ``reason``."""

    sentence = "{path} could not be read through: {reason}."
    next_step = "Copy it from the camera again or convert it to H.264 in MP4."


class NoDecodableSound(Trouble):
    """Fields: ``path``."""

    sentence = "Nothing of the sound of this recording can be decoded."
    next_step = "Copy it from the camera again or convert its sound to AAC."


class DamagedFrame(Trouble):
    """Fields: ``path``, ``frame``."""

    sentence = "Frame {frame} of {path} is damaged and cannot be shown."
    next_step = "Step past it, or run “imhcode media verify” to see every damaged stretch."


class PictureNotWritten(Trouble):
    """Fields: ``path``, ``reason``."""

    sentence = "The picture could not be written to {path}: {reason}."
    next_step = "Choose a folder that exists and that you may write to."


class CopyIsThere(Refused):
    """Fields: ``path``."""

    sentence = "{path} is there already; nothing is overwritten."
    next_step = "Choose another name, or move that file away first."


class CopyIsNoMp4(Refused):
    """Fields: ``path``."""

    sentence = "A converted copy is an MP4 file, and {path} does not end with .mp4."
    next_step = "Give it a name that does: other kinds of file keep no exact times."


class ConversionStopped(Refused):
    """Fields: ``path``."""

    sentence = "The conversion of {path} was stopped; no copy was kept."


class NoRoomForCopy(Trouble):
    """Fields: ``folder``, ``needed_gb``, ``free_gb``."""

    sentence = "The copy may need {needed_gb} GB, and {folder} has {free_gb} GB left."
    next_step = "Make room there, or put the copy on another disk."


class CopyNotWritten(Trouble):
    """Fields: ``path``, ``reason``."""

    sentence = "The copy could not be written to {path}: {reason}. Nothing of it was kept."
    next_step = "Choose a folder that exists, that you may write to and that has room."


class CopyDiffers(Trouble):
    """Fields: ``path``, ``what``."""

    sentence = "The copy of {path} was not the same as the original: {what}. It was removed."
    next_step = "Code the original, or have it repaired with another program."


class NoStills(Refused):
    """Fields: ``path``."""

    sentence = "{path} holds no still images."
    next_step = "Choose a folder with JPEG, PNG, TIFF, BMP or WebP files in it."


class UnreadableStill(Trouble):
    """Fields: ``path``."""

    sentence = "{path} is damaged or is no still image."
    next_step = "Copy it from the camera again, or take it out of the folder."
