"""How a person holds itself at one instant: the numbers the acting moves and the pens draw."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pose:
    """One instant of one person. Every field at rest is 0 unless said.

    Directions are the person's own: ``turn`` and ``gaze`` are 1 towards the partner, 0 towards
    the viewer and -1 away from both; ``lean`` is positive towards the partner.
    """

    turn: float = 0.75
    nod: float = 0.0  # looking down
    tilt: float = 0.0  # radians, towards the partner's side
    gaze: float = 0.45
    gaze_down: float = 0.0
    lids: float = 1.0  # 0 is closed
    squint: float = 0.0  # lower lids risen
    brow: float = 0.0  # both raised
    sad: float = 0.0  # inner ends raised
    frown: float = 0.0  # inner ends lowered
    smile: float = 0.15  # -1 is mouth corners down
    voice: float = 0.0  # mouth opened by sound
    gape: float = 0.0  # mouth opened without sound
    pout: float = 0.0  # mouth narrowed
    tongue: float = 0.0
    red: float = 0.0
    tears: float = 0.0
    lean: float = 0.0
    lift: float = 0.0  # shoulders up
    bounce: float = 0.0
    breath: float = 0.0
    sway: float = 0.0
    near_x: float = 0.0  # the hand nearer to the viewer, away from its resting place
    near_y: float = 0.0
    far_x: float = 0.0
    far_y: float = 0.0
    spread: float = 0.2  # fingers
    cover: float = 0.0  # both hands before the face
    kick: float = 0.0  # the feet
    toy: float = 0.0  # what the far hand holds: 0 nothing, 1 the toy
    time_s: float = 0.0
