"""Codings that nobody thought about: any scheme, filled at random within its own rules."""

import numpy as np

from imhcode.domain.episode import Episode
from imhcode.domain.event import Event, Link
from imhcode.domain.rating import Rating

S = 1_000_000


def random_episodes(scheme, until_us):
    """The scheme's first kinds of episode, one after the other."""
    kinds = [one for one in scheme.episodes.kinds if not one.optional][:4]
    edges = np.linspace(0, until_us, len(kinds) + 1).astype(int).tolist()
    return tuple(
        Episode(
            id=f"ep{n}", session_id="S", kind=kind.id, onset_us=edges[n], offset_us=edges[n + 1],
            excluded=kind.excluded,
        )
        for n, kind in enumerate(kinds)
    )  # fmt: skip


def random_events(scheme, random, until_s=240, uncodable=0.05, *, mean_s=4.0):
    """Events on every track, linked by every rule of the scheme."""
    until_us, events = until_s * S, {}
    for track in scheme.tracks:
        make = _states if track.kind == "state" and track.exclusive else _scattered
        if track.kind == "interval":
            make = _bins
        for event in make(scheme, track, random, until_us, uncodable, mean_s):
            events[event.id] = event
    for rule in scheme.links:
        _link(scheme, rule, random, events)
    return list(events.values())


def random_ratings(scheme, random, episodes=()):
    """Scores on most scales, for the session and each episode."""
    for about in ("", *(one.id for one in episodes)):
        for scale in scheme.ratings:
            if random.random() < 0.8:
                low, high = int(scale.scale.minimum), int(scale.scale.maximum)
                yield Rating(
                    id=f"r-{scale.id}-{about}",
                    scale=scale.id,
                    episode=about,
                    value=float(random.integers(low, high + 1)),
                )


def _code(track, random, uncodable):
    codes = [code for code in track.codes if not (code.uncodable or code.excludes_time)]
    blind = [code for code in track.codes if code.uncodable]
    pool = blind if blind and random.random() < uncodable else codes
    return pool[int(random.integers(len(pool)))].id


def _states(scheme, track, random, until_us, uncodable, mean_s):
    at_us, last = 0, ""
    for n in range(100_000):
        if at_us >= until_us:
            return
        end_us = min(at_us + 200_000 + int(random.exponential(mean_s * S)), until_us)
        code = _code(track, random, uncodable)
        if code == last:
            continue
        last = code
        yield Event(
            id=f"{track.id}{n}", track=track.id, code=code, onset_us=at_us, offset_us=end_us,
            modifiers=_modifiers(scheme, track, code, random),
        )  # fmt: skip
        at_us = end_us


def _bins(scheme, track, random, until_us, uncodable, mean_s):
    del mean_s
    for n, at_us in enumerate(range(0, until_us, track.bins.length_us)):
        code = _code(track, random, uncodable)
        yield Event(
            id=f"{track.id}{n}", track=track.id, code=code, onset_us=at_us,
            offset_us=at_us + track.bins.length_us,
        )  # fmt: skip


def _scattered(scheme, track, random, until_us, uncodable, mean_s):
    onsets = np.sort(random.integers(0, until_us, max(1, int(until_us / (3 * mean_s * S)))))
    for n, at_us in enumerate(onsets.tolist()):
        code = _code(track, random, 0.0)
        long_us = 0 if track.kind == "point" else 300_000 + int(random.exponential(2 * S))
        yield Event(
            id=f"{track.id}{n}", track=track.id, code=code, onset_us=at_us,
            offset_us=min(at_us + long_us, until_us) if long_us else at_us,
            modifiers=_modifiers(scheme, track, code, random),
        )  # fmt: skip


def _modifiers(scheme, track, code, random):
    found = {}
    for one in scheme.modifiers_for(track, track.code(code)):
        if one.values:
            found[one.id] = (one.values[int(random.integers(len(one.values)))].id,)
    return tuple(sorted(found.items()))


def _link(scheme, rule, random, events):
    """Answers moved into the window of what they answer; each target has one or none."""
    sources = [
        one for one in events.values()
        if one.track == rule.from_track and one.code in (rule.from_codes or (one.code,))
    ]  # fmt: skip
    targets = [
        one for one in events.values()
        if one.track == rule.to_track and one.code in (rule.to_codes or (one.code,))
    ]  # fmt: skip
    window_us = rule.window.max_us or 10 * S
    for source, target in zip(sources, targets, strict=False):
        at_us = target.onset_us + int(random.integers(0, window_us))
        events[source.id] = Event(
            id=source.id, track=source.track, code=source.code, onset_us=at_us, offset_us=at_us,
            modifiers=source.modifiers, links=(Link(rule.id, target.id),),
        )  # fmt: skip
