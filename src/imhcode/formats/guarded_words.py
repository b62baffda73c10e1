"""Words in tables of other programs: safe in a spreadsheet, and numbers still numbers."""

from imhcode.formats.csv.cells import guarded
from imhcode.formats.csv.numbers import is_number


def guarded_word(text: str) -> str:
    """The text as a cell that no spreadsheet runs; a number stays as it is.

    >>> guarded_word("-3"), guarded_word("-x"), guarded_word("=1+1")
    ('-3', "'-x", "'=1+1")
    """
    return text if is_number(text) else guarded(text)
