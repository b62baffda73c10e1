"""The two toys people handle: the infant's ring and the caregiver's rattle."""

import numpy as np

from sample_scene.canvas import Canvas, Place, Points, colour, ellipse

_RING = (colour("#e0795f"), colour("#f0b45c"), colour("#6fa8a0"), colour("#8d86b8"))


def draw_ring(canvas: Canvas, at: Place, angle: float) -> None:
    """Draw a ring of coloured wooden beads."""
    at = np.asarray(at, np.float64)
    hole = ellipse(at, 21, 21, angle)
    canvas.stroke(np.vstack([hole, hole[:1]]), 5, colour("#c9a273"))
    for bead in range(12):
        a = angle + bead * np.pi / 6
        spot = at + 21 * np.array([np.cos(a), np.sin(a)])
        canvas.fill(ellipse(spot, 6.6, 6.6, count=20), _RING[bead % 4])
        canvas.fill(ellipse(spot - 1.8, 1.9, 1.7, count=10), (255, 255, 255), 0.55)


def draw_rattle(canvas: Canvas, at: Place, angle: float = -1.1) -> None:
    """Draw a rattle: a handle and a round head with a band; the angle is the handle's."""
    at = np.asarray(at, np.float64)
    up: Points = np.array([np.cos(angle), np.sin(angle)])
    canvas.limb(np.linspace(at - 16 * up, at + 26 * up, 6), 5.5, 4.5, colour("#e8c48d"))
    canvas.fill(ellipse(at - 18 * up, 8, 8, count=20), colour("#6fa8a0"))
    ball = at + 42 * up
    canvas.fill(ellipse(ball, 22, 22), colour("#cf6a55"))
    canvas.fill(ellipse(ball, 20.5, 20.5), colour("#e0795f"))
    with canvas.clipped(ellipse(ball, 20.5, 20.5)):
        across = np.array([-up[1], up[0]])
        canvas.stroke(np.vstack([ball - 24 * across, ball + 24 * across]), 9, colour("#f6d9a0"))
    canvas.fill(ellipse(ball - 7, 5, 4, count=16), (255, 255, 255), 0.5)
