"""Tables that nobody can make events of."""

from imhcode.domain.errors import Refused


class NoEventsInTable(Refused):
    """A table without a column of times or of codes."""

    sentence = "{path} has no column that looks like {what}; its columns are: {columns}."
    next_step = "Say which columns are meant: --columns onset=NAME,code=NAME,unit=s."


class BadColumns(Refused):
    """Columns that somebody named wrongly."""

    sentence = "The columns of {path} cannot be read so: {why}."
    next_step = "Write onset=NAME,code=NAME,unit=s; the roles are {roles}; the columns {columns}."


class FramesNeedRate(Refused):
    """Frame numbers without a rate."""

    sentence = "The times of {path} are frames, and it does not say how many make a second."
    next_step = "Say it: --columns unit=frames@25 or unit=frames@30000/1001."
