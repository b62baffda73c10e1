"""Why a gesture cannot be."""

from imhcode.domain.errors import Refused


class NoSuchEvent(Refused):
    """An event that is not, or no longer, there."""

    sentence = "There is no event “{event}” in this observation."


class NoSuchChoice(Refused):
    """A modifier value the scheme does not offer."""

    sentence = "“{value}” is not a choice of {modifier} on “{code}”."


class CannotSplit(Refused):
    """A cut that does not lie inside the event."""

    sentence = "“{code}” cannot be split at {at}."
    next_step = "Go to a frame inside it, after its first one."


class NothingToJoin(Refused):
    """Events that are not of one code on one track, or only one of them."""

    sentence = "There is nothing to join at {at}."
    next_step = "Select events with the same code on the same track."


class SomethingBetween(Refused):
    """An event of another code lies between those that should be joined."""

    sentence = "“{code}” at {at} lies between the events that should be joined."
    next_step = "Change its code or delete it first."


class TakesNoTranscript(Refused):
    """Words where the track takes none."""

    sentence = "Events on {track} take no transcript."
    next_step = "Write a comment instead."
