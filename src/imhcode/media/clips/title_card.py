"""Words on a plain ground, large enough to be read from the sofa."""

import warnings

import numpy as np
from numpy.typing import NDArray

_GROUND, _WORDS = "#1d2125", "#f4f1ea"
_SIZE = 0.075  # height of a line of words, as a share of the picture's shorter side


def title_card(text: str, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Draw a text into the middle of a picture.

    Parameters
    ----------
    text : str
        In any language that the font DejaVu Sans has letters for; long lines are broken.
    size : (int, int)
        Width and height of the picture, pixels.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
        Red, green, blue.
    """
    # Matplotlib because OpenCV's letters end with ASCII; a second, once a clip with cards.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    width, height = size
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=_GROUND)
    canvas = FigureCanvasAgg(figure)
    for smaller in (1.0, 0.8, 0.6, 0.45, 0.3):
        figure.texts.clear()
        words = figure.text(
            0.5,
            0.5,
            _broken(text, smaller, size),
            ha="center",
            va="center",
            color=_WORDS,
            fontsize=_SIZE * smaller * min(size),
            linespacing=1.4,
            parse_math=False,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a letter that the font lacks is drawn as a box
            canvas.draw()  # type: ignore[no-untyped-call]
            extent = words.get_window_extent()
        if extent.width <= 0.9 * width and extent.height <= 0.9 * height:
            break
    drawn = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    pixels = np.asarray(drawn, dtype=np.uint8)[:height, :width, :3]
    return np.ascontiguousarray(pixels)


def _broken(text: str, smaller: float, size: tuple[int, int]) -> str:
    """Break lines between words so that none is much longer than the picture is wide."""
    import textwrap  # noqa: PLC0415

    letters = max(8, int(0.86 * size[0] / (0.6 * _SIZE * smaller * min(size))))
    lines = [textwrap.fill(line, letters) for line in text.splitlines()]
    return "\n".join(lines)
