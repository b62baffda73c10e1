"""BORIS's own table of events, for scripts that were written for it: written only.

One row per start, stop or point, as BORIS exports them, whatever the observation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from imhcode.formats import FORMATS
from imhcode.formats.boris.losses import losses_of
from imhcode.formats.boris.writing import project_of
from imhcode.formats.csv.cells import as_line
from imhcode.formats.guarded_words import guarded_word
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.record import Part, Record

TABLE = "boris_tabular.csv"
_BEFORE = (
    *("Observation id", "Observation date", "Description", "Observation duration"),
    *("Observation type", "Source", "Time offset (s)", "Media duration (s)", "FPS"),
)
_MIDDLE = ("Subject", "Behavior", "Behavioral category")
_AFTER = (
    *("Behavior type", "Time", "Media file name", "Image index", "Image file path", "Comment"),
)
_NA = "NA"


@dataclass(frozen=True)
class BorisTabularFormat:
    """Events as BORIS's tabular export has them."""

    name: str = "boris-tabular"
    label: str = "BORIS table of events (CSV)"
    suffixes: tuple[str, ...] = ()
    writes: bool = True
    ending: str = ".csv"

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """As a BORIS project."""
        return losses_of(records)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write one table of all observations."""
        project, _ = project_of(study_id, records)
        types = {one["code"]: one for one in project["behaviors_conf"].values()}
        labels = [one["label"] for one in project["independent_variables"].values()]
        fields = (row[3] for one in project["observations"].values() for row in one["events"])
        most = max((field.count("|") + 1 for field in fields if field), default=0)
        many = 0
        with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
            modifiers = [f"Modifier #{n}" for n in range(1, most + 1)]
            file.write(as_line([*_BEFORE, *labels, *_MIDDLE, *modifiers, *_AFTER]))
            for name, observation in project["observations"].items():
                for row in _rows(name, observation, types, most):
                    file.write(as_line([*map(guarded_word, row)]))
                    many += 1
        return [Part(TABLE, many)]

    def read(self, path: Path) -> Reading:
        """Never called: it has no ``suffixes``."""
        raise NotImplementedError(path)


def _rows(
    name: str, observation: Mapping[str, Any], types: Mapping[str, Any], most: int
) -> Iterator[list[str]]:
    before = [name, observation["date"].replace("T", " "), "", *_about_films(observation)]
    variables = [*observation["independent_variables"].values()]
    first = next((path for paths in observation["file"].values() for path in paths), _NA)
    open_states: dict[tuple[str, str, str], bool] = {}
    for row in observation["events"]:
        at, subject, behaviour, field, comment = row[:5]
        told = types[behaviour]
        status = "POINT"
        if told["type"] == "State event":
            key = (subject, behaviour, field)
            open_states[key] = not open_states.get(key, False)
            status = "START" if open_states[key] else "STOP"
        parts = field.split("|") if field else []
        yield [
            *before,
            *variables,
            subject or "No focal subject",
            behaviour,
            told["category"],
            *parts,
            *[""] * (most - len(parts)),
            status,
            _seconds(at),
            first,
            str(row[5]) if len(row) > 5 else _NA,
            _NA,
            " ".join(comment.splitlines()),
        ]


def _about_films(observation: Mapping[str, Any]) -> list[str]:
    """``Observation duration`` to ``FPS``, all players as BORIS joins them."""
    times = [row[0] for row in observation["events"]]
    duration = _seconds(max(times) - min(times)) if times else "0.000"
    if observation["type"] == "LIVE":
        return [duration, "Live observation", _NA, "0.0", _NA, _NA]
    used = {player: paths[0] for player, paths in observation["file"].items() if paths}
    info = observation["media_info"]
    return [
        duration,
        "Media file(s)",
        "|".join(f"player #{player}:{path}" for player, path in used.items()),
        "0.0",
        "|".join(_seconds(info["length"][path]) for path in used.values()),
        "|".join(_seconds(info["fps"][path]) for path in used.values()),
    ]


def _seconds(number: float) -> str:
    """Three decimals, as BORIS writes them."""
    return str(Decimal(str(number)).quantize(Decimal("0.001")))


FORMATS.add(BorisTabularFormat())
