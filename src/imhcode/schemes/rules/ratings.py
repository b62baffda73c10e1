"""Rating scales: numbers, anchors and evidence that fit together."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index
from imhcode.schemes.place import Place
from imhcode.schemes.rules.references import missing


def ratings(index: Index) -> Iterator[Finding]:
    """Scales that are missing, anchors and prompts off the scale, evidence from nowhere."""
    defaults = index.top.at("rating_defaults")
    yield from _scale(defaults.at("scale"))
    yield from _evidence(index, defaults)
    for rating in index.top.each("ratings"):
        yield from missing([rating.at("subject")], "subject", index.subjects)
        yield from _scale(rating.at("scale"))
        yield from _evidence(index, rating)
        scale = rating.at("scale") if rating.at("scale").value else defaults.at("scale")
        if not scale.value:
            message = f'{rating.name} has no "scale", and rating_defaults has none either'
            yield rating.error("no-scale", message)
        for _, anchor in rating.at("anchors").fields():
            yield from _on_scale(scale, anchor, _number(anchor), "anchor")
        flag = rating.at("flag").at("at_or_above")
        yield from _on_scale(scale, flag, flag.number, "at_or_above")
        yield from _not_applicable(rating, defaults)
    for alternate in index.top.each("alternate_scales"):
        yield from _alternate(alternate, defaults.at("scale"))
    yield from _values(index)


def _scale(scale: Place) -> Iterator[Finding]:
    """A range that holds a whole number of steps."""
    low, high = scale.at("min").number, scale.at("max").number
    step = scale.at("step").number or 1
    if low is None or high is None or low > high:
        return
    if low == high:
        yield scale.at("max").error("no-range", f"{scale.name} has one number only")
    elif not _is_whole((high - low) / step):
        message = f"{scale.name} from {low:g} to {high:g} is no whole number of steps of {step:g}"
        yield scale.at("max").error("off-step", message)


def _evidence(index: Index, holder: Place) -> Iterator[Finding]:
    yield from missing([holder.at("require_evidence").at("track")], "track", index.tracks)
    words = holder.at("require_confidence")
    seen: set[str] = set()
    for one in words.each("values"):
        if one.word in seen:
            yield one.error("id-twice", f'value "{one.word}" in {one.owner} stands twice')
        seen.add(one.word)


def _on_scale(scale: Place, place: Place, value: float | None, noun: str) -> Iterator[Finding]:
    low, high = scale.at("min").number, scale.at("max").number
    if value is None or low is None or high is None or low >= high:
        return
    step = scale.at("step").number or 1
    if scale.at("allow_half").value is True:
        step /= 2
    if not low <= value <= high:
        message = f"{noun} {value:g} of {place.owner} is outside the scale, {low:g} to {high:g}"
        yield place.error("outside-scale", message)
    elif not _is_whole((value - low) / step):
        message = f"{noun} {value:g} of {place.owner} is no step of {step:g} from {low:g}"
        yield place.error("off-step", message)


def _not_applicable(rating: Place, defaults: Place) -> Iterator[Finding]:
    reason, allowed = rating.at("not_applicable_if"), rating.at("allow_not_applicable")
    if allowed.value is None:
        allowed = defaults.at("allow_not_applicable")
    if reason.word and allowed.value is not True:
        message = (
            f'{rating.name} says when it does not apply, but "allow_not_applicable" is not true'
        )
        yield reason.error("not-applicable", message)


def _alternate(alternate: Place, scale: Place) -> Iterator[Finding]:
    yield from _scale(alternate.at("scale"))
    if not scale.value:
        message = (
            f'{alternate.name} is a variant of the scale in "rating_defaults", which is missing'
        )
        yield alternate.error("no-scale", message)
    for _, point in alternate.at("anchor_map").fields():
        yield from _on_scale(scale, point, _number(point), "anchor")
        yield from _on_scale(alternate.at("scale"), point, point.number, "anchor")


def _values(index: Index) -> Iterator[Finding]:
    """The numbers that codes of an interval track stand for."""
    for track in index.top.each("tracks"):
        scale = track.at("scale")
        yield from _scale(scale)
        if scale.value and track.at("kind").word not in ("", "interval"):
            message = f'{track.name} cannot have "scale": only kind interval has numbers'
            yield scale.error("other-kind", message)
        for code in track.each("codes"):
            value = code.at("value")
            if value.number is not None and not scale.value:
                message = f'"value" of {code.name} needs a "scale" on its track'
                yield value.error("no-scale", message)
            elif scale.value and value.number is None and code.at("uncodable").value is not True:
                message = f'{code.name} lacks "value", its number on the scale of the track'
                yield code.error("no-value", message)
            yield from _on_scale(scale, value, value.number, "value")


def _number(place: Place) -> float | None:
    """The name of a field as a number."""
    try:
        return float(place.steps[-1])
    except ValueError:
        return None


def _is_whole(steps: float) -> bool:
    return abs(steps - round(steps)) < 1e-9
