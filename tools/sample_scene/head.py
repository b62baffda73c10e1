"""A head that turns: every feature lies on a ball and is projected from there."""

# ruff: noqa: RUF005  (an array plus a tuple is an addition, not a longer list)

from dataclasses import dataclass

import numpy as np

from sample_scene.canvas import Canvas, Colour, Place, Points, curve, ellipse, mix
from sample_scene.pose import Pose

_FULL_TURN = 0.66  # radians of yaw when a person faces the partner fully
_RED = (96.0, 104.0, 226.0)


@dataclass(frozen=True)
class Face:
    """What a face looks like; lengths are shares of the head's radius."""

    skin: Colour
    shade: Colour
    blush: Colour
    lip: Colour
    iris: Colour
    line: Colour
    brow_colour: Colour
    brow_width: float
    width: float
    height: float
    jaw: float
    cheek: float
    eye_apart: float
    eye_at: float
    eye_width: float
    eye_height: float
    iris_size: float
    nose_at: float
    mouth_at: float
    mouth_width: float
    lashes: float
    slant: float
    teeth: bool


class Head:
    """One head at one instant: where its points come to lie on the picture."""

    def __init__(self, face: Face, pose: Pose, centre: Place, radius: float, *, yaw: float) -> None:
        self.face, self.pose, self.radius = face, pose, radius
        self.centre = np.asarray(centre, np.float64)
        self.yaw = yaw * _FULL_TURN
        self.pitch = pose.nod * 0.5
        self.roll = pose.tilt
        self.skin = mix(face.skin, _RED, 0.34 * pose.red)
        self.shade = mix(face.shade, _RED, 0.34 * pose.red)

    def on(self, u: Points | float, v: Points | float, rise: float = 0.0) -> Points:
        """Project places on the face (u to the picture's right, v down, in radians)."""
        u, v = np.broadcast_arrays(np.asarray(u, np.float64), np.asarray(v, np.float64))
        x = np.sin(u + self.yaw) * np.cos(v)
        z = np.cos(u + self.yaw) * np.cos(v)
        y = np.sin(v) * np.cos(self.pitch) + z * np.sin(self.pitch)
        flat = np.stack([x * self.face.width, y * self.face.height], axis=-1) * (1 + rise)
        return self.turned(flat)

    def turned(self, flat: Points) -> Points:
        """Tilt and place points given in head radii."""
        c, s = np.cos(self.roll), np.sin(self.roll)
        x, y = flat[..., 0], flat[..., 1]
        return self.centre + self.radius * np.stack([c * x - s * y, s * x + c * y], axis=-1)

    def outline(self, grow: float = 1.0) -> Points:
        """Return the head's silhouette: an oval with a jaw that follows the turn."""
        a = np.linspace(0, 2 * np.pi, 56, endpoint=False)
        x, y = np.cos(a) * self.face.width, np.sin(a) * self.face.height
        low = np.clip(y, 0, None) / self.face.height
        x = (
            x
            * (1 - self.face.jaw * low**1.6)
            * (1 + self.face.cheek * np.exp(-(((low - 0.5) / 0.22) ** 2)))
        )
        y = y + 0.05 * self.pose.gape * low + 0.06 * self.pose.voice * low
        x = x + 0.6 * self.face.jaw * np.sin(self.yaw) * low
        return self.turned(np.column_stack([x, y]) * grow)

    def size(self, share: float) -> float:
        """Turn a share of the head's radius into world units."""
        return share * self.radius

    def draw_skin(self, canvas: Canvas) -> None:
        """Draw the bare head with its soft shading."""
        outline = self.outline()
        canvas.fill(outline, self.skin)
        with canvas.clipped(outline):
            low = self.turned(np.array([-0.25 * np.sin(self.yaw), 1.02]))
            canvas.glow(low, self.size(1.15), self.size(0.5), self.shade, 0.75)
            light = self.on(-0.15, -0.5)
            canvas.glow(light, self.size(0.6), self.size(0.5), (235, 244, 255), 0.22)

    def draw_features(self, canvas: Canvas) -> None:
        """Draw cheeks, nose, mouth, eyes, brows and tears."""
        self._cheeks(canvas)
        self._mouth(canvas)
        self._nose(canvas)
        for side in (-1, 1):
            self._eye(canvas, side)
            self._brow(canvas, side)
        if self.pose.tears > 0.02:
            self._tears(canvas)

    def _cheeks(self, canvas: Canvas) -> None:
        p, f = self.pose, self.face
        strength = 0.42 + 0.2 * max(p.smile, 0) + 0.3 * p.red
        with canvas.clipped(self.outline()):
            for side in (-1, 1):
                at = self.on(side * (f.eye_apart + 0.2), f.eye_at + 0.36 - 0.05 * max(p.smile, 0))
                wide = self.size(0.27) * (0.55 + 0.45 * np.cos(side * 0.6 + self.yaw))
                canvas.glow(at, wide, self.size(0.21), f.blush, strength)
            if p.red > 0.05:
                at = self.on(0.0, f.nose_at)
                canvas.glow(at, self.size(0.3), self.size(0.2), f.blush, 0.5 * p.red)

    def _nose(self, canvas: Canvas) -> None:
        f = self.face
        tip = self.on(0.0, f.nose_at, 0.12)
        canvas.glow(tip, self.size(0.13), self.size(0.1), f.blush, 0.45)
        side = 1 if self.yaw >= 0 else -1
        u = np.array([-0.075, -0.01, 0.06, 0.085]) * side
        v = f.nose_at + np.array([0.045, 0.075, 0.055, 0.0])
        canvas.stroke(curve(self.on(u, v, 0.08)), self.size(0.03), self._soft_line(), 0.85)

    def _soft_line(self) -> Colour:
        return mix(self.shade, self.face.line, 0.42)

    def _eye(self, canvas: Canvas, side: int) -> None:
        p, f = self.pose, self.face
        across = np.linspace(-1, 1, 15)
        bow = (1 - across**2) ** 0.62
        centre_u, centre_v = side * f.eye_apart, f.eye_at
        if np.cos(centre_u + self.yaw) < 0.2:
            return
        low = f.eye_height * (0.85 - 0.75 * min(p.squint, 1.0) * 0.8) * bow
        high = f.eye_height * bow
        opened = np.clip(p.lids, 0, 1.3)
        upper_v = centre_v + low * (1 - min(opened, 1.0)) - high * opened
        lower_v = centre_v + low
        slant = side * across * (f.slant + 0.05 * p.sad)
        u = centre_u + across * f.eye_width
        upper, lower = self.on(u, upper_v + slant), self.on(u, lower_v + slant)
        if opened > 0.06:
            outline = np.vstack([upper, lower[::-1]])
            canvas.fill(outline, (244, 249, 252))
            with canvas.clipped(outline):
                self._iris(canvas, centre_u, centre_v)
                shadow = np.vstack([upper, self.on(u, upper_v + slant + 0.055)[::-1]])
                canvas.fill(shadow, (150, 150, 170), 0.28)
        lash = self.size(f.lashes) * (0.72 + 0.28 * min(opened, 1.0))
        canvas.stroke(curve(upper, steps=3), lash, f.line)
        if f.lashes > 0.05:
            end = -1 if side < 0 else 0
            end = 0 if side < 0 else -1
            flick = self.on(u[end] + side * 0.045, (upper_v + slant)[end] - 0.02)
            canvas.stroke(np.vstack([upper[end], flick]), lash * 0.7, f.line)
        crease = self.on(u[3:-3], (upper_v + slant)[3:-3] - 0.075 - 0.04 * opened)
        canvas.stroke(curve(crease, steps=3), self.size(0.018), self._soft_line(), 0.4)
        if p.squint > 0.3:
            under = self.on(u[3:-3], (lower_v + slant)[3:-3] + 0.06)
            canvas.stroke(curve(under, steps=3), self.size(0.02), self._soft_line(), 0.5)

    def _iris(self, canvas: Canvas, centre_u: float, centre_v: float) -> None:
        p, f = self.pose, self.face
        room_u = f.eye_width - 0.45 * f.iris_size
        u = centre_u + np.clip(p.gaze, -1, 1) * room_u * 0.8
        v = centre_v + np.clip(p.gaze_down, -1, 1) * f.eye_height * 0.5 - 0.01
        ball = self.on(*ellipse((u, v), f.iris_size, f.iris_size, count=28).T)
        canvas.fill(ball, f.iris)
        inner = self.on(
            *ellipse((u, v + 0.25 * f.iris_size), 0.7 * f.iris_size, 0.6 * f.iris_size, count=24).T
        )
        canvas.fill(inner, mix(f.iris, (160, 190, 220), 0.28))
        pupil = self.on(*ellipse((u, v), 0.52 * f.iris_size, 0.52 * f.iris_size, count=24).T)
        canvas.fill(pupil, (34, 26, 24))
        spot = self.on(u - 0.32 * f.iris_size, v - 0.38 * f.iris_size)
        canvas.fill(
            ellipse(spot, self.size(0.3 * f.iris_size), self.size(0.3 * f.iris_size), count=16),
            (255, 255, 255),
        )
        spot = self.on(u + 0.35 * f.iris_size, v + 0.4 * f.iris_size)
        canvas.fill(
            ellipse(spot, self.size(0.14 * f.iris_size), self.size(0.14 * f.iris_size), count=12),
            (255, 255, 255),
            0.8,
        )

    def _brow(self, canvas: Canvas, side: int) -> None:
        p, f = self.pose, self.face
        if np.cos(side * f.eye_apart + self.yaw) < 0.05:
            return
        s = np.linspace(0, 1, 6)
        u = side * (f.eye_apart - 0.9 * f.eye_width + s * 2.0 * f.eye_width - 0.02 * p.frown)
        arch = 0.075 * np.sin(np.pi * (0.15 + 0.75 * s))
        inner, outer = (1 - s) ** 1.4, s**1.4
        v = f.eye_at - f.eye_height - 0.17 - arch - 0.11 * p.brow
        v = v - 0.13 * p.sad * inner + 0.05 * p.sad * outer + 0.12 * p.frown * inner
        width = self.size(f.brow_width)
        canvas.limb(curve(self.on(u, v), steps=4), width, width * 0.35, f.brow_colour)

    def _mouth(self, canvas: Canvas) -> None:
        p, f = self.pose, self.face
        opened = float(np.clip(p.voice + p.gape, 0, 1.15))
        up = float(np.clip(p.smile, -1, 1.1))
        half = f.mouth_width * (1 + 0.5 * max(up, 0) - 0.42 * p.pout - 0.12 * opened)
        corner = f.mouth_at - 0.10 * up
        top = f.mouth_at + 0.015 + 0.035 * up - 0.05 * opened * (1 - max(up, 0))
        bottom = f.mouth_at + 0.03 + 0.075 * max(up, 0) + 0.30 * opened
        right = np.array([[half, corner], [0.55 * half, (corner + 2 * top) / 3], [0.0, top]])
        below = np.array([[0.66 * half, corner + 0.62 * (bottom - corner)], [0.0, bottom]])
        left_up = right[1:2] * (-1, 1)
        left_low = below[:1] * (-1, 1)
        upper = np.vstack([right[:1] * (-1, 1), left_up, right[2:], right[1:2], right[:1]])
        lower = np.vstack([right[:1], below[:1], below[1:], left_low, right[:1] * (-1, 1)])
        upper_line = curve(self.on(*upper.T, rise=0.03))
        lower_line = curve(self.on(*lower.T, rise=0.03))
        if opened > 0.07:
            hole = np.vstack([upper_line, lower_line])
            canvas.fill(hole, (58, 40, 92))
            with canvas.clipped(hole):
                tongue = self.on(
                    *ellipse((0.0, bottom - 0.02), 0.62 * half, 0.13 + 0.05 * opened, count=28).T
                )
                canvas.fill(tongue, (128, 118, 222))
                if f.teeth:
                    band = np.vstack([upper, (upper + (0, 0.055))[::-1]])
                    canvas.fill(self.on(*band.T, rise=0.03), (246, 250, 252))
            canvas.stroke(np.vstack([hole, hole[:1]]), self.size(0.036), f.lip)
        else:
            canvas.stroke(upper_line, self.size(0.05), f.lip)
            under = curve(
                self.on(np.array([-0.5, 0, 0.5]) * half, bottom + np.array([0.055, 0.075, 0.055]))
            )
            canvas.stroke(under, self.size(0.028), mix(self.shade, f.lip, 0.4), 0.7)
        if p.tongue > 0.05:
            tip = self.on(*ellipse((0.0, bottom - 0.01), 0.10, 0.09 * p.tongue, count=20).T)
            canvas.fill(tip, (140, 132, 228))
        if up > 0.35:
            for side in (-1, 1):
                dimple = curve(
                    self.on(
                        side * (half + np.array([0.02, 0.055, 0.04])),
                        corner + np.array([-0.06, -0.01, 0.04]),
                    )
                )
                canvas.stroke(dimple, self.size(0.022), self._soft_line(), 0.7)

    def _tears(self, canvas: Canvas) -> None:
        p, f = self.pose, self.face
        for side in (-1, 1):
            brim = self.on(
                side * f.eye_apart + np.linspace(-0.7, 0.7, 7) * f.eye_width,
                f.eye_at + 0.6 * f.eye_height,
            )
            canvas.stroke(
                curve(brim, steps=3), self.size(0.04), (255, 244, 226), 0.6 * min(1, 2 * p.tears)
            )
            for start in (0.0, 0.5):
                way = (p.time_s * 0.55 + start + 0.23 * side) % 1.0
                at = self.on(
                    side * (f.eye_apart + 0.07 + 0.05 * way),
                    f.eye_at + f.eye_height + 0.02 + 0.55 * way,
                )
                size = (
                    self.size(0.05)
                    * min(1, p.tears * 1.3)
                    * np.sin(np.pi * min(1, 0.12 + way)) ** 0.5
                )
                canvas.fill(ellipse(at, size * 0.8, size * 1.25, count=20), (250, 226, 190), 0.85)
                canvas.fill(
                    ellipse(at - size * 0.25, size * 0.25, size * 0.3, count=10),
                    (255, 255, 255),
                    0.9,
                )
