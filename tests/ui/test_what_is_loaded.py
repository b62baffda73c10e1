"""The window paints before anything slow is loaded; below it, nothing needs Qt."""

import subprocess
import sys

SLOW = [
    "pandas",
    "scipy",
    "pyqtgraph",
    "matplotlib",
    "cv2",
    "sqlalchemy",
    "av",
    "pydantic",
    "ruamel",
]


def modules_after(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program + "\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_window_loads_nothing_slow():
    program = "from PySide6.QtWidgets import QApplication\nfrom imhcode.ui.app import run_window\nfrom imhcode.ui.main_window import MainWindow\nfrom imhcode.settings import Settings\napp = QApplication([])\nwindow = MainWindow(Settings())\nwindow.show()\napp.processEvents()"
    assert modules_after(program).isdisjoint(SLOW)


def test_everything_below_the_window_works_without_qt():
    program = """
import importlib, pkgutil, sys
sys.modules["PySide6"] = None
import imhcode
for found in pkgutil.walk_packages(imhcode.__path__, "imhcode."):
    if not found.name.startswith(("imhcode.ui", "imhcode.__main__", "imhcode.reports.pdf")):
        importlib.import_module(found.name)
"""
    assert "imhcode.services.studies" in modules_after(program)
