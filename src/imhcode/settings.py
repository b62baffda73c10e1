"""What a person has set, in one TOML file; window geometry is kept by Qt, apart from it.

Only what differs from the default is written, so that a better default reaches everybody who has
not chosen.
"""

import json
import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

import platformdirs

N_RECENT = 8  #: studies the start page offers


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One person's choices.

    Attributes
    ----------
    theme : str
        ``dark``, ``light`` or ``high-contrast``.
    key_profile : str
        Which keys do what: ``two-hands``, ``arrows``, ``datavyu-pad``, ``elan``, or the id of a
        key map of the person's own (a file in :func:`key_maps_folder`).
    debounce_ms : int
        A code's key pressed again sooner than this was one press that bounced; 0: never.
    coder : str
        Id used for new observations.
    jump_s : float
        How far the jump keys go, in seconds.
    text_percent : int
        Size of all words, from 100 to 200.
    language : str
        What the window speaks: ``system``, or the code of a language such as ``en``.
    remember_recent : bool
        Whether the studies opened lately are remembered.
    recent : tuple of str
        Studies opened lately, newest first: paths of study files, never of recordings.
    walk_goes_on : bool
        Whether a walk goes on by itself once a target has its answer.
    lanes_of_pass : bool
        Whether the timeline shows the lanes of the pass only.
    reaction_ms : int
        How much earlier than it came a code's key counts while the picture plays.
    volume : float
        How loud, 0 to 1.
    muted : bool
        Whether nothing is heard.
    gain_db : float
        What is added to quiet recordings, decibels.
    grains : bool
        Whether single steps are heard.
    speeds : tuple of str
        What *slower* and *faster* go by, as numbers from 0.1 to 4; empty: the usual ones.
    sound_view : str
        ``waveform``, ``spectrogram`` or ``off``.
    camera_layout : str
        ``side-by-side``, ``one-large`` or ``inset``.
    stills_interval_s : float
        How far apart the pictures of the last time-lapse were taken, seconds.
    parent_view_idle_min : float
        Minutes without a key or a moving picture after which the parent's view is blank; 0: never.
    rest_reminder : bool
        Whether to be reminded of resting.
    rest_eyes_min, rest_hands_min : float
        Minutes of work after which eyes, and hands, are due for a rest.
    """

    theme: str = "dark"
    key_profile: str = "two-hands"
    debounce_ms: int = 150
    coder: str = "coder1"
    jump_s: float = 2.0
    text_percent: int = 100
    language: str = "system"
    remember_recent: bool = True
    recent: tuple[str, ...] = ()
    walk_goes_on: bool = True
    lanes_of_pass: bool = True
    reaction_ms: int = 0
    volume: float = 1.0
    muted: bool = False
    gain_db: float = 0.0
    grains: bool = True
    speeds: tuple[str, ...] = ()
    sound_view: str = "waveform"
    camera_layout: str = "side-by-side"
    stills_interval_s: float = 1.0
    parent_view_idle_min: float = 5.0
    rest_reminder: bool = True
    rest_eyes_min: float = 20.0
    rest_hands_min: float = 50.0

    def having_opened(self, study: Path) -> "Settings":
        """The same settings with ``study`` first among the recent ones, if any are remembered."""
        if not self.remember_recent:
            return replace(self, recent=())
        first = str(study.absolute())
        others = (one for one in self.recent if one != first)
        return replace(self, recent=(first, *others)[:N_RECENT])


def settings_file() -> Path:
    """Where the settings of this person are kept; ``IMHCODE_CONFIG`` names another folder."""
    folder = os.environ.get("IMHCODE_CONFIG") or platformdirs.user_config_dir("imhcode", False)
    return Path(folder) / "settings.toml"


def key_maps_folder() -> Path:
    """Where the key maps a person has made are kept, one file each."""
    return settings_file().parent / "keys"


def data_folder() -> Path:
    """Where drafts are kept; ``IMHCODE_DATA`` names another folder."""
    folder = os.environ.get("IMHCODE_DATA") or platformdirs.user_data_dir("imhcode", False)
    return Path(folder)


def load(path: Path | None = None) -> Settings:
    """The settings as written; a missing or broken file, or a strange value, means the default."""
    try:
        written = tomllib.loads((path or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    default = Settings()
    chosen: dict[str, object] = {}
    for field in fields(Settings):
        value, usual = written.get(field.name), getattr(default, field.name)
        if isinstance(usual, bool) or isinstance(value, bool):  # to Python a bool is an int
            if type(usual) is type(value):
                chosen[field.name] = value
        elif isinstance(usual, tuple) and isinstance(value, list):
            chosen[field.name] = tuple(str(one) for one in value)
        elif isinstance(usual, int) and isinstance(value, int):
            chosen[field.name] = value
        elif isinstance(usual, float) and isinstance(value, int | float):
            chosen[field.name] = float(value)
        elif isinstance(usual, str) and isinstance(value, str):
            chosen[field.name] = value
    return replace(default, **chosen)  # type: ignore[arg-type]  # types were just compared


def save(settings: Settings, path: Path | None = None) -> None:
    """Write what differs from the default; a disk that refuses is no reason to stop coding."""
    path = path or settings_file()
    default = Settings()
    lines = [
        f"{field.name} = {json.dumps(getattr(settings, field.name), ensure_ascii=False)}\n"
        for field in fields(Settings)
        if getattr(settings, field.name) != getattr(default, field.name)
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.write_text("".join(lines), encoding="utf-8")
        half.replace(path)
    except OSError:
        return
