"""Datavyu files of which nothing can be read."""

from imhcode.domain.errors import Refused


class NotADatavyuFile(Refused):
    """An archive, or JSON, of something else."""

    sentence = "{path} is no Datavyu file: it has no {missing}."
    next_step = "Choose the file that Datavyu saves; it ends in .opf."


class ProjectEntryIsBroken(Refused):
    """The part that names the films is not what Datavyu writes."""

    sentence = "{path} cannot be read: line {line} of its “project” entry {why}."
    next_step = "Nothing of it was read. Open it in Datavyu and save it again."


class CellsAreBroken(Refused):
    """Columns of another shape than Datavyu exports."""

    sentence = "{path} is no export of Datavyu: {where} {why}."
    next_step = "Export it again from Datavyu."
