"""The cameras: what each sees of the scene and when it takes its pictures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from sample_scene.acting import Scene, passer_by
from sample_scene.canvas import Canvas, Picture, View, colour, curve
from sample_scene.caregiver import Caregiver
from sample_scene.frame_mark import draw_frame_number
from sample_scene.infant import Infant
from sample_scene.room import drawn_room

_PLUM, _PLUM_DARK, _PLUM_LIGHT = colour("#8d7a92"), colour("#76647d"), colour("#a292a6")
PHONE_TICKS = 90_000


@dataclass(frozen=True)
class Shot:
    """One camera and its file.

    ``offset_us`` is where the file's first picture lies on the session clock, ``scene_start_s``
    where it lies in the scene; ``turned`` is how many degrees clockwise the stored pictures have
    to be turned to stand upright.
    """

    name: str
    session_id: str
    view: View
    scene_start_s: float
    lasting_s: float
    rate: Fraction
    options: dict[str, str]
    label: str
    offset_us: int = 0
    face_on: str = ""
    turned: int = 0
    ticks: Callable[["Shot"], list[int]] | None = field(default=None)

    @property
    def tick(self) -> Fraction:
        """The unit of ``times``, in seconds."""
        return Fraction(1, PHONE_TICKS) if self.ticks else 1 / self.rate

    def times(self) -> list[int]:
        """Return the presentation time of every picture, in ticks."""
        return self.ticks(self) if self.ticks else list(range(int(self.lasting_s * self.rate)))

    def pictures(self, scene: Scene) -> Iterator[tuple[int, Picture]]:
        """Draw every picture, upright, with the number it carries and its time in ticks."""
        room = drawn_room(self.view)
        for number, ticks in enumerate(self.times()):
            yield ticks, self.picture(scene, room, number, float(ticks * self.tick))

    def picture(self, scene: Scene, room: Picture, number: int, after_s: float) -> Picture:
        """Draw one picture, so many seconds after the first."""
        now_s = self.scene_start_s + after_s
        caregiver, infant = scene.at(now_s)
        canvas = Canvas(self.view, room)
        Infant(infant, face_on=self.face_on == "infant").draw(canvas)
        Caregiver(caregiver, face_on=self.face_on == "caregiver").draw(canvas)
        middle = passer_by(now_s)
        if middle is not None:
            _draw_passer_by(canvas, middle)
        picture = canvas.finished()
        draw_frame_number(picture, number, self.label)
        return picture


def _draw_passer_by(canvas: Canvas, x: float) -> None:
    """Draw somebody close to the camera: a cardigan and an arm, no face."""
    back = curve(
        [
            (x - 250, -120),
            (x - 300, 120),
            (x - 286, 420),
            (x - 300, 640),
            (x + 300, 640),
            (x + 284, 420),
            (x + 300, 120),
            (x + 250, -120),
        ],
        closed=True,
    )
    canvas.fill(back, _PLUM)
    with canvas.clipped(back):
        canvas.glow((x - 300, 300), 170, 420, _PLUM_DARK, 0.8)
        canvas.glow((x + 60, 120), 220, 320, _PLUM_LIGHT, 0.55)
        for fold in (-130, -40, 70, 170):
            canvas.stroke(
                curve([(x + fold, 60), (x + fold - 16, 260), (x + fold + 10, 560)]),
                5,
                _PLUM_DARK,
                0.4,
            )
        for rib in np.arange(x - 294, x + 322, 22):
            canvas.stroke(np.array([[rib, 462], [rib - 2, 552]]), 3, _PLUM_DARK, 0.5)
        canvas.stroke(curve([(x - 300, 458), (x, 470), (x + 300, 458)]), 6, _PLUM_DARK, 0.8)
    arm = curve([(x + 236, -60), (x + 262, 160), (x + 240, 380), (x + 214, 600)])
    canvas.limb(arm, 66, 44, _PLUM_DARK)
    canvas.limb(arm, 62, 40, _PLUM)


def _phone_ticks(shot: Shot) -> list[int]:
    """Return irregular times as a phone takes them: 24 to 31 pictures a second, a few gaps."""
    random = np.random.default_rng(5)
    ticks, at = [], 0.0
    while at < shot.lasting_s:
        ticks.append(round(at * PHONE_TICKS))
        gap = random.uniform(0.085, 0.12) if random.random() < 0.012 else 1 / random.uniform(24, 31)
        at += float(gap)
    return ticks


_QUIET = {"preset": "medium", "tune": "animation", "profile": "high"}
SHOTS: tuple[Shot, ...] = (
    Shot(
        "two_shot.mp4",
        "S01",
        View(0, 0, 1.0, 960, 540),
        0.0,
        120.0,
        Fraction(25),
        {**_QUIET, "crf": "26", "g": "50"},
        "S01 two shot",
    ),
    Shot(
        "camera_infant.mp4",
        "S02",
        View(418, 130, 1.45, 640, 480),
        0.0,
        50.0,
        Fraction(30000, 1001),
        {**_QUIET, "crf": "27", "bf": "3", "x264-params": "keyint=300:min-keyint=300:scenecut=0"},
        "S02 infant",
        face_on="infant",
    ),
    Shot(
        "camera_caregiver.mp4",
        "S02",
        View(110, 70, 1.45, 640, 480),
        1.48,
        48.52,
        Fraction(30000, 1001),
        {**_QUIET, "crf": "27", "bf": "3", "x264-params": "keyint=300:min-keyint=300:scenecut=0"},
        "S02 caregiver",
        offset_us=1_480_000,
        face_on="caregiver",
    ),
    Shot(
        "phone.mp4",
        "S03",
        View(172, -296, 0.74, 480, 854),
        96.0,
        24.0,
        Fraction(30),
        {**_QUIET, "crf": "26", "bf": "0", "g": "30"},
        "S03 phone",
        turned=90,
        ticks=_phone_ticks,
    ),
)
