"""Make the pictures of the window that the documents show: ``python tools/make_pictures.py``.

The real window, without a screen, on the demo study; again after every change of how it looks.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PICTURES = (
    ("window-dark", "dark", (1280, 800)),
    ("window-light", "light", (1280, 800)),
    ("window-high-contrast", "high-contrast", (1280, 800)),
    ("window-large", "dark", (1920, 1080)),
)


def main() -> int:
    """Write every picture; say its name."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IMHCODE_CONFIG"] = os.environ["IMHCODE_DATA"] = folder
        from PySide6.QtWidgets import QApplication

        from imhcode.services.demo import make_demo

        app = QApplication([])
        study = make_demo(Path(folder) / "demo")
        FOLDER.mkdir(exist_ok=True)
        for name, theme_name, size in PICTURES:
            picture(app, study, theme_name, size, FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
    return 0


def picture(app, study: Path, theme_name: str, size: tuple[int, int], to: Path) -> None:
    """One picture: the bids of the sample being coded."""
    from imhcode.settings import Settings
    from imhcode.ui import theme
    from imhcode.ui.main_window import MainWindow

    def wait(true: Callable[[], object]) -> None:
        end = time.monotonic() + 30
        while not true() and time.monotonic() < end:
            app.processEvents()
            time.sleep(0.01)

    theme.apply(app, theme.THEMES[theme_name])
    window = MainWindow(Settings(theme=theme_name))
    window.resize(*size)
    window.show()
    window.open([study])
    wait(lambda: window.space.picture.painted)
    window.space.choose_pass("bids")
    bids = list(window.space.model.observation.timeline.lane("infant_bid"))
    window.space.model.select(bids[1].id)
    window.space.go_to(bids[1])
    wait(lambda: window.space.picture.painted.frame == bids[1].onset_frame)
    for _ in range(20):
        app.processEvents()
        time.sleep(0.01)
    window.grab().save(str(to))
    window.close()


if __name__ == "__main__":
    sys.exit(main())
