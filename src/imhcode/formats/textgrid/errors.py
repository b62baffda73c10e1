"""Files that are no TextGrids."""

from imhcode.domain.errors import Refused


class NoTextGrid(Refused):
    """Something else, or a TextGrid in a form that is not read."""

    sentence = "{path} is no TextGrid that can be read: {why}."
    next_step = "In Praat, choose “Save as text file…” or “Save as short text file…”."


class TextGridIsBroken(Refused):
    """A TextGrid that says one thing and does another."""

    sentence = "{path} stops making sense at line {line}: {why}."
    next_step = "Open it in Praat and save it again; nothing of it was read."
