"""Arms, hands and hair: what both people are built of."""

import numpy as np

from sample_scene.canvas import Canvas, Colour, Place, Points, curve, ellipse, mix
from sample_scene.head import Head


def elbow(shoulder: Points, hand: Points, upper: float, fore: float, bend: float) -> Points:
    """Find the elbow between a shoulder and a hand; ``bend`` from -1 to 1 is its side."""
    way = hand - shoulder
    reach = float(np.clip(np.hypot(*way), abs(upper - fore) + 1, 0.995 * (upper + fore)))
    along = (upper**2 - fore**2 + reach**2) / (2 * reach)
    aside = np.sqrt(max(upper**2 - along**2, 0.0))
    unit = way / max(float(np.hypot(*way)), 1e-6)
    found: Points = shoulder + along * unit + bend * aside * np.array([-unit[1], unit[0]])
    return found


def within_reach(shoulder: Points, hand: Points, reach: float) -> Points:
    """Bring a hand back to where its arm can be."""
    way = hand - shoulder
    far = float(np.hypot(*way))
    return hand if far <= reach else shoulder + way * (reach / far)


def draw_hand(
    canvas: Canvas,
    wrist: Place,
    angle: float,
    size: float,
    spread: float,
    skin: Colour,
    shade: Colour,
    thumb: int,
) -> None:
    """Draw a small hand: palm, four fingers, a thumb on the side asked for (1 or -1)."""
    wrist = np.asarray(wrist, np.float64)

    def at(along: float, aside: float) -> Points:
        c, s = np.cos(angle), np.sin(angle)
        return wrist + size * np.array([c * along - s * aside, s * along + c * aside])

    rim = mix(skin, shade, 0.9)
    open_ = 0.10 + 0.30 * spread
    long = 0.62 + 0.5 * spread
    fingers = []
    for place in (-1.5, -0.5, 0.5, 1.5):
        lean = place * open_
        root = at(0.85, place * 0.36)
        tip = at(
            0.95 + long * np.cos(lean) * (1 - 0.06 * place**2), place * 0.36 + long * np.sin(lean)
        )
        fingers.append(np.array([root, tip]))
    knuckle = at(0.55, thumb * 0.62)
    thumb_line = np.array([knuckle, at(1.0 + 0.2 * spread, thumb * (0.98 + 0.35 * spread))])
    for line in (*fingers, thumb_line):
        canvas.limb(line, 0.25 * size + 0.8, 0.21 * size + 0.8, rim)
    palm = ellipse(at(0.5, 0.0), 0.78 * size, 0.74 * size, angle)
    canvas.fill(ellipse(at(0.5, 0.0), 0.78 * size + 0.8, 0.74 * size + 0.8, angle), rim)
    for line in (*fingers, thumb_line):
        canvas.limb(line, 0.25 * size, 0.21 * size, skin)
    canvas.fill(palm, skin)


def hair_cap(head: Head, line: list[tuple[float, float]], grow: float, nape: float) -> Points:
    """Return the outline of hair on top of a head.

    Parameters
    ----------
    line : list of (u, v)
        The hairline from the picture's left to its right, on the face's ball.
    grow : float
        The hair's thickness: 1.05 stands out by a twentieth.
    nape : float
        How far down the hair reaches at the back, in head radii.
    """
    u, v = np.array(line).T
    seen = np.clip(u + head.yaw, -np.pi / 2, np.pi / 2) - head.yaw
    hairline = curve(head.on(seen, v))
    back = float(np.clip(np.sin(head.yaw) * 1.6, -1, 1))  # the side on which the nape shows
    left_low = np.arcsin(nape * max(back, 0) - 0.3 * max(-back, 0))
    right_low = np.arcsin(nape * max(-back, 0) - 0.3 * max(back, 0))
    a = np.linspace(right_low, -np.pi - left_low, 40)
    arc = np.column_stack([np.cos(a) * head.face.width, np.sin(a) * head.face.height]) * grow
    return np.vstack([hairline, head.turned(arc)])
