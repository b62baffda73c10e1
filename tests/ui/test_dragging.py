"""Dragging on tracks where the coder chooses what becomes of the neighbour."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication

from child_coder import FRAME_US
from imhcode.domain.event import Event, Stamp
from imhcode.domain.study import Coder, Session
from imhcode.services.coding import CodingService
from imhcode.store.study_file import StudyFile
from imhcode.ui import theme
from imhcode.ui.coding.dragging import Dragging
from imhcode.ui.coding.observation_view_model import ObservationViewModel
from imhcode.ui.coding.playback import Playback
from imhcode.ui.coding.timeline_view import TimelineView
from services.test_editing import BLANK, SCHEME, snap

pytestmark = pytest.mark.gui
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


def look(name: str, onset: int, offset: int, code: str = "at") -> Event:
    return Event(
        id=name,
        track="look",
        code=code,
        onset_us=onset * FRAME_US,
        offset_us=offset * FRAME_US,
        onset_frame=onset,
        offset_frame=offset,
        recording="cam",
    )


class Stage:
    """Three looks on a track without overlaps, in a real timeline on a real file."""

    def __init__(self, qtbot, folder) -> None:
        self.study = StudyFile.create(folder / "study.imh")
        self.study.add(Session(id="visit 1"))
        self.study.add(Coder(id="cara"))
        self.study.add_scheme(SCHEME, "{}")
        self.study.add_observation(BLANK)
        coding = CodingService(BLANK, self.study.log_of("obs"))
        coding.add([look("a", 5, 15), look("b", 20, 30, "off"), look("c", 32, 40)])
        self.model = ObservationViewModel(coding, lambda: Stamp(0), snap)
        self.model.choose_pass("")
        self.view = TimelineView()
        qtbot.addWidget(self.view)
        self.view.resize(900, 300)
        self.view.set_range(0, 60 * FRAME_US)
        self.view.show_observation(coding.observation, SCHEME.tracks)
        self.view.event_selected.connect(self.view.set_selected)
        self.model.observation_changed.connect(lambda now, edit, _: self.view.show_edit(now, edit))
        self.shown: list[int] = []
        self.told: list[str] = []
        self.dragging = Dragging(self.view, Playback(), self.shown.append, lambda: 0)
        self.dragging.refused.connect(self.told.append)
        self.dragging.open(self.model.editing)
        self.view.show()

    def send(self, kind, frame: float, name: str, held=NONE, dx: int = 0) -> None:
        event = self.model.observation.timeline.get(name)
        x = self.view._frame.left + self.view.scale.x_of(round(frame * FRAME_US)) + dx
        at = QPointF(x, self.view._event_boxes(event)[0].center().y())
        pressing = kind is not QEvent.Type.MouseMove
        button = Qt.MouseButton.LeftButton if pressing else Qt.MouseButton.NoButton
        down = Qt.MouseButton.LeftButton
        sent = QMouseEvent(kind, at, self.view.mapToGlobal(at), button, down, held)
        QApplication.sendEvent(self.view, sent)

    def drag(self, name: str, start: float, end: float, held=NONE, *, dx: int = 0) -> None:
        self.send(QEvent.Type.MouseButtonPress, start, name, dx=dx)
        for share in (0.25, 0.5, 0.75, 1.0):
            self.send(QEvent.Type.MouseMove, start + (end - start) * share, name, held, dx)
        self.send(QEvent.Type.MouseButtonRelease, end, name, held, dx)

    def spans(self) -> dict[str, tuple[int, int]]:
        lane = self.model.observation.timeline.lane("look")
        return {one.id: (one.onset_frame, one.offset_frame) for one in lane}


@pytest.fixture
def stage(qtbot, qapp, tmp_path):
    theme.apply(qapp, theme.DARK)
    stage = Stage(qtbot, tmp_path)
    yield stage
    stage.study.close()


def test_a_neighbour_is_trimmed_and_with_alt_pushed(stage):
    stage.drag("a", 15, 25, dx=-2)
    assert stage.spans() == {"a": (5, 25), "b": (25, 30), "c": (32, 40)}
    stage.model.undo()
    stage.drag("a", 15, 25, ALT, dx=-2)
    assert stage.spans() == {"a": (5, 25), "b": (25, 35), "c": (35, 43)}
    stage.model.undo()
    assert stage.spans() == {"a": (5, 15), "b": (20, 30), "c": (32, 40)}


def test_pushing_can_be_chosen(stage):
    stage.model.editing.choose_neighbours("push")
    stage.drag("b", 25, 30)
    assert stage.spans() == {"a": (5, 15), "b": (25, 35), "c": (35, 43)}


def test_the_picture_follows_the_edge_frame_by_frame(stage):
    stage.drag("b", 20, 17, dx=2)
    assert stage.shown[-1] == 17 * FRAME_US
    assert all(time_us % FRAME_US == 0 for time_us in stage.shown)


def test_however_far_it_is_pulled_something_is_left_of_everything(stage):
    stage.drag("a", 15, 59, dx=-2)
    assert stage.spans() == {"a": (5, 29), "b": (29, 30), "c": (32, 40)}
    stage.drag("a", 29, 0, dx=-2)
    assert stage.spans()["a"] == (5, 6)
    assert stage.told == []


def test_the_preview_is_painted_and_gone_once_it_is_let_go(stage):
    def colour(frame: float) -> str:
        row = next(one for one in stage.view._lanes.rows if one.track.id == "look")
        y = stage.view._origin_of(row).y() + row.strip(0)[0] + 3
        x = stage.view._frame.left + stage.view.scale.x_of(round(frame * FRAME_US))
        return QColor(stage.view.grab().toImage().pixel(round(x), round(y))).name()

    free, held = colour(17), colour(12)
    stage.send(QEvent.Type.MouseButtonPress, 15, "a", dx=-2)
    stage.send(QEvent.Type.MouseMove, 19, "a")
    assert colour(17) == held, "the preview reaches to where the edge is held"
    assert stage.spans()["a"] == (5, 15)
    assert stage.dragging.cancel()
    assert colour(17) == free
    assert not stage.dragging.cancel()
