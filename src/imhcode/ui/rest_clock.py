"""How long somebody has worked without a rest; nothing of it leaves this computer."""

from dataclasses import dataclass
from typing import Literal

Due = Literal["", "eyes", "hands"]

EYES_REST_S = 20.0  #: looking away for so long is a rest for the eyes
HANDS_REST_S = 300.0  #: and pausing for so long is one for the hands
_LONGEST_STEP_S = 90.0  #: a longer step means that the computer slept


@dataclass(slots=True)
class RestClock:
    """Counts work, and says once when a rest is due.

    Attributes
    ----------
    eyes_s, hands_s : float
        Work after which a rest is due, in seconds; 0: never.
    today_s : float
        Work so far today.
    """

    eyes_s: float
    hands_s: float
    today_s: float = 0.0
    _eyes_worked_s: float = 0.0
    _hands_worked_s: float = 0.0
    _rested_s: float = 0.0

    def pass_time(self, step_s: float, *, worked: bool) -> Due:
        """Let ``step_s`` seconds go by, with work in them or not; what is due now."""
        if not worked or step_s > _LONGEST_STEP_S:
            self._rested_s += step_s
            if self._rested_s >= EYES_REST_S:
                self._eyes_worked_s = 0.0
            if self._rested_s >= HANDS_REST_S:
                self._hands_worked_s = 0.0
            return ""
        self._rested_s = 0.0
        self.today_s += step_s
        self._eyes_worked_s += step_s
        self._hands_worked_s += step_s
        if self.hands_s and self._hands_worked_s >= self.hands_s:
            self._hands_worked_s = self._eyes_worked_s = 0.0
            return "hands"
        if self.eyes_s and self._eyes_worked_s >= self.eyes_s:
            self._eyes_worked_s = 0.0
            return "eyes"
        return ""
