"""Consent in words: never a colour, for it is about people and not about passing."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from imhcode.domain.consent import State, Use, Verdict
from imhcode.domain.moment import Moment

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService

SHOWING: Use = "treatment"  #: what watching a moment together is


def today() -> str:
    """The ISO date of today."""
    return datetime.now(UTC).astimezone().date().isoformat()


def consent_of_moment(study: "StudyService", moment: Moment) -> str:
    """Who is in the picture of a moment, and whether they have agreed to watching it together."""
    from imhcode.services.consent import may_export  # noqa: PLC0415
    from imhcode.services.family import people_in  # noqa: PLC0415

    there = people_in(study.file, moment.session_id, moment)
    verdict = may_export(study.file, moment.session_id, SHOWING, today(), moments=(moment,))
    labels = ", ".join(one.label for one in there.people)
    if verdict.allowed:
        return _tr("{people}: agreed to watching it together.").format(people=labels)
    return reasons_of(verdict)


def reasons_of(verdict: Verdict) -> str:
    """Everything that stands in the way."""
    return " ".join(
        QCoreApplication.translate("errors", one.sentence).format(**one.fields)
        for one in verdict.reasons
    )


def use_words(use: Use) -> str:
    """A use, as the head of a column."""
    return {
        "treatment": _tr("Watching together"),
        "supervision": _tr("Supervision"),
        "teaching": _tr("Teaching"),
        "research": _tr("Research"),
        "family_copy": _tr("Family’s own copy"),
        "public_excerpt": _tr("Public excerpt"),
    }[use]


def state_words(state: State) -> str:
    """How a consent stands."""
    return {
        "granted": _tr("agreed"),
        "not_asked": _tr("not asked"),
        "refused": _tr("said no"),
        "expired": _tr("is over"),
        "not_yet": _tr("not yet"),
        "withdrawn": _tr("taken back"),
    }[state]


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)
