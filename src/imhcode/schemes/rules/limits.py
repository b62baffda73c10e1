"""Numbers that must stand in order."""

from collections.abc import Iterator

from imhcode.schemes.finding import Finding
from imhcode.schemes.index import Index
from imhcode.schemes.place import Place


def limits(index: Index) -> Iterator[Finding]:
    """Lower limits above upper ones, and values outside their limits."""
    yield from _upside_down(index.top)
    for parameter in index.top.each("parameters"):
        yield from _outside(parameter, "default")
    yield from _outside(index.top.at("recommended_sample_s"), "typical")
    for link in index.top.each("links"):
        yield from _by_age(link)
    for modifier in index.top.each("modifiers"):
        low, high = modifier.at("min").number, modifier.at("max").number
        step = modifier.at("step")
        if None not in (low, high, step.number) and step.number > high - low >= 0:  # type: ignore[operator]
            message = f"step {step.number:g} of {modifier.name} is wider than its limits"
            yield step.error("outside-limits", message)


def _upside_down(place: Place) -> Iterator[Finding]:
    low, high = place.at("min").number, place.at("max").number
    # a check counts events between its limits; both are whole numbers
    if low is not None and high is not None and low > high:
        message = f"min {low:g} is above max {high:g} in {place.name}"
        yield place.at("min").error("min-above-max", message)
    for _, inner in place.fields():
        yield from _upside_down(inner)


def _outside(place: Place, name: str) -> Iterator[Finding]:
    value, low, high = (place.at(one).number for one in (name, "min", "max"))
    if value is None or low is None or high is None or low > high:
        return
    if not low <= value <= high:
        message = f"{name} {value:g} of {place.name} is outside its limits, {low:g} to {high:g}"
        yield place.at(name).error("outside-limits", message)


def _by_age(link: Place) -> Iterator[Finding]:
    low = link.at("window_s").at("min").number
    younger: float | None = None
    for by_age in link.each("window_by_age"):
        high, months = by_age.at("max"), by_age.at("max_months")
        if low is not None and high.number is not None and high.number < low:
            message = f"max {high.number:g} of {link.name} by age is below min {low:g}"
            yield high.error("min-above-max", message)
        if months.number is not None and younger is not None and months.number <= younger:
            message = (
                f"max_months {months.number:g} of {link.name} comes after {younger:g}; "
                "give the youngest first"
            )
            yield months.error("ages-out-of-order", message)
        younger = months.number if months.number is not None else younger
