"""The key maps we ship, each by what it has different from the usual keys of the actions."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from imhcode.ui.actions import ACTIONS, PROFILES
from imhcode.ui.keys.key_map import KeyMap, laid_over

_Keys = Mapping[str, tuple[str, ...]]

#: The controller of Datavyu on the number pad; all letters stay free for codes.
_DATAVYU: _Keys = {
    "onset_here": ("[", "Num+7"),
    "play": ("Num+8",),
    "offset_here": ("]", "Num+9", "Num+."),
    "shuttle_back": ("Num+4",),
    "stop": ("Num+5",),
    "shuttle_forward": ("Num+6",),
    "frame_back": ("Left", "Num+1"),
    "toggle_play": ("Space", "Num+2"),
    "frame_forward": ("Right", "Num+3"),
    "code_again": ("Return", "Num+Enter", "Num+0", "Num+/", "Enter"),
    "go_to_onset": ("Num++",),
    "go_to_offset": ("Shift+Num++",),
    "jump_back": ("Ctrl+Left", "Num+-"),
    "jump_forward": ("Ctrl+Right", "Shift+Num+-"),
    "loop_event": ("Ctrl+L", "Ctrl+Num++"),
    "zoom_fit": ("Ctrl+9", "Num+*"),
}

#: The annotation mode of ELAN.
_ELAN: _Keys = {
    "toggle_play": ("Space", "Ctrl+Space"),
    "play_event": ("Shift+Space", "Ctrl+Shift+Space"),
    "frame_back": ("Left", "Ctrl+Left"),
    "frame_forward": ("Right", "Ctrl+Right"),
    "jump_back": ("Ctrl+Alt+Left",),
    "jump_forward": ("Ctrl+Alt+Right",),
    "page_back": ("Ctrl+PgUp", "PgUp"),
    "page_on": ("Ctrl+PgDown", "PgDown"),
    "previous_pass": ("Alt+PgUp",),
    "next_pass": ("Alt+PgDown",),
    "go_to_start": ("Home", "Ctrl+B"),
    "go_to_end": ("End", "Ctrl+E"),
    "toggle_sessions": ("Ctrl+Alt+B",),
    "previous_event": ("Up", "Alt+Left"),
    "next_event": ("Down", "Alt+Right"),
    "previous_edge": ("Ctrl+Alt+Up",),
    "next_edge": ("Ctrl+Alt+Down",),
    "onset_here": ("[", "Ctrl+["),
    "offset_here": ("]", "Ctrl+]"),
    "code_again": ("Return", "Alt+N", "Enter"),
    "delete_selected": ("Del", "Alt+D", "Ctrl+Shift+D"),
    "split_here": ("Ctrl+J", "Ctrl+D"),
    "join_events": ("Ctrl+Alt+J",),
    "zoom_fit": ("Ctrl+0", "Ctrl+9"),
    "natural_speed": ("Ctrl+Alt+0",),
}


def _right_hand() -> _Keys:
    return {spec.id: (*spec.keys, spec.pad) for spec in ACTIONS if spec.pad}


_DIFFERENT: dict[str, _Keys] = {
    "two-hands": _right_hand(),
    "arrows": {},
    "datavyu-pad": _DATAVYU,
    "elan": _ELAN,
}


def profile(profile_id: str) -> KeyMap:
    """A built-in key map; of a name we do not know, the first."""
    known = profile_id if profile_id in _DIFFERENT else PROFILES[0]
    usual = {spec.id: spec.keys for spec in ACTIONS}
    return KeyMap(known, profile_name(known), "", laid_over(usual, _DIFFERENT[known]))


def profile_name(profile_id: str) -> str:
    """What people call a built-in key map."""
    return {
        "two-hands": QCoreApplication.translate("profiles", "Two hands"),
        "arrows": QCoreApplication.translate("profiles", "Arrows"),
        "datavyu-pad": QCoreApplication.translate("profiles", "Datavyu pad"),
        "elan": QCoreApplication.translate("profiles", "ELAN"),
    }[profile_id]


def profile_purpose(profile_id: str) -> str:
    """What a built-in key map is for, in a sentence."""
    return {
        "two-hands": QCoreApplication.translate(
            "profiles", "Two hands: the right hand's letters move the picture."
        ),
        "arrows": QCoreApplication.translate(
            "profiles", "Arrows: every letter may be a code; arrows move the picture."
        ),
        "datavyu-pad": QCoreApplication.translate(
            "profiles", "Datavyu pad: the number pad moves the picture, as in Datavyu."
        ),
        "elan": QCoreApplication.translate("profiles", "ELAN: its chords move the picture."),
    }[profile_id]
