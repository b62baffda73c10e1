"""From time to pixels and back, without a widget."""

from dataclasses import dataclass, replace

MIN_US_PER_PX = 200.0  #: a frame of 33 ms is then 167 px wide; nobody codes finer
MARGIN_PX = 24  #: kept free after the end, so that the last event's letter has room


@dataclass(frozen=True, slots=True)
class Extent:
    """The whole stretch a timeline can show, half-open, in microseconds."""

    from_us: int
    until_us: int

    def us_per_px_to_fit(self, width_px: int) -> float:
        """The scale at which everything is visible at once."""
        span_us = max(self.until_us - self.from_us, 1)
        return max(span_us / max(width_px - MARGIN_PX, 1), MIN_US_PER_PX)

    def clamped(self, time_us: int) -> int:
        """The nearest instant of the stretch."""
        return min(max(time_us, self.from_us), max(self.until_us, self.from_us))


@dataclass(frozen=True, slots=True)
class TimeScale:
    """What a strip of pixels shows.

    Attributes
    ----------
    from_us : int
        Time at the left edge of pixel 0.
    us_per_px : float
        Microseconds in one pixel.
    width_px : int
        Pixels in the strip.
    """

    from_us: int
    us_per_px: float
    width_px: int

    @classmethod
    def fitting(cls, extent: Extent, width_px: int) -> "TimeScale":
        """The scale that shows all of ``extent``."""
        return cls(extent.from_us, extent.us_per_px_to_fit(width_px), width_px)

    @property
    def until_us(self) -> int:
        """Time at the right edge of the strip."""
        return self.us_at(self.width_px)

    def x_of(self, time_us: int) -> float:
        """Where an instant lies, in pixels from the left edge; may be outside."""
        return (time_us - self.from_us) / self.us_per_px

    def us_at(self, x: float) -> int:
        """The instant at a place, to the nearest microsecond."""
        return self.from_us + round(x * self.us_per_px)

    def zoomed(self, factor: float, x: float, extent: Extent) -> "TimeScale":
        """Show ``factor`` times as much detail; the time at ``x`` stays there if it can."""
        wanted = self.us_per_px / factor
        widest = extent.us_per_px_to_fit(self.width_px)
        us_per_px = min(max(wanted, MIN_US_PER_PX), widest)
        from_us = self.us_at(x) - round(x * us_per_px)
        return TimeScale(from_us, us_per_px, self.width_px).within(extent)

    def panned(self, px: float, extent: Extent) -> "TimeScale":
        """Look ``px`` pixels further to the right."""
        return replace(self, from_us=self.us_at(px)).within(extent)

    def starting(self, from_us: int, extent: Extent) -> "TimeScale":
        """The same zoom with another left edge."""
        return replace(self, from_us=from_us).within(extent)

    def resized(self, width_px: int, extent: Extent) -> "TimeScale":
        """The same left edge and zoom in another width; what showed everything still does."""
        if self.us_per_px >= extent.us_per_px_to_fit(self.width_px):
            return TimeScale.fitting(extent, width_px)
        return replace(self, width_px=width_px).within(extent)

    def is_past_page(self, time_us: int, extent: Extent) -> bool:
        """Whether an instant lies before the strip, or after it and there is more to show."""
        end_us = min(self.until_us, extent.until_us)
        at_end = self.until_us >= extent.until_us
        return time_us < self.from_us or (time_us >= end_us and not at_end)

    def within(self, extent: Extent) -> "TimeScale":
        """The nearest scale that shows nothing but ``extent`` and its margin."""
        us_per_px = min(self.us_per_px, extent.us_per_px_to_fit(self.width_px))
        end_us = extent.until_us + round(MARGIN_PX * us_per_px)
        latest_us = max(end_us - round(self.width_px * us_per_px), extent.from_us)
        from_us = min(max(self.from_us, extent.from_us), latest_us)
        return TimeScale(from_us, us_per_px, self.width_px)
