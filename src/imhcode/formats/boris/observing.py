"""One observation of a project as one session: its events, its films, and what is doubtful."""

from collections import defaultdict
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any

from imhcode.domain.event import Values
from imhcode.domain.timecode import US_PER_MS, US_PER_S, as_decimal
from imhcode.formats.boris.films import Films, films_of
from imhcode.formats.boris.pairing import Row, paired
from imhcode.formats.boris.project import Behaviour, Project, unnamed
from imhcode.formats.boris.shapes import as_list, as_object, as_text, said
from imhcode.formats.boris.times import Times, length_us, time_us
from imhcode.formats.boris.words import Words
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundNote
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.formats.session_facts import CODER, ROLE, SCHEME, VERSION, Facts, facts_of

_BY_BORIS = "Event automatically added by the fix unpaired state events function"
_UNDERSTOOD = frozenset(
    {
        *("type", "date", "time offset", "time offset second player", "events", "file"),
        *("independent_variables", "media_info", "description", "observation time interval"),
        *("media_creation_date_as_offset", "start_from_current_time", "media_file_info"),
        *("start_from_current_epoch_time", "replace audio", "directories_list"),
    }
)
#: of ``media_info``: what is about the films, and how BORIS shows them
_ABOUT_FILMS = frozenset({"length", "fps", "offset", "hasVideo", "hasAudio", "media_creation_time"})

Answers = tuple[tuple[str, Values], ...]
Meant = tuple[str, str, str, Answers]  #: track, code, instance, modifiers


