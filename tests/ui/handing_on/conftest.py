"""A window on a study whose tape was watched together with a family."""

import shutil

import pytest

from watched_family import PRIVATE, make_watched_study


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    make_watched_study(folder).close()
    return folder


@pytest.fixture
def watched(made_once, tmp_path, driver):
    """The path of the study, which is open in the window."""
    shutil.copytree(made_once, tmp_path / "study")
    path = tmp_path / "study" / f"{PRIVATE}.imh"
    driver.open(path)
    return path
