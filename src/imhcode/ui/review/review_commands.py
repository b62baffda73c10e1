"""What the menus of the review window offer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do; ``method`` is the window's."""

    menu: str
    method: str
    words: str
    keys: str


COMMANDS = (
    Command("File", "export_clip", "Export a clip…", "Ctrl+E"),
    Command("File", "stop_work", "Stop exporting", "Ctrl+Shift+X"),
    Command("File", "close", "Close", "Ctrl+W"),
    Command("Edit", "undo", "Undo", "Ctrl+Z"),
    Command("Edit", "redo", "Redo", "Ctrl+Y"),
    Command("Edit", "mark_in", "A moment begins here", "I"),
    Command("Edit", "mark_out", "The moment ends here", "O"),
    Command("Edit", "onset_here", "The chosen moment begins here instead", "["),
    Command("Edit", "offset_here", "The chosen moment ends here instead", "]"),
    Command("Edit", "move_up", "Show the moment earlier", "Alt+Up"),
    Command("Edit", "move_down", "Show the moment later", "Alt+Down"),
    Command("Edit", "delete_moment", "Delete the moment, or the note of the visit", "Del"),
    Command("Edit", "edit_title", "Title of the moment, or the parent’s words", "F2"),
    Command("Edit", "edit_note", "Private note on the moment", "F3"),
    Command("Edit", "find_candidates", "Moments from what was coded…", "Ctrl+K"),
    Command("Go", "toggle_play", "Play or pause", "Space"),
    Command("Go", "play_moment", "Play the moment", "Shift+Space"),
    Command("Go", "loop_moment", "Play the moment again and again", "L"),
    Command("Go", "play_again", "Again from its beginning", "Backspace"),
    Command("Go", "frame_back", "One frame back", "Left"),
    Command("Go", "frame_forward", "One frame on", "Right"),
    Command("Go", "second_back", "One second back", "Shift+Left"),
    Command("Go", "second_forward", "One second on", "Shift+Right"),
    Command("Go", "slower", "Slower", "-"),
    Command("Go", "faster", "Faster", "="),
    Command("Go", "still", "The picture alone", "."),
    Command("Go", "previous_moment", "The moment before, for the parent", "PgUp"),
    Command("Go", "next_moment", "The next moment, for the parent", "PgDown"),
    Command("Go", "leave", "Back", "Esc"),
    Command("View", "show_moments", "Moments", "Ctrl+1"),
    Command("View", "show_together", "With the parent", "Ctrl+2"),
    Command("View", "show_family", "Family: consent, goals, visits…", "Ctrl+Alt+F"),
    Command("View", "toggle_parent_view", "The parent’s view: open or close", "Ctrl+Shift+V"),
    Command("View", "show_again", "Show again what was blanked", "Ctrl+Return"),
    Command("View", "next_screen", "Another screen for the parent", "Ctrl+Shift+D"),
    Command("View", "begin_visit", "Begin the visit", "Ctrl+B"),
    Command("Help", "command_palette", "Find a command…", "Ctrl+Shift+P"),
)
