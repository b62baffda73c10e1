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
