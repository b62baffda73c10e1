"""SubRip: the subtitles that every player shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.cue_times import as_clock_text, timing
from imhcode.formats.cues import Cue, Subtitles, as_reading, cues_of, losses_of
from imhcode.formats.decoded import decoded
from imhcode.formats.errors import NoSubtitles
from imhcode.formats.file_bytes import file_bytes
from imhcode.formats.found import FoundNote
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.part_names import part_names
from imhcode.formats.record import Part, Record
from imhcode.formats.uncollected import uncollected

_STYLING = re.compile(r"</?(?:[bius]|font(?: [^<>]*)?)>|\{\\an?\d+\}", re.IGNORECASE)


@dataclass(frozen=True)
class SrtFormat:
    """One file for each observation; its times are those of the first recording."""

    name: str = "srt"
    label: str = "Subtitles (SubRip)"
    suffixes: tuple[str, ...] = (".srt",)
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """Nearly everything: subtitles are for viewing."""
        count = sum(len(record.observation.timeline) for record in records)
        how = "of whom an event is, is left out"
        return [*losses_of(records), *([Loss("subjects", count, how)] if count else [])]

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write a file for each record."""
        del study_id
        parts = []
        for name, record in zip(part_names(records, ".srt"), records, strict=True):
            cues = cues_of(record)
            with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_written(n, cue) for n, cue in enumerate(cues, start=1))
            parts.append(Part(name, len(cues)))
        return parts

    def read(self, path: Path) -> Reading:
        """Read cues as utterances."""
        with uncollected():
            return read_srt(path)


def read_srt(path: Path) -> Reading:
    """Read cues as utterances; what is not UTF-8 is taken as Windows text.

    Raises
    ------
    NoSubtitles, NotText, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    rows = decoded(path, file_bytes(path), otherwise="cp1252").split("\n")
    arrows = [n for n, row in enumerate(rows) if "-->" in row]
    if not arrows:
        raise NoSubtitles(path=path, why="no line says from when to when a text is shown")
    subtitles = Subtitles()
    first = _begins(rows, arrows[0])
    if before := "\n".join(rows[:first]).strip():
        subtitles.notes.append(FoundNote(text=before, where="line 1"))
    for at, following in zip(arrows, [*arrows[1:], len(rows)], strict=True):
        until = _begins(rows, following) if following < len(rows) else following
        shown = _timeless(rows, at, until)
        if shown < until:
            said = f"“{' '.join(rows[shown:until]).strip()[:40]}” stands there without a time"
            subtitles.refuse("no-time", shown + 1, said)
        text = "\n".join(row for row in rows[at + 1 : shown] if row.strip())
        times = timing(rows[at])
        if times is None:
            said = f"“{rows[at][:60]}” does not say from when to when"
            subtitles.refuse("not-a-time", at + 1, said)
        elif not subtitles.refuse_long(text, at + 1):
            subtitles.take(Cue(*times, _STYLING.sub("", text).strip(), "", at + 1))
    return as_reading(subtitles)


def _begins(rows: list[str], arrow: int) -> int:
    """The row with which a cue begins: that of its number, if there is one before its times."""
    return arrow - 1 if arrow and rows[arrow - 1].strip().isdecimal() else arrow


def _timeless(rows: list[str], at: int, until: int) -> int:
    """The row where a cue without times begins, by its number after an empty row; else `until`."""
    number = rows[at - 1].strip() if at else ""
    if not number.isdecimal() or len(number) > 9:
        return until
    due = str(int(number) + 1)
    for n in range(at + 2, until):
        if rows[n].strip() == due and not rows[n - 1].strip():
            return n
    return until


def _written(n: int, cue: Cue) -> str:
    text = cue.text.encode("utf-8", "replace").decode().replace("\0", "").replace("-->", "->")
    times = f"{as_clock_text(cue.start_us, ',')} --> {as_clock_text(cue.end_us, ',')}"
    return f"{n}\n{times}\n{text}\n\n"


FORMATS.add(SrtFormat())
