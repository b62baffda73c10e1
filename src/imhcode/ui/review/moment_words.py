"""How a moment and what belongs to it is said on the clinician's screen."""

from PySide6.QtCore import QCoreApplication

from imhcode.domain.codes import Modifier
from imhcode.domain.moment import STATUS, Moment
from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import US_PER_S

NO_BREAK = "\N{NO-BREAK SPACE}"


def clock_words(time_us: int) -> str:
    """Minutes and seconds, for lists that are read at a glance."""
    minutes, seconds = divmod(time_us // US_PER_S, 60)
    return f"{minutes}:{seconds:02d}"


def when_words(moment: Moment) -> str:
    """Where a moment begins, and how long it is."""
    begins = clock_words(moment.onset_us)
    if moment.offset_us is None:
        return _tr("{time}, goes on").format(time=begins)
    length = (moment.offset_us - moment.onset_us) / US_PER_S
    return _tr("{time}, {length} s").format(time=begins, length=f"{length:.1f}")


def status_words(moment: Moment, scheme: Scheme) -> str:
    """Its status, in the scheme's words."""
    return value_words(scheme, STATUS, moment.status)


def value_words(scheme: Scheme, modifier_id: str, value: str) -> str:
    """A value in the scheme's words; itself where the scheme has none."""
    for modifier in scheme.modifiers:
        if modifier.id == modifier_id:
            return next((one.label for one in modifier.values if one.id == value), value)
    return value


def status_keys(scheme: Scheme) -> Modifier | None:
    """The choice of statuses."""
    return next((one for one in scheme.modifiers if one.id == STATUS), None)


def key_words(key: str, label: str) -> str:
    """A key and what it does, kept on one line together."""
    return f"{key.upper()}  {label}".replace(" ", NO_BREAK)


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)
