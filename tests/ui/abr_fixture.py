"""The attunement scheme and one minute coded with it, built by hand: no reader, no file."""

import pytest

from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Pass, Scheme, Subject, Track

_STATES = (
    ("attuned", "Attuned", "a", "#009E73", "solid"),
    ("side_by_side", "Comfortably apart", "s", "#56B4E9", "dots"),
    ("out_of_step", "Out of step", "d", "#F0E442", "diagonal"),
    ("ruptured", "Ruptured", "f", "#D55E00", "crosshatch"),
    ("repairing", "Repairing", "g", "#CC79A7", "vertical"),
    ("uncodable", "Cannot see or hear", "u", "#999999", "blank"),
)
_POINTS = {
    ("infant_bid", "Infant bids", "infant"): (
        ("look", "Look bid", "q", "#0072B2"),
        ("vocal", "Voice bid", "w", "#56B4E9"),
        ("smile", "Smile bid", "e", "#009E73"),
        ("reach", "Reach or touch bid", "r", "#E69F00"),
        ("show_request", "Show, give, point, ask", "t", "#CC79A7"),
        ("distress_signal", "Distress signal", "a", "#D55E00"),
        ("break_signal", "Break signal", "s", "#882255"),
    ),
    ("caregiver_response", "Caregiver responses", "caregiver"): (
        ("joins", "Joins in", "a", "#009E73"),
        ("matches_feeling", "Matches the feeling", "s", "#117733"),
        ("comforts", "Comforts", "d", "#44AA99"),
        ("gives_space", "Gives space", "f", "#88CCEE"),
        ("partial", "Part answer", "g", "#DDCC77"),
        ("overrides", "Overrides", "z", "#E69F00"),
        ("presses_on", "Presses on", "x", "#D55E00"),
        ("misreads", "Misreads", "c", "#AA4499"),
        ("rejects", "Turns down", "v", "#882255"),
        ("no_answer", "No answer", "b", "#999999"),
        ("cannot_tell", "Cannot tell", "u", "#999999"),
    ),
    ("caregiver_invite", "Caregiver invitations", "caregiver"): (
        ("face_voice", "Face and voice", "q", "#0072B2"),
        ("game", "Game or song", "w", "#009E73"),
        ("touch", "Touch", "e", "#E69F00"),
        ("object", "Toy or thing", "r", "#CC79A7"),
    ),
    ("infant_uptake", "Infant uptake", "infant"): (
        ("takes_up", "Takes it up", "a", "#009E73"),
        ("brief", "Brief", "s", "#DDCC77"),
        ("none", "No uptake", "d", "#999999"),
        ("turns_away", "Turns away", "f", "#882255"),
        ("protests", "Protests", "g", "#D55E00"),
        ("cannot_tell", "Cannot tell", "u", "#999999"),
    ),
    ("rupture_repair", "Ruptures and repair", "dyad"): (
        ("rupture", "Rupture", "q", "#D55E00"),
        ("repair_attempt", "Repair attempt", "w", "#CC79A7"),
        ("repaired", "Repaired", "e", "#009E73"),
    ),
}
_CODED = """
dyad_state: attuned 0 10000, out_of_step 10000 16000, attuned 16000 22000, out_of_step 22000 25000,
  ruptured 25000 31000, repairing 31000 36000, attuned 36000 44000, uncodable 44000 48000,
  side_by_side 48000 52000, ruptured 52000 60000
infant_bid: vocal 2000, look 5000, smile 9000, look 11000, vocal 14000, break_signal 23000,
  distress_signal 25200, look 36500, show_request 50000, distress_signal 53000
caregiver_response: joins 2800, joins 5600, matches_feeling 9400, no_answer 16000, partial 17000,
  presses_on 24000, misreads 26200, joins 37100, joins 51000, no_answer 58000
caregiver_invite: face_voice 6500, game 19500, touch 32500, object 43000
infant_uptake: takes_up 7300, takes_up 20100, brief 33000, cannot_tell 43000
rupture_repair: rupture 25000, repaired 36000, rupture 52000
"""
FRAME_US = 40_000


def abr_scheme() -> Scheme:
    """The six tracks of the shipped scheme, with their labels, keys, colours and patterns."""
    states = tuple(
        Code(
            id=name,
            label=label,
            key=key,
            color=color,
            pattern=pattern,
            uncodable=name == "uncodable",
        )
        for name, label, key, color, pattern in _STATES
    )
    dyad = Track(
        id="dyad_state",
        label="Dyad state",
        subject="dyad",
        kind="state",
        exclusive=True,
        exhaustive=True,
        codes=states,
    )
    points = tuple(
        Track(
            id=track,
            label=label,
            subject=subject,
            kind="point",
            takes_duration=track != "infant_uptake",
            codes=tuple(
                Code(id=name, label=words, key=key, color=color, uncodable=name == "cannot_tell")
                for name, words, key, color in codes
            ),
        )
        for (track, label, subject), codes in _POINTS.items()
    )
    return Scheme(
        id="abr",
        version="1.0.0",
        title="Attunement, Bids and Repair",
        subjects=(
            Subject(id="infant", label="Infant", role="child"),
            Subject(id="caregiver", label="Caregiver", role="caregiver"),
            Subject(id="dyad", label="Dyad", role="group"),
        ),
        tracks=(dyad, *points),
        passes=(Pass(id="states", label="Dyad states", order=2, tracks=("dyad_state",)),),
    )


def abr_events() -> list[Event]:
    """The worked example: one minute at 25 frames a second."""
    found = []
    for paragraph in _CODED.strip().replace("\n  ", " ").splitlines():
        track, coded = paragraph.split(": ")
        for one in coded.split(", "):
            code, onset_ms, offset_ms = (*one.split(), one.split()[-1])[:3]
            onset, offset = int(onset_ms) * 1000, int(offset_ms) * 1000
            found.append(
                Event(
                    id=f"{track}-{len(found)}",
                    track=track,
                    code=code,
                    onset_us=onset,
                    offset_us=offset,
                    onset_frame=onset // FRAME_US,
                    offset_frame=offset // FRAME_US,
                    recording="r1",
                )
            )
    return found


def abr_blank() -> Observation:
    """An observation in which nothing is coded yet."""
    return Observation(id="o1", session_id="S012", coder_id="KL", scheme=abr_scheme())


@pytest.fixture
def abr() -> Observation:
    """One coded minute."""
    return abr_blank().with_events(abr_events())
