"""What can go wrong in the window itself."""

from imhcode.domain.errors import Refused, Trouble


class NoKeyMap(Refused):
    """A file that should hold a key map does not."""

    sentence = "{name} is not a key map: {why}."
    next_step = "Choose a file that was exported from the page of keys."


class KeyMapTrouble(Trouble):
    """A key map could not be read or written."""

    sentence = "The key map {name} could not be kept: {why}."
    next_step = "Look whether the disk is full or may not be written to; the keys hold until then."
