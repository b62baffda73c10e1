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
        ``two-hands`` (transport on the right hand's letters) or ``arrows`` (all letters code).
    coder : str
        Id used for new observations.
    jump_s : float
        How far the jump keys go, in seconds.
    recent : tuple of str
        Studies opened lately, newest first.
    """

    theme: str = "dark"
    key_profile: str = "two-hands"
    coder: str = "coder1"
    jump_s: float = 2.0
    recent: tuple[str, ...] = ()

    def having_opened(self, study: Path) -> "Settings":
        """The same settings with ``study`` first among the recent ones."""
        first = str(study.absolute())
        others = (one for one in self.recent if one != first)
        return replace(self, recent=(first, *others)[:N_RECENT])


def settings_file() -> Path:
    """Where the settings of this person are kept; ``IMHCODE_CONFIG`` names another folder."""
    folder = os.environ.get("IMHCODE_CONFIG") or platformdirs.user_config_dir("imhcode", False)
    return Path(folder) / "settings.toml"


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
        if isinstance(usual, tuple) and isinstance(value, list):
            chosen[field.name] = tuple(str(one) for one in value)
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
