"""The infant: sits against a cushion at the picture's right and faces left."""

# ruff: noqa: RUF005  (an array plus a tuple is an addition, not a longer list)

from dataclasses import replace

import numpy as np

from sample_scene.body import draw_hand, elbow, hair_cap, within_reach
from sample_scene.canvas import Canvas, Points, colour, curve, ellipse, mix
from sample_scene.head import Face, Head
from sample_scene.pose import Pose
from sample_scene.toys import draw_ring

FACE = Face(
    skin=colour("#f6cfae"),
    shade=colour("#e5ab85"),
    blush=colour("#ee8f7c"),
    lip=colour("#c9695f"),
    iris=colour("#56708c"),
    line=colour("#4d352c"),
    brow_colour=colour("#a97f5e"),
    brow_width=0.032,
    width=1.0,
    height=0.92,
    jaw=0.07,
    cheek=0.04,
    eye_apart=0.40,
    eye_at=0.12,
    eye_width=0.168,
    eye_height=0.185,
    iris_size=0.142,
    nose_at=0.34,
    mouth_at=0.60,
    mouth_width=0.20,
    lashes=0.036,
    slant=0.006,
    teeth=False,
)
_HAIR, _HAIR_LIGHT = colour("#b98a5e"), colour("#d3a878")
_SUIT, _SUIT_DARK, _SUIT_LIGHT = colour("#f0c987"), colour("#dcae69"), colour("#f8dfae")
_BIB, _BIB_DARK = colour("#fbf4e6"), colour("#e7d7bd")
_RADIUS = 80.0
_UPPER, _FORE = 50.0, 50.0
HAIRLINE = [
    (-1.5, -0.22),
    (-1.25, -0.48),
    (-0.9, -0.72),
    (-0.45, -0.88),
    (0.0, -0.80),
    (0.45, -0.90),
    (0.9, -0.72),
    (1.25, -0.48),
    (1.5, -0.22),
]


