"""How the window calls what the services know of a family: words, never colours or grades."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from imhcode.domain.consent import Answer, Standing, State, Use
from imhcode.domain.family import Relation
from imhcode.domain.goal import GoalStatus


def today() -> str:
    """The day on the wall."""
    return date.today().isoformat()  # noqa: DTZ011  (the day on the wall is meant)


def use_words() -> Mapping[Use, str]:
    """The uses, as short as a column needs them."""
    return {
        "treatment": _tr("treatment"),
        "supervision": _tr("supervision"),
        "teaching": _tr("teaching"),
        "research": _tr("research"),
        "family_copy": _tr("the family’s copy"),
        "public_excerpt": _tr("public excerpt"),
    }


def relation_words() -> Mapping[Relation, str]:
    """What somebody can be in a dyad."""
    return {
        "child": _tr("child"),
        "parent": _tr("parent"),
        "sibling": _tr("sibling"),
        "other_adult": _tr("other adult"),
        "other_child": _tr("other child"),
        "professional": _tr("professional"),
    }


def answer_words() -> Mapping[Answer, str]:
    """What somebody can say to a use."""
    return {
        "granted": _tr("agrees"),
        "refused": _tr("says no"),
        "withdrawn": _tr("takes it back"),
    }


def state_words(state: State) -> str:
    """How consent stands, in a word or two."""
    return {
        "granted": _tr("agreed"),
        "not_asked": _tr("not asked"),
        "refused": _tr("said no"),
        "expired": _tr("is over"),
        "not_yet": _tr("not yet"),
        "withdrawn": _tr("taken back"),
    }[state]


def days_words(standing: Standing) -> str:
    """The days that belong to it; empty if there are none."""
    since, until = standing.since, standing.until
    match standing.state:
        case "not_asked":
            return ""
        case "expired":
            return _tr("until {day}").format(day=until)
        case "not_yet":
            return _tr("from {day}").format(day=since)
        case "granted" if until:
            return _tr("until {day}").format(day=until)
        case _:
            return _tr("since {day}").format(day=since)


def status_words() -> Mapping[GoalStatus, str]:
    """How a goal stands."""
    return {"open": _tr("open"), "resting": _tr("resting"), "reached": _tr("reached")}


def moment_status_words(status: str) -> str:
    """How far a moment has come."""
    known = {
        "candidate": _tr("candidate"),
        "chosen": _tr("chosen"),
        "shown": _tr("shown"),
        "kept_back": _tr("kept back"),
    }
    return known.get(status, status)


def how_words(how: str) -> str:
    """How somebody is in a clip."""
    return {
        "shown": _tr("shown"),
        "masked": _tr("covered, perhaps heard"),
        "perhaps": _tr("perhaps"),
    }[how]


def clock_words(time_us: int) -> str:
    """A time of the session, to a tenth of a second."""
    tenths = round(time_us / 100_000)
    minutes, rest = divmod(abs(tenths), 600)
    return f"{'-' if tenths < 0 else ''}{minutes:02d}:{rest / 10:04.1f}"


def counted(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Such as “Connection 2 · Repair 1”, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], names.get(one[0], one[0])))
    return " · ".join(f"{names.get(name, name)} {n}" for name, n in ordered)


def _tr(text: str) -> str:
    return QCoreApplication.translate("family", text)
