"""The visit note for the file, and a dyad's visits over time: all that the clinician knows.

The one service beside the clinician's own screen that reads private notes.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from imhcode.domain.codes import Modifier, Track
from imhcode.domain.consent import NotCovered
from imhcode.domain.goal import Goal, Strategy
from imhcode.domain.moment import STATUS, WHO, Moment, PrivateNote, conversation_track
from imhcode.domain.scheme import Scheme
from imhcode.domain.showing import PRIVATE
from imhcode.domain.timecode import as_clock
from imhcode.domain.visit import PARENT_STANCE, VisitEntry
from imhcode.media.clips.still import Still
from imhcode.reports.photograph import Photograph
from imhcode.reports.visit_note import (
    FiledGoal,
    FiledMoment,
    LogLine,
    VisitNote,
    VisitsAcross,
    mark_of,
    visit_note_page,
    visits_across_page,
)
from imhcode.schemes.translating import translated
from imhcode.services.across_visits import across
from imhcode.services.goals import goals_of
from imhcode.services.note_file import NoteWritten, Version, write_note
from imhcode.services.studies import StudyService
from imhcode.services.visit_moments import AboutVisit, Stills, Told, stills_for, told
from imhcode.store.kept import kept_in

if TYPE_CHECKING:
    from imhcode.reports.pdf import Paper

ENDING = "-confidential-for-the-file"
_NO_STILLS = Stills({}, (), ())


def visit_note(
    study: StudyService, about: AboutVisit, on: str, index_folder: Path | None = None
) -> tuple[VisitNote, Stills]:
    """The note for the file; pictures of people who have not agreed to treatment are left out.

    Raises
    ------
    NoSuchEntry, NothingToTell
        There is nothing to tell.
    """
    what = told(study, about)
    try:
        stills = stills_for(study, what.shown, what.entries, "treatment", on, index_folder)
    except NotCovered as refusal:
        stills = Stills({}, (), (refusal.sentence.format(**refusal.fields),))
    notes = {one.id: one.text for one in kept_in(study.file, PrivateNote)}
    goals = {one.id: one.text for one in goals_of(study.file, about.dyad_id)}
    schemes = _spoken(study, what.language)

    def filed(moment: Moment) -> FiledMoment:
        still = stills.of.get(moment.id)
        return FiledMoment(
            title=moment.title,
            kind=moment.code_label,
            where=_where(moment.session_id, moment.onset_us, moment.offset_us),
            facts=_facts(moment, goals, schemes),
            private_note=notes.get(moment.id, ""),
            picture=_photograph(still),
            frame=still.frame if still else 0,
        )

    note = VisitNote(
        language=what.language,
        facts=_about(about, what),
        moments=tuple(map(filed, what.shown)),
        others=tuple(map(filed, what.others)),
        private_notes=tuple(_private(study, what)),
        log=tuple(_log(what.entries, schemes)),
        goals=_goals(study, about.dyad_id),
        no_stills=stills.missing,
    )
    return note, stills


def write_visit_note(
    study: StudyService,
    about: AboutVisit,
    to: Path,
    *,
    coder_id: str,
    on: str,
    paper: "Paper" = "A4",
    index_folder: Path | None = None,
) -> NoteWritten:
    """Write the note to ``NAME-confidential-for-the-file.html`` or ``.pdf``.

    Raises
    ------
    NoSuchEntry, NothingToTell, NotAPage, NameOfTheOther
        Refused; nothing is written.
    Trouble
        The disk would not; nothing is written.
    """
    note, stills = visit_note(study, about, on, index_folder)
    version = _version(f"{about.dyad_id} {about.visit}".strip(), note.language, paper)
    page = visit_note_page(note)
    return write_note(study, page, to, version, stills, coder_id=coder_id, on=on)


def visits_across(study: StudyService, dyad_id: str, language: str = "") -> VisitsAcross:
    """Moments, what was said, goals and what was tried, over the visits of one dyad."""
    found = across(study, dyad_id)
    schemes = _spoken(study, language)
    labels = {
        code.id: code.label for scheme in schemes for track in scheme.tracks for code in track.codes
    }
    return VisitsAcross(
        language=language or "en",
        dyad=dyad_id,
        sessions=tuple(
            (one.session.id, one.session.date, len(one.moments), _counts(one.by_kind, labels))
            for one in found.sessions
        ),
        visits=tuple(
            (one.visit.label, one.visit.date, _counts(one.by_code, labels)) for one in found.visits
        ),
        words=tuple(
            (one.visit.label, said.words, _stance(said.stance, schemes))
            for one in found.visits
            for said in one.words
        ),
        goals=_goals(study, dyad_id),
    )


def write_visits_across(
    study: StudyService,
    dyad_id: str,
    to: Path,
    *,
    coder_id: str,
    on: str,
    language: str = "",
    paper: "Paper" = "A4",
) -> NoteWritten:
    """Write the page of a dyad's visits, for the file too."""
    found = visits_across(study, dyad_id, language)
    page = visits_across_page(found)
    version = _version(dyad_id, found.language, paper)
    return write_note(study, page, to, version, _NO_STILLS, coder_id=coder_id, on=on)


