"""Values that the study keeps as whole rows, each change a line of the study's log.

Tuples are written as JSON, everything else as it is.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.consent import Consent
from imhcode.domain.family import Person, Presence
from imhcode.domain.goal import Goal, Strategy
from imhcode.domain.moment import MomentCard, PrivateNote
from imhcode.domain.retention import Deletion, Retention
from imhcode.domain.visit import Visit, VisitEntry
from imhcode.store.errors import StudyIsDamaged
from imhcode.store.study_file import StudyFile
from imhcode.store.study_log import RowKind, StudyEdit
from imhcode.store.wire import UNREADABLE, text_of

AnyKept = (
    ClipRecord
    | Consent
    | Deletion
    | Goal
    | MomentCard
    | Person
    | Presence
    | PrivateNote
    | Retention
    | Strategy
    | Visit
    | VisitEntry
)
Kept = TypeVar("Kept", bound=AnyKept)

#: The table of each kind of value.
KINDS: Mapping[type, RowKind] = {
    ClipRecord: "clips",
    Consent: "consents",
    Deletion: "deletions",
    Goal: "goals",
    MomentCard: "moment_cards",
    Person: "people",
    Presence: "presences",
    PrivateNote: "private_notes",
    Retention: "retentions",
    Strategy: "strategies",
    Visit: "visits",
    VisitEntry: "visit_entries",
}


def kept_in(file: StudyFile, kind: type[Kept]) -> list[Kept]:
    """Every value of a kind that a study has, in the order in which they came.

    Raises
    ------
    StudyIsDamaged
        A row is not what the log writes.
    """
    try:
        return [value_of(kind, row._mapping) for row in file.log_of_study().rows(KINDS[kind])]  # noqa: SLF001
    except UNREADABLE as failure:
        why = f"one of its {KINDS[kind].replace('_', ' ')} cannot be read"
        raise StudyIsDamaged(path=file.path, why=why) from failure


def row_of(value: AnyKept) -> dict[str, Any]:
    """A value as the columns of its table."""
    return {
        name: text_of(one) if isinstance(one, tuple) else one for name, one in asdict(value).items()
    }


def value_of(kind: type[Kept], row: Mapping[Any, Any]) -> Kept:
    """The value that :func:`row_of` took apart.

    Raises
    ------
    ValueError, TypeError, KeyError
        The row is not what it writes.
    """
    given = {}
    for one in fields(kind):
        value = row[one.name]
        is_tuple = getattr(one.type, "__origin__", None) is tuple
        given[one.name] = _as_tuple(json.loads(value)) if is_tuple else value
    return kind(**given)


def edit_of_rows(
    kind: type[Kept], scope: str, before: Iterable[Kept], after: Iterable[Kept]
) -> StudyEdit:
    """The edit that puts some values in the place of others.

    Parameters
    ----------
    scope : str
        What they belong to, such as a dyad: undo takes back by it.
    """
    return StudyEdit(
        KINDS[kind],
        scope,
        {one.id: row_of(one) for one in before},
        {one.id: row_of(one) for one in after},
    )


def _as_tuple(plain: Any) -> Any:
    return tuple(_as_tuple(one) for one in plain) if isinstance(plain, list) else plain
