"""A trainee is told of each event while coding it, where the practice set says so."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from imhcode.domain.scheme import Scheme
from imhcode.ui.agreement.disagreement_words import code_label, what_differs

if TYPE_CHECKING:
    from imhcode.analysis.told_events import EventTold


def told_words(told: "EventTold", scheme: Scheme, reason: str) -> str:
    """What is told of one event, with the reason of the gold standard."""
    track = scheme.track(told.event.track)
    code = code_label(track, told.event.code)
    one = told.difference
    if one is None:
        words = _tr("{code}: as in the gold standard.").format(code=code)
    elif one.kind == "added":
        words = _tr("{code}: the gold standard has nothing here.").format(code=code)
    elif one.kind == "confused":
        words = _tr("{code}: the gold standard has {gold} here.").format(
            code=code, gold=code_label(track, one.code_a)
        )
    else:
        what = what_differs(one, scheme, ("", ""))
        words = _tr("{what} than the gold standard.").format(what=what)
    return f"{words} {reason}".strip()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Telling", text)
