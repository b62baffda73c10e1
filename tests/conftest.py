"""What every test gets: no screen, no network, no trace in the user's own settings."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
