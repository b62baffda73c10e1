"""What the keys and menus of direct editing do; one method an action."""

from imhcode.ui.coding.coding_workspace import CodingWorkspace

_AROUND_US = 500_000  #: played before the selection when it is looped


class EditingCommands:
    """The actions of :mod:`imhcode.ui.actions` that change events by hand.

    Parameters
    ----------
    workspace : CodingWorkspace
        Where they act; without an open observation they do nothing.
    """

    def __init__(self, workspace: CodingWorkspace) -> None:
        self._space = workspace
        self._hand = workspace.by_hand

    def onset_here(self) -> None:
        if self._space.model:
            self._space.model.set_onset()

    def offset_here(self) -> None:
        if self._space.model:
            self._space.model.set_offset()

    def onset_earlier(self) -> None:
        self._hand.nudge("onset", -1)

    def onset_later(self) -> None:
        self._hand.nudge("onset", 1)

    def offset_earlier(self) -> None:
        self._hand.nudge("offset", -1)

    def offset_later(self) -> None:
        self._hand.nudge("offset", 1)

    def edge_earlier(self) -> None:
        self._hand.nudge_edge(-1)

    def edge_later(self) -> None:
        self._hand.nudge_edge(1)

    def split_here(self) -> None:
        if self._space.model:
            self._space.model.editing.split()

    def join_events(self) -> None:
        if self._space.model:
            self._space.model.editing.join()

    def change_code(self) -> None:
        self._hand.wait_for("recode")

    def copy_events(self) -> None:
        self._hand.wait_for("copy")

    def toggle_doubt(self) -> None:
        if self._space.model:
            self._space.model.editing.flag()

    def change_neighbours(self) -> None:
        self._hand.change_way()

    def mark_from(self) -> None:
        self._hand.mark_end("onset")

    def mark_until(self) -> None:
        self._hand.mark_end("offset")

    def code_stretch(self) -> None:
        self._hand.wait_for("insert")

    def select_stretch(self) -> None:
        self._hand.select_stretch()

    def select_shown(self) -> None:
        self._hand.select_shown()

    def review_next(self) -> None:
        self._hand.review.next()

    def review_again(self) -> None:
        self._hand.review.play()

    def review_right(self) -> None:
        self._hand.review.accept()

    def loop_event(self) -> None:
        """Play the marked stretch or the selection again and again, or stop doing so."""
        playback, model = self._space.playback, self._space.model
        if playback.is_looping:
            playback.pause()
            return
        stretch = self._hand.stretch
        if stretch is None and model is not None:
            found = [model.observation.timeline.get(one) for one in model.chosen_ids]
            events = [one for one in found if one is not None]
            if events:
                latest = max(one.onset_us if one.is_running else one.until_us for one in events)
                first = min(one.onset_us for one in events)
                stretch = (first, latest if latest > first else first + _AROUND_US)
        if stretch is not None:
            playback.play_stretch(*stretch, loop=True, lead_in_us=_AROUND_US)
