"""What the menus of the window of the family offer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do; ``method`` is the window's.

    Attributes
    ----------
    page : str
        Where it can be done: consent, goals, visits, deleting; empty: everywhere.
    """

    menu: str
    method: str
    words: str
    keys: str
    page: str = ""


COMMANDS = (
    Command("File", "delete_recording", "Destroy a recording…", "Ctrl+Shift+Del"),
    Command(
        "File", "save_certificate", "Save the certificate of destruction…", "Ctrl+S", "deleting"
    ),
    Command("File", "close", "Close", "Ctrl+W"),
    Command("Edit", "undo", "Undo", "Ctrl+Z"),
    Command("Edit", "redo", "Redo", "Ctrl+Y"),
    Command("Edit", "add", "Add a person, or a goal…", "Ctrl+N"),
    Command("Edit", "rename_person", "Another word for the person…", "Ctrl+R", "consent"),
    Command("Edit", "remove_person", "Take the person away", "Del", "consent"),
    Command("Edit", "try_something", "Write down what was tried…", "Ctrl+T", "goals"),
    Command("Go", "go_to_consent", "People and consent", "Ctrl+1"),
    Command("Go", "go_to_goals", "Goals", "Ctrl+2"),
    Command("Go", "go_to_visits", "Visits", "Ctrl+3"),
    Command("Go", "next_list", "The next list", "F6"),
    Command("Go", "leave", "Back", "Esc"),
    Command("View", "put_left", "Put the moment at the left", "1", "visits"),
    Command("View", "put_right", "Put the moment at the right", "2", "visits"),
    Command("View", "toggle_both", "Play or pause both", "Space", "visits"),
    Command("View", "toggle_left", "Play or pause the left", "L", "visits"),
    Command("View", "toggle_right", "Play or pause the right", "R", "visits"),
    Command("View", "hear_other", "Hear the other side", "M", "visits"),
    Command("Help", "command_palette", "Find a command…", "Ctrl+Shift+P"),
)
