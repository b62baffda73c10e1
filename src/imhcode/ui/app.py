"""The program with its window."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from imhcode import settings as settings_module
from imhcode.ui import theme
from imhcode.ui.collecting import MainThreadCollector
from imhcode.ui.main_window import MainWindow


def run_window(paths: list[Path]) -> int:
    """Show the window, open ``paths`` in it, and return when it is closed.

    The window is painted before anything slow is loaded.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101  (nobody else makes one)
    app.setApplicationName("imhcode")
    settings = settings_module.load()
    theme.apply(app, theme.THEMES.get(settings.theme, theme.DARK))
    collector = MainThreadCollector()
    window = MainWindow(settings)
    window.show()
    if paths:
        QTimer.singleShot(0, lambda: window.open(paths))
    try:
        return app.exec()
    finally:
        collector.stop()
