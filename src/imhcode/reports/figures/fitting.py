"""Words made to fit the room that a printed figure has for them."""

from dataclasses import replace
from textwrap import fill

from imhcode.analysis.figure import Bar, Mark, Note, Panel

LETTER_MM = 1.45  #: what a letter takes on the average
LINE_MM = 3.9


def wrapped(text: str, room_mm: float) -> str:
    """The text in lines; a single word that is too long stays whole."""
    return fill(
        text, max(int(room_mm / LETTER_MM), 4), break_long_words=False, break_on_hyphens=False
    )


def shortened(text: str, room_mm: float) -> str:
    """The text, or the beginning of it with an ellipsis; nothing where that says nothing.

    >>> shortened("Play with toys", 100), shortened("Play with toys", 13)
    ('Play with toys', 'Play wit…')
    """
    n = int(room_mm / LETTER_MM)
    if len(text) <= n + 1:
        return text
    return f"{text[:n].rstrip()}…" if n >= 3 else ""


def n_lines(texts: tuple[str, ...]) -> int:
    r"""How many lines the longest of them has.

    >>> n_lines(("one", "one\ntwo"))
    2
    """
    return max((one.count("\n") + 1 for one in texts), default=1)


def with_fitting_notes(panel: Panel, width_mm: float) -> Panel:
    """The panel with names of stretches, such as episodes, that stay inside them."""
    if not (panel.y.downwards and panel.y.categories):
        return panel
    mm = width_mm / (panel.x.high - panel.x.low)
    bars = [one for one in panel.marks if isinstance(one, Bar)]

    def fitting(mark: Mark) -> Mark:
        if not isinstance(mark, Note):
            return mark
        around = [one for one in bars if one.x0 <= mark.x <= one.x1 and one.y0 <= mark.y <= one.y1]
        if not around:
            return mark
        room = min(one.x1 - one.x0 for one in around) * mm
        return replace(mark, text=shortened(mark.text, room))

    return replace(panel, marks=tuple(map(fitting, panel.marks)))
