"""Where the cameras lie in the pictures of a clip, to draw on them what is to be hidden."""

from dataclasses import dataclass

from imhcode.media.clips.pictures import ClipPictures
from imhcode.media.clips.regions import Box


@dataclass(frozen=True, slots=True)
class Place:
    """A camera's part of the picture.

    Attributes
    ----------
    left, top : float
        Its corner, pixels of the clip's picture.
    scale : float
        Pixels of the clip's picture for one of the camera's.
    width, height : int
        Of the camera's upright picture at full size, pixels.
    """

    left: float
    top: float
    scale: float
    width: int
    height: int

    def to_clip(self, box: Box) -> Box:
        """The same box in pixels of the clip's picture."""
        k = self.scale
        return Box(self.left + box.x * k, self.top + box.y * k, box.width * k, box.height * k)

    def to_camera(self, box: Box) -> Box:
        """A box of the clip's picture in pixels of the camera's."""
        k = self.scale
        return Box((box.x - self.left) / k, (box.y - self.top) / k, box.width / k, box.height / k)

    def has(self, x: float, y: float) -> bool:
        """Whether a point of the clip's picture belongs to this camera."""
        inside = 0 <= x - self.left < self.width * self.scale
        return inside and 0 <= y - self.top < self.height * self.scale


def places_of(pictures: ClipPictures) -> tuple[Place, ...]:
    """Where each camera of a clip of one shot lies."""
    shot = pictures.schedule.plan.shots[0]
    probes = [pictures.source_of(one).probe for one in shot.cameras]
    height = min(one.height for one in probes)
    widths = [one.width * height / one.height for one in probes]
    whole = sum(round(width) for width in widths)
    wide, high = pictures.size
    fitted, left, top = 1.0, 0.0, 0.0
    if not (0 <= wide - whole <= 1 and 0 <= high - height <= 1):  # else: only made even
        fitted = min(wide / whole, high / height)
        left, top = (wide - whole * fitted) / 2, (high - height * fitted) / 2
    found = []
    for probe, width in zip(probes, widths, strict=True):
        found.append(Place(left, top, height / probe.height * fitted, probe.width, probe.height))
        left += round(width) * fitted
    return tuple(found)
