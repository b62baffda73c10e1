"""Key maps of a person's own: small TOML files that can be sent to another coder.

A file holds only what differs from the profile it began with::

    name = "With a foot pedal"
    based_on = "arrows"

    [keys]
    jump_back = ["Ctrl+Left", "F13"]

Actions that this version of the program does not know are left out.
"""

import json
import re
import tomllib
from pathlib import Path

from imhcode import settings as settings_module
from imhcode.ui.actions import ACTIONS_BY_ID, PROFILES
from imhcode.ui.errors import KeyMapTrouble, NoKeyMap
from imhcode.ui.keys.chords import read_chord
from imhcode.ui.keys.key_map import KeyMap, laid_over
from imhcode.ui.keys.profiles import profile

SUFFIX = ".toml"
_LONGEST_NAME = 60
_LARGEST_FILE = 100_000  # bytes; a map of every action has some 4,000


def read_key_map(path: Path) -> KeyMap:
    """The key map in a file.

    Raises
    ------
    NoKeyMap
        It holds something else, or two actions want the same key.
    KeyMapTrouble
        It cannot be read.
    """
    name = path.name
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise NoKeyMap(name=name, why="it is too large")
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise KeyMapTrouble(name=name, why=failure.strerror or "it cannot be read") from failure
    except ValueError as failure:
        raise NoKeyMap(name=name, why="it is not TOML") from failure
    based_on, listed = written.get("based_on"), written.get("keys")
    if based_on not in PROFILES or not isinstance(listed, dict):
        raise NoKeyMap(name=name, why="it says neither what it is based on nor which keys it has")
    different = {
        action: _chords(name, action, chords)
        for action, chords in listed.items()
        if action in ACTIONS_BY_ID
    }
    title = str(written.get("name") or path.stem)[:_LONGEST_NAME]
    keys = laid_over(profile(based_on).keys, different)
    found = KeyMap(path.stem, title, based_on, keys)
    for chord, one, other in found.clashes():
        raise NoKeyMap(name=name, why=f"{chord} stands for both {one} and {other}")
    return found


def write_key_map(key_map: KeyMap, path: Path) -> None:
    """Write a key map of one's own, in place of what was there.

    Raises
    ------
    KeyMapTrouble
        The disk would not.
    """
    usual = profile(key_map.based_on).keys
    lines = [f"name = {_text(key_map.name)}\n", f"based_on = {_text(key_map.based_on)}\n"]
    lines.append("\n[keys]\n")
    for action, chords in key_map.keys.items():
        if chords != usual.get(action, ()):
            lines.append(f"{action} = [{', '.join(_text(chord) for chord in chords)}]\n")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.write_text("".join(lines), encoding="utf-8")
        half.replace(path)
    except OSError as failure:
        raise KeyMapTrouble(name=key_map.name, why=failure.strerror or "disk") from failure


def own_key_maps() -> list[KeyMap]:
    """Every readable key map of the person's own, by name; a broken file is left out."""
    found = []
    for path in sorted(settings_module.key_maps_folder().glob(f"*{SUFFIX}")):
        try:
            found.append(read_key_map(path))
        except (NoKeyMap, KeyMapTrouble):
            continue
    return sorted(found, key=lambda one: one.name.casefold())


def key_map_called(map_id: str) -> KeyMap:
    """The key map that the settings name; one that has gone means the first profile."""
    if map_id in PROFILES:
        return profile(map_id)
    return next((one for one in own_key_maps() if one.id == map_id), profile(PROFILES[0]))


def path_of(map_id: str) -> Path:
    """Where a key map of one's own is kept."""
    return settings_module.key_maps_folder() / f"{map_id}{SUFFIX}"


def free_id(name: str) -> str:
    """A file name for a new key map of that name, which nobody has yet."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:_LONGEST_NAME] or "keys"
    if stem in PROFILES:
        stem = f"my-{stem}"
    number, free = 1, stem
    while path_of(free).exists():
        number += 1
        free = f"{stem}-{number}"
    return free


def _chords(name: str, action: str, listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list):
        raise NoKeyMap(name=name, why=f"the keys of {action} are no list")
    chords = tuple(read_chord(str(one)) for one in listed)
    if not all(chords):
        raise NoKeyMap(name=name, why=f"{listed[chords.index('')]} is no key (at {action})")
    return tuple(dict.fromkeys(chords))


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
