"""From a checked document to the domain's scheme.

A study keeps the documents of its schemes and is reopened through here, so this module loads
neither pydantic nor ruamel.yaml, and it trusts what it is given.
"""

from collections.abc import Mapping
from typing import Any

from imhcode.domain.scheme import (
    Code,
    LinkRule,
    Modifier,
    ModifierValue,
    Pass,
    Pattern,
    Scheme,
    Subject,
    Track,
)
from imhcode.schemes.canonical import content_hash
from imhcode.schemes.errors import SchemeFormatUnknown
from imhcode.schemes.patterns import patterns_for
from imhcode.schemes.seconds import as_us

FORMAT = "1.0"

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
    passes = sorted(plain.get("passes", ()), key=lambda one: one["order"])
    return Scheme(
        id=plain["id"],
        version=plain["version"],
        title=plain["title"],
        short_title=plain.get("short_title", ""),
        subjects=tuple(
            Subject(id=one["id"], label=one["label"], role=one["role"]) for one in plain["subjects"]
        ),
        tracks=tuple(_track(one) for one in plain["tracks"]),
        modifiers=tuple(_modifier(one) for one in plain.get("modifiers", ())),
        passes=tuple(_pass(one) for one in passes),
        links=tuple(_link(one) for one in plain.get("links", ())),
        content_hash=content_hash(plain),
        document=plain,
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
        definition=plain.get("definition", ""),
        start=plain.get("start", ""),
        stop=plain.get("stop", ""),
        include=tuple(plain.get("include", ())),
        exclude=tuple(plain.get("exclude", ())),
        examples=tuple(plain.get("examples", ())),
        modifiers=tuple(plain.get("modifiers", ())),
        min_duration_us=as_us(plain.get("min_duration_s", 0)),
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
        not_for=tuple(plain.get("not_for", ())),
        max_length=plain.get("max_length"),
        help=plain.get("help", ""),
    )


def _pass(plain: Plain) -> Pass:
    return Pass(
        id=plain["id"],
        label=plain["label"],
        order=plain["order"],
        tracks=tuple(plain.get("tracks", ())),
        instructions=plain.get("instructions", ""),
    )


def _link(plain: Plain) -> LinkRule:
    return LinkRule(
        id=plain["id"],
        label=plain["label"],
        from_track=plain["from_track"],
        to_track=plain["to_track"],
        from_codes=tuple(plain.get("from_codes", ())),
        to_codes=tuple(plain.get("to_codes", ())),
    )
