"""Who does what: the script's events turned into movements of the two people.

Every time is the onset of an event of the script, or so many seconds after or before one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_scene.moves import RATE, Part, pose_at
from sample_scene.pose import Pose
from sample_scene.script import DURATION_S, ONSET
from sample_scene.voices import mouth, spoken

_FACE = {"turn": 0.85, "gaze": 0.5}
_UP = {**_FACE, "nod": -0.08, "gaze_down": -0.15}  # the infant looks at the caregiver's face
_DOWN = {**_FACE, "nod": 0.26, "gaze_down": 0.3}  # the caregiver looks at the infant's face
_AT_RING = {"turn": 0.4, "gaze": 0.25, "nod": 0.34, "gaze_down": 0.75}
_LAP = {"far_x": 0.0, "far_y": 0.0}
_LAP_NEAR = {"near_x": 0.0, "near_y": 0.0}
_HOLD_OUT = {"far_x": -58.0, "far_y": -62.0}
_TO_MOUTH = {"far_x": 30.0, "far_y": -92.0}
_ARMS_UP = {"far_x": -78.0, "far_y": -78.0, "near_x": 22.0, "near_y": -104.0}
_CALM = {"sad": 0.0, "frown": 0.0, "squint": 0.0, "lids": 1.0, "brow": 0.0}


@dataclass(frozen=True)
class Scene:
    """The whole scene: both people at any instant, and the passer-by."""

    caregiver: dict[str, NDArray[np.float64]]
    infant: dict[str, NDArray[np.float64]]

    def at(self, time_s: float) -> tuple[Pose, Pose]:
        """Return the poses of the caregiver and the infant."""
        return pose_at(self.caregiver, time_s), pose_at(self.infant, time_s)


def passer_by(time_s: float) -> float | None:
    """Return where the middle of the person in front of the camera is, or None."""
    start, end = ONSET["s08"], ONSET["s09"]
    times = [start - 1.0, start, start + 1.2, end - 1.4, end, end + 1.2]
    if not times[0] < time_s < times[-1]:
        return None
    way = float(np.interp(time_s, times, [-330, 80, 470, 500, 985, 1380]))
    return way + 5 * float(np.sin(2 * np.pi * 1.7 * time_s))


def acted() -> Scene:
    """Play the script."""
    caregiver = Part(DURATION_S, 11, {**_DOWN, "smile": 0.3, "tilt": 0.03, "turn": 0.8})
    infant = Part(DURATION_S, 7, {**_AT_RING, "smile": 0.1, "toy": 1.0, "spread": 0.35})
    for part in (_play, _game, _too_much, _way_back, _quiet, _unseen, _found_again):
        part(caregiver, infant)
    words = spoken()
    return Scene(
        caregiver.channels(mouth(words, "caregiver", RATE, DURATION_S + 2), 0.24),
        infant.channels(mouth(words, "infant", RATE, DURATION_S + 2), 0.5),
    )


def _play(c: Part, i: Part) -> None:
    i.swing(0.4, 4.0, 0.7, far_x=9, far_y=5)
    t = ONSET["i01"]
    c.to(t, 0.6, lean=0.55, brow=0.8, smile=0.85)
    c.to(t, 0.5, near_x=24, near_y=-150, spread=1.0)
    c.swing(t + 0.3, t + 1.9, 2.2, near_x=17)
    c.to(t + 1.8, 0.7, **_LAP_NEAR, spread=0.2, lean=0.35, brow=0.15, smile=0.5)
    t = ONSET["u01"]
    i.arrive(t, 0.25, **_UP)
    i.to(t + 0.3, 0.5, smile=0.75, brow=0.3)
    i.swing(t + 0.3, t + 1.9, 1.9, kick=0.9)
    i.to(t + 1.7, 0.6, smile=0.3, brow=0.0)
    t = ONSET["b01"]
    i.to(t - 0.05, 0.25, brow=0.5, lean=0.25, pout=0.35)
    i.to(t + 1.1, 0.5, brow=0.1, lean=0.0, pout=0.0, smile=0.35)
    t = ONSET["a01"]
    c.to(t, 0.35, brow=0.7, tilt=0.12, lean=0.5, pout=0.3)
    c.to(t + 1.3, 0.6, brow=0.1, tilt=0.03, lean=0.3, pout=0.0, smile=0.6)
    i.to(t + 1.4, 0.4, smile=0.55)
    i.to(10.0, 0.5, **_AT_RING, smile=0.15)
    t = ONSET["b02"]
    i.arrive(t - 0.1, 0.35, **_UP)
    i.to(t, 0.4, smile=1.0, gape=0.38, squint=0.55, brow=0.25)
    i.swing(t, t + 2.2, 2.1, kick=1.0, bounce=0.5)
    i.swing(t, t + 2.0, 2.1, 1.2, near_y=12, far_y=12)
    i.to(t + 2.3, 0.7, smile=0.5, gape=0.0, squint=0.15, brow=0.0)
    t = ONSET["a02"]
    c.to(t, 0.3, smile=1.0, brow=0.8, squint=0.5, lean=0.45, lift=0.4)
    c.swing(t, t + 1.7, 2.6, bounce=1.0, tilt=0.07)
    c.to(t + 1.6, 0.6, brow=0.1, squint=0.2, lift=0.0, smile=0.6, lean=0.3)
    t = ONSET["b03"]
    i.to(t - 1.1, 0.4, **_AT_RING, smile=0.3)
    i.to(t, 0.5, **_HOLD_OUT)
    i.arrive(t + 0.4, 0.3, **_UP, brow=0.4)
    t = ONSET["a03"]
    c.to(t, 0.5, lean=0.5, far_x=50, far_y=-34, brow=0.6, smile=0.8, gaze_down=0.55)
    c.swing(t + 0.4, t + 2.0, 1.4, far_y=4)
    c.to(t + 1.2, 0.3, gaze_down=0.3)
    c.to(t + 2.2, 0.6, **_LAP, lean=0.3, brow=0.1, smile=0.55)
    i.to(t + 2.4, 0.7, **_LAP, brow=0.0)
    i.to(t + 0.5, 0.4, smile=0.7)


def _game(c: Part, i: Part) -> None:
    t = ONSET["i02"]
    c.to(t, 0.4, cover=1.0, lean=0.4, spread=0.25)
    i.arrive(ONSET["u02"], 0.3, lids=1.15, brow=0.6, smile=0.25, lean=0.3)
    boo = t + 2.4
    c.to(boo, 0.22, cover=0.0, near_x=-20, near_y=-110, far_x=60, far_y=-100, spread=1.0)
    c.to(boo, 0.2, brow=1.0, smile=1.0, lean=0.6, lids=1.15)
    c.to(boo + 1.2, 0.6, **_LAP, **_LAP_NEAR, spread=0.2, brow=0.2, lids=1.0, squint=0.4)
    i.to(boo + 0.2, 0.3, smile=1.1, squint=0.7, brow=0.2, lids=1.0, gape=0.15)
    i.swing(boo + 0.2, boo + 2.6, 2.6, kick=1.0, bounce=0.8, near_y=10, far_y=10)
    i.to(boo + 2.7, 0.6, smile=0.6, squint=0.15, gape=0.0, brow=0.0, lean=0.0)
    t = ONSET["b04"]
    i.to(t, 0.5, **_ARMS_UP, spread=0.9, lean=0.5, brow=0.4, smile=0.7)
    c.to(
        ONSET["a04"],
        0.5,
        lean=0.85,
        far_x=64,
        far_y=-52,
        near_x=100,
        near_y=-54,
        smile=0.9,
        squint=0.3,
    )
    c.swing(t + 1.4, t + 3.0, 1.1, far_y=7, near_y=7)
    i.swing(t + 1.4, t + 3.0, 1.1, far_y=7)
    i.to(t + 1.5, 0.7, **_LAP_NEAR)
    i.to(t + 2.9, 0.6, **_LAP, **_LAP_NEAR, spread=0.35, lean=0.0, brow=0.0, smile=0.4)


def _tickles(c: Part, start: float, end: float, hertz: float) -> None:
    c.swing(start, end, hertz, far_x=7)
    c.swing(start, end, hertz, 1.4, far_y=8)


def _too_much(c: Part, i: Part) -> None:
    t = ONSET["i03"]
    c.arrive(t, 0.5, lean=0.95, far_x=122, far_y=-10, **_LAP_NEAR)
    c.to(t, 0.4, smile=1.0, brow=0.6, squint=0.3, spread=0.7)
    _tickles(c, t, ONSET["a05"] + 0.2, 3.2)
    i.arrive(ONSET["u03"], 0.3, nod=0.3, gaze_down=0.8, smile=0.5, lean=-0.1)
    i.to(ONSET["u03"] + 0.7, 0.4, nod=0.05, gaze_down=0.3, smile=0.05, gaze=0.2)
    t = ONSET["b05"]
    i.to(
        t,
        0.45,
        turn=-0.4,
        gaze=-0.5,
        gaze_down=0.2,
        nod=0.1,
        smile=-0.2,
        lift=0.7,
        lean=-0.4,
        frown=0.3,
    )
    t = ONSET["a05"]
    c.to(t, 0.4, lean=1.15, tilt=0.2, smile=1.05, brow=0.9, lids=1.1, near_x=110, near_y=-46)
    _tickles(c, t, ONSET["a06"] - 0.5, 4.4)
    i.to(t + 0.5, 0.5, turn=-0.55, sad=0.2, lids=0.8)
    t = ONSET["b06"]
    i.to(t, 0.4, turn=-0.8, gaze=-0.7, lids=0.65, near_x=62, near_y=-104, spread=1.0, sad=0.4)
    i.to(t + 0.3, 0.25, tongue=1.0)
    i.to(t + 1.2, 0.3, tongue=0.0)
    t = ONSET["a06"]
    c.arrive(t, 0.5, far_x=-20, far_y=36, **_LAP_NEAR, lean=0.8, tilt=0.05, spread=0.1)
    c.to(t - 0.02, 0.03, toy=2.0)
    c.to(t, 0.45, far_x=72, far_y=-66, brow=0.8, lean=0.9)
    t = ONSET["b07"]
    _cry(i, t, ONSET["r02"] + 0.5)
    c.to(t + 0.4, 0.5, toy=1.0, far_x=40, far_y=-20, brow=0.4, smile=0.6)
    t = ONSET["a07"]
    c.to(t, 0.35, smile=1.05, squint=0.7, lean=0.6, tilt=0.16, brow=0.3)
    c.swing(t, t + 1.9, 3.6, bounce=0.6)
    c.to(t + 1.9, 0.5, squint=0.1, tilt=0.05, smile=0.5)
    t = ONSET["i04"]
    c.to(t, 0.35, toy=2.0, far_x=66, far_y=-66, lean=0.9, brow=0.9, smile=0.35, frown=0.25)
    c.to(t + 2.2, 0.6, toy=1.0, far_x=40, far_y=-10, smile=0.0, brow=0.4, sad=0.5, frown=0.0)
    t = ONSET["u04"]
    i.to(t, 0.4, turn=-0.9, lean=-0.9, near_y=-96, near_x=72, far_x=-56, far_y=-70)


def _cry(i: Part, start: float, end: float) -> None:
    i.to(start, 0.45, smile=-0.85, sad=1.0, frown=0.25, squint=0.5, lids=0.62, turn=-0.25, gaze=0.1)
    i.to(start + 0.6, 0.8, gape=0.3, squint=0.8, lids=0.38, smile=-0.95)
    i.to(start + 0.2, 3.2, red=0.95)
    i.to(start + 1.0, 1.6, tears=1.0)
    i.to(start + 0.2, 0.6, near_x=66, near_y=-74, far_x=-48, far_y=-58, spread=0.9)
    i.swing(start + 0.5, end, 1.7, kick=1.0, near_y=15, tilt=0.06)
    i.swing(start + 0.5, end, 1.7, 2.2, far_y=16, far_x=7)


def _way_back(c: Part, i: Part) -> None:
    t = ONSET["r02"]
    c.to(t, 0.8, lean=0.1, smile=-0.1, sad=0.75, brow=0.25, tilt=0.08, far_x=10, far_y=40)
    c.to(t + 0.8, 0.04, toy=0.0)
    c.to(t + 0.9, 0.6, **_LAP, spread=0.25)
    i.to(t + 0.4, 1.0, gape=0.05, squint=0.3, lids=0.72, smile=-0.5, lean=-0.3, sad=0.7)
    i.to(t + 0.5, 1.4, **_LAP, **_LAP_NEAR, spread=0.35)
    i.to(t + 0.6, 3.4, red=0.5, tears=0.45, lift=0.1)
    i.swing(t + 1.6, t + 3.8, 1.4, bounce=0.35)  # sobbing breaths
    i.to(t + 2.0, 0.8, turn=-0.1, gaze=-0.1, gaze_down=0.5, nod=0.2)
    t = ONSET["b08"]
    i.to(
        t,
        0.4,
        smile=-0.85,
        sad=1.0,
        gape=0.12,
        lids=0.6,
        squint=0.5,
        turn=0.35,
        gaze=0.4,
        gaze_down=0.0,
        nod=0.0,
    )
    t = ONSET["a08"]
    c.to(t, 0.7, lean=0.95, far_x=124, far_y=-14, tilt=0.16, sad=0.85, smile=0.05)
    c.swing(t + 0.7, t + 6.0, 0.55, far_y=15)
    c.swing(t + 0.7, t + 6.0, 0.3, tilt=0.03)
    i.to(t + 1.2, 1.4, smile=-0.3, gape=0.0, sad=0.5, squint=0.15, lids=0.8)
    i.to(t + 1.5, 3.0, red=0.22, tears=0.12, lean=-0.05, turn=0.15, gaze=0.1, gaze_down=0.3)
    t = ONSET["b09"]
    i.arrive(t, 0.3, **_UP, lids=0.95, sad=0.25)
    i.to(t + 0.3, 0.6, smile=0.0)
    t = ONSET["a09"]
    c.to(t, 0.4, smile=0.5, sad=0.25, brow=0.35, tilt=0.1)
    i.to(t + 0.6, 0.8, smile=0.35, **_CALM)
    i.to(t, 4.0, red=0.0, tears=0.0, lift=0.0)
    c.to(t + 1.6, 1.0, lean=0.4, **_LAP, sad=0.0, brow=0.0, smile=0.55)
    i.to(t + 3.0, 0.7, smile=0.55)


def _quiet(c: Part, i: Part) -> None:
    t = ONSET["b10"]
    i.to(t, 0.45, turn=-0.25, gaze=-0.4, gaze_down=0.15, nod=0.1, smile=0.0)
    i.to(t + 0.45, 0.5, gape=0.95, lids=0.12, brow=0.5, squint=0.5, pout=0.3)
    i.to(t + 1.5, 0.5, gape=0.0, lids=0.85, brow=0.0, squint=0.0, pout=0.0)
    c.to(ONSET["a10"], 0.9, lean=-0.2, smile=0.3, tilt=0.06, brow=0.0)
    t = ONSET["s07"]
    i.to(t - 0.2, 0.5, **_AT_RING, lids=1.0)
    i.to(t + 1.0, 0.7, **_TO_MOUTH, nod=0.15, gaze_down=0.6)
    i.to(t + 1.3, 0.4, gape=0.25, smile=0.1)
    i.swing(t + 1.6, ONSET["s08"] + 4, 0.9, far_x=3, far_y=3, gape=0.12)
    c.to(t + 2.5, 0.8, tilt=-0.05, smile=0.4)
    c.to(t + 5.6, 0.5, turn=0.2, gaze=0.0, nod=0.0, gaze_down=-0.2)


def _unseen(c: Part, i: Part) -> None:
    t = ONSET["s08"] + 3.5
    c.to(
        t,
        1.0,
        turn=-0.35,
        gaze=-0.4,
        gaze_down=0.8,
        nod=0.42,
        smile=0.0,
        lean=-0.1,
        near_x=-176,
        near_y=26,
    )
    c.swing(t + 1.0, ONSET["r07"], 0.8, near_x=10, near_y=5)
    i.to(t, 0.8, **_LAP, gape=0.0, smile=0.05)
    i.arrive(ONSET["b11"], 0.3, **_UP, brow=0.3)
    i.to(ONSET["b11"] + 2.2, 0.5, **_AT_RING, brow=0.0)
    t = ONSET["b12"]
    i.arrive(t, 0.3, **_UP, brow=0.35, pout=0.2)
    i.to(t + 0.9, 0.5, brow=0.1, pout=0.0, smile=-0.05)
    c.swing(ONSET["a12"], ONSET["a12"] + 0.8, 1.4, nod=0.1)
    t = ONSET["b13"]
    i.to(t, 0.5, **_HOLD_OUT, brow=0.5, lean=0.35, smile=0.15)
    i.swing(t + 0.6, t + 2.2, 1.5, far_y=5)
    t = ONSET["r06"]
    i.to(t, 0.9, **_LAP, lean=-0.45, turn=0.0, gaze=-0.15, nod=0.42, gaze_down=0.8, lids=0.62)
    i.to(t, 0.9, smile=-0.35, sad=0.5, brow=-0.1, bounce=-0.8)


def _found_again(c: Part, i: Part) -> None:
    t = ONSET["r07"]
    c.to(t, 0.45, **_DOWN, brow=0.7, lean=0.3, sad=0.4, smile=0.05, near_x=0.0, near_y=0.0)
    c.to(t + 1.2, 0.8, lean=0.6, brow=0.3, sad=0.6, smile=0.2, tilt=0.12)
    i.to(t + 0.7, 0.6, turn=0.2, gaze=0.05)
    t = ONSET["b14"]
    i.arrive(t, 0.45, **_UP, lids=0.85, sad=0.3, bounce=0.0)
    i.to(t + 0.4, 0.8, lean=0.0, smile=-0.05)
    t = ONSET["a14"]
    c.to(t, 0.45, smile=0.65, sad=0.15, brow=0.45)
    i.to(t + 0.5, 0.7, smile=0.4, **_CALM)
    c.to(t + 1.6, 0.8, sad=0.0, brow=0.1, tilt=0.04, lean=0.45)
    t = ONSET["i06"]
    c.to(t, 0.5, near_x=30, near_y=-110, far_x=30, far_y=-104, spread=0.9, smile=0.75, lean=0.4)
    c.swing(t, t + 6.1, 0.625, near_x=20, tilt=0.08)
    c.swing(t, t + 6.1, 0.625, far_x=20)
    c.swing(t, t + 6.1, 1.25, bounce=0.7, near_y=10, far_y=10)
    c.to(t + 6.1, 0.6, **_LAP, **_LAP_NEAR, spread=0.2, smile=0.55)
    t = ONSET["u06"]
    i.to(t, 0.5, smile=0.65, brow=0.2)
    i.swing(t, t + 5.2, 1.25, bounce=0.9, kick=0.8, near_y=13)
    i.swing(t, t + 5.2, 1.25, 0.8, far_y=13)
    i.to(t + 4.6, 0.6, smile=0.35, brow=0.0)
    t = ONSET["b15"]
    i.to(t, 0.4, smile=1.05, gape=0.4, squint=0.6)
    i.swing(t, t + 2.2, 2.0, kick=1.0, near_y=12, far_y=12)
    i.to(t + 2.4, 0.7, smile=0.6, gape=0.0, squint=0.2)
    t = ONSET["a15"]
    c.to(t, 0.4, smile=0.9, brow=0.8, lift=0.3)
    c.swing(t, t + 1.6, 1.3, tilt=0.1, bounce=0.8)
    c.to(t + 1.6, 0.6, smile=0.6, brow=0.1, lift=0.0)
    t = ONSET["b16"]
    i.to(t, 0.5, **_ARMS_UP, spread=0.9, lean=0.5, brow=0.4, smile=0.75)
    t = ONSET["a16"]
    c.to(t, 0.55, lean=0.85, far_x=64, far_y=-52, near_x=100, near_y=-54, smile=0.9, squint=0.35)
    c.swing(t + 0.7, DURATION_S + 1, 0.5, far_y=8, near_y=8, tilt=0.05, bounce=0.3)
    i.swing(t + 0.7, DURATION_S + 1, 0.5, far_y=8, tilt=0.05, bounce=0.3)
    i.to(t + 1.2, 0.8, **_LAP_NEAR)
    i.to(t + 1.0, 0.6, smile=0.9, squint=0.35)
