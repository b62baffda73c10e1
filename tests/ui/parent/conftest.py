"""A living room: see :mod:`living_room`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from beeping_clips import make_beeping_clip
from imhcode.media.sound_recorder import RecordingSink
from imhcode.ui import theme
from living_room import LivingRoom


@pytest.fixture(scope="session")
def beeping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parent") / "room.mp4"
    return make_beeping_clip(path, (1.0, 2.0), n_frames=150)


@pytest.fixture
def room(qtbot: QtBot, qapp) -> Iterator[LivingRoom]:
    theme.apply(qapp, theme.DARK)
    made = LivingRoom(qtbot, RecordingSink(works=False))
    yield made
    made.leave()
