"""Tables that well-known programs write: their columns are known, nothing has to be guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from imhcode.formats.plain_table.mapping import ColumnMapping

#: columns by which a table is known, and what each of them is
_LAYOUTS: Sequence[Mapping[str, str]] = (
    {  # BORIS, tabular events
        "session": "Observation id",
        "subject": "Subject",
        "code": "Behavior",
        "track": "Behavioral category",
        "status": "Behavior type",
        "onset": "Time",
        "comment": "Comment",
    },
    {  # BORIS, tabular events until version 7
        "subject": "Subject",
        "code": "Behavior",
        "track": "Behavioral category",
        "status": "Status",
        "onset": "Time",
        "comment": "Comment",
    },
    {  # BORIS, aggregated events
        "session": "Observation id",
        "subject": "Subject",
        "code": "Behavior",
        "track": "Behavioral category",
        "onset": "Start (s)",
        "offset": "Stop (s)",
        "comment": "Comment start",
    },
)
_ALSO = {"coder": "coder"}  #: of ours, where a table has it
_MODIFIERS = "modifier"


def known_layout(header: Sequence[str]) -> ColumnMapping | None:
    """What the columns of a program's table are; ``None`` if it is of none we know."""
    names = set(header)
    for layout in _LAYOUTS:
        if names.issuperset(layout.values()):
            also = {role: name for role, name in _ALSO.items() if name in names}
            modifiers = tuple(one for one in header if one.casefold().startswith(_MODIFIERS))
            return replace(ColumnMapping(modifiers=modifiers), **layout, **also)  # type: ignore[arg-type]
    return None
