"""Files that no event can be read from."""

from imhcode.domain.errors import Refused, Trouble


class FileUnreadable(Trouble):
    """The disk does not hand it out."""

    sentence = "{path} cannot be read: {why}."
    next_step = "Check the name, and whether you may read it."


class NotText(Refused):
    """Bytes that are no UTF-8 text."""

    sentence = "{path} is not UTF-8 text: line {line} {why}."
    next_step = "Save it again as “CSV UTF-8”."


class NothingThere(Refused):
    """An empty file."""

    sentence = "{path} is empty."
    next_step = "The first line must name the columns, such as session_id,track_id,code,onset_ms."


class TableIsBroken(Refused):
    """Quotes that do not close, cells without end."""

    sentence = "{path} cannot be taken apart into cells at line {line}: {why}."
    next_step = "Open it in a spreadsheet, look at that line, and save it again as CSV."


class ColumnsMissing(Refused):
    """A table of something else."""

    sentence = "{path} has no column {missing}."
    next_step = "The first line must name the columns; its columns are: {columns}."


class ColumnTwice(Refused):
    """Two columns of one name."""

    sentence = "{path} has two columns called “{column}”."
    next_step = "Rename or remove one of them: nobody can say which is meant."
