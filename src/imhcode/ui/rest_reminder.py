"""Reminds of resting, in one quiet line; it never interrupts and never tells anybody."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from imhcode.settings import Settings
from imhcode.ui.local_state import local_state
from imhcode.ui.rest_clock import RestClock

STEP_MS = 30_000
_DAY, _WORKED = "rest/day", "rest/worked_s"


class RestReminder(QObject):
    """Looks every half minute whether there was work.

    Parameters
    ----------
    settings : Settings
        Whether to remind, and after how many minutes.
    works : callable
        Whether there was work since it was last asked.

    Signals
    -------
    reminded(str)
        The sentence to show.
    """

    reminded = Signal(str)

    def __init__(
        self, settings: Settings, works: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._works = works
        self.is_on = settings.rest_reminder
        kept = local_state()
        today_s = 0.0
        if kept.value(_DAY) == _today():
            today_s = float(str(kept.value(_WORKED, 0.0)))
        self.clock = RestClock(settings.rest_eyes_min * 60, settings.rest_hands_min * 60, today_s)
        self._day = _today()
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self, step_s: float | None = None) -> None:
        """See what happened since the last look."""
        passed_s = self._since.restart() / 1000 if step_s is None else step_s
        if _today() != self._day:
            self._day, self.clock.today_s = _today(), 0.0
        due = self.clock.pass_time(passed_s, worked=self._works())
        kept = local_state()
        kept.setValue(_DAY, self._day)
        kept.setValue(_WORKED, round(self.clock.today_s))
        if due and self.is_on:
            words = {
                "eyes": self.tr("Rest your eyes: look far away for twenty seconds."),
                "hands": self.tr("Rest your hands: get up for five minutes."),
            }[due]
            self.reminded.emit(f"{words} {self.today_in_words()}")

    def today_in_words(self) -> str:
        """How long has been worked today."""
        hours, minutes = divmod(round(self.clock.today_s / 60), 60)
        if hours:
            words = self.tr("Coded today: {hours} h {minutes} min.")
            return words.format(hours=hours, minutes=minutes)
        return self.tr("Coded today: {minutes} min.").format(minutes=minutes)


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  (the day of the person who works)
