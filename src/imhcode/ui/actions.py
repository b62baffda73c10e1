"""Everything the window can do by key or menu, once: menus, key card and manual are made of it.

Two worlds of keys never mix: codes are characters of the scheme; commands are these.  Commands
with a letter of their own (the right hand's pad) exist only in the *two hands* profile, are found
by the place of the key on the keyboard, and give way to a code of the pass that wants the letter.
"""

from dataclasses import dataclass

MENUS = ("File", "Edit", "Go", "Code", "View", "Picture", "Help")


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
    _spec("open_stills", "Open a folder of pictures…", "File", "Ctrl+Shift+O"),
    _spec("add_recording", "Add recordings to this session…", "File", "Ctrl+Shift+A"),
    _spec("save_draft_as", "Keep this study as…", "File", "Ctrl+Shift+S"),
    _spec("edit_scheme", "Write a coding scheme…", "File", "Ctrl+Alt+C"),
    _spec("import_files", "Import coded sessions…", "File", "Ctrl+Alt+I"),
    _spec("import_reports", "Reports of imports", "File"),
    _spec("export_csv", "Export events (CSV)…", "File", "Ctrl+Shift+E"),
    _spec("export_as", "Export for another program…", "File", "Ctrl+Alt+E"),
    _spec("make_clip", "Make a clip…", "File", "Ctrl+Alt+V"),
    _spec("visit_note", "Visit note…", "File"),
    _spec("supervision_package", "Package for supervision…", "File"),
    _spec("open_package", "Open a package…", "File"),
    _spec("find_recording", "Find the recording…", "File"),
    _spec("make_copy", "Make a copy that plays well", "File"),
    _spec("cancel_work", "Stop reading or copying", "File", "Ctrl+Shift+X"),
    _spec("forget_recent", "Forget the recent studies", "File"),
    _spec("toggle_remembering", "Remember the studies I open, or not", "File"),
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
    _spec("edge_earlier", "The edge near here one frame earlier", "Edit", "Alt+Shift+Left"),
    _spec("edge_later", "The edge near here one frame later", "Edit", "Alt+Shift+Right"),
    _spec("split_here", "Split the event here", "Edit", "Ctrl+D"),
    _spec("join_events", "Join the events, or the event and the next", "Edit", "Ctrl+J"),
    _spec("change_code", "Change the code: then its key", "Edit", "Ctrl+R"),
    _spec("copy_events", "Copy to another track: then the code's key", "Edit", "Ctrl+Shift+R"),
    _spec("mark_from", "A stretch begins here", "Edit", "Alt+["),
    _spec("mark_until", "The stretch ends here", "Edit", "Alt+]"),
    _spec("code_stretch", "Code the stretch: then the code's key", "Edit", "Ctrl+I"),
    _spec("select_stretch", "Select the events of the stretch", "Edit", "Ctrl+Alt+A"),
    _spec("select_shown", "Select all events the table shows", "Edit", "Ctrl+A"),
    _spec("toggle_doubt", "In doubt, or no longer", "Edit", "Ctrl+U"),
    _spec("change_neighbours", "Neighbours: trim or push", "Edit", "Ctrl+Shift+U"),
    _spec("link_events", "Link the two events", "Edit", "Ctrl+N"),
    _spec("unlink_events", "Take the link off", "Edit", "Ctrl+Shift+N"),
    _spec("review_next", "Review: next boundary", "Edit", "F8"),
    _spec("review_again", "Review: play around the boundary", "Edit", "Shift+F8"),
    _spec("review_right", "Review: the boundary is right", "Edit", "F7"),
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
    _spec("loop_event", "Loop the stretch or the selection", "Go", "Ctrl+L"),
    _spec("go_to_onset", "Go to the event's onset", "Go", pad=";"),
    _spec("go_to_offset", "Go to the event's offset", "Go", pad="Shift+;"),
    _spec("previous_event", "Previous event of the track", "Go", "Up"),
    _spec("next_event", "Next event of the track", "Go", "Down"),
    _spec("go_to_partner", "Go to the event at the other end of the link", "Go", "Ctrl+P"),
    _spec("previous_edge", "Previous edge of any event", "Go", "Alt+Left"),
    _spec("next_edge", "Next edge of any event", "Go", "Alt+Right"),
    _spec("next_finding", "Play the next finding", "Go", "F6"),
    _spec("previous_finding", "Play the finding before", "Go", "Shift+F6"),
    _spec("next_episode", "Next episode", "Go", "Shift+F11"),
    _spec("previous_episode", "Episode before", "Go", "Ctrl+F11"),
    _spec("go_to_start", "First frame", "Go", "Home"),
    _spec("go_to_end", "Last frame", "Go", "End"),
    _spec("jump_to", "Go to a time or frame…", "Go", "Ctrl+G"),
    _spec("code_again", "What is offered, or the last code again", "Code", "Return", "Enter"),
    _spec("escape", "Close the question, then end what runs", "Code", "Esc"),
    _spec("next_pass", "Next pass", "Code", "Ctrl+PgDown"),
    _spec("previous_pass", "Previous pass", "Code", "Ctrl+PgUp"),
    _spec("next_choice_of_passes", "Another choice of passes", "Code", "Ctrl+Alt+PgDown"),
    _spec("next_target", "Walk: next, or next bin", "Code", "Ctrl+Down"),
    _spec("previous_target", "Walk: the one before, or the bin before", "Code", "Ctrl+Up"),
    _spec("next_left", "Walk: next without an answer, or empty bin", "Code", "Alt+Down"),
    _spec("toggle_walk", "Walk, or move freely", "Code", "F5"),
    _spec("toggle_going_on", "Walk: go on after an answer, or wait", "Code", "Shift+F5"),
    _spec("next_person", "Code another person", "Code", "F9"),
    _spec("mark_moment", "Mark a moment: its code comes later", "Code", "Ctrl+/", pad="/"),
    _spec("mark_boundary", "Mark where one ends and another begins", "Code", "Ctrl+'", pad="'"),
    _spec("next_reaction_shift", "Keys count earlier while playing", "Code"),
    _spec("toggle_instructions", "Instructions of the pass", "Code", "F3"),
    _spec("mark_episodes", "Episodes: begin, end, change…", "Code", "F11"),
    _spec("toggle_ratings", "Ratings", "Code", "F12"),
    _spec("submit", "Submit, or take back", "Code", "Ctrl+Return"),
    _spec("edit_session", "Visit and age…", "Code", "Ctrl+Alt+S"),
    _spec("code_card", "Meaning of the codes", "Code", "F2"),
    _spec("compare_coders", "Compare the coders…", "Code", "Ctrl+Shift+G"),
    _spec("show_training", "Training…", "Code", "Ctrl+Alt+G"),
    _spec("show_measures", "Measures and figures…", "Code", "Ctrl+Alt+M"),
    _spec("report_session", "Report of the session…", "Code", "Ctrl+Alt+B"),
    _spec("show_review", "Review with a parent…", "Code", "Ctrl+Alt+R"),
    _spec("show_family", "Family: consent, goals, visits…", "Code", "Ctrl+Alt+F"),
    _spec("zoom_in", "Zoom in", "View", "Ctrl+="),
    _spec("zoom_out", "Zoom out", "View", "Ctrl+-"),
    _spec("zoom_fit", "Whole session", "View", "Ctrl+9"),
    _spec("next_sound_view", "Sound lane: waveform, spectrogram, none", "View", "Ctrl+Shift+W"),
    _spec("next_lead", "Another camera leads", "View", "Ctrl+Shift+C"),
    _spec("next_layout", "Lay the cameras out otherwise", "View", "Ctrl+Shift+L"),
    _spec("sync_cameras", "Sync the cameras", "View", "Ctrl+Shift+Y"),
    _spec("toggle_deinterlacing", "Interlaced pictures without combs", "View", "Ctrl+Shift+I"),
    _spec("mute", "Sound on or off", "View", "Ctrl+M"),
    _spec("page_back", "Timeline a page back", "View", "PgUp", repeats=True),
    _spec("page_on", "Timeline a page on", "View", "PgDown", repeats=True),
    _spec("toggle_lanes", "Lanes of the pass, or all lanes", "View", "Ctrl+Alt+L"),
    _spec("toggle_table", "Event table", "View", "Ctrl+T"),
    _spec("toggle_findings", "Findings", "View", "Ctrl+Shift+F"),
    _spec("toggle_sessions", "Sessions", "View", "Ctrl+B"),
    _spec("toggle_history", "Edit history", "View", "Ctrl+H"),
    _spec("arrange_code", "Panels for coding", "View", "Ctrl+F1"),
    _spec("arrange_walk", "Panels for walking from event to event", "View", "Ctrl+F2"),
    _spec("arrange_rate", "Panels for rating", "View", "Ctrl+F3"),
    _spec("arrange_review", "Panels for reviewing and editing", "View", "Ctrl+F4"),
    _spec("arrange_panels", "Arrange the panels, or hold them", "View", "Ctrl+F10"),
    _spec("reset_panels", "Panels as they were at first", "View"),
    _spec("larger_text", "Larger words", "View", "Alt+=", "Alt++"),
    _spec("smaller_text", "Smaller words", "View", "Alt+-"),
    _spec("usual_text", "Words in their usual size", "View", "Alt+0"),
    _spec("next_theme", "Light, dark, high contrast", "View", "Ctrl+Shift+T"),
    _spec("next_profile", "Keys: another profile", "View", "Ctrl+Shift+K"),
    _spec("edit_keys", "Change the keys…", "View", "Ctrl+Alt+K"),
    _spec("next_language", "Language of the window", "View"),
    _spec("toggle_rest", "Remind me to rest, or not", "View"),
    _spec("picture_brighter", "Brighter", "Picture", "Ctrl+F6"),
    _spec("picture_darker", "Darker", "Picture", "Ctrl+F5"),
    _spec("picture_more_contrast", "More contrast", "Picture", "Ctrl+F8"),
    _spec("picture_less_contrast", "Less contrast", "Picture", "Ctrl+F7"),
    _spec("picture_as_filmed", "Light as filmed", "Picture", "Ctrl+F9"),
    _spec("picture_zoom_in", "Closer to the picture", "Picture", "Ctrl+Shift+PgUp"),
    _spec("picture_zoom_out", "Further from the picture", "Picture", "Ctrl+Shift+PgDown"),
    _spec("place_cover", "Draw over the person that the pass hides", "Picture", "Ctrl+Shift+M"),
    _spec("picture_whole", "Whole picture", "Picture", "Ctrl+Shift+Home"),
    _spec("picture_away", "In a window of its own, or back", "Picture", "Ctrl+F12"),
    _spec("picture_full_screen", "Full screen, or back", "Picture", "Shift+F12"),
    _spec("picture_left", "Look further left", "Picture", "Ctrl+Shift+Left", repeats=True),
    _spec("picture_right", "Look further right", "Picture", "Ctrl+Shift+Right", repeats=True),
    _spec("picture_up", "Look further up", "Picture", "Ctrl+Shift+Up", repeats=True),
    _spec("picture_down", "Look further down", "Picture", "Ctrl+Shift+Down", repeats=True),
    _spec("command_palette", "Find a command, code or session…", "Help", "Ctrl+Shift+P", "F4"),
    _spec("key_card", "Keys of the moment", "Help", "F1"),
    _spec("time_today", "How long have I coded today?", "Help"),
)
ACTIONS_BY_ID = {spec.id: spec for spec in ACTIONS}

PROFILES = ("two-hands", "arrows", "datavyu-pad", "elan")
