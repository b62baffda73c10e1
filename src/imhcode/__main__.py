"""The program's door: ``python -m imhcode``, ``imhcode`` and ``imhcode-window``."""

import sys
from pathlib import Path

from imhcode.cli.main import main as run


def main() -> int:
    """Run the command line; it opens the window where that is asked for."""
    return run(open_window=_open_window)


def _open_window(paths: list[Path]) -> int:
    from imhcode.ui.app import run_window  # noqa: PLC0415  (Qt, only for a window)

    return run_window(paths)


if __name__ == "__main__":
    sys.exit(main())
