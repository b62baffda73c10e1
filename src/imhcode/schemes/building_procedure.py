"""From a checked document to passes, profiles, episodes and links."""

from collections.abc import Mapping
from typing import Any

from imhcode.domain.scheme import (
    EndReason,
    EpisodeKind,
    Episodes,
    LinkRule,
    Pass,
    Playback,
    Profile,
    Walk,
    Window,
)
from imhcode.schemes.seconds import as_us

Plain = Mapping[str, Any]


def passes_of(document: Plain) -> tuple[Pass, ...]:
    """The passes in their order; "all" ratings are every scale of the document itself."""
    every_scale = tuple(one["id"] for one in document.get("ratings", ()))
    passes = sorted(document.get("passes", ()), key=lambda one: one["order"])
    return tuple(_pass(one, every_scale) for one in passes)


def profile_of(plain: Plain) -> Profile:
    """One choice of passes."""
    return Profile(id=plain["id"], label=plain["label"], passes=tuple(plain["passes"]))


def episodes_of(plain: Plain) -> Episodes:
    """The episodes; none, and any of the lab's own, if the document says nothing."""
    return Episodes(
        required=plain.get("required", False),
        ordered=plain.get("ordered", False),
        allow_custom=plain.get("allow_custom", True),
        kinds=tuple(map(_episode, plain.get("set", ()))),
        end_reasons=tuple(
            EndReason(id=one["id"], label=one["label"]) for one in plain.get("end_reasons", ())
        ),
    )


def link_of(plain: Plain) -> LinkRule:
    """One rule of which events may answer which."""
    window = plain.get("window_s") or {}
    by_age = ((one["max_months"], as_us(one["max"])) for one in plain.get("window_by_age", ()))
    latest = window.get("max")
    return LinkRule(
        id=plain["id"],
        label=plain["label"],
        from_track=plain["from_track"],
        to_track=plain["to_track"],
        from_codes=tuple(plain.get("from_codes", ())),
        to_codes=tuple(plain.get("to_codes", ())),
        cardinality=plain.get("cardinality", "many_to_many"),
        required=plain.get("required", False),
        window=Window(
            min_us=as_us(window.get("min", 0)),
            max_us=None if latest is None else as_us(latest),
            by_age=tuple(sorted(by_age)),
        ),
        suggest=plain.get("suggest") or "",
        one_counts=plain.get("one_counts") or "",
    )


def _pass(plain: Plain, every_scale: tuple[str, ...]) -> Pass:
    ratings = plain.get("ratings") or ()
    return Pass(
        id=plain["id"],
        label=plain["label"],
        order=plain["order"],
        tracks=tuple(plain.get("tracks", ())),
        instructions=plain.get("instructions", ""),
        playback=_playback(plain.get("playback")),
        walk=_walk(plain.get("walk")),
        hides=plain.get("hide_subject_view") or "",
        ratings=every_scale if ratings == "all" else tuple(ratings),
        audience=plain.get("audience") or "",
        clock=plain.get("clock", "media"),
    )


def _playback(plain: Plain | None) -> Playback | None:
    if plain is None:
        return None
    return Playback(
        speed=plain.get("speed", 1.0),
        audio=plain.get("audio", True),
        step_us=as_us(plain.get("step_s") or 0),
        loops_utterance=plain.get("loop_utterance", False),
    )


def _walk(plain: Plain | None) -> Walk | None:
    if plain is None:
        return None
    return Walk(
        over_track=plain["over_track"],
        codes=tuple(plain.get("codes", ())),
        classes=tuple(plain.get("classes", ())),
        lead_us=as_us(plain.get("lead_s", 0)),
        tail_us=as_us(plain.get("tail_s", 0)),
    )


def _episode(plain: Plain) -> EpisodeKind:
    return EpisodeKind(
        id=plain["id"],
        label=plain["label"],
        order=plain.get("order"),
        key=plain.get("key", ""),
        optional=plain.get("optional", False),
        nominal_us=as_us(plain.get("nominal_s") or 0),
        min_us=as_us(plain.get("min_s") or 0),
        start=plain.get("start", ""),
        stop=plain.get("stop", ""),
        end_reason_required=plain.get("end_reason") == "required",
        excluded=plain.get("excluded_from_analysis", False),
    )
