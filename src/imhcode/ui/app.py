"""The program with its window."""

import sys
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from imhcode import settings as settings_module
from imhcode.ui import theme
from imhcode.ui.collecting import MainThreadCollector
from imhcode.ui.languages.speaking import speak
from imhcode.ui.main_window import MainWindow


def run_window(paths: list[Path]) -> int:
    """Show the window, open ``paths`` in it, and return when it is closed.

    The window is painted before anything slow is loaded.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101  (nobody else makes one)
    app.setApplicationName("imhcode")
    settings = settings_module.load()
    theme.apply(
        app,
        theme.THEMES.get(settings.theme, theme.DARK),
        text_scale=theme.text_scale_of(settings.text_percent),
    )
    speak(app, settings.language)
    collector = MainThreadCollector()
    window = MainWindow(settings)
    sys.excepthook = partial(_own_up, window)
    window.show()
    if paths:
        QTimer.singleShot(0, lambda: window.open(paths))
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        collector.stop()


def _own_up(
    window: MainWindow,
    kind: type[BaseException],
    mistake: BaseException,
    trace: TracebackType | None,
) -> None:
    """Say in the window that we made a mistake, and go on."""
    from imhcode.services.mistakes import noted_in  # noqa: PLC0415  (only needed when all else failed)

    sys.__excepthook__(kind, mistake, trace)
    words = window.tr("This is a mistake in imhcode, not yours; what was acknowledged is saved.")
    noted = noted_in(mistake)
    where = window.tr("Where it happened was noted in {path}.").format(path=noted) if noted else ""
    window.say(f"{words} {where}".strip(), "trouble")
