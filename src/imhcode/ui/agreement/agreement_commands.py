"""What the menus of the window of agreement offer."""

from dataclasses import dataclass

ANYWHERE = ("overview", "disagreements", "training")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do.

    Attributes
    ----------
    method : str
        Of the window, else of the page on show, else of that page's decisions or stage.
    pages : tuple of str
        Where it can be done.
    arguments : tuple
        What the method is called with.
    """

    menu: str
    method: str
    words: str
    keys: str
    pages: tuple[str, ...] = ANYWHERE
    arguments: tuple[object, ...] = ()

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
    Command("File", "make_set", "New practice set…", "Ctrl+N", ("training",)),
    Command("File", "draw_retake", "Retake…", "Ctrl+R", ("training",)),
    Command("File", "close", "Close", "Ctrl+W"),
    Command("Edit", "undo", "Take the latest decision back", "Ctrl+Z", _WALK),
    Command("Edit", "redo", "Decide it again", "Ctrl+Y", _WALK),
    Command("Edit", "write_note", "Note on the decision", "Ctrl+K", _WALK),
    Command("Edit", "accept", "Accept something else, too", "A", _WALK),
    Command("Edit", "finish", "Hand in, or freeze", "Ctrl+Return", _WALK),
    Command("Go", "go_to_table", "To the table, or the next one", "F6", ("overview",)),
    Command("Go", "go_to_map", "To the confusion matrix", "F7", ("overview",)),
    Command("Go", "go_to_charts", "To the next chart", "F8", ("overview",)),
    Command("Go", "toggle_unit", "Confusion of time, or of events", "Ctrl+E", ("overview",)),
    Command("Go", "all_disagreements", "All disagreements", "Ctrl+D", ("overview",)),
    Command("Go", "make_gold", "Make a gold standard", "Ctrl+Shift+D", ("overview",)),
    Command("Go", "show_training", "Training", "Ctrl+T", ("overview", "disagreements")),
    Command("Go", "leave", "Back", "Esc"),
    Command("Walk", "next_left", "Next that is not decided", "N", _WALK),
    Command("Walk", "walk", "The one before", "P", _LOOKING, (-1,)),
    Command("Walk", "loop_again", "Loop it again", "L", _LOOKING),
    Command("Walk", "toggle", "Stand still, or loop on", "Space", _LOOKING),
    Command("Walk", "step", "One frame back", "Left", _LOOKING, (-1,)),
    Command("Walk", "step", "One frame on", "Right", _LOOKING, (1,)),
    Command("Walk", "next_camera", "Next camera", "C", _LOOKING),
    Command("Walk", "decide", "As the first coder", "1", _WALK, ("mine",)),
    Command("Walk", "decide", "As the second coder", "2", _WALK, ("theirs",)),
    Command("Walk", "decide", "Both", "3", _WALK, ("both",)),
    Command("Walk", "decide", "Neither", "4", _WALK, ("neither",)),
    Command("Walk", "decide", "Something else", "5", _WALK, ("third",)),
)
