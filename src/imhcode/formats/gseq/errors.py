"""Files that are no sequential data."""

from imhcode.domain.errors import Refused


class NoSds(Refused):
    """Something else."""

    sentence = "{path} holds no sequential data (SDIS): {why}."
    next_step = "It begins with Event, State, Timed, Interval or Multievent, its codes and “;”."


class SdsIsBroken(Refused):
    """Sequential data that would not end."""

    sentence = "{path} stops making sense at line {line}: {why}."
    next_step = "Open it in GSEQ, look at that line, and save it again; nothing of it was read."
