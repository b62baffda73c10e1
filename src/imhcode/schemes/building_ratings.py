"""From a checked document to rating scales: defaults filled in, variants with ids of their own."""

from collections.abc import Mapping
from typing import Any

from imhcode.domain.scheme import Anchor, Flag, RatingScale, Scale

Plain = Mapping[str, Any]


def rating_scales_of(document: Plain) -> tuple[RatingScale, ...]:
    """Every scale of the document, then each of its variants.

    A variant is another measure: its id is the scale's with that of the alternate behind it, and
    its anchors stand where the alternate puts them.
    """
    defaults = document.get("rating_defaults") or {}
    scales = [_scale(one, {**defaults, **_given(one)}) for one in document.get("ratings", ())]
    for alternate in document.get("alternate_scales", ()):
        scales += [_variant(one, defaults, alternate) for one in document.get("ratings", ())]
    return tuple(scales)


def scale_of(plain: Plain) -> Scale:
    """The numbers that can be given."""
    return Scale(
        minimum=plain["min"],
        maximum=plain["max"],
        step=plain.get("step", 1),
        allow_half=plain.get("allow_half", False),
    )


def flag_of(plain: Plain | None) -> Flag | None:
    """A prompt to talk to somebody."""
    if not plain:
        return None
    return Flag(
        action=plain["action"],
        text=plain["text"],
        at_or_above=plain.get("at_or_above"),
        modifier=plain.get("modifier") or "",
        value=plain.get("value") or "",
    )


def variant_id(rating_id: str, alternate_id: str) -> str:
    """Id of a scale's variant."""
    return f"{rating_id}_{alternate_id}"


def _given(plain: Plain) -> Plain:
    return {name: value for name, value in plain.items() if value is not None}


def _variant(plain: Plain, defaults: Plain, alternate: Plain) -> RatingScale:
    places = {float(point): at for point, at in alternate.get("anchor_map", {}).items()}
    anchors = {
        str(places[float(point)]): text
        for point, text in plain.get("anchors", {}).items()
        if float(point) in places
    }
    own_scale = plain.get("scale") or defaults["scale"]
    label = alternate.get("label") or alternate["id"].replace("_", " ")
    merged = {
        **defaults,
        **_given(plain),
        "id": variant_id(plain["id"], alternate["id"]),
        "label": f"{plain['label']} ({label})",
        "scale": alternate["scale"],
        "anchors": anchors,
        "flag": _stretched(plain.get("flag"), own_scale, alternate["scale"]),
    }
    return _scale(merged, merged, alternate_of=plain["id"])


def _stretched(flag: Plain | None, own: Plain, other: Plain) -> Plain | None:
    """The same prompt at the same place of the variant's numbers."""
    if not flag or flag.get("at_or_above") is None:
        return flag
    place = (flag["at_or_above"] - own["min"]) / (own["max"] - own["min"])
    return {**flag, "at_or_above": other["min"] + place * (other["max"] - other["min"])}


def _scale(plain: Plain, merged: Plain, *, alternate_of: str = "") -> RatingScale:
    evidence = merged.get("require_evidence") or {}
    confidence = merged.get("require_confidence") or {}
    anchors = (Anchor(value=float(at), text=text) for at, text in plain.get("anchors", {}).items())
    return RatingScale(
        id=plain["id"],
        label=plain["label"],
        subject=plain["subject"],
        scale=scale_of(merged["scale"]),
        direction=plain.get("direction", "neutral"),
        definition=plain.get("definition", ""),
        anchors=tuple(sorted(anchors, key=lambda one: one.value)),
        between_anchors=merged.get("between_anchor_text", ""),
        scope=tuple(merged.get("scope") or ("session",)),
        alternate_of=alternate_of,
        allow_not_applicable=merged.get("allow_not_applicable", False),
        not_applicable_if=plain.get("not_applicable_if", ""),
        evidence_min=evidence.get("min", 1) if evidence else 0,
        evidence_track=evidence.get("track", ""),
        confidences=tuple(confidence.get("values", ())),
        blind=merged.get("blind_until_submitted", False),
        flag=flag_of(plain.get("flag")),
    )
