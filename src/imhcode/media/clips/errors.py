"""What can be wrong with a clip, each with its sentence."""

from imhcode.domain.errors import Refused, Trouble


class NothingToShow(Refused):
    """Fields: ``from_s``, ``until_s``."""

    sentence = "A clip from {from_s} s until {until_s} s shows nothing."
    next_step = "Its end comes after its beginning."


class StretchOutside(Refused):
    """Fields: ``from_s``, ``until_s``, ``path``, ``first_s``, ``end_s``."""

    sentence = (
        "{path} has no pictures for the whole of {from_s} s until {until_s} s: "
        "on the session's clock it runs from {first_s} s until {end_s} s."
    )
    next_step = "Choose a stretch inside, or let another camera lead."


class EmptyPlan(Refused):
    """No fields."""

    sentence = "There is nothing in this clip."
    next_step = "Choose a stretch of the session, or moments that are to be shown."


class TooManyCameras(Refused):
    """Fields: ``count``."""

    sentence = "A clip shows one camera, or two side by side, not {count}."
    next_step = "Choose the two that matter most."


class RegionWrong(Refused):
    """Fields: ``why``."""

    sentence = "A region to be hidden makes no sense: {why}."
    next_step = "Mend it, and look at every picture before the clip leaves this computer."


class ClipIsNoMp4(Refused):
    """Fields: ``path``."""

    sentence = "A clip is an MP4 file, and {path} does not end with .mp4."
    next_step = "Give it a name that does: other kinds of file keep no exact times."


class ClipIsThere(Refused):
    """Fields: ``path``."""

    sentence = "{path} is there already; nothing is overwritten."
    next_step = "Choose another name, or move that file away first."


class ClipStopped(Refused):
    """Fields: ``path``."""

    sentence = "The clip was stopped; nothing of it was kept."


class NoRoomForClip(Trouble):
    """Fields: ``folder``, ``needed_gb``, ``free_gb``."""

    sentence = "The clip may need {needed_gb} GB, and {folder} has {free_gb} GB left."
    next_step = "Make room there, or put the clip on another disk."


class ClipNotWritten(Trouble):
    """Fields: ``path``, ``reason``."""

    sentence = "The clip could not be written to {path}: {reason}. Nothing of it was kept."
    next_step = "Choose a folder that exists, that you may write to and that has room."


class ClipDiffers(Trouble):
    """Fields: ``path``, ``what``."""

    sentence = "The clip {path} did not come out as asked: {what}. It was removed."
    next_step = "Export it again; if that does not help, choose another stretch."
