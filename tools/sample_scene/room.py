"""The room around them: wall, window, floor, mat, cushion; drawn once for each camera."""

import numpy as np

from sample_scene.canvas import Canvas, Picture, View, colour, curve, ellipse, mix

_WALL, _WALL_LOW = colour("#efe6d8"), colour("#e6d8c5")
_FLOOR, _FLOOR_FAR = colour("#d9b68f"), colour("#cda57c")
_FLOOR_LINE = 404.0


def _box(
    left: float, top: float, right: float, bottom: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def drawn_room(view: View) -> Picture:
    """Return the empty room as one camera sees it, at drawing size."""
    canvas = Canvas(view)
    canvas.fill(_box(-400, -900, 1400, _FLOOR_LINE), _WALL)
    for step in range(24):
        top = _FLOOR_LINE - 220 + 10 * step
        if top < _FLOOR_LINE:
            canvas.fill(_box(-400, top, 1400, _FLOOR_LINE), _WALL_LOW, 0.06)
    _window(canvas)
    _shelf(canvas)
    _bunting(canvas)
    canvas.fill(_box(-400, _FLOOR_LINE, 1400, 1300), _FLOOR)
    for step in range(8):
        canvas.fill(_box(-400, _FLOOR_LINE, 1400, _FLOOR_LINE + 6 + 9 * step), _FLOOR_FAR, 0.13)
    for row in range(14):
        y = _FLOOR_LINE + 14 * row + 3.2 * row**2
        canvas.stroke(np.array([[-400.0, y], [1400.0, y]]), 1.4, colour("#bd9469"), 0.45)
    canvas.fill(_box(-400, _FLOOR_LINE - 15, 1400, _FLOOR_LINE), colour("#f7f0e4"))
    canvas.fill(_box(-400, _FLOOR_LINE - 2, 1400, _FLOOR_LINE), colour("#d9c7ae"))
    _plant(canvas)
    _mat(canvas)
    _cushion(canvas)
    _basket(canvas)
    canvas.glow((270, 508), 230, 34, colour("#8b6f58"), 0.55)  # where the two people sit
    canvas.glow((640, 506), 140, 26, colour("#8b6f58"), 0.5)
    _things_in_front(canvas)
    canvas.glow((480, -60), 900, 560, (220, 244, 255), 0.16)
    return canvas.large


def _window(canvas: Canvas) -> None:
    canvas.fill(_box(414, -8, 566, 206), colour("#f9f4ea"))
    canvas.fill(_box(424, 2, 556, 196), colour("#cfe3e6"))
    with canvas.clipped(_box(424, 2, 556, 196)):
        canvas.glow((500, 20), 120, 90, (255, 255, 255), 0.7)
        for x, y, r in ((430, 196, 46), (478, 206, 40), (540, 200, 56)):
            canvas.fill(ellipse((x, y), r, r * 0.9), colour("#b5cfae"))
        for x, y, r in ((456, 214, 40), (516, 212, 44)):
            canvas.fill(ellipse((x, y), r, r * 0.9), colour("#9fc09c"))
    canvas.fill(_box(486, 2, 494, 196), colour("#f9f4ea"))
    canvas.fill(_box(424, 92, 556, 98), colour("#f9f4ea"))
    canvas.fill(_box(404, 204, 576, 216), colour("#fffaf0"))
    canvas.fill(_box(404, 214, 576, 218), colour("#d6c6ae"))
    for side, x in ((-1, 410.0), (1, 570.0)):
        cloth = curve(
            [
                (x, -26),
                (x - side * 26, 60),
                (x - side * 16, 150),
                (x - side * 6, 226),
                (x + side * 24, 226),
                (x + side * 26, 100),
                (x + side * 28, -26),
            ],
            closed=True,
        )
        canvas.fill(cloth, colour("#e8b9a2"), 0.95)
        for fold in (4, 14):
            canvas.stroke(
                curve(
                    [
                        (x + side * fold, -20),
                        (x + side * (fold - 8), 110),
                        (x + side * (fold + 2), 222),
                    ]
                ),
                2.4,
                colour("#d69f86"),
                0.7,
            )
    canvas.stroke(np.array([[372.0, -30.0], [608.0, -30.0]]), 6, colour("#b58a62"))


def _shelf(canvas: Canvas) -> None:
    canvas.fill(_box(726, 196, 912, 206), colour("#c79a6c"))
    canvas.fill(_box(726, 206, 912, 210), colour("#a87c52"))
    x = 740.0
    for wide, high, paint in (
        (14, 54, "#8fae9f"),
        (11, 62, "#d98d73"),
        (16, 48, "#e3c07d"),
        (12, 58, "#7f93b0"),
        (10, 50, "#b88fa6"),
    ):
        canvas.fill(_box(x, 196 - high, x + wide, 196), colour(paint))
        canvas.fill(
            _box(x + 2, 196 - high + 8, x + wide - 2, 196 - high + 12), (255, 255, 255), 0.5
        )
        x += wide + 2
    canvas.fill(ellipse((872, 172), 25, 24), colour("#c8a07a"))
    canvas.fill(ellipse((872, 138), 20, 18), colour("#c8a07a"))
    for side in (-1, 1):
        canvas.fill(ellipse((872 + 15 * side, 124), 8, 8), colour("#b58b64"))
        canvas.fill(ellipse((872 + 7 * side, 136), 2, 2.4, count=12), colour("#4a352a"))
    canvas.fill(ellipse((872, 144), 8, 6), colour("#e3c6a4"))
    canvas.fill(ellipse((872, 142), 2.6, 2, count=12), colour("#4a352a"))
    canvas.fill(_box(64, 60, 176, 196), colour("#c79a6c"))
    canvas.fill(_box(72, 68, 168, 188), colour("#fbf6ec"))
    with canvas.clipped(_box(72, 68, 168, 188)):
        canvas.fill(ellipse((140, 98), 14, 14), colour("#f0c26f"))
        canvas.fill(
            curve([(60, 190), (86, 142), (116, 160), (150, 126), (190, 190)], closed=True),
            colour("#a9c3b0"),
        )
        canvas.fill(
            curve([(60, 200), (110, 164), (150, 178), (190, 160), (190, 210)], closed=True),
            colour("#8fae9f"),
        )


def _bunting(canvas: Canvas) -> None:
    line = curve([(-60, -110), (240, -56), (480, -48), (720, -56), (1040, -110)], steps=16)
    canvas.stroke(line, 2.2, colour("#b39a80"))
    paints = [colour(c) for c in ("#e3a18a", "#f0cf95", "#a9c7b4", "#a9b8cf", "#cdb0c4")]
    for number, place in enumerate(range(3, len(line) - 3, 4)):
        a, b = line[place], line[place + 2]
        canvas.fill(np.vstack([a, b, (a + b) / 2 + (0, 40)]), paints[number % 5])
    for x, y, size in ((280, -206, 1.0), (690, -160, 0.8)):
        for dx, dy, r in ((-40, 8, 22), (-12, -6, 30), (24, -2, 26), (48, 10, 18), (4, 12, 26)):
            canvas.fill(
                ellipse((x + dx * size, y + dy * size), r * size, r * size * 0.8), colour("#f8f2e8")
            )


def _plant(canvas: Canvas) -> None:
    root = np.array([884.0, 350.0])
    for angle, long in (
        (-2.6, 88),
        (-2.2, 118),
        (-1.85, 140),
        (-1.45, 146),
        (-1.1, 124),
        (-0.7, 96),
    ):
        tip = root + long * np.array([np.cos(angle), np.sin(angle)])
        aside = 16 * np.array([-np.sin(angle), np.cos(angle)])
        middle = (root + tip) / 2 + (0, -10)
        canvas.fill(
            curve([root, middle + aside, tip, middle - aside], closed=True),
            mix(colour("#7ea487"), colour("#5f8a6f"), abs(np.sin(long))),
        )
        canvas.stroke(curve([root, middle, tip]), 1.8, colour("#a6c4a4"), 0.7)
    canvas.glow((884, 430), 70, 14, colour("#8b6f58"), 0.6)
    canvas.fill(
        curve([(846, 344), (852, 424), (884, 430), (916, 424), (922, 344)], closed=True),
        colour("#d98d73"),
    )
    canvas.fill(_box(842, 336, 926, 352), colour("#c87b61"))


def _mat(canvas: Canvas) -> None:
    canvas.fill(ellipse((478, 506), 474, 92, count=90), colour("#b78f6c"), 0.45)
    canvas.fill(ellipse((478, 500), 470, 90, count=90), colour("#dcc3bd"))
    canvas.fill(ellipse((478, 500), 444, 80, count=90), colour("#ecdcd3"))
    rim = ellipse((478, 500), 400, 66, count=90)
    canvas.stroke(np.vstack([rim, rim[:1]]), 4, colour("#dcb9ae"), 0.9)
    for place in range(0, 90, 6):
        x, y = ellipse((478, 500), 424, 73, count=90)[place]
        canvas.fill(ellipse((x, y), 5, 3, count=14), colour("#c99a8c"), 0.8)


def _cushion(canvas: Canvas) -> None:
    canvas.glow((700, 500), 160, 30, colour("#8b6f58"), 0.55)
    shape = curve(
        [
            (600, 330),
            (690, 296),
            (772, 322),
            (806, 410),
            (792, 488),
            (700, 508),
            (612, 500),
            (580, 420),
        ],
        closed=True,
    )
    canvas.fill(shape, colour("#a9b8a8"))
    with canvas.clipped(shape):
        canvas.glow((790, 480), 110, 130, colour("#8a9d8c"), 0.8)
        for x in range(570, 830, 34):
            for y in range(300, 520, 34):
                canvas.fill(
                    ellipse((x + 17 * ((y // 34) % 2), y), 3.2, 3.2, count=12),
                    colour("#c6d1c2"),
                    0.9,
                )


def _basket(canvas: Canvas) -> None:
    canvas.glow((98, 500), 96, 20, colour("#8b6f58"), 0.55)
    for x, y, r, paint in (
        (70, 416, 24, "#a9b8cf"),
        (104, 408, 26, "#f0cf95"),
        (134, 418, 20, "#e3a18a"),
    ):
        canvas.fill(ellipse((x, y), r, r * 0.8), colour(paint))
    canvas.fill(
        curve([(30, 422), (44, 490), (98, 500), (152, 490), (166, 422), (98, 432)], closed=True),
        colour("#c9a273"),
    )
    for row in (444, 462, 480):
        canvas.stroke(
            curve([(38, row - 4), (98, row + 4), (158, row - 4)]), 2.4, colour("#ab8255"), 0.8
        )
    canvas.stroke(curve([(28, 422), (98, 434), (168, 422)]), 8, colour("#b88f60"))


def _things_in_front(canvas: Canvas) -> None:
    """Draw toys on the floor that only the upright phone picture reaches."""
    canvas.glow((330, 700), 70, 16, colour("#8b6f58"), 0.5)
    canvas.fill(ellipse((330, 664), 44, 44), colour("#e3a18a"))
    with canvas.clipped(ellipse((330, 664), 44, 44)):
        canvas.stroke(curve([(280, 650), (330, 672), (384, 646)]), 16, colour("#f7ead2"))
        canvas.glow((314, 640), 26, 22, (255, 255, 255), 0.5)
    for left, top, paint in ((560, 668, "#8fae9f"), (616, 676, "#e3c07d"), (590, 620, "#7f93b0")):
        canvas.fill(_box(left, top, left + 50, top + 50), colour(paint))
        canvas.fill(_box(left + 9, top + 9, left + 41, top + 41), (255, 255, 255), 0.28)
        canvas.fill(ellipse((left + 25, top + 25), 10, 10), colour(paint))
