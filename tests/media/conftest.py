"""Clips made once a run, and a player whose time is set by hand."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clips import Clip, make_clip
from imhcode.media.picture import Picture
from imhcode.media.player import Player
from imhcode.media.source import open_source

PATIENCE_S = 20.0


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Clip]:
    """Make a clip of a kind, the first time it is asked for."""
    folder: Path = tmp_path_factory.mktemp("clips")
    made: dict[str, Clip] = {}

    def one(name: str) -> Clip:
        if name not in made:
            made[name] = make_clip(folder, name)
        return made[name]

    return one


class Stage:
    """A player, its hand-set clock, and what it told."""

    def __init__(self, path: Path) -> None:
        self.now_us = 0
        self.told: list[Picture] = []
        self.troubles: list[Exception] = []
        self._word = threading.Condition()
        self.player = Player(
            open_source(path),
            on_picture=self._on_picture,
            on_trouble=self._on_trouble,
            now_ns=lambda: self.now_us * 1_000,
        )

    def _on_picture(self, picture: Picture) -> None:
        with self._word:
            self.told.append(picture)
            self._word.notify_all()

    def _on_trouble(self, error: Exception) -> None:
        with self._word:
            self.troubles.append(error)
            self._word.notify_all()

    def settle(self) -> None:
        """Wait until the decoder has nothing left to do at this time."""
        assert self.player._decoder.wait_until_ready(PATIENCE_S)

    def at(self, now_us: int) -> Picture | None:
        """Set the clock, let the decoder catch up, take."""
        self.now_us = now_us
        self.settle()
        return self.player.take()


@pytest.fixture
def stage(clip: Callable[[str], Clip]) -> Iterator[Callable[[str], Stage]]:
    made: list[Stage] = []

    def one(name: str) -> Stage:
        made.append(Stage(clip(name).path))
        return made[-1]

    yield one
    for each in made:
        each.player.close()
