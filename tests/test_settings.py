"""What a person has set comes back as it was; what is strange comes back as the default."""

from pathlib import Path

import pytest

from imhcode.settings import N_RECENT, Settings, load, save


def test_every_kind_of_setting_comes_back(tmp_path):
    path = tmp_path / "settings.toml"
    chosen = Settings(
        theme="light",
        debounce_ms=0,
        text_percent=150,
        remember_recent=False,
        rest_reminder=False,
        rest_eyes_min=25.5,
        recent=("ä b.imh",),
    )
    save(chosen, path)
    assert load(path) == chosen


def test_only_what_differs_is_written(tmp_path):
    path = tmp_path / "settings.toml"
    save(Settings(text_percent=125), path)
    assert path.read_text("utf-8") == "text_percent = 125\n"


@pytest.mark.parametrize(
    "line",
    [
        "text_percent = true",
        'text_percent = "150"',
        "text_percent = 150.5",
        "rest_reminder = 0",
        "recent = 3",
        "debounce_ms = [1]",
    ],
)
def test_a_value_of_another_kind_means_the_default(tmp_path, line):
    path = tmp_path / "settings.toml"
    path.write_text(f"{line}\n", encoding="utf-8")
    assert load(path) == Settings()


def test_a_whole_number_will_do_for_a_length_of_time(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("rest_eyes_min = 30\n", encoding="utf-8")
    assert load(path).rest_eyes_min == 30.0


def test_the_newest_studies_come_first_once_each():
    settings = Settings()
    for n in (*range(N_RECENT + 3), 5):
        settings = settings.having_opened(Path(f"{n}.imh"))
    names = [Path(one).stem for one in settings.recent]
    assert names[0] == "5"
    assert len(names) == len(set(names)) == N_RECENT


def test_who_does_not_want_to_be_remembered_is_not():
    settings = Settings(remember_recent=False, recent=("old.imh",))
    assert settings.having_opened(Path("new.imh")).recent == ()
