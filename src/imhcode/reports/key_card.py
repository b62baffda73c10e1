"""The key card of a scheme: which key codes what, on one page."""

from dataclasses import dataclass

from imhcode.domain.scheme import Modifier, Scheme, Track
from imhcode.reports.pages import page_of_scheme

COLUMNS = 3
POINTS = 9.0


@dataclass(frozen=True, slots=True)
class Box:
    """One track on the card.

    Attributes
    ----------
    passes : str
        Numbers of the passes in which the track is coded.
    """

    track: Track
    passes: str
    modifiers: tuple[Modifier, ...]

    @property
    def lines(self) -> int:
        """About how many lines it takes."""
        asked = sum(2 if len(one.values) > 3 else 1 for one in self.modifiers)
        return 2 + len(self.track.codes) + asked


def key_card(scheme: Scheme, points: float = POINTS) -> str:
    """The card as one HTML page, landscape; ``points`` is the size of its letters."""
    return page_of_scheme(
        "key_card.html",
        scheme,
        columns=_columns([_box(scheme, track) for track in scheme.tracks]),
        ratings=[one for one in scheme.ratings if not one.alternate_of],
        points=points,
    )


def _box(scheme: Scheme, track: Track) -> Box:
    passes = [str(one.order) for one in scheme.passes if track.id in one.tracks]
    asked: dict[str, Modifier] = {}
    for code in track.codes:
        for modifier in scheme.modifiers_for(track, code):
            asked.setdefault(modifier.id, modifier)
    shown = tuple(one for one in asked.values() if one.values)
    return Box(track, ", ".join(passes), shown)


def _columns(boxes: list[Box]) -> list[list[Box]]:
    """The boxes in their order, in columns whose highest is as low as can be."""
    limit = max((box.lines for box in boxes), default=0)
    while True:
        columns: list[list[Box]] = [[]]
        for box in boxes:
            if columns[-1] and sum(one.lines for one in columns[-1]) + box.lines > limit:
                columns.append([])
            columns[-1].append(box)
        if len(columns) <= COLUMNS:
            return columns
        limit += 1
