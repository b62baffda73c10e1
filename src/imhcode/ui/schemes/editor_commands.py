"""What the menus of the page of schemes offer."""

#: menu, method, words, keys
COMMANDS = (
    ("File", "begin", "New scheme…", "Ctrl+N"),
    ("File", "ask_open", "Open a scheme…", "Ctrl+O"),
    ("File", "save", "Save", "Ctrl+S"),
    ("File", "ask_save_as", "Save as…", "Ctrl+Shift+S"),
    ("File", "raise_version", "Raise the version", "Ctrl+Alt+V"),
    ("File", "use", "Code the open session with it", "Ctrl+Return"),
    ("File", "close", "Close", "Ctrl+W"),
    ("Edit", "undo", "Undo", "Ctrl+Z"),
    ("Edit", "redo", "Redo", "Ctrl+Y"),
    ("Edit", "add_beside", "Add one like this", "Ins"),
    ("Edit", "add_inside", "Add one inside (a code to a track)", "Shift+Ins"),
    ("Edit", "remove", "Take away", "Ctrl+Del"),
    ("Edit", "move_up", "Move up", "Alt+Up"),
    ("Edit", "move_down", "Move down", "Alt+Down"),
    ("Go", "go_to_tree", "To the parts", "F6"),
    ("Go", "go_to_form", "To the fields", "F7"),
    ("Go", "next_mistake", "To the next that is wrong", "F8"),
    ("Go", "toggle_all_fields", "All fields, or those in use", "Ctrl+E"),
)
