"""How a scheme will look to its coders: the pad of a pass, and a made-up minute of its lanes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from imhcode.domain.keys import ALL_TRACKS, keys_of, tracks_of
from imhcode.domain.scheme import Scheme
from imhcode.ui import theme
from imhcode.ui.coding.code_pad import CodePad
from imhcode.ui.coding.timeline_canvas import TimelineCanvas
from imhcode.ui.schemes.made_up import MINUTE_US, made_up_minute
from imhcode.ui.schemes.scheme_model import SchemeModel, Steps
from imhcode.ui.widgets.wrapped_label import WrappedLabel


class SchemePreview(QWidget):
    """Pad and timeline of the pass that is being written; nothing in it can be pressed."""

    def __init__(self, model: SchemeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: tuple[Scheme, str] | None = None
        self.pad = CodePad()
        self.lanes = TimelineCanvas()
        self.lanes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lanes.setAccessibleName(self.tr("A made-up minute"))
        self.lanes.set_range(0, MINUTE_US)
        self.caption = WrappedLabel()
        self.caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.caption.setFont(theme.small(self.font()))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT_PX, theme.UNIT_PX, theme.UNIT_PX, 0)
        column.addWidget(self.caption)
        column.addWidget(self.pad)
        column.addWidget(self.lanes, 1)

    def show_part(self, steps: Steps) -> None:
        """Show the scheme as it is, in the pass that has to do with a part."""
        scheme = self._model.draft.scheme()
        tokens = theme.current()
        if scheme is None:
            self.caption.setStyleSheet(f"color: {tokens.warning};")
            words = self.tr("This is how it last worked: the preview waits until no error is left.")
            self.caption.say(words)
            return
        pass_id = self._pass_of(scheme, steps)
        chosen = scheme.pass_(pass_id)
        self.caption.setStyleSheet(f"color: {tokens.text_dim};")
        if chosen is None:
            words = self.tr("How coders see it: all tracks, and a made-up minute.")
        else:
            words = self.tr("How coders see it: the pass “{label}”, and a made-up minute.")
            words = words.format(label=chosen.label)
        self.caption.say(words)
        if self._shown is not None and self._shown == (scheme, pass_id):
            return
        self._shown = (scheme, pass_id)
        tracks = tracks_of(scheme, pass_id)
        self.pad.show_tracks(scheme, tracks, keys_of(scheme, pass_id))
        for button in self.pad.findChildren(QWidget):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lanes.show_observation(made_up_minute(scheme), tracks or scheme.tracks)

    @staticmethod
    def _pass_of(scheme: Scheme, steps: Steps) -> str:
        if len(steps) < 2 or not isinstance(steps[1], int):
            return ALL_TRACKS
        if steps[0] == "passes" and steps[1] < len(scheme.passes):
            return scheme.passes[steps[1]].id
        if steps[0] == "tracks" and steps[1] < len(scheme.tracks):
            track = scheme.tracks[steps[1]].id
            ordered = sorted(scheme.passes, key=lambda one: one.order)
            return next((one.id for one in ordered if track in one.tracks), ALL_TRACKS)
        return ALL_TRACKS
