"""The study that is open in the window: what the choosers offer, and what is being coded.

Not a widget: it asks services and remembers choices, so that the window only shows them.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from imhcode import settings as settings_module
from imhcode.domain.study import ObservationEntry, Recording
from imhcode.settings import Settings
from imhcode.ui.study_bar import Choice

if TYPE_CHECKING:  # services load the database library: not before something is opened
    from imhcode.services.coding import CodingService
    from imhcode.services.studies import RecordingState, SessionEntry, StudyService
    from imhcode.services.syncing import SyncingService

STUDY_SUFFIX = ".imh"


def open_paths(paths: list[Path]) -> "StudyService":
    """Open a study, or videos in a draft study.

    Raises
    ------
    Refused, Trouble
        As the services say.
    """
    from imhcode.services.drafts import open_draft  # noqa: PLC0415
    from imhcode.services.studies import StudyService  # noqa: PLC0415

    if paths[0].suffix.lower() == STUDY_SUFFIX:
        return StudyService.open(paths[0])
    return open_draft(paths, settings_module.data_folder())


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

    def sessions(self) -> "list[SessionEntry]":
        """Every session."""
        return self.service.sessions()

    def first_session(self) -> str:
        """The session to show first: one with a recording, if there is any."""
        entries = self.sessions()
        filmed = [one for one in entries if one.recordings]
        return next((one.session.id for one in (*filmed, *entries)), "")

    def begin(self, session_id: str, entry: ObservationEntry | None = None) -> "CodingService":
        """Choose a session, and an observation of it: the given, the coder's own, or a new one.

        A gold standard is never chosen by itself: it would be overwritten by practising.
        """
        self.session_id = session_id
        of_session = self.service.session(session_id)
        self.recording = of_session.recordings[0] if of_session.recordings else None
        if entry is None:
            mine = [one for one in of_session.observations if one.role != "gold"]
            mine.sort(key=lambda one: one.coder_id != self._settings.coder)
            entry = mine[0] if mine else None
        if entry is None:
            coding = self.service.coding(session_id, self._settings.coder)
        else:
            scheme = self.service.schemes()[entry.scheme_hash]
            coding = self.service.coding(session_id, entry.coder_id, role=entry.role, scheme=scheme)
        self.observation = next(
            one
            for one in self.service.session(session_id).observations
            if one.id == coding.observation.id
        )
        return coding

    def observation_choices(self) -> list[Choice]:
        """The observations of the session, and a new one of one's own."""
        role = {"primary": "", "reliability": "reliability", "training": "training"}
        entries = self.service.session(self.session_id).observations
        choices = [
            Choice(one, f"{one.coder_id} · {role.get(one.role, one.role)}".rstrip(" ·"))
            for one in entries
        ]
        if not any(
            one.coder_id == self._settings.coder and one.role == "primary" for one in entries
        ):
            words = QCoreApplication.translate("OpenStudy", "{coder} · begin")
            choices.append(Choice(None, words.format(coder=self._settings.coder)))
        return choices

    def begin_own(self) -> "CodingService":
        """Choose the coder's own observation, begun if it is not there yet."""
        coding = self.service.coding(self.session_id, self._settings.coder)
        self.observation = next(
            one
            for one in self.service.session(self.session_id).observations
            if one.id == coding.observation.id
        )
        return coding

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
