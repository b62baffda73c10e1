"""One session under review: its moments, and everything that can be done to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from imhcode.domain.codes import Code, Modifier, Track
from imhcode.domain.event import Stamp
from imhcode.domain.keys import CodeKey
from imhcode.domain.moment import STATUS, Moment, moments_of, review_track
from imhcode.domain.scheme import Scheme
from imhcode.schemes.translating import translated
from imhcode.ui.review.undoing import UndoStack

if TYPE_CHECKING:
    from imhcode.services.coding import CodingService
    from imhcode.services.private_notes import PrivateNotes
    from imhcode.services.review import Cards, FoundIn
    from imhcode.services.studies import StudyService

Edge = Literal["onset", "offset"]
SHIPPED = "strengths_review"  #: offered where a study has no scheme for reviewing


class ReviewModel(QObject):
    """The moments of one coder in one session.

    Every change is in the study's log before the screen shows it.

    Signals
    -------
    changed()
        Moments, their titles, their order or the notes on them are others.

    Attributes
    ----------
    study, session_id, coder_id : StudyService or None, str, str
        What is reviewed, and by whom.
    coding : CodingService or None
        The observation the moments are events of; ``None`` until the study has a scheme for them.
    moments : tuple of Moment
        In the order of showing.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.study: StudyService | None = None
        self.session_id = self.coder_id = ""
        self.coding: CodingService | None = None
        self.moments: tuple[Moment, ...] = ()
        self.undoing = UndoStack()
        self.kind = ""  #: of the next moment that is begun
        self._cards: Cards | None = None
        self._notes: PrivateNotes | None = None
        self._language = ""

    # -- opening -----------------------------------------------------------------------------

    def open(
        self, study: "StudyService", session_id: str, coder_id: str, language: str = ""
    ) -> None:
        """Review a session; begins an observation if there is a scheme for it and none yet.

        The scheme speaks ``language`` where it can; what is stored stays.
        """
        from imhcode.services.private_notes import PrivateNotes  # noqa: PLC0415
        from imhcode.services.review import Cards  # noqa: PLC0415

        self.study, self.session_id, self.coder_id = study, session_id, coder_id
        self._language = language
        self.undoing.forget()
        self._cards = Cards(study.file, session_id, coder_id)
        self._notes = PrivateNotes(study.file, session_id, coder_id)
        for one in (self._cards, self._notes):
            self.undoing.watch(one, one.subscribe)
            one.subscribe(self._read)
        self.coding = None
        scheme = self._scheme()
        if scheme is not None:
            self._attend(study.coding(session_id, coder_id, scheme=scheme))
        self._read()

    def close(self) -> None:
        """Let go of the study."""
        self.study = self.coding = self._cards = self._notes = None
        self.session_id, self.moments = "", ()
        self.undoing.forget()
        self.changed.emit()

    def take_shipped_scheme(self) -> None:
        """Put the shipped scheme for reviewing into the study, and go on with it."""
        from imhcode.schemes.document import load_scheme  # noqa: PLC0415
        from imhcode.schemes.shipped import find_scheme  # noqa: PLC0415

        if self.study is not None:
            self.study.add_scheme(load_scheme(find_scheme(SHIPPED)))
            self.open(self.study, self.session_id, self.coder_id, self._language)

    def share(self, coding: "CodingService") -> None:
        """Another window has opened the same observation: one log has one writer."""
        if (
            self.coding is not None
            and coding is not self.coding
            and coding.observation.id == self.coding.observation.id
        ):
            self.undoing.forget()
            self._attend(coding)
            self._read()

    @property
    def scheme(self) -> Scheme | None:
        """The scheme the moments are marked with."""
        return self.coding.observation.scheme if self.coding is not None else None

    @property
    def track(self) -> Track | None:
        """The track of moments."""
        return review_track(self.scheme) if self.scheme is not None else None

    @property
    def dyad_id(self) -> str:
        """The family the session belongs to; empty for none."""
        return self.study.session(self.session_id).session.dyad_id if self.study else ""

    def moment(self, moment_id: str) -> Moment | None:
        """The moment with that id."""
        return next((one for one in self.moments if one.id == moment_id), None)

    def asked_of(self, moment: Moment) -> tuple[Modifier, ...]:
        """What the scheme asks of a moment of that kind, but for its status."""
        scheme, track = self.scheme, self.track
        if scheme is None or track is None:
            return ()
        code = track.code(moment.kind)
        ids = (*track.modifiers, *(code.modifiers if code else ()))
        return tuple(
            one
            for one in scheme.modifiers
            if one.id in ids
            and one.id != STATUS
            and one.type in ("text", "choice", "multi")
            and moment.kind not in one.not_for
        )

    # -- marking -----------------------------------------------------------------------------

    def begin(self, at: Stamp, code_id: str = "") -> str:
        """Begin a moment; one of that kind that runs goes on.  Its id."""
        track, code = self._code(code_id or self.kind)
        if self.coding is None or track is None or code is None:
            return ""
        self.kind = code.id
        running = [one for one in self._running() if one.kind == code.id]
        if running:
            return running[-1].id
        edit = self.coding.press(CodeKey(track, code), at)
        return next((step.after.id for step in edit.steps if step.after is not None), "")

    def end(self, at: Stamp) -> str:
        """End the moment that was begun last; its id, empty if none runs."""
        running = self._running()
        if self.coding is None or not running:
            return ""
        self.coding.set_offset(running[-1].id, at)
        return running[-1].id

    def press(self, code_id: str, at: Stamp) -> str:
        """Begin a moment of a kind, or end the one of that kind that runs."""
        if any(one.kind == code_id for one in self._running()):
            track, code = self._code(code_id)
            if self.coding is not None and track is not None and code is not None:
                edit = self.coding.press(CodeKey(track, code), at)
                return next((one.after.id for one in edit.steps if one.after is not None), "")
        return self.begin(at, code_id)

    def take(
        self, found: "Sequence[FoundIn]", code_id: str, stamp_of: Callable[[int], Stamp]
    ) -> None:
        """Make moments of what a query found."""
        from imhcode.services.review import take  # noqa: PLC0415

        if self.coding is not None and found:
            take(self.coding, [one.candidate for one in found], code_id, stamp_of=stamp_of)

    def set_edge(self, moment_id: str, edge: Edge, at: Stamp) -> None:
        """Let it begin or end elsewhere."""
        if self.coding is not None:
            set_one = self.coding.set_onset if edge == "onset" else self.coding.set_offset
            set_one(moment_id, at)

    def delete(self, moment_id: str) -> None:
        """Take a moment away."""
        if self.coding is not None:
            self.coding.delete([moment_id])

    # -- saying what it is -------------------------------------------------------------------

    def recode(self, moment_id: str, code_id: str) -> None:
        """Call it another kind of moment."""
        if self.coding is not None:
            self.coding.recode(moment_id, code_id)

    def say(self, moment_id: str, modifier_id: str, values: Sequence[str]) -> None:
        """Say something that the scheme asks: its goal, who is there, the child's words."""
        if self.coding is not None:
            self.coding.modify(moment_id, modifier_id, tuple(values))

    def set_status(self, moment_id: str, status: str) -> None:
        """Say whether it is to be shown."""
        self.say(moment_id, STATUS, (status,))

    def entitle(self, moment_id: str, title: str) -> None:
        """Give it a title in plain words."""
        if self._cards is not None:
            self._cards.entitle(moment_id, title)

    def move(self, moment_id: str, by: int) -> None:
        """Show it earlier (-1) or later (1)."""
        ids = [one.id for one in self.moments]
        at = ids.index(moment_id)
        to = min(max(at + by, 0), len(ids) - 1)
        if self._cards is not None and to != at:
            ids.insert(to, ids.pop(at))
            self._cards.reorder(ids)

    def note(self, moment_id: str) -> str:
        """The private note on it."""
        return self._notes.of(moment_id) if self._notes is not None else ""

    def write_note(self, moment_id: str, words: str) -> None:
        """Write a private note on it."""
        if self._notes is not None and words.strip() != self.note(moment_id):
            self._notes.write(moment_id, words)

    def refresh_goals(self) -> None:
        """The family has other goals now: they are what a moment may belong to."""
        if self.coding is not None:
            self._speak(self.coding)
            self._read()

    # -- inside ------------------------------------------------------------------------------

    def _scheme(self) -> Scheme | None:
        """The scheme to review with: that of the coder's own review, else any for reviewing."""
        if self.study is None:
            return None
        schemes = self.study.schemes()
        for entry in self.study.session(self.session_id).observations:
            scheme = schemes[entry.scheme_hash]
            if entry.coder_id == self.coder_id and review_track(scheme) is not None:
                return scheme
        return next((one for one in schemes.values() if review_track(one) is not None), None)

    def _attend(self, coding: "CodingService") -> None:
        self._speak(coding)
        self.coding = coding
        self.undoing.watch(coding, coding.subscribe)
        coding.subscribe(lambda *_: self._read())
        track = self.track
        if track is not None and track.code(self.kind) is None:
            self.kind = track.codes[0].id

    def _speak(self, coding: "CodingService") -> None:
        """Let the scheme speak the person's language, with the goals there are now."""
        from imhcode.services.goals import with_goals  # noqa: PLC0415

        if self.study is not None:
            observation = coding.observation
            spoken = translated(observation.scheme, self._language)
            scheme = with_goals(spoken, self.study.file, self.session_id)
            coding.observation = replace(observation, scheme=scheme)

    def _code(self, code_id: str) -> tuple[Track | None, Code | None]:
        track = self.track
        return track, track.code(code_id) if track is not None else None

    def _running(self) -> list[Moment]:
        return sorted(
            (one for one in self.moments if one.offset_us is None), key=lambda one: one.onset_us
        )

    def _read(self) -> None:
        if self.coding is None or self._cards is None:
            self.moments = ()
        else:
            cards = {one.id: one for one in self._cards.values}
            self.moments = moments_of(self.coding.observation, cards)
        self.changed.emit()
