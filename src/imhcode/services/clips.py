"""Clips of a session: what is wanted, whether consent covers it, written, and written down.

The three steps are apart because a study belongs to one thread and writing takes long: `prepared`
and `registered` where the study is, `export_clip` on any thread.  `make_clip` is all three.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from imhcode.domain.clip_record import ClipRecord, Muted, Stretch
from imhcode.domain.consent import Use, Verdict
from imhcode.domain.errors import Refused
from imhcode.domain.moment import Moment
from imhcode.domain.study import Recording
from imhcode.media.clips.export import ClipMade, export_clip
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot, TitleCard
from imhcode.media.opening import open_recording
from imhcode.services.clip_masks import Masks
from imhcode.services.clip_register import ClipRegister
from imhcode.services.consent import may_export
from imhcode.services.family import people_in, people_of
from imhcode.services.studies import StudyService
from imhcode.store.errors import NoSuchEntry

#: Uses in which those who are heard are there, or get the clip themselves.
WITH_SOUND: frozenset[Use] = frozenset({"treatment", "family_copy"})
SPOKEN = "Names and places may be spoken in this clip: listen to all of it before it is handed on."


class MomentIsRunning(Refused):
    """Fields: ``title``."""

    sentence = "The moment “{title}” has no end yet."
    next_step = "Mark where it ends first."


class RecordingIsGone(Refused):
    """Fields: ``recording``, ``state``."""

    sentence = "The recording {recording} is {state}."
    next_step = "Say where it lies now; a clip is made of nothing but the film that was coded."


class NoCameraInSession(Refused):
    """Fields: ``session``."""

    sentence = "The session {session} has no recording."
    next_step = "Add one first."


@dataclass(frozen=True, kw_only=True)
class ClipWish:
    """What somebody wants to have as a clip.

    Attributes
    ----------
    session_id : str
        The session.
    stretches_us : tuple of (int, int)
        What of it, half-open, on the session clock; empty for the moments.
    moments : tuple of Moment
        What of it, in the order of showing; empty for the stretches.
    recording_ids : tuple of str
        The camera that leads, and perhaps the one beside it; empty for the session's first.
    sound_from : str
        The recording that is heard; empty for the camera that leads.
    use : Use
        What it is for; consent is asked for that.
    has_sound : bool or None
        ``None``: as is usual for the use.
    muted_us : tuple of (int, int)
        Stretches of the session clock without sound.
    masks : mapping of str to tuple of Region
        What is hidden, by recording.
    with_titles : bool
        Whether a card with its title comes before each moment.
    """

    session_id: str
    stretches_us: tuple[Stretch, ...] = ()
    moments: tuple[Moment, ...] = ()
    recording_ids: tuple[str, ...] = ()
    sound_from: str = ""
    use: Use = "treatment"
    has_sound: bool | None = None
    muted_us: tuple[Stretch, ...] = ()
    masks: Masks = field(default_factory=dict)
    with_titles: bool = False

    @property
    def is_heard(self) -> bool:
        """Whether the clip is to have sound."""
        return self.use in WITH_SOUND if self.has_sound is None else self.has_sound

    @property
    def covered(self) -> frozenset[str]:
        """The people, as masks name them, who are hidden on every frame of every camera shown.

        A mask that holds for a part of a recording only covers nobody, as far as consent goes.
        """
        always = [
            {
                one.person
                for one in self.masks.get(recording, ())
                if one.person and one.first_frame is None and one.last_frame is None
            }
            for recording in self.recording_ids
        ]
        return frozenset(set.intersection(*always)) if always else frozenset()


@dataclass(frozen=True)
class Prepared:
    """A clip that may be made.

    Attributes
    ----------
    plan : ClipPlan
        For `export_clip`, and for `imhcode.media.clips.pictures.ClipPictures`, the preview.
    verdict : Verdict
        What consent says.
    record : ClipRecord
        What the register will say; file, date and person are still to come.
    warnings : tuple of str
        What whoever hands the clip on has to know, beside what is said when it is made.
    """

    plan: ClipPlan
    verdict: Verdict
    record: ClipRecord
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ClipDone:
    """A clip, and what the study has written down of it."""

    made: ClipMade
    record: ClipRecord
    warnings: tuple[str, ...]


def prepared(study: StudyService, wish: ClipWish, on: str) -> Prepared:
    """Work out what a clip shows, and refuse it where consent does not cover it.

    Parameters
    ----------
    on : str
        The ISO date of today.

    Raises
    ------
    NotCovered
        With every reason.
    NoSuchEntry, NoCameraInSession, RecordingIsGone, MomentIsRunning, EmptyPlan, NothingToShow
        It cannot be made; nothing is written.
    """
    wish = _with_cameras(study, wish)
    plan = _plan(study, wish)
    covered = _covered(study, wish)
    verdict = may_export(
        study.file, wish.session_id, wish.use, on, moments=wish.moments, masked=covered
    )
    verdict.raise_if_refused()
    warnings = [one.message for one in verdict.warnings]
    if wish.is_heard and wish.use not in WITH_SOUND:
        warnings.append(SPOKEN)
    return Prepared(plan, verdict, _record(study, wish, plan, covered), tuple(warnings))


def planned(study: StudyService, wish: ClipWish) -> ClipPlan:
    """What a clip would show, for looking at it here: nobody's consent is asked.

    Raises
    ------
    NoSuchEntry, NoCameraInSession, RecordingIsGone, MomentIsRunning, EmptyPlan, NothingToShow
        It could not be made.
    """
    return _plan(study, _with_cameras(study, wish))


def registered(
    study: StudyService, what: Prepared, made: ClipMade, coder_id: str, on: str
) -> ClipDone:
    """Write a clip down that is in its place; what cannot be written down is not kept.

    Raises
    ------
    Trouble
        The study's disk refuses; the clip is removed, for a withdrawal would not find it.
    """
    record = replace(
        what.record, file_name=made.path.name, sha256=made.sha256, made_on=on, made_by=coder_id
    )
    try:
        kept = ClipRegister(study.file, record.session_id, coder_id).register(record)
    except BaseException:
        made.path.unlink(missing_ok=True)
        raise
    return ClipDone(made, kept, (*made.warnings, *what.warnings))


def make_clip(
    study: StudyService,
    wish: ClipWish,
    to: Path,
    *,
    coder_id: str,
    on: str,
    index_folder: Path | None = None,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> ClipDone:
    """Make a clip and write it down: consent first, then the file, then the register.

    Raises
    ------
    Refused, Trouble
        As `prepared`, `export_clip` and `registered` do; there is no clip then.
    """
    what = prepared(study, wish, on)
    made = export_clip(
        what.plan, to, index_folder=index_folder, on_progress=on_progress, wanted=wanted
    )
    return registered(study, what, made, coder_id, on)


def stretch_of_frames(study: StudyService, recording_id: str, first: int, last: int) -> Stretch:
    """The stretch of the session that consists of these frames of a recording, both included.

    Raises
    ------
    NoSuchEntry, FrameOutOfRange
        There is no such recording or frame.
    Refused, Trouble
        The recording cannot be opened.
    """
    recording = study.file.get(Recording, recording_id)
    source = open_recording(study.path_of(recording), interval_us=recording.interval_us)
    source.close()
    times = source.frame_times
    times.check(last)
    from_us = times.time_of(first)
    until_us = times.end_us if last == times.last_frame else times.time_of(last + 1)
    return from_us + recording.offset_us, until_us + recording.offset_us


def _with_cameras(study: StudyService, wish: ClipWish) -> ClipWish:
    """The same wish with its cameras named."""
    there = [one.id for one in study.session(wish.session_id).recordings]
    if not there:
        raise NoCameraInSession(session=wish.session_id)
    return wish if wish.recording_ids else replace(wish, recording_ids=tuple(there[:1]))


def _plan(study: StudyService, wish: ClipWish) -> ClipPlan:
    known = {one.id: one for one in study.session(wish.session_id).recordings}
    cameras = tuple(_camera(study, known, one, wish.masks) for one in wish.recording_ids)
    heard = None
    if wish.is_heard:
        heard = _camera(study, known, wish.sound_from or wish.recording_ids[0], wish.masks)
    leading = known[wish.recording_ids[0]]

    def shot(from_us: int, until_us: int) -> Shot:
        inside = [one for one in wish.muted_us if one[0] < until_us and from_us < one[1]]
        return Shot(
            cameras=cameras,
            from_us=from_us,
            until_us=until_us,
            sound_from=heard,
            muted=tuple(inside),
        )

    parts: list[Shot | TitleCard] = [shot(*one) for one in wish.stretches_us]
    for moment in wish.moments:
        if wish.with_titles and moment.title.strip():
            parts.append(TitleCard(text=moment.title))
        parts.append(shot(*_within(moment, leading)))
    return ClipPlan(tuple(parts))


def _camera(
    study: StudyService, known: Mapping[str, Recording], recording_id: str, masks: Masks
) -> ClipCamera:
    if recording_id not in known:
        raise NoSuchEntry(what="recording", name=recording_id, known=", ".join(known))
    recording = known[recording_id]
    state = study.state_of(recording)
    if state != "there":
        raise RecordingIsGone(recording=recording_id, state=state)
    return ClipCamera(
        path=study.path_of(recording),
        offset_us=recording.offset_us,
        interval_us=recording.interval_us,
        deinterlaced=recording.deinterlaced,
        regions=masks.get(recording_id, ()),
    )


def _within(moment: Moment, leading: Recording) -> Stretch:
    """A moment, as far as the leading camera has it: its two seconds before may lie outside."""
    if moment.offset_us is None:
        raise MomentIsRunning(title=moment.title)
    from_us = max(moment.onset_us, leading.offset_us)
    return from_us, min(moment.offset_us, leading.offset_us + leading.end_us)


def _covered(study: StudyService, wish: ClipWish) -> frozenset[str]:
    """Ids of those whom masks cover; masks name them by id or by label."""
    people = people_of(study.file, study.session(wish.session_id).session.dyad_id)
    ids = {word: one.id for one in people for word in (one.label, one.id)}
    named = {one.person for regions in wish.masks.values() for one in regions if one.person}
    for word in sorted(named - ids.keys()):
        known = ", ".join(one.label for one in people) or "none yet"
        raise NoSuchEntry(what="person", name=word, known=known)
    return frozenset(ids[word] for word in wish.covered)


def _record(
    study: StudyService, wish: ClipWish, plan: ClipPlan, covered: frozenset[str]
) -> ClipRecord:
    moments = wish.moments or (None,)
    there = dict.fromkeys(
        one.id
        for moment in moments
        for one in people_in(study.file, wish.session_id, moment).people
    )
    muted: Muted = "all" if not wish.is_heard else "stretches" if wish.muted_us else "none"
    return ClipRecord(
        id="",
        file_name="",
        sha256="",
        session_id=wish.session_id,
        dyad_id=study.session(wish.session_id).session.dyad_id,
        recording_ids=wish.recording_ids,
        stretches_us=tuple((one.from_us, one.until_us) for one in plan.shots),
        moment_ids=tuple(one.id for one in wish.moments),
        people=tuple(one for one in there if one not in covered),
        masked=tuple(one for one in there if one in covered),
        muted=muted,
        muted_us=wish.muted_us if muted == "stretches" else (),
        use=wish.use,
    )
