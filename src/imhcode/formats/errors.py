"""Files that no event can be read from."""

from imhcode.domain.errors import Refused, Trouble


class FileUnreadable(Trouble):
    """The disk does not hand it out."""

    sentence = "{path} cannot be read: {why}."
    next_step = "Check the name, and whether you may read it."


class NotText(Refused):
    """Bytes that are no UTF-8 text."""

    sentence = "{path} is not UTF-8 text: line {line} {why}."
    next_step = "Save it again as UTF-8; a spreadsheet calls that “CSV UTF-8”."


class NothingThere(Refused):
    """An empty file."""

    sentence = "{path} is empty."
    next_step = "The first line must name the columns, such as session_id,track_id,code,onset_ms."


class TableIsBroken(Refused):
    """Quotes that do not close, cells without end."""

    sentence = "{path} cannot be taken apart into cells at line {line}: {why}."
    next_step = "Open it in a spreadsheet, look at that line, and save it again as CSV."


class LinksAlone(Refused):
    """A table of links: it says nothing that the table of events does not say."""

    sentence = "{path} is a table of links; the same links stand in events.csv."
    next_step = "Import the events.csv that was exported with it."


class ColumnsMissing(Refused):
    """A table of something else."""

    sentence = "{path} has no column {missing}."
    next_step = "The first line must name the columns; its columns are: {columns}."


class ColumnTwice(Refused):
    """Two columns of one name."""

    sentence = "{path} has two columns called “{column}”."
    next_step = "Rename or remove one of them: nobody can say which is meant."


class TooLarge(Refused):
    """More bytes than any coding needs."""

    sentence = "{path} is larger than {largest}."
    next_step = "No coding is that large: is it the right file? Else export it in parts."


class XmlIsBroken(Refused):
    """Text that is no XML, or XML that stops half-way."""

    sentence = "{path} is not whole XML: in line {line}, {why}."
    next_step = "Open it in the program it comes from and save it again."


class DeclaresDocumentType(Refused):
    """A document type, which can pull in other files or swell without end."""

    sentence = "{path} declares a document type in line {line}, which no file of this kind needs."
    next_step = "Nothing of it was read. Save it again with the program it comes from."


class TooDeep(Refused):
    """Elements inside elements without end."""

    sentence = "{path} puts elements into one another more than {deepest} deep in line {line}."
    next_step = "No file of this kind does; is it the right file?"


class TextTooLong(Refused):
    """One value that is longer than anybody writes."""

    sentence = "{path} holds a text of more than {longest} characters in line {line}."
    next_step = "Shorten that text in the program it comes from."


class JsonIsBroken(Refused):
    """Text that is no JSON, or JSON that could be read in two ways."""

    sentence = "{path} cannot be read as JSON: in line {line}, column {column}, {why}."
    next_step = "Nothing of it was read. Save it again with the program it comes from."


class ArchiveIsBroken(Refused):
    """Bytes that are no ZIP archive, or a damaged one."""

    sentence = "{path} is not a whole archive: {why}."
    next_step = "Copy it again from where it comes, or save it again with the program that made it."


class ArchiveIsUnsafe(Refused):
    """An archive made to do harm, or by a program that should not have."""

    sentence = "{path} was not opened: {member} in it {why}."
    next_step = "Nothing of it was read. Ask whoever made it, or save it again with the program."


class NoSubtitles(Refused):
    """A text of something else."""

    sentence = "{path} holds no subtitles: {why}."
    next_step = "Save it again as WebVTT or SubRip."
