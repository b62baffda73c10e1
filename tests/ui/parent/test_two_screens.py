"""With a desk and a television: the view stays on the one, everything else on the other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import two_screens

pytestmark = pytest.mark.gui


def test_only_the_view_is_on_the_television(tmp_path: Path):
    script = Path(two_screens.__file__)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": two_screens.configuration(tmp_path / "screens.json"),
        "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
    }
    run = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    assert json.loads(run.stdout) == {
        "chosen": "television",
        "stray": False,
        "dialog": False,
        "tips": [False],
        "back": True,
        "filled": True,
        "dragged": False,
    }
