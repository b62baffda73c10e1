"""Small drawings for pages: SVG as text, carried inside the page as an address."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

WIDEST = 620.0  #: CSS pixels that a page of paper has room for
FONT = "Noto Sans, DejaVu Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as an address for ``<img src>``, and how large it is shown, in CSS pixels."""

    address: str
    width: int
    height: int


def picture(width: float, height: float, parts: Iterable[str]) -> Picture:
    """A drawing that fits the paper: a wide one is shown smaller."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" font-size="11">'
        f"{''.join(parts)}</svg>"
    )
    address = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    scale = min(1.0, WIDEST / width)
    return Picture(address, round(width * scale), round(height * scale))


def rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A filled rectangle with a thin edge."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="#bbbbbb" stroke-width="0.5"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str = "#666666") -> str:
    """A thin line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def words(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#111111") -> str:
    """A line of text; ``y`` is its foot."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def shade(share: float) -> tuple[str, str]:
    """Background and ink from white to dark blue: one hue, read by lightness alone."""
    light, dark = (255, 255, 255), (8, 48, 107)
    share = min(max(share, 0.0), 1.0) ** 0.7
    mixed = [round(a + (b - a) * share) for a, b in zip(light, dark, strict=True)]
    return "#" + "".join(f"{one:02x}" for one in mixed), "#ffffff" if share > 0.5 else "#111111"
