"""Smooth shapes on a picture: world coordinates in, anti-aliased pixels out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]
Colour = tuple[float, float, float]
Place = Sequence[float] | Points

_SHIFT = 4  # cv2 takes points in sixteenths of a pixel


@dataclass(frozen=True)
class View:
    """What a camera sees: the world's top left corner, pixels per world unit, picture size."""

    left: float
    top: float
    scale: float
    width: int
    height: int
    supersampling: int = 2


def colour(code: str) -> Colour:
    """Turn ``#rrggbb`` into blue, green, red as OpenCV wants them."""
    return int(code[5:7], 16), int(code[3:5], 16), int(code[1:3], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Blend two colours; a share of 1 gives the second."""
    share = min(max(share, 0.0), 1.0)
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
        first[2] + (second[2] - first[2]) * share,
    )


def curve(points: Iterable[Place], *, closed: bool = False, steps: int = 8) -> Points:
    """Lay a smooth line through points (Catmull-Rom).

    Returns
    -------
    float64, shape (n, 2)
    """
    p = np.asarray(list(points), dtype=np.float64)
    if closed:
        before, after, beyond = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
        start = p
    else:
        padded = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
        before, start, after, beyond = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    weights = _weights(steps)[None]
    line = weights @ np.stack([before, start, after, beyond], axis=1)
    line = line.reshape(-1, 2)
    return line if closed else np.vstack([line, p[-1:]])


@lru_cache(maxsize=8)
def _weights(steps: int) -> Points:
    t = np.linspace(0.0, 1.0, steps, endpoint=False)
    square, cube = t**2, t**3
    columns = [2 * square - t - cube, 2 - 5 * square + 3 * cube]
    return 0.5 * np.column_stack([*columns, t + 4 * square - 3 * cube, cube - square])


@lru_cache(maxsize=16)
def _circle(count: int) -> Points:
    a = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([np.cos(a), np.sin(a)])


def ellipse(centre: Place, rx: float, ry: float, angle: float = 0.0, count: int = 40) -> Points:
    """Return the outline of an ellipse, turned by an angle in radians."""
    c, s = np.cos(angle), np.sin(angle)
    return _circle(count) @ np.array([[rx * c, rx * s], [-ry * s, ry * c]]) + centre


@lru_cache(maxsize=64)
def _glow_mask(width: int, height: int) -> Picture:
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    mask = (255 * np.clip(1 - x**2 - y**2, 0, 1) ** 1.6 + 0.5).astype(np.uint8)
    return np.asarray(cv2.merge([mask, mask, mask]), np.uint8)


class Canvas:
    """A picture being drawn, larger than it will be; shapes come in world coordinates."""

    def __init__(self, view: View, background: Picture | None = None) -> None:
        self.view = view
        self._unit = view.scale * view.supersampling
        shape = (view.height * view.supersampling, view.width * view.supersampling, 3)
        self.large = np.zeros(shape, np.uint8) if background is None else background.copy()
        self._corner = np.zeros(2)

    def finished(self) -> Picture:
        """Return the picture at its true size."""
        size = (self.view.width, self.view.height)
        return np.asarray(cv2.resize(self.large, size, interpolation=cv2.INTER_AREA), np.uint8)

    def _pixels(self, points: Points) -> Points:
        world = np.asarray(points, np.float64) - (self.view.left, self.view.top)
        return world * self._unit - self._corner

    def fill(self, points: Points, paint: Colour, alpha: float = 1.0) -> None:
        """Fill a closed outline."""
        pixels = self._pixels(points)
        if alpha >= 1:
            _fill(self.large, pixels, paint)
            return
        with self._patch(pixels, 2) as (patch, corner):
            if patch is not None:
                over = patch.copy()
                _fill(over, pixels - corner, paint)
                cv2.addWeighted(over, alpha, patch, 1 - alpha, 0, dst=patch)

    def stroke(self, points: Points, width: float, paint: Colour, alpha: float = 1.0) -> None:
        """Draw an open line of one width, with round ends."""
        pixels = self._pixels(points)
        thick = max(1, round(width * self._unit))
        if alpha >= 1:
            _line(self.large, pixels, thick, paint)
            return
        with self._patch(pixels, thick + 2) as (patch, corner):
            if patch is not None:
                over = patch.copy()
                _line(over, pixels - corner, thick, paint)
                cv2.addWeighted(over, alpha, patch, 1 - alpha, 0, dst=patch)

    def limb(self, points: Points, start: float, end: float, paint: Colour) -> None:
        """Draw a line whose half-width goes from one value to another, with round ends."""
        way = np.empty_like(points)
        way[:-1] = points[1:] - points[:-1]
        way[1:-1] += way[:-2].copy()
        way[-1] = points[-1] - points[-2]
        length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-6)[:, None]
        half = start + (end - start) * np.arange(len(points))[:, None] / (len(points) - 1)
        aside = np.column_stack([-way[:, 1], way[:, 0]]) / length * half
        self.fill(np.vstack([points + aside, (points - aside)[::-1]]), paint)
        steps = {0, len(points) - 1, *range(2, len(points) - 2, 2)}
        centres = _fixed(self._pixels(points))
        for place in steps:  # round ends, and no holes where the line bends sharply
            radius = round(float(half[place, 0]) * self._unit * (1 << _SHIFT))
            at = int(centres[place, 0]), int(centres[place, 1])
            cv2.circle(self.large, at, radius, paint, -1, cv2.LINE_AA, _SHIFT)

    def glow(self, centre: Place, rx: float, ry: float, paint: Colour, alpha: float) -> None:
        """Lay a soft spot of colour."""
        x, y = self._pixels(np.asarray(centre, np.float64))
        w, h = max(2, round(rx * self._unit)), max(2, round(ry * self._unit))
        x0, y0 = round(x) - w, round(y) - h
        height, width = self.large.shape[:2]
        ax, ay, bx, by = max(x0, 0), max(y0, 0), min(x0 + 2 * w, width), min(y0 + 2 * h, height)
        if ax >= bx or ay >= by or alpha <= 0:
            return
        mask = _glow_mask(2 * w, 2 * h)[ay - y0 : by - y0, ax - x0 : bx - x0]
        mask = cv2.multiply(mask, (alpha, alpha, alpha, 0))
        patch = self.large[ay:by, ax:bx]
        tint = cv2.multiply(mask, (paint[0] / 255, paint[1] / 255, paint[2] / 255, 0))
        kept = cv2.multiply(patch, cv2.bitwise_not(mask), scale=1 / 255)
        cv2.add(kept, tint, dst=patch)

    @contextmanager
    def clipped(self, outline: Points) -> Iterator[None]:
        """Keep what is drawn meanwhile inside an outline."""
        pixels = self._pixels(outline)
        with self._patch(pixels, 3) as (found, corner):
            patch = np.zeros((4, 4, 3), np.uint8) if found is None else found
            whole, self.large = self.large, patch.copy()
            self._corner = self._corner + corner
            yield
            over, self.large = self.large, whole
            self._corner = self._corner - corner
            mask = np.zeros(patch.shape[:2], np.uint8)
            _fill(mask, pixels - corner, (255, 255, 255))
            patch[:] = _blended(patch, over, np.asarray(cv2.merge([mask, mask, mask])))

    @contextmanager
    def _patch(self, pixels: Points, margin: int) -> Iterator[tuple[Picture | None, Points]]:
        height, width = self.large.shape[:2]
        x0, y0 = np.floor(pixels.min(axis=0)).astype(int) - margin
        x1, y1 = np.ceil(pixels.max(axis=0)).astype(int) + margin
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
        corner = np.array([x0, y0], np.float64)
        yield (self.large[y0:y1, x0:x1] if x0 < x1 and y0 < y1 else None), corner


def _blended(under: Picture, over: Picture, share: Picture) -> Picture:
    kept = cv2.multiply(under, cv2.bitwise_not(share), scale=1 / 255)
    return np.asarray(cv2.add(kept, cv2.multiply(over, share, scale=1 / 255)), np.uint8)


def _fixed(pixels: Points) -> NDArray[np.int32]:
    return np.round(pixels * (1 << _SHIFT)).astype(np.int32)


def _fill(picture: Picture, pixels: Points, paint: Colour) -> None:
    cv2.fillPoly(picture, [_fixed(pixels)], paint, cv2.LINE_AA, _SHIFT)


def _line(picture: Picture, pixels: Points, thick: int, paint: Colour) -> None:
    cv2.polylines(picture, [_fixed(pixels)], False, paint, thick, cv2.LINE_AA, _SHIFT)
