"""Where the parts of the workspace lie."""

from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.code_pad import CodePad
from imhcode.ui.coding.event_table import EventTable
from imhcode.ui.coding.findings import Findings
from imhcode.ui.coding.guide_strip import GuideStrip
from imhcode.ui.coding.just_now import JustNow
from imhcode.ui.coding.modifier_panel import ModifierPanel
from imhcode.ui.coding.pass_panel import PassPanel
from imhcode.ui.coding.passing import Passing
from imhcode.ui.coding.running_panel import RunningPanel
from imhcode.ui.coding.sound_controls import SoundControls
from imhcode.ui.coding.sync_panel import SyncPanel
from imhcode.ui.coding.timeline_view import TimelineView
from imhcode.ui.coding.transport_bar import TransportBar
from imhcode.ui.coding.whole_session import WholeSession
from imhcode.ui.desk.desk import Desk
from imhcode.ui.widgets.upright_scroll import UprightScroll

_NARROWEST_PX = 300  #: what a code's button needs, and its key


class Space(Protocol):
    """The parts of the workspace that lie somewhere."""

    picture: CameraWall
    strip: GuideStrip
    transport: TransportBar
    just_now: JustNow
    sound: SoundControls
    pass_panel: PassPanel
    pad: CodePad
    modifiers: ModifierPanel
    sync_panel: SyncPanel
    running: RunningPanel
    findings: Findings
    timeline: TimelineView
    table: EventTable
    passing: Passing
    whole: WholeSession


def lay_out(space: Space, parent: QWidget) -> Desk:
    """Put the parts on a desk, the picture in its middle, and the desk on ``parent``."""
    desk = Desk(_left(space))
    desk.add("pad", UprightScroll(_right(space), _NARROWEST_PX))
    desk.add("form", space.whole.form)
    desk.add("timeline", _times(space))
    desk.add("table", space.table)
    desk.add("findings", space.findings.panel)
    space.passing.lanes_shown.connect(lambda: desk.fit("timeline"))
    whole = QVBoxLayout(parent)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(desk)
    return desk


def _times(space: Space) -> QWidget:
    """The timeline under the episodes of the session."""
    times = QWidget()
    column = QVBoxLayout(times)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(space.whole.band)
    column.addWidget(space.timeline, 1)
    return times


def _left(space: Space) -> QWidget:
    """The picture, what is asked about it, and how it moves."""
    unit = theme.UNIT_PX
    left = QWidget()
    column = QVBoxLayout(left)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(space.picture, 1)
    column.addWidget(space.strip)
    bar = QHBoxLayout()
    bar.setContentsMargins(unit, 0, unit, 0)
    bar.addWidget(space.transport)
    column.addLayout(bar)
    said = QHBoxLayout()
    said.setContentsMargins(unit * 2, 0, unit, unit)
    said.addWidget(space.just_now, 1)
    said.addWidget(space.sound)
    column.addLayout(said)
    return left


def _right(space: Space) -> QWidget:
    """The pass, its codes, and what more there is to say."""
    unit = theme.UNIT_PX
    right = QWidget()
    column = QVBoxLayout(right)
    column.setContentsMargins(unit * 2, unit, unit, unit)
    column.setSpacing(unit)
    column.addWidget(space.pass_panel)
    column.addWidget(space.pad)
    space.modifiers.setMinimumHeight(120)
    column.addWidget(space.modifiers, 1)
    column.addWidget(space.sync_panel)
    column.addWidget(space.running)
    column.addWidget(space.findings.badge)
    return right
