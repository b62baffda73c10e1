"""A minute of made-up events, so that a scheme can be seen before anything is coded with it."""

from collections.abc import Iterator

from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme, Track

MINUTE_US = 60_000_000
_STEP_US = 1_300_000  #: points of a track begin this far apart at first, then further


def made_up_minute(scheme: Scheme) -> Observation:
    """Every code of every track at least once, as far as a minute has room."""
    blank = Observation(id="preview", session_id="preview", coder_id="preview", scheme=scheme)
    return blank.with_events(
        event for number, track in enumerate(scheme.tracks) for event in _events(track, number)
    )


def _events(track: Track, number: int) -> Iterator[Event]:
    if track.bins is not None:
        length = track.bins.length_us
        ends = [(at, at + length) for at in range(0, MINUTE_US - length + 1, length)][:200]
    elif track.kind == "point":
        gap = max(_STEP_US, MINUTE_US // (2 * len(track.codes) + 1))
        first = (number % 5) * 400_000 + _STEP_US
        ends = [(at, at) for at in range(first, MINUTE_US, gap)]
    else:
        share = MINUTE_US // max(2 * len(track.codes), 6)
        pause = 0 if track.exhaustive else share // 4
        ends = [(at, at + share - pause) for at in range(0, MINUTE_US - share + 1, share)]
    for place, (onset, offset) in enumerate(ends):
        code = track.codes[(place + number) % len(track.codes)]
        yield Event(
            id=f"{track.id}-{place}",
            track=track.id,
            code=code.id,
            onset_us=onset,
            offset_us=offset,
            onset_frame=onset // 40_000,
        )