class Infant:
    """The infant at one instant."""

    def __init__(self, pose: Pose, *, face_on: bool = False) -> None:
        self.pose = pose
        lean = pose.lean
        centre = np.array(
            [
                622 - 24 * lean - 3 * pose.sway,
                280 + 7 * max(lean, 0) - 5 * pose.lift - 1.4 * pose.breath - 7 * pose.bounce,
            ]
        )
        zero, ahead = (0.85, 0.45) if face_on else (0.0, 0.0)
        seen = replace(pose, gaze=-(pose.gaze - ahead), tilt=-pose.tilt)
        self.head = Head(FACE, seen, centre, _RADIUS, yaw=-(pose.turn - zero))
        self.chest = np.array([634 - 14 * lean, 372 - 1.4 * pose.breath - 3 * pose.bounce])
        self.near_shoulder = self.chest + (46, 8 - 8 * pose.lift)
        self.far_shoulder = self.chest + (-44, 8 - 8 * pose.lift)
        near = np.array([694 + pose.near_x, 446 + pose.near_y])
        far = np.array([572 + pose.far_x, 440 + pose.far_y])
        self.near = within_reach(self.near_shoulder, near, _UPPER + _FORE)
        self.far = within_reach(self.far_shoulder, far, _UPPER + _FORE)

    def draw(self, canvas: Canvas) -> None:
        """Draw from back to front."""
        self._body(canvas)
        self._legs(canvas)
        self._head(canvas)
        self._arm(canvas, self.near_shoulder, self.near, near=True)
        self._arm(canvas, self.far_shoulder, self.far, near=False)

    def _body(self, canvas: Canvas) -> None:
        c, p = self.chest, self.pose
        wide = 1.6 * p.breath
        outline = curve(
            [
                c + (-20, -26),
                c + (-52, 2),
                (566 - wide, 430),
                (566, 482),
                (640, 502),
                (712, 484),
                (706 + wide, 430),
                c + (54, 2),
                c + (20, -26),
            ],
            closed=True,
        )
        canvas.fill(outline, _SUIT)
        with canvas.clipped(outline):
            canvas.glow((708, 450), 60, 90, _SUIT_DARK, 0.7)
            canvas.glow((600, 400), 50, 60, _SUIT_LIGHT, 0.7)
        bib = curve(
            [
                c + (-34, -24),
                c + (-40, 8),
                c + (-18, 42),
                c + (16, 44),
                c + (38, 10),
                c + (32, -24),
            ],
            closed=True,
        )
        canvas.fill(bib, _BIB)
        canvas.stroke(np.vstack([bib, bib[:1]]), 2.0, _BIB_DARK)
        self._star(canvas, c + (-1, 22))

    @staticmethod
    def _star(canvas: Canvas, at: Points) -> None:
        a = -np.pi / 2 + np.arange(10) * np.pi / 5
        r = np.where(np.arange(10) % 2 == 0, 9.0, 4.4)
        canvas.fill(
            np.column_stack([at[0] + r * np.cos(a), at[1] + r * np.sin(a)]), colour("#e59a7c")
        )

    def _legs(self, canvas: Canvas) -> None:
        kick = self.pose.kick
        for hip, foot, phase, near in (
            ((604, 466), (552, 482), 1.0, False),
            ((672, 472), (632, 494), -1.0, True),
        ):
            lifted = np.array(foot) + (-5 * abs(kick), -13 * max(0.0, phase * kick))
            knee = (np.array(hip) + lifted) / 2 + (-8, -16 - 5 * max(0.0, phase * kick))
            line = curve([hip, knee, lifted])
            canvas.limb(line, 29, 21.5, _SUIT_DARK)
            canvas.limb(line, 27.5, 20, _SUIT if near else mix(_SUIT, _SUIT_DARK, 0.3))
            sole = ellipse(lifted + (-7, 1), 21, 25, -0.25)
            canvas.fill(ellipse(lifted + (-7, 1), 22.5, 26.5, -0.25), colour("#d4dccb"))
            canvas.fill(sole, colour("#eef1e4"))
            canvas.stroke(
                curve([lifted + (8, -20), lifted + (13, 2), lifted + (6, 20)]), 4, colour("#a9bfa3")
            )

    def _head(self, canvas: Canvas) -> None:
        head = self.head
        for side in (-1, 1):
            if np.cos(side * 1.5 + head.yaw) < 0.15:
                self._ear(canvas, side)
        canvas.glow(self.chest + (0, -22), 50, 16, FACE.shade, 0.9)
        head.draw_skin(canvas)
        cap = hair_cap(head, HAIRLINE, 1.02, 0.1)
        canvas.fill(cap, _HAIR, 0.88)
        with canvas.clipped(cap):
            for u in (-0.9, -0.3, 0.4, 0.95):
                strand = curve(
                    head.on(u + np.array([-0.1, 0.05, 0.22]), np.array([-0.82, -1.05, -1.12]))
                )
                canvas.stroke(strand, head.size(0.04), _HAIR_LIGHT, 0.8)
        top = head.on(0.0, -1.18)
        for bend, high in ((-13, 15), (3, 21), (15, 13)):
            curl = curve(
                [
                    top + (bend * 0.1, 7),
                    top + (bend * 0.2, -high * 0.6),
                    top + (bend, -high),
                    top + (bend * 1.35, -high * 0.62),
                ]
            )
            canvas.stroke(curl, 4.2, _HAIR)
        head.draw_features(canvas)
        for side in (-1, 1):
            if np.cos(side * 1.5 + head.yaw) >= 0.15:
                self._ear(canvas, side)

    def _ear(self, canvas: Canvas, side: int) -> None:
        head = self.head
        at = head.on(side * 1.46, 0.2, 0.03)
        canvas.fill(ellipse(at, head.size(0.15), head.size(0.19), head.roll), head.shade)
        canvas.fill(ellipse(at, head.size(0.125), head.size(0.165), head.roll), head.skin)
        canvas.glow(at, head.size(0.08), head.size(0.1), FACE.blush, 0.6)

    def _arm(self, canvas: Canvas, shoulder: Points, hand: Points, *, near: bool) -> None:
        p = self.pose
        down = float(
            np.clip((hand[1] - shoulder[1] - 8) / 34, -1, 1)
        )  # elbows stay outside and low
        joint = elbow(shoulder, hand, _UPPER, _FORE, -down if near else down)
        cuff = joint + 0.78 * (hand - joint)
        line = curve([shoulder, joint, cuff], steps=6)
        canvas.limb(line, 24.5, 17.5, _SUIT_DARK)
        canvas.limb(line, 23, 16, _SUIT if near else mix(_SUIT, _SUIT_LIGHT, 0.4))
        way = hand - joint
        angle = float(np.arctan2(way[1], way[0]))
        canvas.limb(np.array([cuff, hand]), 11, 10, self.head.face.skin)
        across = np.array([-np.sin(angle), np.cos(angle)])
        canvas.stroke(np.vstack([cuff + 14 * across, cuff - 14 * across]), 5, _SUIT_DARK)
        if p.toy > 0.5 and not near:
            draw_ring(canvas, hand + 16 * way / max(float(np.hypot(*way)), 1e-6), angle)
        draw_hand(
            canvas,
            hand,
            angle,
            14.0,
            p.spread,
            self.head.face.skin,
            self.head.face.shade,
            1 if near else -1,
        )
