"""What can be wrong with a command line beyond what its parser sees."""

from imhcode.domain.errors import Refused


class NeitherCommandNorFile(Refused):
    """A first word that means nothing."""

    sentence = "“{word}” is neither a command of imhcode nor a file{hint}."
    next_step = "“imhcode --help” lists the commands."


class OptionAfterPath(Refused):
    """An option where only files can stand."""

    sentence = "“{option}” means nothing after the name of a file."
    next_step = "imhcode FILE… opens the window; “imhcode --help” lists the commands."


class NoWindow(Refused):
    """A window asked for where there can be none."""

    sentence = "No window can be opened from here."


class FolderIsMissing(Refused):
    """A new file in a folder that is not there."""

    sentence = "There is no folder {path}."
    next_step = "Make it first, or choose another place."


class OffsetsDoNotMatch(Refused):
    """Neither one offset for all nor one for each."""

    sentence = "{offsets} offsets were given for {videos} videos."
    next_step = "Give one --offset for all of them, or one for each in their order."


class NotAnId(Refused):
    """Text that cannot name anything."""

    sentence = "“{text}” cannot be the id of a {what}."
    next_step = "Use letters and digits, without line breaks or spaces at the ends."


class FileIsThere(Refused):
    """A file to be written where there is one."""

    sentence = "There is a file {path} already."
    next_step = "Choose another name, or take it away first."


class NoSuchMoment(Refused):
    """Moments asked for that there are not."""

    sentence = "{session} has no moment “{word}”."
    next_step = "Say candidate, chosen, shown or kept_back, or the id of a moment."
