"""The events of observations as bare columns, where a value for each event is too slow.

A table of agreement needs six million events of a large study and none of them as an object.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from imhcode.domain.event import FAR_FUTURE_US, Link, Values
from imhcode.store import connection as connecting
from imhcode.store.errors import StudyIsDamaged
from imhcode.store.study_file import StudyFile
from imhcode.store.wire import UNREADABLE

Modifiers = tuple[tuple[str, Values], ...]


@dataclass(slots=True)
class EventColumns:
    """Events of one track as columns, in the order of their ids.

    Attributes
    ----------
    offsets_us : list of int
        ``FAR_FUTURE_US`` while a state runs.
    ids, modifiers, links : list
        Empty where they were not asked for.
    """

    codes: Sequence[str] = ()
    onsets_us: Sequence[int] = ()
    offsets_us: Sequence[int] = ()
    instances: Sequence[str] = ()
    ids: Sequence[str] = ()
    modifiers: Sequence[Modifiers] = ()
    links: Sequence[tuple[Link, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """Which tracks are read, and for which of them what costs more than numbers.

    Attributes
    ----------
    tracks : collection of str
    ids, modifiers, links : collection of str
        Tracks whose events' ids, modifiers and links are wanted too.
    """

    tracks: Collection[str]
    ids: Collection[str] = ()
    modifiers: Collection[str] = ()
    links: Collection[str] = ()


@dataclass(slots=True)
class ColumnReader:
    """Reads events of one study after another observation; keeps what it has parsed before."""

    study: StudyFile
    _modifiers: dict[str, Modifiers] = field(default_factory=lambda: {"": ()})

    def read(self, observation_id: str, needed: Needed) -> Mapping[str, EventColumns]:
        """The events of an observation by track; a track without events is left out.

        Raises
        ------
        StudyIsDamaged
            A row is not what the edit log writes.
        """
        rows = self._rows(observation_id, needed)
        by_track: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in rows:
            by_track[row[0]].append(row)
        try:
            return {track: self._columns(track, by_track[track], needed) for track in by_track}
        except UNREADABLE as failure:
            raise StudyIsDamaged(path=self.study.path, why="an event cannot be read") from failure

    def _rows(self, observation_id: str, needed: Needed) -> list[tuple[Any, ...]]:
        """Rows of the wanted tracks; texts that are not wanted stay in the file."""
        texts = (("id", needed.ids), ("modifiers", needed.modifiers), ("links", needed.links))
        wanted = ", ".join(
            f"CASE WHEN track IN ({_marks(tracks)}) THEN {column} ELSE '' END"
            for column, tracks in texts
        )
        query = (  # names of ours only; values are bound
            "SELECT track, code, onset_us, coalesce(offset_us, ?), instance, "  # noqa: S608
            f"{wanted} FROM events WHERE observation = "
            "(SELECT number FROM observations WHERE id = ?) "
            f"AND track IN ({_marks(needed.tracks)}) ORDER BY id"
        )
        given = [FAR_FUTURE_US, *(one for _, tracks in texts for one in tracks)]
        connection = self.study._connection  # noqa: SLF001  (the other half of the study file)
        with connecting.reading(connection, self.study.path):
            cursor = connection.connection.cursor()
            cursor.execute(query, [*given, observation_id, *needed.tracks])
            return list(cursor.fetchall())

    def _columns(self, track: str, rows: Sequence[tuple[Any, ...]], needed: Needed) -> EventColumns:
        _, codes, onsets_us, offsets_us, instances, ids, modifiers, links = zip(*rows, strict=True)
        return EventColumns(
            codes=codes,
            onsets_us=onsets_us,
            offsets_us=offsets_us,
            instances=instances,
            ids=ids if track in needed.ids else (),
            modifiers=[self._parsed(one) for one in modifiers] if any(modifiers) else (),
            links=[_links(one) if one else () for one in links] if any(links) else (),
        )

    def _parsed(self, text: str) -> Modifiers:
        """Modifiers as they were written down; a scheme has few combinations."""
        found = self._modifiers.get(text)
        if found is None:
            plain = json.loads(text)
            found = self._modifiers[text] = tuple((name, tuple(values)) for name, values in plain)
        return found

    def latest_us(self) -> dict[str, int]:
        """The latest time of any event, by session."""
        query = (
            "SELECT session_id, max(coalesce(offset_us, onset_us)) FROM events "
            "JOIN observations ON observation = number GROUP BY session_id"
        )
        connection = self.study._connection  # noqa: SLF001
        with connecting.reading(connection, self.study.path):
            cursor = connection.connection.cursor()
            cursor.execute(query)
            return dict(cursor.fetchall())

    def heads(self) -> dict[str, str]:
        """The last link of each observation's hash chain: what its record is known by."""
        query = (
            "SELECT id, chain FROM edits JOIN observations ON observation = number "
            "GROUP BY observation HAVING n = max(n)"
        )
        connection = self.study._connection  # noqa: SLF001
        with connecting.reading(connection, self.study.path):
            cursor = connection.connection.cursor()
            cursor.execute(query)
            return dict(cursor.fetchall())


def _marks(names: Collection[str]) -> str:
    return ", ".join("?" * len(names))


def _links(text: str) -> tuple[Link, ...]:
    return tuple(Link(*pair) for pair in json.loads(text))