class ObservationReading:
    """The reading of one observation."""

    def __init__(
        self, project: Project, words: Words, name: str, raw: dict[str, Any], taken: set[str]
    ) -> None:
        self._project, self._words, self._raw = project, words, raw
        self._where = f"observation “{name}”"
        variables = as_object(raw.get("independent_variables"), project.path, self._where)
        said_of_it = {label: as_text(value) for label, value in variables.items()}
        self._facts: Facts = facts_of(name.strip(), as_text(raw.get("date")), said_of_it)
        self._findings: list[Finding] = []
        self._notes: list[FoundNote] = []
        if name.strip() != name and name.strip() in taken:
            self._doubt("same-session", 0, f"another observation is called “{name.strip()}” too")
        taken.add(name.strip())
        self._meant: dict[tuple[str, str, str], Meant] = {}
        self._refused = 0

    def into(self, reading: Reading) -> None:
        """Add all of the observation to a reading."""
        raw, session = self._raw, self._facts.session
        rows = self._rows(as_list(raw.get("events"), self._project.path, self._where))
        shift_us = self._shift_us(rows)
        films = films_of(self._project, raw, session.id, self._facts.zero_us, self._where)
        events = self._events(rows, shift_us, films)
        self._join(events)
        self._keep_rest()
        counted = sum(note.counts for note in self._notes)
        reading.found += len(events) + counted + self._refused
        reading.events += events
        reading.media += [one for one in films.media if one not in reading.media]
        reading.findings += [*self._findings, *films.findings]
        reading.notes += [*self._notes, *films.notes]
        if not events:
            reading.sessions.append(session)

    def _rows(self, given: list[Any]) -> list[Row]:
        """The rows that can be read, by time; the others are findings."""
        of_film = as_text(self._raw.get("type")).upper() not in ("LIVE", "IMAGES")
        rows: list[Row] = []
        times = Times()
        for n, one in enumerate(given, start=1):
            size = len(one) if type(one) is list else 0
            if size == 6:
                at, subject, code, modifiers, comment, frame = one
            elif size >= 3:
                at, subject, code, modifiers, comment, frame = (*one, "", "", None)[:6]
            else:
                self._refuse("not-an-event", n, "is no event: it has no time, subject or behaviour")
                continue
            at_us = times.us(at)
            if at_us is None:
                self._doubt("no-time", n, f"{said(at)} is no time; the event is a note")
                self._keep(said(one), f"event {n}", counts=1)
                continue
            if not type(subject) is type(code) is type(modifiers) is type(comment) is str:
                told = (subject, code, modifiers, comment)
                subject, code, modifiers, comment = map(as_text, told)
            if type(frame) is not int or not of_film:
                frame = None
            rows.append((at_us, subject, code, modifiers, comment, frame, n))
        in_file = [row[0] for row in rows]
        if in_file != sorted(in_file):
            self._doubt("unsorted", 0, "its events were not in order of time; they were sorted")
            rows.sort(key=itemgetter(0))
        return rows

    def _shift_us(self, rows: list[Row]) -> int:
        """What to take off a time of the file: the first film begins at 0."""
        raw = self._raw
        shift_us = length_us(raw.get("time offset"))
        if shift_us:
            text = "its time offset is part of its times and was taken off: the first film is at 0"
            self._doubt("time-offset", 0, f"{text} ({as_decimal(shift_us, US_PER_S)} s)")
        if raw.get("media_creation_date_as_offset"):
            info = as_object(raw.get("media_info"), self._project.path, self._where)
            made = as_object(info.get("media_creation_time"), self._project.path, self._where)
            created_us = next((time_us(one) for one in made.values()), None)
            if created_us is not None:
                shift_us += created_us
                text = (
                    "its times count from the epoch; the day its first film was made is taken off"
                )
                self._doubt("epoch", 0, text)
        elif raw.get("start_from_current_epoch_time") or raw.get("start_from_current_time"):
            first_us = min((row[0] for row in rows), default=0)
            shift_us = first_us // US_PER_S * US_PER_S
            text = f"its times are of the day; {shift_us // US_PER_S} s were taken off"
            self._doubt("time-of-day", 0, text)
        return shift_us - self._facts.zero_us

    def _events(self, rows: list[Row], shift_us: int, films: Films) -> list[IncomingEvent]:
        behaviours = self._project.behaviours
        pairs = paired(rows, frozenset(code for code, one in behaviours.items() if one.state))
        events = [self._event(start, stop, shift_us, films) for start, stop in pairs.whole]
        for start, stop in pairs.half:
            fuller = stop if len(stop[3]) > len(start[3]) else start
            event = self._event((*start[:3], fuller[3], *start[4:]), stop, shift_us, films)
            event.flagged = True
            events.append(event)
            text = f"“{start[2]}” has its modifiers at one end only (event {stop[6]} is its stop)"
            self._doubt("modifiers-at-one-end", start[6], text)
        for start, stop in pairs.changed:
            text = f"“{start[2]}” starts with “{start[3]}” and stops, as event {stop[6]}, with"
            self._doubt("modifiers-differ", start[6], f"{text} “{stop[3]}”; both are notes")
            self._keep_row(start, shift_us)
            self._keep_row(stop, shift_us)
        for row in pairs.alone:
            whose = f"“{row[1]}”" if row[1] else "no focal subject"
            text = f"“{row[2]}” of {whose} has no partner to start or stop with; it is a note"
            self._doubt("unpaired-state", row[6], text)
            self._keep_row(row, shift_us)
        events.sort(key=attrgetter("onset_us", "line"))
        return events

    def _event(self, start: Row, stop: Row | None, shift_us: int, films: Films) -> IncomingEvent:
        at_us, subject, code, modifiers, comment, frame, n = start
        words, facts = self._words, self._facts
        offset_us, offset_frame, until = at_us, None, ""
        if stop is not None:
            offset_us, offset_frame, until = stop[0], stop[5], f" to {stop[6]}"
            if stop[4] and stop[4] != comment:
                comment = f"{comment}\n{stop[4]}" if comment else stop[4]
        meant = self._meant.get((subject, code, modifiers))
        if meant is None:
            meant = (
                words.tracks[subject, code],
                words.codes[code],
                words.persons[subject][1],
                self._take_apart(code, modifiers, n),
            )
            self._meant[subject, code, modifiers] = meant
        track, plain_code, instance, answers = meant
        by_boris = comment != "" and _BY_BORIS in comment
        if by_boris:
            self._doubt("stop-by-boris", n, "was closed by BORIS, not by a coder")
        return IncomingEvent(
            line=n,
            session=facts.session,
            dyad=facts.dyad,
            coder_id=facts.said.get(CODER, ""),
            role=facts.said.get(ROLE, ""),
            scheme_id=facts.said.get(SCHEME, ""),
            scheme_version=facts.said.get(VERSION, ""),
            scheme_hash="",
            event_id="",
            track=track,
            code=plain_code,
            onset_us=at_us - shift_us,
            offset_us=offset_us - shift_us,
            onset_frame=frame,
            offset_frame=offset_frame,
            recording=(
                ""
                if frame is None and offset_frame is None
                else films.shown_at(at_us - shift_us - facts.zero_us)
            ),
            modifiers=answers,
            links=(),
            pass_id="",
            comment=comment,
            instance=instance,
            flagged=by_boris,
            where=f"{self._where}, event {n}{until}",
        )

    def _take_apart(self, code: str, text: str, n: int) -> Answers:
        """The answers that stand joined in one field, and a word on those nobody asked for."""
        behaviour = self._project.behaviours.get(code) or Behaviour(code=code, state=False)
        answers: list[tuple[str, Values]] = []
        for place, part in enumerate(text.split("|") if text else ()):
            if part in ("", "None"):
                continue
            if place >= len(behaviour.sets):
                answers.append((unnamed(code, place + 1), (part,)))
                self._doubt("undeclared-modifier", n, f"“{part}” answers no modifier of “{code}”")
                continue
            one = behaviour.sets[place]
            values = tuple(part.split(",")) if one.type == "multi" else (part,)
            values = tuple(value for value in values if value not in ("", "None"))
            for value in values:
                if one.type in ("choice", "multi") and value not in one.values:
                    self._doubt("undeclared-modifier", n, f"“{value}” is no choice of “{one.id}”")
            if values:
                answers.append((one.id, values))
        return tuple(answers)

    def _join(self, events: list[IncomingEvent]) -> None:
        """Let a state last until the next one where BORIS closed it a millisecond before."""
        lanes: dict[tuple[str, str], list[IncomingEvent]] = defaultdict(list)
        for event in events:
            if event.track in self._words.exclusive:
                lanes[event.track, event.instance].append(event)
        joined = 0
        for lane in lanes.values():
            for event, after in pairwise(lane):
                if event.offset_us is not None and after.onset_us - event.offset_us == US_PER_MS:
                    event.offset_us = after.onset_us
                    joined += 1
        if joined:
            text = f"{joined} states that end 1 ms before the next of their track now adjoin it"
            self._doubt("adjoining", 0, text)

    def _keep_rest(self) -> None:
        """Notes for all of the observation that has no place in a study."""
        raw = self._raw
        kind = as_text(raw.get("type")).upper()
        if raw.get("description"):
            self._keep(as_text(raw["description"]), "description")
        for label, value in self._facts.rest.items():
            self._keep(f"{label}: {value}", "independent variables")
        interval = raw.get("observation time interval")
        if isinstance(interval, list) and any(map(time_us, interval)):
            self._keep(f"from {said(interval)[1:-1]} s", "observation time interval")
        if kind == "IMAGES":
            text = "pictures of folders were observed; their numbers and folders are kept as notes"
            self._doubt("images", 0, text)
            self._keep(said(raw.get("directories_list")), "folders of pictures")
        info = as_object(raw.get("media_info"), self._project.path, self._where)
        rest = {name: one for name, one in raw.items() if name not in _UNDERSTOOD and one}
        if rest.get("image_display_duration") == 1:  # what BORIS always writes
            del rest["image_display_duration"]
        rest |= {name: one for name, one in info.items() if name not in _ABOUT_FILMS and one}
        if rest:
            self._keep(said(rest), "settings of BORIS")

    def _keep(self, text: str, what: str, counts: int = 0) -> None:
        where = f"{self._where}, {what}"
        note = FoundNote(text=text, session=self._facts.session.id, where=where, counts=counts)
        self._notes.append(note)

    def _keep_row(self, row: Row, shift_us: int) -> None:
        at_us, subject, code, modifiers, comment, _, n = row
        parts = (as_decimal(at_us - shift_us, US_PER_S) + " s", subject, code, modifiers, comment)
        self._keep(" · ".join(filter(None, parts)), f"event {n}", counts=1)

    def _doubt(self, rule: str, n: int, text: str) -> None:
        where = f"{self._where}, event {n}" if n else self._where
        self._findings.append(Finding("warning", rule, n, text, where=where))

    def _refuse(self, rule: str, n: int, text: str) -> None:
        self._refused += 1
        where = f"{self._where}, event {n}"
        self._findings.append(Finding("error", rule, n, text, where=where))
