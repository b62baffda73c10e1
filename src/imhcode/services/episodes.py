"""The episodes of one session: the same for every coder, each change saved, with lasting undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from imhcode.domain import episodes as rules_of_episodes
from imhcode.domain.edit import Cause
from imhcode.domain.episode import Episode
from imhcode.domain.episodes import EpisodeChange, NoSuchEpisode, episode_at, in_order
from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Episodes
from imhcode.domain.text import clean_text
from imhcode.domain.timecode import as_clock
from imhcode.services.coding import fresh_id
from imhcode.services.history import History
from imhcode.store.study_file import StudyFile
from imhcode.store.study_log import StudyEdit
from imhcode.store.wire import plain_episode

Listener = Callable[[tuple[Episode, ...]], None]


class NoEpisodeIsOn(Refused):
    """Fields: ``at``."""

    sentence = "No episode is on at {at} that could end."
    next_step = "Go into the episode that you mean."


class EpisodeService:
    """Everything that can be done to the episodes of a session.

    Parameters
    ----------
    file : StudyFile
        Open for writing.
    session_id : str
        Undo takes back only changes of this session's episodes.
    coder_id : str
        Who does it, for the log.
    rules : Episodes
        What the scheme in use says of episodes.
    """

    def __init__(
        self,
        file: StudyFile,
        session_id: str,
        coder_id: str,
        rules: Episodes,
        *,
        new_id: Callable[[], str] = fresh_id,
    ) -> None:
        self._log = file.log_of_study()
        self._session_id = session_id
        self._coder_id = coder_id
        self._new_id = new_id
        self._listeners: list[Listener] = []
        self.rules = rules
        self.episodes = file.episodes_of(session_id)
        self.history: History[EpisodeChange] = History()
        self.moments: History[str] = History()  #: when each change was made, UTC
        for entry in self._log.entries():
            if entry.edit.kind == "episodes" and entry.edit.entry_id == session_id:
                self.history.remember(entry.cause, _change_of(entry.edit))
                self.moments.remember(entry.cause, entry.at_utc)

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with all episodes after every change, in the calling thread."""
        self._listeners.append(listener)

    def start(self, kind: str, at_us: int, label: str = "", end_reason: str = "") -> EpisodeChange:
        """Let an episode begin; what is on of the scheme's own ends there.

        Parameters
        ----------
        end_reason : str
            Why the one that is on ends.
        """
        new = Episode(
            id=self._new_id(),
            session_id=self._session_id,
            kind=clean_text(kind).strip(),
            label=clean_text(label).strip(),
            onset_us=at_us,
        )
        change = rules_of_episodes.starting(self.rules, self.episodes, new)
        if end_reason and len(change.after) > 1:
            ended = tuple(replace(one, end_reason=end_reason) for one in change.after[:-1])
            for one in ended:
                rules_of_episodes.refuse_broken(self.rules, (), one)
            change = EpisodeChange(change.before, (*ended, change.after[-1]))
        return self._do(change)

    def end(self, at_us: int, end_reason: str = "", episode_id: str = "") -> EpisodeChange:
        """Let an episode end: the one with that id, or the one that is on."""
        if episode_id:
            old = self.episode(episode_id)
        else:
            on = episode_at(self.episodes, at_us) or episode_at(self.episodes, at_us - 1)
            if on is None:
                raise NoEpisodeIsOn(at=as_clock(at_us))
            old = on
        reason = end_reason or old.end_reason
        return self._change(old, replace(old, offset_us=at_us, end_reason=reason))

    def set_onset(self, episode_id: str, at_us: int) -> EpisodeChange:
        """Let an episode begin elsewhere."""
        old = self.episode(episode_id)
        return self._change(old, replace(old, onset_us=at_us))

    def set_offset(self, episode_id: str, at_us: int | None) -> EpisodeChange:
        """Let an episode end elsewhere; ``None`` lets it run."""
        old = self.episode(episode_id)
        return self._change(old, replace(old, offset_us=at_us))

    def move_edge(
        self, episode_id: str, edge: Literal["onset", "offset"], at_us: int
    ) -> EpisodeChange:
        """Let an episode begin or end elsewhere, and what touches it there with it."""
        old = self.episode(episode_id)
        change = rules_of_episodes.moving_edge(self.rules, self.episodes, old, edge, at_us)
        return self._do(change)

    def set_reason(self, episode_id: str, end_reason: str) -> EpisodeChange:
        """Say why an episode ended."""
        old = self.episode(episode_id)
        return self._change(old, replace(old, end_reason=end_reason))

    def rename(self, episode_id: str, label: str) -> EpisodeChange:
        """Call an episode something else than its kind is called; nothing takes that off."""
        old = self.episode(episode_id)
        return self._change(old, replace(old, label=clean_text(label).strip()))

    def exclude(self, episode_id: str, excluded: bool) -> EpisodeChange:
        """Leave an episode out of codable time, or take it in again."""
        old = self.episode(episode_id)
        return self._change(old, replace(old, excluded=excluded))

    def delete(self, episode_id: str) -> EpisodeChange:
        """Take an episode away; ratings of it stay, and are found by the checks."""
        return self._do(EpisodeChange((self.episode(episode_id),), ()))

    def undo(self) -> EpisodeChange:
        """Take back the latest change that stands (`NothingToUndo`)."""
        return self._commit("undo", self.history.latest_done().inverse)

    def redo(self) -> EpisodeChange:
        """Bring back the latest change taken back (`NothingToRedo`)."""
        return self._commit("redo", self.history.latest_undone())

    def episode(self, episode_id: str) -> Episode:
        """The episode with that id (`NoSuchEpisode`)."""
        for one in self.episodes:
            if one.id == episode_id:
                return one
        raise NoSuchEpisode(episode=episode_id)

    def _change(self, old: Episode, new: Episode) -> EpisodeChange:
        return self._do(rules_of_episodes.changing(self.rules, self.episodes, old, new))

    def _do(self, change: EpisodeChange) -> EpisodeChange:
        return self._commit("do", change) if change else change

    def _commit(self, cause: Cause, change: EpisodeChange) -> EpisodeChange:
        changed = change.of(self.episodes)
        before = {one.id: plain_episode(one) for one in change.before}
        after = {one.id: plain_episode(one) for one in change.after}
        edit = StudyEdit("episodes", self._session_id, before, after)
        self._log.append(cause, edit, self._coder_id)
        self.episodes = changed
        self.history.remember(cause, _change_of(edit))
        self.moments.remember(cause, datetime.now(UTC).isoformat(timespec="milliseconds"))
        for listener in self._listeners:
            listener(changed)
        return change


def _change_of(edit: StudyEdit) -> EpisodeChange:
    """What a line of the log says, the same now and after reading it back."""
    before = in_order(Episode(**one) for one in edit.before.values())
    return EpisodeChange(before, in_order(Episode(**one) for one in edit.after.values()))
