"""What is done on the picture becomes a region: on which camera, on which frame, how large."""

from PySide6.QtCore import QObject

from imhcode.media.clips.regions import HIDINGS, SHAPES, Box, KeyBox, Region
from imhcode.media.clips.tracking import Proposal, thinned
from imhcode.ui.clips.mask_view import MaskView
from imhcode.ui.clips.masks import MaskDraft, inside
from imhcode.ui.clips.places import Place
from imhcode.ui.clips.preview_maker import Preview

_SHARE = 4  # a new region takes so much of the picture's sides


class Drawing(QObject):
    """Joins the picture to the regions of its cameras.

    Parameters
    ----------
    view : MaskView
        Where the outlines are drawn.

    Attributes
    ----------
    draft : MaskDraft or None
        The regions.
    cameras : tuple of str
        The recordings that are shown, the one that leads first.
    camera : int
        On which of them a new region is drawn.
    """

    def __init__(self, view: MaskView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self.draft: MaskDraft | None = None
        self.cameras: tuple[str, ...] = ()
        self.camera = 0

    @property
    def preview(self) -> Preview | None:
        """What is on screen."""
        return self._view.preview

    def frame_of(self, camera: int) -> int | None:
        """The frame of a camera that is on screen."""
        shown = self.preview
        if shown is None or camera >= len(shown.frame.frames):
            return None
        return shown.frame.frames[camera]

    @property
    def chosen_camera(self) -> int | None:
        """On which camera the chosen region lies; ``None``: on none that is shown."""
        if self.draft is None or self.draft.chosen is None:
            return None
        recording = self.draft.chosen[0]
        return self.cameras.index(recording) if recording in self.cameras else None

    def chosen_box(self) -> tuple[int, int, Place, Box] | None:
        """Camera, its frame, its place and the box of the chosen region on that frame."""
        camera, shown = self.chosen_camera, self.preview
        if camera is None or shown is None or self.draft is None or self.draft.region is None:
            return None
        frame = self.frame_of(camera)
        box = None if frame is None else self.draft.region.box_on(frame)
        if frame is None or box is None or camera >= len(shown.places):
            return None
        return camera, frame, shown.places[camera], box

    def show_outlines(self) -> None:
        """Draw every region of the frames on screen; the chosen one can be taken hold of."""
        shown, draft, chosen = self.preview, self.draft, None
        others = []
        if shown is not None and draft is not None:
            for camera, recording in enumerate(self.cameras[: len(shown.places)]):
                frame = self.frame_of(camera)
                for number, region in enumerate(draft.masks.get(recording, ())):
                    box = None if frame is None else region.box_on(frame)
                    if box is None:
                        continue
                    outline = shown.places[camera].to_clip(box), region.shape
                    if draft.chosen == (recording, number):
                        chosen = outline
                    else:
                        others.append(outline)
        self._view.show_outlines(others, chosen)

    # -- regions -----------------------------------------------------------------------------

    def new_region(self) -> None:
        """A region in the middle of the camera's picture."""
        shown = self.preview
        if shown is not None and self.camera < len(shown.places):
            place = shown.places[self.camera]
            wide, high = place.width / _SHARE, place.height / _SHARE
            self._add(
                self.camera, Box((place.width - wide) / 2, (place.height - high) / 2, wide, high)
            )

    def draw(self, box: Box) -> None:
        """A region where it was drawn, on the camera in whose picture it begins."""
        shown = self.preview
        for camera, place in enumerate(shown.places if shown else ()):
            if place.has(box.x + box.width / 2, box.y + box.height / 2):
                self.camera = camera
                self._add(camera, place.to_camera(box))

    def _add(self, camera: int, box: Box) -> None:
        frame, shown = self.frame_of(camera), self.preview
        if self.draft is None or frame is None or shown is None:
            return
        before, place = self.draft.region, shown.places[camera]
        region = Region(
            key_boxes=(KeyBox(frame, inside(box, place.width, place.height)),),
            shape=before.shape if before else SHAPES[0],
            hiding=before.hiding if before else HIDINGS[0],
        )
        self.draft.add(self.cameras[camera], region)

    def place(self, box: Box) -> None:
        """The chosen region lies there on this frame."""
        found = self.chosen_box()
        if found is not None:
            self._put(found, found[2].to_camera(box))

    def nudge(self, right: int, down: int, wider: int, higher: int) -> None:
        """Move or size the chosen region on this frame."""
        found = self.chosen_box()
        if found is not None:
            box = found[3]
            self._put(
                found, Box(box.x + right, box.y + down, box.width + wider, box.height + higher)
            )

    def key_box(self) -> None:
        """The chosen region lies on this frame where it is shown now."""
        found = self.chosen_box()
        if found is not None:
            self._put(found, found[3])

    def _put(self, found: tuple[int, int, Place, Box], box: Box) -> None:
        _, frame, place, _ = found
        if self.draft is not None:
            self.draft.put([KeyBox(frame, inside(box, place.width, place.height))])

    def take_box(self) -> bool:
        """Forget the box of this frame; whether there was one, and another is left."""
        found = self.chosen_box()
        return found is not None and self.draft is not None and self.draft.take_box(found[1])

    def point(self, x: float, y: float) -> None:
        """Choose the region that was clicked."""
        shown, draft = self.preview, self.draft
        for camera, place in enumerate(shown.places if shown and draft else ()):
            if not place.has(x, y):
                continue
            self.camera, frame = camera, self.frame_of(camera)
            recording = self.cameras[camera]
            for number, region in enumerate(draft.masks.get(recording, ()) if draft else ()):
                box = None if frame is None else region.box_on(frame)
                clip = place.to_clip(box) if box is not None else None
                inside_it = clip is not None and (
                    clip.x <= x <= clip.x + clip.width and clip.y <= y <= clip.y + clip.height
                )
                if inside_it and draft is not None:
                    draft.choose(recording, number)
                    return

    def next_region(self) -> None:
        """Choose the next region of the cameras that are shown."""
        if self.draft is None:
            return
        there = [
            (recording, number)
            for recording in self.cameras
            for number in range(len(self.draft.masks.get(recording, ())))
        ]
        if there:
            at = there.index(self.draft.chosen) if self.draft.chosen in there else -1
            self.draft.choose(*there[(at + 1) % len(there)])

    def number_of(self, frame: int) -> int | None:
        """The picture of the clip that shows a frame of the chosen region's camera.

        Pictures are counted from the leading camera's frames; the camera beside it has a picture
        whose frame is nearest by the share of the way from end to end, and is looked for there.
        """
        shown, camera = self.preview, self.chosen_camera
        if shown is None or camera is None:
            return None
        first, last = shown.first.frames[camera], shown.last.frames[camera]
        if first is None or last is None:
            return None
        if camera == 0 or last == first:
            return frame - first
        return round((frame - first) / (last - first) * (shown.count - 1))

    def next_key_frame(self, step: int) -> int | None:
        """The frame of the next box of the chosen region, or of the one before."""
        found = self.chosen_box()
        if found is None or self.draft is None or self.draft.region is None:
            return None
        frames = [one.frame for one in self.draft.region.key_boxes]
        left = [one for one in frames if (one - found[1]) * step > 0]
        return (min(left) if step > 0 else max(left)) if left else None

    def take_proposal(self, found: Proposal) -> None:
        """Keep the few boxes that a proposal needs, as key boxes to be mended."""
        if self.draft is not None:
            self.draft.put_run(thinned(found.key_boxes))
