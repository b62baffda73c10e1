"""WebVTT: subtitles of the web, with the speaker of each."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.cue_times import Timing, as_clock_text, timing
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

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t\n]++([^<>]*)>")
_TAG = re.compile(r"</?[a-z\d.:][^<>]*>|</?>", re.IGNORECASE)
_BESIDE = ("NOTE", "STYLE", "REGION")
_FIRST = re.compile(r"WEBVTT(?=[ \t\n]|$)")


@dataclass(frozen=True)
class WebVttFormat:
    """One file for each observation; its times are those of the first recording."""

    name: str = "webvtt"
    label: str = "Subtitles (WebVTT)"
    suffixes: tuple[str, ...] = (".vtt",)
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """Nearly everything: subtitles are for viewing."""
        return losses_of(records)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write a file for each record."""
        del study_id
        parts = []
        for name, record in zip(part_names(records, ".vtt"), records, strict=True):
            cues = cues_of(record)
            with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
                file.write("WEBVTT\n")
                file.writelines(map(_written, cues))
            parts.append(Part(name, len(cues)))
        return parts

    def read(self, path: Path) -> Reading:
        """Read cues as utterances."""
        with uncollected():
            return read_webvtt(path)

    def recognises(self, head: bytes) -> bool:
        """Whether a file begins as the standard asks."""
        return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def read_webvtt(path: Path) -> Reading:
    """Read cues as utterances.

    Raises
    ------
    NoSubtitles, NotText, TooLarge
        As their sentences say.
    FileUnreadable
        The disk does not hand it out.
    """
    text = decoded(path, file_bytes(path))
    if not _FIRST.match(text):
        raise NoSubtitles(path=path, why="its first line does not say WEBVTT")
    subtitles = Subtitles()
    blocks = _blocks(text)
    next(blocks, None)  # the head, which may go on until the first empty line
    for block_line, block in blocks:
        for line, rows in _cue_by_cue(block_line, block):
            _take(subtitles, line, rows)
    return as_reading(subtitles)


def _cue_by_cue(line: int, rows: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what one block holds: a line with times ends the cue before it, as players do it."""
    if _is_beside(rows):
        yield line, rows
        return
    begun = 0
    arrows = [at for at, row in enumerate(rows) if "-->" in row]
    for at in arrows[1:]:
        yield line + begun, rows[begun:at]
        begun = at
    yield line + begun, rows[begun:]


def _is_beside(rows: list[str]) -> bool:
    """Whether a block is no cue: a remark, colours or the like."""
    return rows[0].split(None, 1)[0] in _BESIDE and "-->" not in rows[0]


def _take(subtitles: Subtitles, line: int, rows: list[str]) -> None:
    """Add what one block says."""
    if _is_beside(rows):
        subtitles.notes.append(FoundNote(text="\n".join(rows), where=f"line {line}"))
        return
    at = next((n for n, row in enumerate(rows[:2]) if "-->" in row), None)
    if at is None:
        subtitles.refuse("no-time", line, f"“{rows[0][:40]}” stands there without a time")
        return
    times = timing(rows[at])
    if times is None:
        said = f"“{rows[at][:60]}” does not say from when to when"
        subtitles.refuse("not-a-time", line + at, said)
        return
    text = "\n".join(rows[at + 1 :])
    if not subtitles.refuse_long(text, line + at):
        for cue in _cues(times, text, line + at):
            subtitles.take(cue)


def _cues(times: Timing, text: str, line: int) -> Iterator[Cue]:
    """Yield a cue, or one for each voice in it."""
    before, *voices = _VOICE.split(text)
    said = _plain(before)
    if said or not voices:
        yield Cue(*times, said, "", line)
    for speaker, words in zip(voices[::2], voices[1::2], strict=True):
        yield Cue(*times, _plain(words), html.unescape(speaker).strip(), line)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text) if "<" in text else text).strip()


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines between empty lines, and where they begin."""
    rows: list[str] = []
    for line, row in enumerate([*text.split("\n"), ""], start=1):
        if row.strip():
            rows.append(row)
        elif rows:
            yield line - len(rows), rows
            rows = []


def _written(cue: Cue) -> str:
    voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
    times = f"{as_clock_text(cue.start_us, '.')} --> {as_clock_text(cue.end_us, '.')}"
    return f"\n{times}\n{voice}{_escaped(cue.text)}\n"


def _escaped(text: str) -> str:
    plain = text.encode("utf-8", "replace").decode().replace("\0", "")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


FORMATS.add(WebVttFormat())
