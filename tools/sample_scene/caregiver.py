"""The caregiver: sits on the floor at the picture's left and faces right."""

# ruff: noqa: RUF005  (an array plus a tuple is an addition, not a longer list)

from dataclasses import replace

import numpy as np

from sample_scene.body import draw_hand, elbow, hair_cap, within_reach
from sample_scene.canvas import Canvas, Points, colour, curve, ellipse, mix
from sample_scene.head import Face, Head
from sample_scene.pose import Pose
from sample_scene.toys import draw_rattle

FACE = Face(
    skin=colour("#e9b48c"),
    shade=colour("#d2936a"),
    blush=colour("#e2806a"),
    lip=colour("#b4574c"),
    iris=colour("#6b4a2f"),
    line=colour("#3d2a24"),
    brow_colour=colour("#4a3129"),
    brow_width=0.034,
    width=0.84,
    height=1.0,
    jaw=0.26,
    cheek=0.03,
    eye_apart=0.42,
    eye_at=0.04,
    eye_width=0.185,
    eye_height=0.165,
    iris_size=0.122,
    nose_at=0.28,
    mouth_at=0.60,
    mouth_width=0.29,
    lashes=0.052,
    slant=-0.008,
    teeth=True,
)
_HAIR, _HAIR_LIGHT, _HAIR_DARK = colour("#5a3b2e"), colour("#7b5440"), colour("#472d24")
_KNIT, _KNIT_DARK, _KNIT_LIGHT = colour("#5f9490"), colour("#4d7d7a"), colour("#79aba6")
_TROUSERS, _TROUSERS_DARK = colour("#54627e"), colour("#465370")
_COLLAR = colour("#f2e6d2")
_RADIUS = 82.0
_UPPER, _FORE = 112.0, 118.0
HAIRLINE = [
    (-1.5, 0.02),
    (-1.32, -0.22),
    (-1.05, -0.50),
    (-0.7, -0.74),
    (-0.25, -0.93),
    (0.05, -0.84),
    (0.45, -0.70),
    (0.85, -0.52),
    (1.2, -0.28),
    (1.5, 0.02),
]


