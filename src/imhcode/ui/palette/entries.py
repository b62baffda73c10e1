"""What the palette offers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from imhcode.domain.keys import ALL_TRACKS, CodeKey
from imhcode.settings import Settings
from imhcode.ui.actions import ACTIONS
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.key_filter import KeyFilter
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.open_study import OpenStudy


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be done.

    Attributes
    ----------
    words : str
        What it is called.
    kind : str
        What kind of thing it is, in a word.
    keys : str
        The keys that would do the same, as people read them.
    do : callable
        Does it.
    """

    words: str
    kind: str
    keys: str
    do: Callable[[], object]


class Window(Protocol):
    """What the entries need of the window they act in."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace
    keys: KeyFilter

    def run(self, action: str) -> None:
        """Do the action with this id."""

    def open(self, paths: list[Path]) -> None:
        """Open a study or videos."""

    def show_session(self, session_id: str) -> None:
        """Show a session of the open study."""


def entries_of(window: Window) -> list[Entry]:
    """Everything that can be done now: codes first, as they are wanted most."""
    found: list[Entry] = []
    model = window.space.model
    if model is not None:
        found += _codes(model)
    found += [
        Entry(
            QCoreApplication.translate("actions", spec.text),
            QCoreApplication.translate("menus", spec.menu),
            window.keys.key_map.shown(spec.id),
            _running(window, spec.id),
        )
        for spec in ACTIONS
        if spec.id != "command_palette"
    ]
    if model is not None:
        found += _passes(model)
    found += _sessions(window)
    found += [
        Entry(Path(study).stem, _tr("Study"), "", _opening(window, Path(study)))
        for study in window.settings.recent
    ]
    return found


def _codes(model: ObservationViewModel) -> Iterator[Entry]:
    """Yield the codes of the pass, also those without a key."""
    key_of = {(one.track.id, one.code.id): key for key, one in model.keys().items()}
    for track in model.tracks():
        kind = _tr("Code · {track}").format(track=track.label)
        for code in track.codes:
            key = key_of.get((track.id, code.id), "").upper()
            yield Entry(code.label, kind, key, _coding(model, CodeKey(track, code)))


def _passes(model: ObservationViewModel) -> Iterator[Entry]:
    for one in sorted(model.observation.scheme.passes, key=lambda one: one.order):
        yield Entry(one.label, _tr("Pass"), "", _choosing(model, one.id))
    yield Entry(_tr("All tracks"), _tr("Pass"), "", _choosing(model, ALL_TRACKS))


def _sessions(window: Window) -> Iterator[Entry]:
    for entry in window.study.sessions() if window.study else ():
        session_id = entry.session.id
        yield Entry(session_id, _tr("Session"), "", _showing(window, session_id))


def _coding(model: ObservationViewModel, meant: CodeKey) -> Callable[[], None]:
    return lambda: model.code(meant)


def _choosing(model: ObservationViewModel, pass_id: str) -> Callable[[], None]:
    return lambda: model.choose_pass(pass_id)


def _showing(window: Window, session_id: str) -> Callable[[], None]:
    return lambda: window.show_session(session_id)


def _running(window: Window, action: str) -> Callable[[], None]:
    return lambda: window.run(action)


def _opening(window: Window, study: Path) -> Callable[[], None]:
    return lambda: window.open([study])


def _tr(text: str) -> str:
    return QCoreApplication.translate("palette", text)
