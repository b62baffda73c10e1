"""Episodes in words: what is on, how long, and how much of its length is left."""

from PySide6.QtCore import QCoreApplication

from imhcode.domain.episode import Episode
from imhcode.domain.episodes import episode_at, label_of
from imhcode.domain.scheme import Episodes
from imhcode.domain.timecode import US_PER_S, as_clock


def countdown(rules: Episodes, episodes: tuple[Episode, ...], at_us: int) -> str:
    """Whole seconds that an instant's episode has left of its nominal length, or has lasted."""
    on = episode_at(episodes, at_us)
    if on is None:
        return ""
    gone_us = at_us - on.onset_us
    kind = rules.kind(on.kind)
    if kind is None or not kind.nominal_us:
        return _tr("for {time}").format(time=_seconds(gone_us))
    left_us = kind.nominal_us - gone_us
    if left_us >= 0:
        return _tr("{time} left").format(time=_seconds(left_us + US_PER_S - 1))
    return _tr("{time} over").format(time=_seconds(-left_us))


def tip_for(rules: Episodes, episode: Episode) -> str:
    """Everything about an episode in a few lines."""
    lines = [label_of(rules, episode)]
    until = "…" if episode.offset_us is None else as_clock(episode.offset_us)
    lines.append(f"{as_clock(episode.onset_us)} – {until}")
    if episode.end_reason:
        reasons = {one.id: one.label for one in rules.end_reasons}
        lines.append(reasons.get(episode.end_reason, episode.end_reason))
    if episode.excluded:
        lines.append(_tr("left out of codable time"))
    return "\n".join(lines)


def _seconds(time_us: int) -> str:
    """Minutes and whole seconds."""
    return as_clock(time_us)[:-4]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Episodes", text)
