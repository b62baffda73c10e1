"""What can go wrong with schemes as files."""

from imhcode.domain.errors import Refused, Trouble


class SchemeRefused(Refused):
    """A scheme document with errors."""

    sentence = "{name} cannot be used as a scheme; mend these lines and try again.\n{problems}"


class SchemeNotFound(Refused):
    """A name that is neither a shipped scheme nor a file."""

    sentence = "There is no scheme “{name}”{hint}."
    next_step = "imhcode comes with: {known}. For a scheme of your own, give the file."


class SchemeFileUnreadable(Trouble):
    """The disk does not hand out the file."""

    sentence = "{path} cannot be read: {why}."


class SchemeFormatUnknown(Refused):
    """A stored scheme in a format that this version does not know."""

    sentence = "The scheme was written in format {found}; this version of imhcode reads {known}."
    next_step = "Open it with a newer imhcode."


class MappingRefused(Refused):
    """A mapping document with errors."""

    sentence = "{name} cannot be used as a mapping; mend these lines and try again.\n{problems}"


class MappingNeeded(Refused):
    """Two versions of a scheme between which only an author can say the way."""

    sentence = "From {old} to {new} some things have no place of the same name.\n{problems}"
    next_step = "Say what becomes of them in a mapping; “imhcode scheme mapping” writes the start."


class EditNotWritten(Refused):
    """A change that cannot be written into the text without rewriting more of it."""

    sentence = "This change cannot be written into the file as it is laid out here."
    next_step = "Make it in a text editor; “imhcode scheme check” then tells what is wrong."


class ListRefused(Refused):
    """A list of codes from which no scheme can be made."""

    sentence = "{name} cannot be made into a scheme; mend these lines and try again.\n{problems}"
    next_step = "The first line names the columns: code, key, kind, track, and any others."
