"""The films of an observation and where they lie on the session clock."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from imhcode.formats.boris.project import Project
from imhcode.formats.boris.shapes import as_list, as_object, as_text
from imhcode.formats.boris.times import length_us, time_us
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundMedia, FoundNote

PLAYERS = tuple(str(n) for n in range(1, 9))


@dataclass(slots=True)
class Films:
    """The films of one observation.

    Attributes
    ----------
    first : list of (int, str)
        Onset of each film of the first player, on BORIS's own clock, and its path: one film after
        the other.
    """

    media: list[FoundMedia] = field(default_factory=list)
    first: list[tuple[int, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[FoundNote] = field(default_factory=list)

    def shown_at(self, at_us: int) -> str:
        """The film of the first player that is on screen at a time of BORIS's clock."""
        if len(self.first) < 2:
            return self.first[0][1] if self.first else ""
        return self.first[max(0, bisect_right(self.first, at_us, key=lambda one: one[0]) - 1)][1]


def films_of(
    project: Project, observation: dict[str, Any], session: str, zero_us: int, where: str
) -> Films:
    """Media of all players: session time = recording time + offset, as BORIS's own sign has it.

    Parameters
    ----------
    zero_us : int
        Session time of the onset of BORIS's clock.
    """
    films = Films()
    info = as_object(observation.get("media_info"), project.path, f"{where}, “media_info”")
    lengths = as_object(info.get("length"), project.path, f"{where}, “length”")
    rates = as_object(info.get("fps"), project.path, f"{where}, “fps”")
    shifts = as_object(info.get("offset"), project.path, f"{where}, “offset”")
    if not shifts and observation.get("time offset second player"):  # before version 7
        shifts = {"2": observation["time offset second player"]}
    for player, paths in _players(project, observation, where):
        at_us: int | None = zero_us + length_us(shifts.get(player))
        for n, path in enumerate(paths):
            plain = path.replace("\\", "/")
            if at_us is None:
                text = f"film “{path}” of player {player}: its place is not known"
                films.notes.append(FoundNote(text=text, session=session, where=where))
                continue
            fps = as_text(rates.get(path)).removesuffix(".0")
            films.media.append(
                FoundMedia(
                    session=session, path=plain, offset_us=at_us, fps="" if fps == "0" else fps
                )
            )
            if player == "1":
                films.first.append((at_us - zero_us, plain))
            length = time_us(lengths.get(path))
            if length is None and n + 1 < len(paths):
                why = f"the length of “{path}” is not given, so the films after it have no place"
                films.findings.append(Finding("warning", "media-length", 0, why, where=where))
            at_us = None if length is None else at_us + length
    return films


def _players(
    project: Project, observation: dict[str, Any], where: str
) -> Sequence[tuple[str, list[str]]]:
    """The paths of each player, in order."""
    given = observation.get("file")
    if isinstance(given, list):  # the oldest: one path for each player
        given = {str(n): [path] for n, path in enumerate(given, start=1)}
    players = as_object(given, project.path, f"{where}, “file”")
    return [
        (player, [as_text(path) for path in as_list(players[player], project.path, where) if path])
        for player in PLAYERS
        if player in players
    ]
