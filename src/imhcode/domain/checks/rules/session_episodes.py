"""The episodes of the session are there, long enough, and ended for a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look, declared_checks
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.episode import Episode
from imhcode.domain.episodes import label_of, lacking_reason, missing_kinds, too_short
from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import as_clock


@dataclass(frozen=True)
class SessionEpisodes:
    """Episodes that are missing, too short, or ended without a word why."""

    name: str = "session-episodes"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """The episodes, if the scheme knows any; lengths it checks by itself are left to it."""
        told = {
            kind
            for check in declared_checks(scheme)
            if check.kind == "episode_length"
            for kind in check.ids("episodes")
        }
        if scheme.episodes.kinds:
            yield Look((), partial(_find, told))


def _find(told: set[str], scene: Scene) -> Found:
    rules, episodes = scene.scheme.episodes, scene.setting.episodes
    for kind in missing_kinds(rules, episodes):
        yield Finding(
            severity="warning",
            rule="episode-missing",
            sentence="the episode “{episode}” is not marked",
            fields={"episode": kind.label},
        )
    for episode in too_short(rules, episodes):
        kind_of = rules.kind(episode.kind)
        if episode.kind not in told and kind_of is not None:
            said = "the episode “{episode}” at {at} lasts less than {wanted} s"
            wanted = f"{kind_of.min_us / 1_000_000:g}"
            yield _about(scene, episode, "episode-too-short", said, wanted=wanted)
    for episode in lacking_reason(rules, episodes):
        said = "the episode “{episode}” at {at} does not say why it ended"
        yield _about(scene, episode, "end-reason-missing", said)


def _about(scene: Scene, episode: Episode, rule: str, sentence: str, **fields: str) -> Finding:
    label = label_of(scene.scheme.episodes, episode)
    return Finding(
        severity="warning",
        rule=rule,
        sentence=sentence,
        fields={"episode": label, "at": as_clock(episode.onset_us), **fields},
        from_us=episode.onset_us,
        until_us=episode.offset_us,
    )


RULES.add(SessionEpisodes())
