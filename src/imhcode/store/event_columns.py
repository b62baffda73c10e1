"""The events of observations as bare columns, where a value for each event is too slow.

A table of agreement needs six million events of a large study and none of them as an object.
SQLite packs an observation's columns into one row of texts, so that Python handles a few long
texts instead of thousands of short rows.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from imhcode.domain.event import FAR_FUTURE_US, Link, Values
from imhcode.store import connection as connecting
from imhcode.store.errors import StudyIsDamaged
from imhcode.store.study_file import StudyFile
from imhcode.store.wire import UNREADABLE

Modifiers = tuple[tuple[str, Values], ...]
Whole = npt.NDArray[np.int64]

#: Between packed texts that cannot contain it: ids of a scheme, and JSON, which escapes it.
NEXT, WITHIN = "\x1e", "\x1f"


@dataclass(slots=True, eq=False)
class EventColumns:
    """Events of one track as columns, in the order of their ids.

    Attributes
    ----------
    names : list of str
        The codes that occur.
    codes : array of int64, shape (n,)
        Places in ``names``.
    onsets_us, offsets_us : array of int64, shape (n,)
        ``FAR_FUTURE_US`` is the offset of a state that runs.
    instances, ids, modifiers, links : sequence
        Empty where no event says anything there, or where they were not asked for.
    """

    names: Sequence[str]
    codes: Whole
    onsets_us: Whole
    offsets_us: Whole
    instances: Sequence[str] = ()
    ids: Sequence[str] = ()
    modifiers: Sequence[Modifiers] = ()
    links: Sequence[tuple[Link, ...]] = ()

    def places(self, places: Mapping[str, int]) -> Whole:
        """Each event's code as its place in a scheme; -1 for a code that the scheme lacks."""
        return np.array([places.get(one, -1) for one in self.names], np.int64)[self.codes]


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
        packed = self._packed(observation_id, needed)
        try:
            return self._unpacked(packed, needed) if packed["n"] else {}
        except UNREADABLE as failure:
            raise StudyIsDamaged(path=self.study.path, why="an event cannot be read") from failure

    def _packed(self, observation_id: str, needed: Needed) -> dict[str, Any]:
        """The columns of the wanted tracks, each as one text; what is not wanted stays there.

        All of them come from one walk along the primary key, so that they have one order.
        """
        query = (  # names of ours only; values are bound
            "SELECT count(*), group_concat(track || char(31) || code, char(30)), "  # noqa: S608
            "group_concat(onset_us), group_concat(coalesce(offset_us, ?)), "
            "CASE max(instance) WHEN '' THEN '' ELSE json_group_array(instance) END, "
            f"json_group_array(id) FILTER (WHERE track IN ({_marks(needed.ids)})), "
            "group_concat(modifiers, char(30)) "
            f"FILTER (WHERE track IN ({_marks(needed.modifiers)})), "
            f"group_concat(links, char(30)) FILTER (WHERE track IN ({_marks(needed.links)})) "
            "FROM events WHERE observation = (SELECT number FROM observations WHERE id = ?) "
            f"AND track IN ({_marks(needed.tracks)})"
        )
        given = [FAR_FUTURE_US, *needed.ids, *needed.modifiers, *needed.links]
        connection = self.study._connection  # noqa: SLF001  (the other half of the study file)
        with connecting.reading(connection, self.study.path):
            cursor = connection.connection.cursor()
            cursor.execute(query, [*given, observation_id, *needed.tracks])
            found = cursor.fetchone() or ()  # a count always has a row
        names = ("n", "names", "onsets", "offsets", "instances", "ids", "modifiers", "links")
        return dict(zip(names, found, strict=True))

    def _unpacked(self, packed: Mapping[str, Any], needed: Needed) -> dict[str, EventColumns]:
        said = packed["names"].split(NEXT)
        distinct = list(dict.fromkeys(said))
        number = {name: place for place, name in enumerate(distinct)}
        which = np.fromiter(map(number.__getitem__, said), np.int64)
        onsets_us, offsets_us = _whole(packed["onsets"]), _whole(packed["offsets"])
        if not len(which) == len(onsets_us) == len(offsets_us) == packed["n"]:
            raise ValueError
        of_track: dict[str, list[str]] = {}
        for one in distinct:
            track, code = one.split(WITHIN)
            of_track.setdefault(track, []).append(code)
        tracks = {track: place for place, track in enumerate(of_track)}
        track_of = np.array([tracks[one.split(WITHIN)[0]] for one in distinct], np.int64)[which]
        instances = json.loads(packed["instances"]) if packed["instances"] else ()
        texts = {
            "ids": _Texts(json.loads(packed["ids"]), needed.ids, tracks, track_of),
            "modifiers": _Texts(_split(packed["modifiers"]), needed.modifiers, tracks, track_of),
            "links": _Texts(_split(packed["links"]), needed.links, tracks, track_of),
        }
        found: dict[str, EventColumns] = {}
        for track, codes in of_track.items():
            rows = np.flatnonzero(track_of == tracks[track])
            places = np.full(len(distinct), -1)
            places[[number[track + WITHIN + code] for code in codes]] = np.arange(len(codes))
            modifiers = texts["modifiers"].of(track, rows)
            links = texts["links"].of(track, rows)
            found[track] = EventColumns(
                names=codes,
                codes=places[which[rows]],
                onsets_us=onsets_us[rows],
                offsets_us=offsets_us[rows],
                instances=[instances[k] for k in rows.tolist()] if instances else (),
                ids=texts["ids"].of(track, rows),
                modifiers=self._parsed(modifiers) if any(modifiers) else (),
                links=[_links(one) if one else () for one in links] if any(links) else (),
            )
        return found

    def _parsed(self, texts: Sequence[str]) -> list[Modifiers]:
        """Modifiers as they were written down; a scheme has few combinations."""
        for text in set(texts).difference(self._modifiers):
            plain = json.loads(text)
            self._modifiers[text] = tuple((name, tuple(values)) for name, values in plain)
        return [self._modifiers[one] for one in texts]

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


class _Texts:
    """One column of texts of the events of some tracks."""

    def __init__(
        self,
        texts: Sequence[str],
        wanted: Collection[str],
        tracks: Mapping[str, int],
        track_of: Whole,
    ) -> None:
        self._texts, self._wanted = texts, wanted
        if wanted:
            is_mine = np.array([track in wanted for track in tracks])
            self._place = np.cumsum(is_mine[track_of]) - 1
            if self._place[-1] + 1 != len(texts):
                raise ValueError

    def of(self, track: str, rows: Whole) -> Sequence[str]:
        """Those of one track; nothing if they were not wanted."""
        if track not in self._wanted:
            return ()
        return [self._texts[k] for k in self._place[rows].tolist()]


def _whole(packed: str) -> Whole:
    """Whole numbers; what else is in the text is refused, not skipped."""
    if not packed.replace(",", "").replace("-", "").isdigit():
        raise ValueError
    return np.fromstring(packed, np.int64, sep=",")


def _split(packed: str | None) -> list[str]:
    return [] if packed is None else packed.split(NEXT)


def _marks(names: Collection[str]) -> str:
    return ", ".join("?" * len(names))


def _links(text: str) -> tuple[Link, ...]:
    return tuple(Link(*pair) for pair in json.loads(text))
