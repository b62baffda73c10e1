"""What a family works towards, in its own words, and what has been tried on the way."""

from dataclasses import dataclass
from typing import Literal, get_args

GoalStatus = Literal["open", "resting", "reached"]
GOAL_STATUSES: tuple[GoalStatus, ...] = get_args(GoalStatus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of a dyad.

    Attributes
    ----------
    text : str
        In plain words, the family's own where possible.
    since : str
        ISO date; empty if nobody has said.
    """

    id: str
    dyad_id: str
    text: str
    status: GoalStatus = "open"
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """Something that was tried for a goal.

    Attributes
    ----------
    session_id, on : str
        The session it belongs to, and the ISO date; either may be empty.
    how_it_went : str
        In plain words; never a grade.
    """

    id: str
    dyad_id: str
    goal_id: str
    text: str
    session_id: str = ""
    on: str = ""
    how_it_went: str = ""
