"""From a checked document to the domain's scheme.

A study keeps the documents of its schemes and is reopened through here, so this module loads
neither pydantic nor ruamel.yaml, and it trusts what it is given.
"""

from collections.abc import Mapping
from typing import Any

from imhcode.domain.scheme import (
    AgeRange,
    Audience,
    Bins,
    Code,
    Modifier,
    ModifierValue,
    Parameter,
    Pattern,
    Scheme,
    Subject,
    Suggestion,
    Track,
)
from imhcode.schemes.building_procedure import episodes_of, link_of, passes_of, profile_of
from imhcode.schemes.building_ratings import flag_of, rating_scales_of, scale_of
from imhcode.schemes.canonical import content_hash
from imhcode.schemes.errors import SchemeFormatUnknown
from imhcode.schemes.patterns import patterns_for
from imhcode.schemes.seconds import as_us

FORMAT = "1.0"
OLDEST_MONTHS = 1_200.0  #: an age range without an end

Plain = Mapping[str, Any]


def scheme_from_document(plain: Plain) -> Scheme:
    """Build the scheme that a valid document describes.

    Raises
    ------
    SchemeFormatUnknown
        The document is in a later format.
    """
    if plain.get("imhcode_scheme") != FORMAT:
        raise SchemeFormatUnknown(found=plain.get("imhcode_scheme"), known=FORMAT)
    return Scheme(
        id=plain["id"],
        version=plain["version"],
        title=plain["title"],
        short_title=plain.get("short_title", ""),
        subjects=tuple(map(_subject, plain["subjects"])),
        tracks=tuple(map(_track, plain["tracks"])),
        modifiers=tuple(map(_modifier, plain.get("modifiers", ()))),
        passes=passes_of(plain),
        links=tuple(map(link_of, plain.get("links", ()))),
        profiles=tuple(map(profile_of, plain.get("profiles", ()))),
        episodes=episodes_of(plain.get("episodes") or {}),
        ratings=rating_scales_of(plain),
        parameters=tuple(map(_parameter, plain.get("parameters", ()))),
        audiences=tuple(
            Audience(id=one["id"], label=one["label"]) for one in plain.get("audiences", ())
        ),
        age=_age(plain.get("age_months")),
        content_hash=content_hash(plain),
        document=plain,
    )


def _subject(plain: Plain) -> Subject:
    return Subject(
        id=plain["id"],
        label=plain["label"],
        role=plain["role"],
        allow_instances=plain.get("allow_instances", False),
        instance_labels=tuple(plain.get("instance_labels", ())),
        members=tuple(plain.get("members", ())),
    )


def _track(plain: Plain) -> Track:
    codes = plain["codes"]
    return Track(
        id=plain["id"],
        label=plain["label"],
        subject=plain["subject"],
        kind=plain["kind"],
        exclusive=plain.get("exclusive", False),
        exhaustive=plain.get("exhaustive", False),
        takes_duration=plain.get("duration") == "optional",
        min_duration_us=as_us(plain.get("min_duration_s", 0)),
        min_gap_us=as_us(plain.get("min_gap_s", 0)),
        modifiers=tuple(plain.get("modifiers", ())),
        links=tuple(plain.get("links", ())),
        entry=plain.get("entry", "toggle"),
        default_code=plain.get("default_code") or "",
        bins=_bins(plain.get("interval")),
        scale=scale_of(plain["scale"]) if plain.get("scale") else None,
        unit=plain.get("unit", ""),
        takes_transcript=plain.get("transcript") == "optional",
        only_in_episodes=tuple(plain.get("only_in_episodes", ())),
        audience=plain.get("audience") or "",
        never_in=tuple(plain.get("never_in", ())),
        clock=plain.get("clock", "media"),
        codes=tuple(map(_code, codes, patterns_for(codes))),
    )


def _code(plain: Plain, pattern: Pattern) -> Code:
    return Code(
        id=plain["id"],
        label=plain["label"],
        key=plain.get("key", ""),
        color=plain.get("color", "#999999"),
        pattern=pattern,
        classes=tuple(plain.get("classes", ())),
        uncodable=plain.get("uncodable", False),
        excludes_time=plain.get("excludes_time", False),
        definition=plain.get("definition", ""),
        start=plain.get("start", ""),
        stop=plain.get("stop", ""),
        include=tuple(plain.get("include", ())),
        exclude=tuple(plain.get("exclude", ())),
        examples=tuple(plain.get("examples", ())),
        modifiers=tuple(plain.get("modifiers", ())),
        min_duration_us=as_us(plain.get("min_duration_s", 0)),
        ordinal=plain.get("ordinal"),
        value=plain.get("value"),
        age=_age(plain.get("age_months")),
        answers_only=tuple(plain.get("applies_to_bids", ())),
        only_in_episodes=tuple(plain.get("only_in_episodes", ())),
        suggestion=_suggestion(plain.get("auto")),
        flag=flag_of(plain.get("flag")),
        audience=plain.get("audience") or "",
        parent_text=plain.get("parent_text", ""),
        example_clip=plain.get("example_clip", ""),
        example_still=plain.get("example_still", ""),
    )


def _bins(plain: Plain | None) -> Bins | None:
    if not plain:
        return None
    return Bins(
        length_us=as_us(plain["bin_s"]),
        anchor=plain.get("anchor", "session_start"),
        advances=plain.get("advance_on_key", True),
    )


def _suggestion(plain: Plain | None) -> Suggestion | None:
    if not plain:
        return None
    return Suggestion(
        when=plain["suggest_when"], at=plain["at"], confirm=plain.get("confirm", True)
    )


def _age(plain: Plain | None) -> AgeRange | None:
    if not plain:
        return None
    low, high = plain.get("min"), plain.get("max")
    return AgeRange(
        min_months=0.0 if low is None else low,
        max_months=OLDEST_MONTHS if high is None else high,
        corrected=plain.get("use_corrected_age", False),
    )


def _modifier(plain: Plain) -> Modifier:
    return Modifier(
        id=plain["id"],
        label=plain["label"],
        type=plain["type"],
        required=plain.get("required", False),
        default=plain.get("default") or "",
        values=tuple(
            ModifierValue(id=one["id"], label=one["label"], key=one.get("key", ""))
            for one in plain.get("values", ())
        ),
        values_from=plain.get("values_from") or "",
        not_for=tuple(plain.get("not_for", ())),
        in_pass=plain.get("in_pass") or "",
        minimum=plain.get("min"),
        maximum=plain.get("max"),
        step=plain.get("step"),
        unit=plain.get("unit", ""),
        max_length=plain.get("max_length"),
        help=plain.get("help", ""),
    )


def _parameter(plain: Plain) -> Parameter:
    paths = plain.get("overrides") or ()
    return Parameter(
        id=plain["id"],
        default=plain["default"],
        minimum=plain["min"],
        maximum=plain["max"],
        overrides=(paths,) if isinstance(paths, str) else tuple(paths),
        note=plain.get("note", ""),
    )
