"""What the menus of the window of clips offer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do; ``method`` is the window's."""

    menu: str
    method: str
    words: str
    keys: str


COMMANDS = (
    Command("File", "export", "Export the clip…", "Ctrl+E"),
    Command("File", "stop", "Stop exporting or following", "Ctrl+Shift+X"),
    Command("File", "leave", "Close", "Ctrl+W"),
    Command("Edit", "undo", "Undo", "Ctrl+Z"),
    Command("Edit", "new_region", "Hide a new region", "N"),
    Command("Edit", "next_region", "The next region", "R"),
    Command("Edit", "other_shape", "Rectangle or ellipse", "S"),
    Command("Edit", "other_hiding", "Black, pixelate or blur", "H"),
    Command("Edit", "key_box", "The region lies here on this picture", "K"),
    Command("Edit", "take_box", "Forget the box of this picture", "Ctrl+Backspace"),
    Command("Edit", "take_region", "Delete the region", "Ctrl+Del"),
    Command("Edit", "propose", "Follow it to the end of the clip", "P"),
    Command("Edit", "mute_here", "Silence begins or ends here", "M"),
    Command("Go", "next_key_box", "The next box of the region", "Ctrl+PgDown"),
    Command("Go", "previous_key_box", "The box before", "Ctrl+PgUp"),
    Command("Go", "go_to_picture", "To the picture", "F6"),
    Command("Go", "other_camera", "Draw on the other camera", "C"),
    Command("Help", "command_palette", "Find a command…", "Ctrl+Shift+P"),
)
