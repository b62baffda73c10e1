"""A code's colour and pattern as a small picture that stands in the page itself."""

import base64
from collections.abc import Iterator
from functools import lru_cache

from imhcode.domain.scheme import Pattern

WIDTH, HEIGHT = 28, 14  #: CSS pixels
STEP = 4  #: between two strokes


@lru_cache(maxsize=512)
def swatch(color: str, pattern: Pattern) -> str:
    """A ``data:`` address of an SVG picture."""
    ground = "#ffffff" if pattern == "blank" else color
    strokes = "".join(_strokes(pattern))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="{ground}" '
        f'stroke="#333333"/><g stroke="#222222" stroke-width="1" fill="#222222">{strokes}</g></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _strokes(pattern: Pattern) -> Iterator[str]:
    across = range(STEP, WIDTH, STEP)
    down = range(STEP, HEIGHT, STEP)
    if pattern in ("vertical", "grid"):
        yield from (_line(x, 1, x, HEIGHT - 1) for x in across)
    if pattern in ("horizontal", "grid"):
        yield from (_line(1, y, WIDTH - 1, y) for y in down)
    if pattern in ("diagonal", "crosshatch"):
        yield from (_line(*ends) for ends in _slanting())
    if pattern == "crosshatch":
        yield from (_line(a, HEIGHT - b, c, HEIGHT - d) for a, b, c, d in _slanting())
    if pattern == "dots":
        yield from (
            f'<circle cx="{x}" cy="{y}" r="0.9" stroke="none"/>' for y in down for x in across
        )


def _slanting() -> Iterator[tuple[int, int, int, int]]:
    """Lines at 45 degrees, cut at the frame."""
    for start in range(-HEIGHT + STEP, WIDTH, STEP + 1):
        left, right = max(start, 1), min(start + HEIGHT, WIDTH - 1)
        if right > left:
            yield left, HEIGHT - (left - start), right, HEIGHT - (right - start)


def _line(x1: int, y1: int, x2: int, y2: int) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'
