"""What the menus of the window of measures offer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do; ``method`` is the window's."""

    menu: str
    method: str
    words: str
    keys: str


COMMANDS = (
    Command("File", "compute_again", "Compute again", "F5"),
    Command("File", "stop_work", "Stop computing", "Ctrl+Shift+X"),
    Command("File", "export_tables", "Export all tables…", "Ctrl+Shift+E"),
    Command("File", "export_figure", "Export this figure…", "Ctrl+E"),
    Command("File", "export_figures", "Export all figures…", "Ctrl+Alt+E"),
    Command("File", "report_session", "Report of the session…", "Ctrl+Alt+B"),
    Command("File", "close", "Close", "Ctrl+W"),
    Command("Edit", "find_measure", "Find a measure", "Ctrl+F"),
    Command("Edit", "set_parameters", "Set the lab’s numbers", "Ctrl+L"),
    Command("Edit", "choose_sessions", "Choose sessions", "Ctrl+B"),
    Command("Go", "go_to_numbers", "To the numbers", "F6"),
    Command("Go", "go_to_figure", "To the figure", "F7"),
    Command("Go", "next_figure", "The next figure", "Ctrl+PgDown"),
    Command("Go", "previous_figure", "The figure before", "Ctrl+PgUp"),
    Command("Go", "leave", "Back", "Esc"),
    Command("View", "next_grouping", "Group the numbers otherwise", "Ctrl+G"),
    Command("View", "sort_by_next", "Sort by the next column", "F9"),
    Command("View", "sort_other_way", "Sort the other way", "Shift+F9"),
    Command("View", "toggle_data", "The figure, or the numbers behind it", "Ctrl+D"),
    Command("Help", "command_palette", "Find a command or figure…", "Ctrl+Shift+P"),
)
