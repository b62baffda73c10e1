"""A desk and a television, as a program of its own: the number of screens is fixed at its start."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolTip, QWidget

DESK, TELEVISION = QRect(0, 0, 1280, 800), QRect(1280, 0, 1920, 1080)


def configuration(path: Path) -> str:
    """What tells Qt's platform for tests of the two screens."""
    screens = [
        {
            "name": name,
            "x": room.x(),
            "y": room.y(),
            "width": room.width(),
            "height": room.height(),
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        for name, room in (("desk", DESK), ("television", TELEVISION))
    ]
    path.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return f"offscreen:configfile={path}"


def main() -> None:
    """Open the parent's view on the television, and try to get anything else there."""
    from imhcode.ui.parent.guard import Guard
    from imhcode.ui.parent.parent_view import ParentView
    from imhcode.ui.parent.showing import Showing
    from imhcode.ui.review.noting import Noting
    from imhcode.ui.review.review_model import ReviewModel
    from imhcode.ui.review.together_page import TogetherPage

    app = QApplication(sys.argv[:1])
    showing = Showing()
    page = TogetherPage(ReviewModel(), showing, Noting(showing))
    page.resize(900, 600)
    page.show()
    page.offer_screens()
    television = page.chosen_screen  # offered first: the clinician does not sit at it
    said: dict[str, object] = {"chosen": television.name()}
    strayed = QWidget()
    strayed.setGeometry(1400, 100, 300, 200)
    strayed.show()  # a window that was on the television before
    view = ParentView(showing)
    guard = Guard(view, 5)
    view.appear_on(television)
    guard.begin()
    said["stray"] = strayed.frameGeometry().intersects(TELEVISION)
    dialog = QDialog(page)
    dialog.move(1500, 300)
    dialog.resize(400, 300)
    dialog.show()
    said["dialog"] = dialog.frameGeometry().intersects(TELEVISION)
    QToolTip.showText(QPoint(1600, 500), "zq", page)
    tips = [one for one in app.topLevelWidgets() if isinstance(one, QLabel) and one.isVisible()]
    said["tips"] = [one.frameGeometry().intersects(TELEVISION) for one in tips]
    view.move(100, 100)  # as a window manager might
    QTest.qWait(50)
    said["back"] = view.geometry() == TELEVISION
    view.showNormal()
    view.setGeometry(200, 200, 300, 300)
    QTest.qWait(50)
    said["filled"] = view.geometry() == TELEVISION
    dialog.move(1500, 300)  # dragged there
    QTest.qWait(50)
    said["dragged"] = dialog.frameGeometry().intersects(TELEVISION)
    guard.end()
    view.put_away()
    print(json.dumps(said))


if __name__ == "__main__":
    main()
