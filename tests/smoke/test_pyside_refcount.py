"""PySide6 6.12.0 gives one reference to None away with nearly every call that returns it.

Up to Python 3.11 the process aborts when they are used up, within seconds of painting.
"""

import gc
import sys

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

CALLS = 500


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="from Python 3.12 on None is immortal and nothing is lost"
)
@pytest.mark.parametrize(
    "call",
    [
        lambda painter: painter.setPen(QColor("black")),
        lambda painter: painter.fillRect(QRect(0, 0, 2, 2), QColor("black")),
        lambda painter: (painter.save(), painter.restore()),
    ],
    ids=["setPen", "fillRect", "save and restore"],
)
def test_painting_leaves_the_references_to_none_alone(call):
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    gc.collect()
    gc.disable()  # what it throws away holds references to None, too
    try:
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            call(painter)
        lost = before - sys.getrefcount(None)
    finally:
        gc.enable()
        painter.end()
    assert lost < CALLS / 2
