"""The study that is open in the window: what the choosers offer, and what is being coded.

Not a widget: it asks services and remembers choices, so that the window only shows them.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from imhcode import settings as settings_module
from imhcode.domain.errors import Trouble
from imhcode.domain.study import ObservationEntry, Recording
from imhcode.schemes.translating import translated
from imhcode.settings import Settings
from imhcode.ui.languages.speaking import persons_language
from imhcode.ui.study_bar import Choice

if TYPE_CHECKING:  # services load the database library: not before something is opened
    from imhcode.services.blinding import Blinding
    from imhcode.services.coding import CodingService
    from imhcode.services.episodes import EpisodeService
    from imhcode.services.studies import RecordingState, SessionEntry, StudyService
    from imhcode.services.submitting import HandingIn
    from imhcode.services.syncing import SyncingService

STUDY_SUFFIX = ".imh"


def is_study(path: Path) -> bool:
    """Whether a path is a study by its name; else it is taken for a recording."""
    return path.suffix.lower() == STUDY_SUFFIX


def open_study(path: Path) -> "StudyService":
    """Open a study file.

    Raises
    ------
    Refused, Trouble
        As the service says.
    """
    from imhcode.services.studies import StudyService  # noqa: PLC0415

    return StudyService.open(path)


class OpenStudy:
    """A study with the session and the observation that are chosen in it.

    Parameters
    ----------
    service : StudyService
        Open for writing.
    settings : Settings
        Who codes, if the study does not say.
    """

    def __init__(self, service: "StudyService", settings: Settings) -> None:
        self.service = service
        self._settings = settings
        self.session_id = ""
        self.observation: ObservationEntry | None = None
        self.recording: Recording | None = None
        self.lost: Recording | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it lies among the drafts."""
        from imhcode.services.drafts import is_draft  # noqa: PLC0415

        return is_draft(self.service, settings_module.data_folder())

    @property
    def name(self) -> str:
        """What the window calls it."""
        if self.is_draft:
            return QCoreApplication.translate("OpenStudy", "Draft")
        return self.service.path.stem

    def place_for(self, ending: str) -> Path:
        """Where something made from the study may lie: a draft's beside its recording."""
        path = self.service.path
        if self.is_draft and self.recording is not None:
            path = self.service.path_of(self.recording)
        return path.with_name(path.stem + ending)

    def sessions(self) -> "list[SessionEntry]":
        """Every session and observation that the coder may see."""
        return self._blinding().listed(self.service.sessions())

    def _blinding(self) -> "Blinding":
        """What the coder may see, as it stands now."""
        from imhcode.services.blinding import Blinding  # noqa: PLC0415

        return Blinding(self.service, self._settings.coder)

    def first_session(self) -> str:
        """The session to show first: one with a recording, if there is any."""
        entries = self.sessions()
        filmed = [one for one in entries if one.recordings]
        return next((one.session.id for one in (*filmed, *entries)), "")

    def begin(self, session_id: str, entry: ObservationEntry | None = None) -> "CodingService":
        """Choose a session, and an observation of it: the given, the coder's own, or a new one.

        A gold standard is never chosen by itself, nor a consensus: they would be overwritten by
        practising.

        Raises
        ------
        Refused
            The given one has to stay hidden from this coder.
        """
        blinding = self._blinding()
        if entry is not None:
            blinding.refuse(entry)
        of_session = self.service.session(session_id)
        if entry is None:
            seen = filter(blinding.may_open, of_session.observations)
            mine = [one for one in seen if one.role not in ("gold", "consensus")]
            mine.sort(key=lambda one: one.coder_id != self._settings.coder)
            entry = mine[0] if mine else None
        if entry is None:
            coding = self._own(session_id)
        else:
            scheme = self.service.schemes()[entry.scheme_hash]
            coding = self.service.coding(session_id, entry.coder_id, role=entry.role, scheme=scheme)
        self.session_id = session_id
        self.recording = self._leading(of_session.recordings)
        self.observation = next(
            one
            for one in self.service.session(session_id).observations
            if one.id == coding.observation.id
        )
        return self._spoken(coding)

    def _own(self, session_id: str) -> "CodingService":
        """The coder's own observation, in the role that was drawn for it."""
        from imhcode.services.assigning import role_for  # noqa: PLC0415

        coder, scheme = self._settings.coder, self.service.scheme()
        role = role_for(self.service.file, session_id, coder, scheme)
        return self.service.coding(session_id, coder, role=role, scheme=scheme)

    def _spoken(self, coding: "CodingService") -> "CodingService":
        """The same, with the scheme in the language the person reads; what is stored stays."""
        observation = coding.observation
        language = persons_language(self._settings.language)
        spoken = translated(observation.scheme, language)
        if spoken is not observation.scheme:
            coding.observation = replace(observation, scheme=spoken)
        return coding

    def whole_session(self, coding: "CodingService") -> "tuple[EpisodeService, HandingIn]":
        """The episodes of the chosen session, and the way to hand an observation of it in."""
        from imhcode.services.episodes import EpisodeService  # noqa: PLC0415
        from imhcode.services.submitting import HandingIn  # noqa: PLC0415

        coder, rules = self._settings.coder, coding.observation.scheme.episodes
        episodes = EpisodeService(self.service.file, self.session_id, coder, rules)
        return episodes, HandingIn(self.service.file, coding, coder)

    def lead(self, recording: Recording) -> None:
        """Let a recording of the session lead, and remember that where there are several."""
        self.recording = recording
        if self.choice(f"lead/{self.session_id}") or self._leads_by_itself() != recording.id:
            self.choose(f"lead/{self.session_id}", recording.id)

    def choice(self, name: str) -> str:
        """What was chosen last in this study under a name."""
        return self.service.choice(name)

    def choose(self, name: str, value: str) -> None:
        """Remember a choice; a disk that refuses is no reason to stop coding."""
        with contextlib.suppress(Trouble):
            self.service.choose(name, value)

    def _leading(self, recordings: Sequence[Recording]) -> Recording | None:
        kept = self.choice(f"lead/{self.session_id}")
        by_itself = recordings[0] if recordings else None
        return next((one for one in recordings if one.id == kept), by_itself)

    def _leads_by_itself(self) -> str:
        recordings = self.service.session(self.session_id).recordings
        return recordings[0].id if recordings else ""

    def observation_choices(self) -> list[Choice]:
        """The observations of the session, and a new one of one's own."""
        role = {"primary": "", "reliability": "reliability", "training": "training"}
        blinding = self._blinding()
        seen = filter(blinding.may_open, self.service.session(self.session_id).observations)
        entries = [(one, blinding.role_shown(one.role)) for one in seen]
        choices = [
            Choice(one, f"{one.coder_id} · {role.get(shown, shown)}".rstrip(" ·"))
            for one, shown in entries
        ]
        if not any(
            one.coder_id == self._settings.coder and shown == "primary" for one, shown in entries
        ):
            words = QCoreApplication.translate("OpenStudy", "{coder} · begin")
            choices.append(Choice(None, words.format(coder=self._settings.coder)))
        return choices

    def begin_own(self) -> "CodingService":
        """Choose the coder's own observation, begun if it is not there yet."""
        coding = self._own(self.session_id)
        self.observation = next(
            one
            for one in self.service.session(self.session_id).observations
            if one.id == coding.observation.id
        )
        return self._spoken(coding)

    def recording_choices(self) -> list[Choice]:
        """The recordings of the session."""
        entry = self.service.session(self.session_id)
        return [Choice(one, Path(one.path).stem) for one in entry.recordings]

    def extent_us(self) -> tuple[int, int]:
        """From where to where the session reaches."""
        from_us, until_us = self.service.extent_us(self.session_id)
        return from_us, max(until_us, from_us + 1_000_000)

    def files(self) -> list[tuple[Recording, Path | None]]:
        """The recordings of the session and where they are; ``None``: not there any more."""
        recordings = self.service.session(self.session_id).recordings
        return [
            (one, self.service.path_of(one) if self.state_of(one) == "there" else None)
            for one in recordings
        ]

    def syncing(self) -> "SyncingService":
        """The offsets of the session's recordings."""
        from imhcode.services.syncing import SyncingService  # noqa: PLC0415

        return SyncingService(self.service.file, self.session_id, self._settings.coder)

    def index_folder(self) -> Path:
        """Where what can be worked out anew from the recordings is kept."""
        from imhcode.services.drafts import index_folder  # noqa: PLC0415
        from imhcode.services.sound_pictures import folder_for  # noqa: PLC0415

        if self.is_draft:
            return index_folder(self.service.path)
        return folder_for(self.service.path)

    def state_of(self, recording: Recording) -> "RecordingState":
        """Whether the recording's file is where it should be."""
        return self.service.state_of(recording)

    def close(self) -> None:
        """Close the study; an untouched draft leaves no trace."""
        from imhcode.services.drafts import forget_if_untouched  # noqa: PLC0415

        forget_if_untouched(self.service, settings_module.data_folder())
