"""What the menus of the window of agreement offer."""

from dataclasses import dataclass

ANYWHERE = ("overview", "disagreements", "training")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do.

    Attributes
    ----------
    method : str
        Of the window.
    pages : tuple of str
        Where it can be done.
    """

    menu: str
    method: str
    words: str
    keys: str
    pages: tuple[str, ...] = ANYWHERE

    @property
    def is_bare(self) -> bool:
        """Whether its key is a plain one, which an open question may want."""
        return "+" not in self.keys and not self.keys.startswith("F")


_LOOKING = ("disagreements", "training")
_WALK = ("disagreements",)

COMMANDS = (
    Command("File", "compare_again", "Compare again", "F5", ("overview",)),
    Command("File", "stop_work", "Stop comparing", "Ctrl+Shift+X", ("overview",)),
    Command("File", "save_certificate", "Save the certificate…", "Ctrl+S", ("training",)),
    Command("File", "close", "Close", "Ctrl+W"),
    Command("Edit", "undo", "Take the latest decision back", "Ctrl+Z", _WALK),
    Command("Edit", "redo", "Decide it again", "Ctrl+Y", _WALK),
    Command("Edit", "write_note", "Note on the decision", "Ctrl+K", _WALK),
    Command("Edit", "finish", "Hand the consensus in", "Ctrl+Return", _WALK),
    Command("Go", "go_to_table", "To the tracks and codes", "F6", ("overview",)),
    Command("Go", "go_to_map", "To the confusion matrix", "F7", ("overview",)),
    Command("Go", "go_to_charts", "To the next chart", "F8", ("overview",)),
    Command("Go", "toggle_unit", "Confusion of time, or of events", "Ctrl+E", ("overview",)),
    Command("Go", "all_disagreements", "All disagreements", "Ctrl+D", ("overview",)),
    Command("Go", "show_training", "Training", "Ctrl+T", ("overview", "disagreements")),
    Command("Go", "leave", "Back", "Esc"),
    Command("Walk", "next_left", "Next that is not decided", "N", _WALK),
    Command("Walk", "previous", "The one before", "P", _LOOKING),
    Command("Walk", "loop_again", "Loop it again", "L", _LOOKING),
    Command("Walk", "toggle", "Stand still, or loop on", "Space", _LOOKING),
    Command("Walk", "step_back", "One frame back", "Left", _LOOKING),
    Command("Walk", "step_on", "One frame on", "Right", _LOOKING),
    Command("Walk", "decide_mine", "As the first coder", "1", _WALK),
    Command("Walk", "decide_theirs", "As the second coder", "2", _WALK),
    Command("Walk", "decide_both", "Both", "3", _WALK),
    Command("Walk", "decide_neither", "Neither", "4", _WALK),
    Command("Walk", "decide_third", "Something else", "5", _WALK),
)
