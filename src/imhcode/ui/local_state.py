"""Where Qt keeps what a person did not choose but would miss: geometry, looks, time worked."""

import os

from PySide6.QtCore import QSettings

from imhcode.settings import settings_file


def local_state() -> QSettings:
    """The one place on this computer; beside the settings where ``IMHCODE_CONFIG`` says so."""
    if os.environ.get("IMHCODE_CONFIG"):
        beside = settings_file().with_name("window.ini")
        return QSettings(str(beside), QSettings.Format.IniFormat)
    return QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, "imhcode", "imhcode")
