"""A small format of another program, for the conversation about imports: one line an event.

``session;coder;track;code;onset ms;offset ms;modifier=value,…`` below lines that declare words:
``#track NAME kind exclusive subject``, ``#code TRACK NAME kind key``, ``#film SESSION PATH ms``,
``#note TEXT`` for an event that has no place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from imhcode.domain.study import Dyad, Session
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundCode, FoundMedia, FoundNote, FoundTrack, FoundVocabulary
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.loss import Loss
from imhcode.formats.record import Part, Record

HEAD = b"FOREIGN\n"


@dataclass(frozen=True)
class ForeignFormat:
    name: str = "foreign"
    label: str = "A program of the tests"
    suffixes: tuple[str, ...] = (".foreign", ".txt")
    writes: bool = True

    def recognises(self, head: bytes) -> bool:
        return head.startswith(HEAD)

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        links = sum(len(e.links) for one in records for e in one.observation.timeline)
        return [Loss("links", links, "links are left out")] if links else []

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        del study_id
        lines = ["FOREIGN"]
        for one in records:
            about = f"{one.session.id};{one.observation.coder_id}"
            for event in one.observation.timeline:
                until = "" if event.offset_us is None else event.offset_us // 1000
                lines.append(
                    f"{about};{event.track};{event.code};{event.onset_us // 1000};{until};"
                )
        (folder / "study.foreign").write_text("\n".join(lines) + "\n")
        return [Part("study.foreign", len(lines) - 1)]

    def read(self, path: Path) -> Reading:
        reading = Reading()
        tracks: dict[str, FoundTrack] = {}
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            word, _, rest = line.partition(" ")
            if word == "#track":
                name, kind, exclusive, subject = [*rest.split(" "), "", "", ""][:4]
                says = {"yes": True, "no": False}.get(exclusive)
                kind = kind.replace("-", "")
                tracks[name] = FoundTrack(id=name, kind=kind, exclusive=says, subject=subject)
            elif word == "#code":
                track, name, kind, key = [*rest.split(" "), "", ""][:4]
                code = FoundCode(id=name, kind=kind.replace("-", ""), key=key)
                tracks[track] = replace(tracks[track], codes=(*tracks[track].codes, code))
            elif word == "#film":
                session, film, offset = rest.split(" ")
                film = FoundMedia(session=session, path=film, offset_us=int(offset) * 1000)
                reading.media.append(film)
            elif word == "#note":
                reading.found += 1
                reading.notes.append(FoundNote(text=rest, counts=1))
            elif ";" in line:
                reading.found += 1
                event = _event(number, line.split(";"))
                if event is None:
                    reading.findings.append(Finding("error", "no-time", number, "it has no time"))
                else:
                    reading.events.append(event)
        reading.vocabulary = FoundVocabulary(title="", tracks=tuple(tracks.values()))
        return reading


def _event(line: int, cells: list[str]) -> IncomingEvent | None:
    session, coder, track, code, onset, offset, modifiers = cells
    if not onset:
        return None
    pairs = [one.partition("=") for one in modifiers.split(",") if one]
    chosen: dict[str, tuple[str, ...]] = {}
    for name, _, value in pairs:
        chosen[name] = (*chosen.get(name, ()), value)
    return IncomingEvent(
        line=line, session=Session(id=session), dyad=Dyad(id=""), coder_id=coder, role="",
        scheme_id="", scheme_version="", scheme_hash="", event_id="", track=track, code=code,
        onset_us=int(onset) * 1000, offset_us=int(offset) * 1000 if offset else None,
        onset_frame=None, offset_frame=None, recording="", modifiers=tuple(chosen.items()),
        links=(), pass_id="", comment="",
    )  # fmt: skip
