"""What every test gets: no screen, no network, no trace in the user's own settings."""

import faulthandler
import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
faulthandler.enable()


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp) -> None:
    """The application that widgets need, before printing a page makes do with a smaller one."""


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, drafts and window geometry of a person who has never used the program."""
    folder = tmp_path_factory.mktemp("person")
    monkeypatch.setenv("IMHCODE_CONFIG", str(folder / "config"))
    monkeypatch.setenv("IMHCODE_DATA", str(folder / "data"))
    from PySide6.QtCore import QSettings

    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "qt"))
    return folder
