"""What a file would become, worked out before anything is written.

Foreign words get a scheme: the one somebody names, the one the file names, one of the study that
has them all, or a new one made of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path

from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme
from imhcode.formats import Format, ReadingColumns
from imhcode.formats.errors import FileUnreadable
from imhcode.formats.finding import Finding
from imhcode.formats.found import FoundNote
from imhcode.formats.incoming import IncomingEvent, Reading
from imhcode.services.counterparts import Counterpart, counterparts, covers, mapping_to
from imhcode.services.file_words import FileWords, Word, words_of
from imhcode.services.format_choice import format_to_read
from imhcode.services.import_ground import ImportGround
from imhcode.services.import_media import NamedFilm, films_of
from imhcode.services.import_report import CodeFound, Contents
from imhcode.services.mapping_document import read_mapping_document, scheme_in_mapping
from imhcode.services.proposed_scheme import ProposedScheme, proposed_scheme
from imhcode.services.word_mapping import WordMapping, in_words

UNKNOWN_CODER = "unknown"  #: many programs never ask who codes


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that has been read; nothing of the study is needed for it."""

    path: Path
    format: Format
    sha256: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the person says.

    Attributes
    ----------
    session, coder, role, scheme : str
        Where the file is silent.
    mapping : Path, Mapping or None
        What becomes of the file's words: a document, or its content.
    new_scheme : bool
        Whether a scheme is made of the words although one of the study has them.
    snap : bool
        Whether times are moved onto frames.
    films : bool
        Whether films that are found become recordings.
    again : bool
        Whether a file may come in a second time.
    """

    session: str = ""
    coder: str = ""
    role: str = ""
    scheme: str = ""
    mapping: Path | Mapping[Word, Word | None] | None = None
    new_scheme: bool = False
    snap: bool = False
    films: bool = True
    again: bool = False


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a file would become.

    Attributes
    ----------
    session, coder : str
        Of events for which the file names none.
    scheme : Scheme or None
        Into which foreign words go; ``None`` if the file speaks our own.
    proposed : ProposedScheme or None
        Where that scheme is new.
    rows : list of Counterpart
        Each code of a foreign file with what it becomes.
    events : list of IncomingEvent
        In the words of the scheme.
    notes : list of FoundNote
        What has no place.
    """

    file: FileRead
    session: str
    coder: str
    contents: Contents
    films: list[NamedFilm]
    scheme: Scheme | None = None
    proposed: ProposedScheme | None = None
    words: FileWords | None = None
    rows: list[Counterpart] = field(default_factory=list)
    events: list[IncomingEvent] = field(default_factory=list)
    notes: list[FoundNote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class NoColumnsToName(Refused):
    """Columns named for a file whose format says itself what is what."""

    sentence = "{path} is read as {format}, which needs nobody to name its columns."
    next_step = "Leave --columns out, or say --format plain-table as well."


def read_file(path: Path, format_name: str = "", columns: str = "") -> FileRead:
    """Read a file; on any thread.

    Parameters
    ----------
    columns : str
        What the columns of a table are, where the guess is wrong: ``onset=Start,code=What,unit=s``.

    Raises
    ------
    Refused, Trouble
        Nobody can read it, or it is not what its ending says.
    """
    chosen = format_to_read(path, format_name)
    if not columns:
        reading = chosen.read(path)
    elif isinstance(chosen, ReadingColumns):
        reading = chosen.read_with(path, columns)
    else:
        raise NoColumnsToName(path=path, format=chosen.name)
    try:
        with path.open("rb") as opened:
            sha256 = file_digest(opened, "sha256").hexdigest()
    except OSError as failure:
        raise FileUnreadable(path=path, why=failure.strerror or failure) from failure
    return FileRead(path, chosen, sha256, reading)


def name_of(file: FileRead) -> str:
    """A file's name without its ending; what else stands behind dots belongs to it."""
    name = file.path.name
    endings = sorted(file.format.suffixes, key=len, reverse=True)
    ending = next((one for one in endings if name.lower().endswith(one)), file.path.suffix)
    return name[: len(name) - len(ending)].strip()


def plan_of(study: ImportGround, file: FileRead, choices: Choices) -> Plan:
    """Work out what a file would become; the study is only asked.

    Raises
    ------
    Refused
        A scheme or mapping is not what was said, or no scheme can be made.
    """
    reading = file.reading
    foreign = reading.vocabulary is not None or choices.new_scheme or choices.mapping is not None
    words = words_of(reading)
    session = choices.session
    findings = list(reading.findings)
    if foreign and not session:
        session = name_of(file) or "S01"
        if any(not event.session.id for event in reading.events):
            said = f"the file names no session: it is called “{session}” after the file"
            findings.append(Finding("warning", "session-by-name", 1, said))
    coder = choices.coder
    if foreign and not coder and any(not event.coder_id for event in reading.events):
        coder = UNKNOWN_CODER
        said = (
            f"the file does not say who coded it: the coder is called “{coder}”; --coder says who"
        )
        findings.append(Finding("warning", "coder-unknown", 1, said))
    plan = Plan(
        file=file,
        session=session,
        coder=coder,
        contents=_contents(reading, words),
        films=films_of(reading.media, file.path, study.path, session),
        words=words if foreign else None,
        events=reading.events,
        notes=list(reading.notes),
        findings=findings,
    )
    missing = list(dict.fromkeys(one.path for one in plan.films if one.found is None))
    if missing:
        several = f"{len(missing)} recordings were not found: {', '.join(missing)}"
        said = several if len(missing) > 1 else f"the recording {missing[0]} was not found"
        where = plan.films[0].session if len({one.session for one in plan.films}) == 1 else ""
        plan.findings.append(Finding("warning", "media-not-found", 1, said, where))
    if foreign and words.codes:
        _translate(study, plan, choices, words)
    return plan


def _translate(study: ImportGround, plan: Plan, choices: Choices, words: FileWords) -> None:
    """Bring the events into the words of a scheme."""
    scheme = _scheme_for(study, plan, choices, words)
    if scheme is None:
        known = {one.id for one in study.schemes().values()}
        vocabulary = plan.file.reading.vocabulary
        title = (vocabulary.title if vocabulary else "") or name_of(plan.file)
        plan.proposed = proposed_scheme(words, title, known)
        plan.scheme = plan.proposed.scheme
        plan.findings += plan.proposed.decisions
        mapping = plan.proposed.mapping
        plan.rows = [
            Counterpart(word, mapping.codes.get(word), "same", words.used(word).events)
            for word in words.codes
        ]
        if isinstance(choices.mapping, Mapping):  # some of the words are not wanted
            kept = {one: mapping.codes.get(one) for one, to in choices.mapping.items() if to}
            mapping = replace(mapping, codes=kept)
    else:
        plan.scheme = scheme
        plan.rows = counterparts(words, scheme)
        mapping = mapping_to(words, scheme, _codes(plan, choices, words, scheme))
    _apply(plan, mapping)


def _scheme_for(
    study: ImportGround, plan: Plan, choices: Choices, words: FileWords
) -> Scheme | None:
    """The scheme of the study that is meant; ``None`` if one is to be made."""
    if choices.new_scheme:
        return None
    if choices.scheme:
        return study.scheme(choices.scheme)
    if isinstance(choices.mapping, Path):
        return study.scheme(scheme_in_mapping(choices.mapping))
    known = {one.id: one for one in study.schemes().values()}
    named = {event.scheme_id for event in plan.events if event.scheme_id}
    if len(named) == 1 and (found := known.get(named.pop())):
        return found
    return next((one for one in study.schemes().values() if covers(words, one)), None)


def _codes(
    plan: Plan, choices: Choices, words: FileWords, scheme: Scheme
) -> Mapping[Word, Word | None]:
    """What the person says, else only what has the same name."""
    if isinstance(choices.mapping, Path):
        return read_mapping_document(choices.mapping, words, scheme)
    if choices.mapping is not None:
        return choices.mapping
    for one in plan.rows:
        if one.sureness != "same" and one.events:
            near = f" (did you mean {one.to[0]}/{one.to[1]}? a mapping says so)" if one.to else ""
            said = (
                f"“{one.word[1]}” on “{one.word[0]}” has no counterpart in {scheme.id}{near}: "
                f"its events are kept as notes ({one.events})"
            )
            plan.findings.append(Finding("warning", "no-counterpart", 1, said))
    return {one.word: one.to if one.sureness == "same" else None for one in plan.rows}


def _apply(plan: Plan, mapping: WordMapping) -> None:
    events: list[IncomingEvent] = []
    told: dict[str, int] = {}
    momentary: dict[Word, list[IncomingEvent]] = {}
    links = 0
    for event in plan.file.reading.events:
        mapped = mapping.applied(event)
        if mapped is None:
            plan.notes.append(_note_of(plan, event))
            continue
        if _lacks_length(plan, mapped):
            seen = momentary.setdefault((event.track, event.code), [])
            seen.append(event)
            plan.notes.append(_note_of(plan, event))
            continue
        links += len(mapped.links)
        mapped = _without_strange_links(plan, mapped)
        if len(mapped.comment) > len(event.comment):
            for name, _ in event.modifiers:
                told[name] = told.get(name, 0) + 1
        events.append(mapped)
    plan.events = events
    for (track, code), some in momentary.items():
        said = (
            f"“{track}” “{code}” lasts, but {len(some)} of its events have no length: they are "
            "kept as notes, because a length would be made up"
        )
        first = some[0]
        plan.findings.append(Finding("warning", "no-length", first.line, said, first.where))
    strange = links - sum(len(event.links) for event in events)
    if strange:
        said = f"{strange} links have no rule in the scheme: they are kept as notes"
        plan.findings.append(Finding("warning", "link-without-rule", 1, said))
    for name, count in told.items():
        if not mapping.modifiers.get(name) or name not in mapping.free:
            said = (
                f"“{name}” has no place or not all its values do: they went into {count} comments"
            )
            plan.findings.append(Finding("warning", "modifier-in-comment", 1, said))


def _note_of(plan: Plan, event: IncomingEvent) -> FoundNote:
    """An event that has no place."""
    where = event.where or f"line {event.line}"
    session = event.session.id or plan.session
    return FoundNote(text=in_words(event), session=session, where=where, counts=1)


def _lacks_length(plan: Plan, event: IncomingEvent) -> bool:
    """Whether it is a moment on a track whose events last."""
    if plan.scheme is None or event.offset_us != event.onset_us:
        return False
    track = plan.scheme.track(event.track)
    return track is not None and track.kind != "point"


def _without_strange_links(plan: Plan, event: IncomingEvent) -> IncomingEvent:
    """The event with the links and the pass that its new scheme knows; others become notes."""
    scheme = plan.scheme
    if scheme is None or not (event.links or event.pass_id):
        return event
    rules = {one.id for one in scheme.links}
    links = tuple(one for one in event.links if one.rule in rules or (rules and not one.rule))
    for one in event.links:
        if one not in links:
            text = f"link {one.rule} from {event.event_id or in_words(event)} to {one.target}"
            session = event.session.id or plan.session
            plan.notes.append(FoundNote(text=text, session=session, where=event.where))
    pass_id = event.pass_id if scheme.pass_(event.pass_id) else ""
    return replace(event, links=links, pass_id=pass_id)


def _contents(reading: Reading, words: FileWords) -> Contents:
    sessions = dict.fromkeys(event.session.id for event in reading.events)
    sessions |= dict.fromkeys(one.id for one in reading.sessions)
    return Contents(
        sessions=tuple(one for one in sessions if one),
        coders=tuple(dict.fromkeys(one.coder_id for one in reading.events if one.coder_id)),
        subjects=tuple(dict.fromkeys(one.subject for one in words.tracks.values() if one.subject)),
        modifiers=tuple(words.modifiers),
        codes=tuple(CodeFound(*word, words.used(word).events) for word in words.codes),
    )
