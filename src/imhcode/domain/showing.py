"""What of an observation may be seen where: a view asks here, and gets nothing it must not show."""

from collections.abc import Iterator

from imhcode.domain.codes_meant import codes_meant
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme

PRIVATE = "clinician_only"  #: the audience of what no view for others may have, whatever it is


def hidden_codes(scheme: Scheme, view: str) -> frozenset[tuple[str, str]]:
    """Track and code of everything that must not be seen in a view.

    A track (``never_in``) or a check (``never_shown``) of the scheme says so; what is for
    clinicians only is in no view at all.

    Parameters
    ----------
    view : str
        As schemes name it: ``parent_view``, ``clip_export``, ``screen_share``, ``parent_report``.
    """
    hidden = {
        (track.id, code.id)
        for track in scheme.tracks
        for code in track.codes
        if view in track.never_in or PRIVATE in (track.audience, code.audience)
    }
    for check in scheme.document.get("checks", ()):
        if check.get("kind") == "never_shown" and view in check["views"]:
            track_id = check["events"]["track"]
            hidden |= {(track_id, one) for one in codes_meant(scheme, track_id, check["events"])}
    return frozenset(hidden)


def shown_in(observation: Observation, view: str) -> Iterator[Event]:
    """Yield the events that a view may show; their comments are for no view."""
    hidden = hidden_codes(observation.scheme, view)
    for event in observation.timeline:
        if (event.track, event.code) not in hidden:
            yield event
