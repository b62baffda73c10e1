"""What a statistic of a measure is called, and in which unit it is."""

from typing import Any

from PySide6.QtCore import QCoreApplication

Declared = dict[str, Any]

_COUNTS = ("n", "n_events", "n_censored", "cells_visited", "overlaps")
_BITS = ("entropy_rate", "visit_entropy", "duration_entropy")
_OF_KIND = {
    "proportion_time": "proportion",
    "proportion_of_events": "proportion",
    "rate_per_minute": "per min",
    "count": "",
}


def statistic_words(statistic: str) -> str:
    """``kaplan_meier_median`` for people; empty for the one value of a measure that has one."""
    if statistic == "value":
        return ""
    words = statistic.removesuffix("_per_min").removesuffix("_s")
    words = words.replace("_", " ").replace(">", " → ").replace(":", ": ")
    for written, said in (("kaplan meier", "Kaplan–Meier"), ("yules q", "Yule’s Q")):
        words = words.replace(written, said)
    return words


def unit_words(declared: Declared, statistic: str) -> str:
    """The unit of a statistic; empty for counts and for numbers without one."""
    if statistic.endswith("_per_min"):
        return _tr("per min")
    if statistic.endswith("_s"):
        return "s"
    if statistic in _BITS:
        return _tr("bits")
    if statistic in _COUNTS or statistic.startswith(("counts", "table_")):
        return ""
    unit = declared.get("unit") or _OF_KIND.get(declared["kind"], "")
    return _tr("bids per min per min") if unit == "bids_per_min_per_min" else _words(unit)


def _words(unit: str) -> str:
    known = {"proportion": _tr("proportion"), "per min": _tr("per min")}
    words = unit.replace("_", " ")
    return known.get(words, words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("measures", text)
