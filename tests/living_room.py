"""A parent's screen with moments of a recording that beeps and whose pictures are numbered."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from imhcode.domain.moment import FamilyMoment
from imhcode.domain.study import Recording
from imhcode.media.sound_recorder import RecordingSink
from imhcode.ui.parent.parent_view import ParentView
from imhcode.ui.parent.showing import Showing, Shown

S = 1_000_000
MOMENTS_S = ((0.4, 4.4), (2.0, 2.4))  #: a long one and a short one


def moments_of(path: Path | None) -> list[Shown]:
    """Moments of one recording, called by their number."""
    recording = Recording(id="r", session_id="S1", path="room.mp4", frames=150, end_us=6 * S)
    return [
        Shown(
            FamilyMoment(f"m{n}", f"Moment {n}", "", "", round(from_s * S), round(until_s * S)),
            recording,
            path,
        )
        for n, (from_s, until_s) in enumerate(MOMENTS_S, start=1)
    ]


class LivingRoom:
    """The parent's screen, and what was told to the clinician meanwhile."""

    def __init__(self, qtbot: QtBot, sink: RecordingSink) -> None:
        self.qtbot = qtbot
        self.showing = Showing(sink=lambda: sink)
        self.view = ParentView(self.showing)
        self.did: list[str] = []
        self.troubles: list[str] = []
        self.showing.did.connect(self.did.append)
        self.showing.trouble.connect(self.troubles.append)

    @property
    def frame(self) -> int | None:
        stamp = self.showing.stamp
        return None if stamp is None else stamp.frame

    def show(self, moments: list[Shown]) -> None:
        self.view.appear_on(self.view.screen())
        self.qtbot.waitExposed(self.view)
        self.showing.open(moments)

    def play(self) -> None:
        """Play as soon as the recording is open; until there is a picture."""
        self.showing.play()
        self.qtbot.waitUntil(lambda: not self.view.picture.is_empty, timeout=10_000)

    def leave(self) -> None:
        self.showing.close()
        self.view.put_away()
        self.view.deleteLater()
