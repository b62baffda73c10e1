"""What can go wrong with pages."""

from imhcode.domain.errors import Refused, Trouble


class NotAPage(Refused):
    """A file name whose ending says no kind of page."""

    sentence = "{path} is neither a page nor a PDF."
    next_step = "Let the name end with .html or .pdf."


class PageNotWritten(Trouble):
    """A disk that does not take the page."""

    sentence = "{path} cannot be written: {why}."
    next_step = "Is there room, and may you write there?"