def _version(title: str, language: str, paper: "Paper") -> Version:
    mark = mark_of(language)
    return Version(ending=ENDING, title=title, mark=mark, landscape=False, paper=paper)


def _about(about: AboutVisit, what: Told) -> tuple[tuple[str, str], ...]:
    visit = what.visit
    said = [
        ("dyad", about.dyad_id),
        ("visit", visit.label if visit else ""),
        ("date", what.date),
        ("led_by", visit.coder_id if visit else ""),
        ("recordings", ", ".join(one.id for one in what.sessions)),
    ]
    return tuple(one for one in said if one[1])


def _facts(
    moment: Moment, goals: Mapping[str, str], schemes: Iterable[Scheme]
) -> tuple[tuple[str, str], ...]:
    schemes = tuple(schemes)
    who = (_label(WHO, one, schemes) for one in moment.who)
    said = [
        ("status", _label(STATUS, moment.status, schemes)),
        ("who", ", ".join(who)),
        ("goal", goals.get(moment.goal_id, "")),
        ("child_says", moment.childs_words),
        ("question", moment.question),
        ("comment", moment.event.comment),
    ]
    return tuple(one for one in said if one[1])


def _log(entries: Iterable[VisitEntry], schemes: tuple[Scheme, ...]) -> Iterable[LogLine]:
    track = next(filter(None, map(conversation_track, schemes)), None)
    for one in entries:
        on_screen = one.session_id
        if one.media_us is not None:
            on_screen = f"{on_screen} {as_clock(one.media_us)}"
        yield LogLine(
            clock=as_clock(one.at_us).partition(".")[0],
            what=_code_label(track, one.code),
            words=one.words,
            stance=_stance(one.stance, schemes),
            on_screen=on_screen,
        )


def _private(study: StudyService, what: Told) -> Iterable[tuple[str, str, str]]:
    """What stands on tracks that are for clinicians only, with its comments."""
    for session in what.sessions:
        for entry in study.session(session.id).observations:
            scheme = translated(study.schemes()[entry.scheme_hash], what.language)
            hidden = {one.id: one for one in scheme.tracks if one.audience == PRIVATE}
            if not hidden:
                continue
            for event in study.observation(entry).timeline.in_order():
                if event.track in hidden:
                    where = _where(session.id, event.onset_us, event.offset_us)
                    yield where, _code_label(hidden[event.track], event.code), event.comment


def _goals(study: StudyService, dyad_id: str) -> tuple[FiledGoal, ...]:
    tried: dict[str, list[Strategy]] = {}
    for one in kept_in(study.file, Strategy):
        if one.dyad_id == dyad_id:
            tried.setdefault(one.goal_id, []).append(one)

    def filed(goal: Goal) -> FiledGoal:
        its = sorted(tried.get(goal.id, ()), key=lambda one: one.on)
        said = tuple((one.on, one.text, one.how_it_went) for one in its)
        return FiledGoal(text=goal.text, status=goal.status, since=goal.since, tried=said)

    return tuple(map(filed, goals_of(study.file, dyad_id)))


def _spoken(study: StudyService, language: str) -> tuple[Scheme, ...]:
    return tuple(translated(one, language) for one in study.schemes().values())


def _stance(value: str, schemes: Iterable[Scheme]) -> str:
    return _label(PARENT_STANCE, value, schemes) if value else ""


def _label(modifier_id: str, value: str, schemes: Iterable[Scheme]) -> str:
    for scheme in schemes:
        modifier: Modifier | None = next(
            (one for one in scheme.modifiers if one.id == modifier_id), None
        )
        if modifier is not None and any(one.id == value for one in modifier.values):
            return modifier.label_of(value)
    return value


def _code_label(track: Track | None, code_id: str) -> str:
    code = track.code(code_id) if track else None
    return code.label if code else code_id


def _counts(found: Mapping[str, int], labels: Mapping[str, str]) -> str:
    return ", ".join(f"{labels.get(one, one)}: {n}" for one, n in found.items())


def _where(session_id: str, onset_us: int, offset_us: int | None) -> str:
    until = "" if offset_us is None else f"–{as_clock(offset_us)}"
    return f"{session_id} {as_clock(onset_us)}{until}"


def _photograph(still: Still | None) -> Photograph | None:
    return Photograph(still.png, still.width, still.height) if still else None