class Caregiver:
    """The caregiver at one instant."""

    def __init__(self, pose: Pose, *, face_on: bool = False) -> None:
        self.pose = pose
        lean = pose.lean
        self.shoulders = np.array(
            [
                268 + 74 * lean,
                292 + 16 * lean - 1.5 * pose.breath - 12 * pose.lift - 5 * pose.bounce,
            ]
        )
        centre = np.array(
            [
                298 + 106 * lean + 4 * pose.sway,
                192 + 26 * lean - 1.6 * pose.breath - 6 * pose.lift - 8 * pose.bounce,
            ]
        )
        zero, ahead = (0.85, 0.45) if face_on else (0.0, 0.0)
        seen = replace(pose, gaze=pose.gaze - ahead)
        self.head = Head(FACE, seen, centre, _RADIUS, yaw=pose.turn - zero)
        s = self.shoulders
        self.near_shoulder, self.far_shoulder = s + (-66, 30), s + (58, 26)
        near = np.array([352 + 40 * lean + pose.near_x, 432 + pose.near_y])
        far = np.array([408 + 40 * lean + pose.far_x, 424 + pose.far_y])
        look = self.head.on(0.0, 0.1)
        near = near + pose.cover * (look + (-27, 12) - near)
        far = far + pose.cover * (look + (31, 14) - far)
        self.near = within_reach(self.near_shoulder, near, _UPPER + _FORE)
        self.far = within_reach(self.far_shoulder, far, _UPPER + _FORE)

    def draw(self, canvas: Canvas) -> None:
        """Draw from back to front."""
        self._legs(canvas)
        if self.pose.toy <= 0.5:
            canvas.glow((462, 494), 44, 9, colour("#8b6f58"), 0.45)
            draw_rattle(canvas, (440, 480), -0.12)  # it lies on the mat
        self._hair_behind(canvas)
        if self.pose.cover < 0.3:
            self._arm(canvas, self.far_shoulder, self.far, near=False)
        self._torso(canvas)
        self._head(canvas)
        if self.pose.cover >= 0.3:
            self._arm(canvas, self.far_shoulder, self.far, near=False)
        self._arm(canvas, self.near_shoulder, self.near, near=True)

    def _legs(self, canvas: Canvas) -> None:
        canvas.limb(curve([(345, 478), (300, 500), (215, 506)]), 34, 26, _TROUSERS_DARK)
        canvas.limb(curve([(200, 462), (310, 452), (404, 482)]), 50, 31, _TROUSERS)
        canvas.limb(curve([(404, 484), (340, 506), (280, 508)]), 30, 22, _TROUSERS)
        canvas.stroke(curve([(232, 478), (310, 474), (376, 488)]), 2.2, _TROUSERS_DARK, 0.8)
        canvas.limb(curve([(282, 507), (256, 508), (228, 512)]), 20, 15, colour("#efe3d3"))

    def _torso(self, canvas: Canvas) -> None:
        s, p = self.shoulders, self.pose
        deep = 2.5 * p.breath
        outline = curve(
            [
                s + (-22, -26),
                s + (-62, -4),
                s + (-88, 34),
                (186 + 30 * p.lean - deep, 400),
                (166, 478),
                (250, 500),
                (338, 482),
                (330 + 34 * p.lean + deep, 408),
                s + (80, 36),
                s + (56, -4),
                s + (20, -26),
            ],
            closed=True,
        )
        canvas.fill(outline, _KNIT)
        with canvas.clipped(outline):
            canvas.glow(s + (-70, 120), 70, 150, _KNIT_DARK, 0.6)
            canvas.glow(s + (46, 40), 70, 90, _KNIT_LIGHT, 0.5)
            for row in range(3):
                y = 92 + 26 * row
                line = curve([s + (-120, y), s + (0, y + 12), s + (110, y)])
                canvas.stroke(line, 2.4, _KNIT_LIGHT, 0.55)
        neck = self.head.turned(np.array([[-0.42, 0.55], [0.42, 0.55]]))
        throat = np.vstack([neck, [s + (36, -16), s + (0, 10), s + (-34, -14)]])
        canvas.fill(curve(throat, closed=True), mix(self.head.shade, self.head.skin, 0.25))
        collar = curve([s + (-40, -20), s + (-16, 4), s + (8, 10), s + (30, 2), s + (44, -20)])
        canvas.stroke(collar, 10, _COLLAR)

    def _hair_behind(self, canvas: Canvas) -> None:
        head = self.head
        turn = np.sin(head.yaw)
        bun = head.turned(np.array([-0.92 * turn, -1.02 + 0.22 * abs(turn)]))
        canvas.fill(ellipse(bun, head.size(0.43), head.size(0.40)), _HAIR_DARK)
        canvas.fill(ellipse(bun + (-2, -3), head.size(0.39), head.size(0.36)), _HAIR)
        for reach in (0.14, 0.26):
            swirl = ellipse(bun + (-2, -3), head.size(reach), head.size(reach * 0.9), count=28)
            canvas.stroke(swirl[4:22], head.size(0.03), _HAIR_LIGHT, 0.8)
        back = head.turned(
            np.column_stack(
                [
                    np.array([-0.8, -0.94, -0.9, -0.5, 0.4, 0.8]) * head.face.width - 0.18 * turn,
                    [-0.5, 0.0, 0.42, 0.66, 0.5, -0.4],
                ]
            )
        )
        canvas.fill(curve(back, closed=True), _HAIR_DARK)

    def _head(self, canvas: Canvas) -> None:
        head = self.head
        head.draw_skin(canvas)
        head.draw_features(canvas)
        cap = hair_cap(head, HAIRLINE, 1.075, 0.42)
        canvas.fill(cap, _HAIR)
        with canvas.clipped(cap):
            for u, v in ((-0.55, -1.05), (0.35, -1.0), (0.75, -0.86)):
                strand = curve(
                    head.on(
                        u + np.array([-0.25, 0.0, 0.35]), v + np.array([0.1, -0.06, 0.12]), 0.02
                    )
                )
                canvas.stroke(strand, head.size(0.045), _HAIR_LIGHT, 0.6)
        for side in (-1, 1):
            if np.cos(side * 1.42 + head.yaw) > 0.1:
                ear = head.on(side * 1.36, 0.12)
                canvas.fill(
                    ellipse(ear, head.size(0.13), head.size(0.2), head.roll + 0.12 * side),
                    head.shade,
                )
                canvas.fill(
                    ellipse(ear, head.size(0.10), head.size(0.165), head.roll + 0.12 * side),
                    head.skin,
                )
                drop = ear + (0, head.size(0.25))
                canvas.fill(
                    ellipse(drop, head.size(0.045), head.size(0.045), count=16), colour("#f0c666")
                )

    def _arm(self, canvas: Canvas, shoulder: Points, hand: Points, *, near: bool) -> None:
        p = self.pose
        joint = elbow(shoulder, hand, _UPPER, _FORE, 1.0)
        sleeve = _KNIT if near else _KNIT_DARK
        cuff = joint + 0.74 * (hand - joint)
        line = curve([shoulder, joint, cuff], steps=6)
        canvas.limb(
            line,
            30.0 + 1.2,
            17.0 + 1.2,
            _KNIT_DARK if near else mix(_KNIT_DARK, (40, 50, 40), 0.25),
        )
        canvas.limb(line, 30.0, 17.0, sleeve)
        way = hand - joint
        angle = float(np.arctan2(way[1], way[0]))
        skin = self.head.face.skin
        canvas.limb(np.array([cuff, hand]), 12.5, 11.5, skin)
        across = np.array([-np.sin(angle), np.cos(angle)])
        canvas.stroke(np.vstack([cuff + 15 * across, cuff - 15 * across]), 7, _KNIT_LIGHT)
        if p.toy > 0.5 and not near:
            swing = 0.5 * (p.toy - 1) * float(np.sin(2 * np.pi * 5.0 * p.time_s))
            draw_rattle(canvas, hand + 18 * way / np.hypot(*way), -1.1 + swing)
        raised = angle if p.cover < 0.5 else -np.pi / 2 + (0.12 if near else -0.12)
        draw_hand(
            canvas,
            hand,
            raised,
            19.0,
            max(p.spread, 0.12),
            skin,
            self.head.face.shade,
            -1 if near else 1,
        )
