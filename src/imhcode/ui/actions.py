"""Everything the window can do by key or menu, once: menus, key card and manual are made of it.

Two worlds of keys never mix: codes are characters of the scheme; commands are these.  Commands
with a letter of their own (the right hand's pad) exist only in the *two hands* profile, are found
by the place of the key on the keyboard, and give way to a code of the pass that wants the letter.
"""

from dataclasses import dataclass

MENUS = ("File", "Edit", "Go", "Code", "View", "Help")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing the window can do.

    Attributes
    ----------
    id : str
        Name of the slot in the window that does it.
    text : str
        What menus and the key card say.
    keys : tuple of str
        Keys in Qt's portable notation, the first one shown.
    pad : str
        The right hand's key of the *two hands* profile, by its name on a US keyboard.
    menu : str
        The menu it stands in; empty: only a key.
    repeats : bool
        Whether holding the key down repeats it: frame steps only.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    pad: str = ""
    menu: str = ""
    repeats: bool = False


def _spec(
    action: str, text: str, menu: str, *keys: str, pad: str = "", repeats: bool = False
) -> ActionSpec:
    return ActionSpec(id=action, text=text, keys=keys, pad=pad, menu=menu, repeats=repeats)


ACTIONS: tuple[ActionSpec, ...] = (
    _spec("open_study", "Open study or video…", "File", "Ctrl+O"),
    _spec("save_draft_as", "Keep this study as…", "File", "Ctrl+Shift+S"),
    _spec("export_csv", "Export events (CSV)…", "File", "Ctrl+Shift+E"),
    _spec("find_recording", "Find the recording…", "File"),
    _spec("checkpoint", "Is it saved?", "File", "Ctrl+S"),
    _spec("close_window", "Quit", "File", "Ctrl+Q"),
    _spec("undo", "Undo", "Edit", "Ctrl+Z"),
    _spec("redo", "Redo", "Edit", "Ctrl+Y", "Ctrl+Shift+Z"),
    _spec("delete_selected", "Delete the event", "Edit", "Del"),
    _spec("find_event", "Filter the events", "Edit", "Ctrl+F"),
    _spec("edit_comment", "Comment on the event", "Edit", "Ctrl+K"),
    _spec("onset_here", "Event begins here", "Edit", "["),
    _spec("offset_here", "Event ends here", "Edit", "]", pad="O"),
    _spec("onset_earlier", "Onset one frame earlier", "Edit", "Shift+["),
    _spec("onset_later", "Onset one frame later", "Edit", "Shift+]"),
    _spec("offset_earlier", "Offset one frame earlier", "Edit", "Ctrl+Shift+["),
    _spec("offset_later", "Offset one frame later", "Edit", "Ctrl+Shift+]"),
    _spec("toggle_play", "Play or pause", "Go", "Space", pad=","),
    _spec("play", "Play at natural speed", "Go", pad="I"),
    _spec("stop", "Stop", "Go", pad="K"),
    _spec("slower", "Slower", "Go", "-"),
    _spec("faster", "Faster", "Go", "="),
    _spec("natural_speed", "Natural speed", "Go", "Ctrl+0"),
    _spec("shuttle_back", "Shuttle slower or backward", "Go", pad="J"),
    _spec("shuttle_forward", "Shuttle faster or forward", "Go", pad="L"),
    _spec("frame_back", "One frame back", "Go", "Left", pad="M", repeats=True),
    _spec("frame_forward", "One frame on", "Go", "Right", pad=".", repeats=True),
    _spec("second_back", "One second back", "Go", "Shift+Left", repeats=True),
    _spec("second_forward", "One second on", "Go", "Shift+Right", repeats=True),
    _spec("jump_back", "Jump back", "Go", "Ctrl+Left", pad="P"),
    _spec("jump_forward", "Jump on", "Go", "Ctrl+Right"),
    _spec("replay", "Jump back and play", "Go", "Backspace"),
    _spec("play_event", "Play the event", "Go", "Shift+Space"),
    _spec("loop_event", "Loop the event", "Go", "Ctrl+L"),
    _spec("go_to_onset", "Go to the event's onset", "Go", pad=";"),
    _spec("go_to_offset", "Go to the event's offset", "Go", pad="Shift+;"),
    _spec("previous_event", "Previous event of the track", "Go", "Up"),
    _spec("next_event", "Next event of the track", "Go", "Down"),
    _spec("previous_edge", "Previous edge of any event", "Go", "Alt+Left"),
    _spec("next_edge", "Next edge of any event", "Go", "Alt+Right"),
    _spec("go_to_start", "First frame", "Go", "Home"),
    _spec("go_to_end", "Last frame", "Go", "End"),
    _spec("jump_to", "Go to a time or frame…", "Go", "Ctrl+G"),
    _spec("code_again", "The last code again, here", "Code", "Return", "Enter"),
    _spec("escape", "Close the question, then end what runs", "Code", "Esc"),
    _spec("next_pass", "Next pass", "Code", "Ctrl+PgDown"),
    _spec("previous_pass", "Previous pass", "Code", "Ctrl+PgUp"),
    _spec("code_card", "Meaning of the codes", "Code", "F2"),
    _spec("zoom_in", "Zoom in", "View", "Ctrl+="),
    _spec("zoom_out", "Zoom out", "View", "Ctrl+-"),
    _spec("zoom_fit", "Whole session", "View", "Ctrl+9"),
    _spec("next_sound_view", "Sound lane: waveform, spectrogram, none", "View", "Ctrl+Shift+W"),
    _spec("next_lead", "Another camera leads", "View", "Ctrl+Shift+C"),
    _spec("next_layout", "Lay the cameras out otherwise", "View", "Ctrl+Shift+L"),
    _spec("sync_cameras", "Sync the cameras", "View", "Ctrl+Shift+Y"),
    _spec("mute", "Sound on or off", "View", "Ctrl+M"),
    _spec("page_back", "Timeline a page back", "View", "PgUp", repeats=True),
    _spec("page_on", "Timeline a page on", "View", "PgDown", repeats=True),
    _spec("toggle_table", "Event table", "View", "Ctrl+T"),
    _spec("toggle_sessions", "Sessions", "View", "Ctrl+B"),
    _spec("next_theme", "Light, dark, high contrast", "View", "Ctrl+Shift+T"),
    _spec("next_profile", "Keys: two hands or arrows", "View", "Ctrl+Shift+K"),
    _spec("key_card", "Keys of the moment", "Help", "F1"),
)
ACTIONS_BY_ID = {spec.id: spec for spec in ACTIONS}

PROFILES = ("two-hands", "arrows")
