"""Files that are no ELAN documents."""

from imhcode.domain.errors import Refused


class NoElanDocument(Refused):
    """XML of another program."""

    sentence = "{path} is XML, but no ELAN document: it begins with <{root}>."
    next_step = "An ELAN file begins with <ANNOTATION_DOCUMENT>."


class TooMany(Refused):
    """Tiers or words without end."""

    sentence = "{path} has more than {most} {what} in line {line}."
    next_step = "Nobody works with so many; is it the right file?"
