"""What the checks look at: an observation, and what they need to know of its session."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from imhcode.domain.episode import Episode
from imhcode.domain.episodes import in_order
from imhcode.domain.event import Event
from imhcode.domain.lane import Lane
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme
from imhcode.domain.setting import NOTHING_KNOWN, Setting


@dataclass(frozen=True)
class Scene:
    """One observation in its session."""

    observation: Observation
    setting: Setting = NOTHING_KNOWN

    @property
    def scheme(self) -> Scheme:
        """The scheme that is coded by."""
        return self.observation.scheme

    @property
    def is_being_coded(self) -> bool:
        """Whether the coder is still at it, so that what is not there may still come."""
        return self.observation.status == "draft"

    @property
    def coded_us(self) -> tuple[int, int] | None:
        """The coded range, half-open; ``None`` if nothing says where it ends."""
        until_us = self.setting.coded_until_us
        return None if until_us is None else (self.setting.coded_from_us, until_us)

    def lane(self, track_id: str) -> Lane:
        """The events of one track."""
        return self.observation.timeline.lane(track_id)

    def end_us(self, event: Event) -> int:
        """Where an event ends; one that runs, where the coded range does, or at its onset."""
        if event.offset_us is not None:
            return event.offset_us
        return max(event.onset_us, self.setting.coded_until_us or event.onset_us)

    def stretches_of(self, kinds: Collection[str]) -> Iterator[tuple[Episode, int, int]]:
        """Yield the episodes of some kinds by onset, each with where it begins and ends."""
        for episode in in_order(self.setting.episodes):
            if episode.kind in kinds:
                end_us = episode.offset_us
                if end_us is None:
                    end_us = max(episode.onset_us, self.setting.coded_until_us or episode.onset_us)
                yield episode, episode.onset_us, end_us
