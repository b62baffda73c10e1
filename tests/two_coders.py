"""Two random observations of one session, for laws about what becomes of their differences."""

from itertools import count

import numpy as np
from hypothesis import strategies as st

from imhcode.analysis.spans import Union
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from small_scheme import SMALL

FRAME_US = 40_000
LENGTH = 60  #: frames
EVERYWHERE = Union(np.array([-(10**9)]), np.array([10**9]))

_runs = st.lists(
    st.tuples(st.sampled_from(["attuned", "out_of_step", "uncodable", ""]), st.integers(1, 20)),
    max_size=7,
)
_touches = st.lists(
    st.tuples(st.sampled_from(["stroke", "hold"]), st.integers(0, 50), st.integers(1, 30)),
    max_size=4,
)
_bids = st.lists(
    st.tuples(
        st.sampled_from(["look", "smile"]),
        st.integers(0, LENGTH),
        st.integers(0, 10),
        st.sampled_from(["clear", "faint"]),
    ),
    max_size=5,
)


def _event(number, track, code, first, last, **more):
    return Event(
        id=f"e{next(number)}",
        track=track,
        code=code,
        onset_us=first * FRAME_US,
        offset_us=last * FRAME_US,
        onset_frame=first,
        offset_frame=last,
        recording="cam",
        **more,
    )


@st.composite
def observations(draw, coder="anna"):
    """What one coder says; ids are the same for every coder, as in imported files."""
    number = count()
    events, at = [], draw(st.integers(0, 5))
    for code, length in draw(_runs):
        if code:
            events.append(_event(number, "dyad_state", code, at, at + length))
        at += length
    for code, first, length in draw(_touches):
        events.append(_event(number, "touch", code, first, first + length))
    for code, first, length, clarity in draw(_bids):
        chosen = (("clarity", (clarity,)),)
        last = first + length
        events.append(_event(number, "infant_bid", code, first, last, modifiers=chosen))
    blank = Observation(id=f"by {coder}", session_id="visit 1", coder_id=coder, scheme=SMALL)
    return blank.with_events(events)


def said(observation):
    """What an observation says, without the names of its events: what laws compare."""
    states = observation.timeline.lane("dyad_state")
    swept = [
        next((one.code for one in states.covering(frame * FRAME_US)), "")
        for frame in range(3 * LENGTH)
    ]
    others = sorted(
        (one.track, one.code, one.onset_us, one.offset_us, one.modifiers)
        for one in observation.timeline
        if one.track != "dyad_state"
    )
    return swept, others
