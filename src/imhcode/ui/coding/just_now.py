"""One line that says what was just coded, when, on which frame, and that it is saved."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from imhcode.domain.edit import Cause, Edit
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.timecode import as_clock
from imhcode.ui.coding.rating_words import edit_in_words
from imhcode.ui.widgets.line_label import LineLabel

_WORDS: dict[str, str] = {
    "press": "{code} · {place}",
    "add": "{code} · {place}",
    "delete": "{code} deleted · {place}",
    "set-onset": "{code} begins · {place}",
    "set-offset": "{code} ends · {end}",
    "recode": "now {code} · {place}",
    "modifier": "{code} · {modifiers}",
    "comment": "comment on {code} · {place}",
    "import": "{n} events added",
    "close": "{code} ends · {end}",
    "link": "{code} linked · {place}",
    "unlink": "{code} no longer linked · {place}",
    "move": "{code} moved · {place}",
    "nudge": "{code} by a frame · {place}",
    "split": "{code} split · {place}",
    "join": "{code} joined · {place}",
    "insert": "{code} put in · {place}",
    "copy": "{code} copied · {place}",
    "review": "{code} reviewed · {place}",
    "flag": "flag on {code} · {place}",
    "transcript": "words of {code} · {place}",
    "instance": "who of {code} · {place}",
    "map": "{n} events in the new scheme",
    "consensus": "{code} agreed · {place}",
}


class JustNow(LineLabel):
    """The latest edit in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Just now"))
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that nothing has been coded yet."""
        self.show_text(self.tr("Every key you press is saved at once."), dim=True)

    def show_edit(self, observation: Observation, edit: Edit, cause: Cause) -> None:
        """Say what was done; it is on the disk already."""
        prefix = {"do": "", "undo": self.tr("Undone: "), "redo": self.tr("Done again: ")}[cause]
        saved = self.tr("saved ✓")
        self.show_text(f"{prefix}{in_words(observation, edit)} · {saved}", dim=False)

    def show_unchanged(self, label: str) -> None:
        """Say that a press changed nothing, so that nobody wonders."""
        words = self.tr("{code} is coded here already; nothing changed.").format(code=label)
        self.show_text(words, dim=True)


def in_words(observation: Observation, edit: Edit) -> str:
    """What an edit did: code, session time and frame."""
    event = edit.main
    if event is None:
        return edit_in_words(observation, edit) if edit.ratings else ""
    words = QCoreApplication.translate("JustNow", _WORDS.get(edit.gesture, "{code} · {place}"))
    return words.format(
        code=_label(observation, event),
        place=_place(event.onset_us, event.onset_frame),
        end=_place(event.until_us, event.offset_frame) if not event.is_running else "…",
        modifiers=_modifiers(observation, event),
        n=len(edit.steps),
    )


def _label(observation: Observation, event: Event) -> str:
    code = observation.scheme.code(event.track, event.code)
    return code.label if code else event.code


def _place(time_us: int, frame: int | None) -> str:
    clock = as_clock(time_us)
    if frame is None:
        return clock
    words = QCoreApplication.translate("JustNow", "{clock} · frame {frame}")
    return words.format(clock=clock, frame=frame)


def _modifiers(observation: Observation, event: Event) -> str:
    known = {one.id: one for one in observation.scheme.modifiers}
    words = [
        known[name].label_of(value) if name in known else value
        for name, values in event.modifiers
        for value in values
    ]
    return ", ".join(words)
