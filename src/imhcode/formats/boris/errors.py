"""BORIS projects of which nothing can be read."""

from imhcode.domain.errors import Refused


class NotAProject(Refused):
    """JSON of something else."""

    sentence = "{path} is no BORIS project: it has no “{missing}”."
    next_step = "Choose the file that BORIS saves a project in; it ends in .boris."


class ProjectIsNewer(Refused):
    """A version whose meaning nobody here knows."""

    sentence = (
        "{path} was saved by a newer BORIS: its format is {version}, and up to {known} is read."
    )
    next_step = "Save it with BORIS 9 or older, or ask for a newer imhcode."


class ProjectIsBroken(Refused):
    """A part of another shape than any version of BORIS writes."""

    sentence = "{path} is no whole BORIS project: {where} {why}."
    next_step = "Open it in BORIS, check the integrity of the project, and save it again."
