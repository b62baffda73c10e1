"""Kinds of figure, one module each: from coded sessions to a description that anybody can draw.

A kind says which figures a scheme can have, takes what it needs from one session at a time, and
makes one figure of all that.  So figures over a thousand sessions hold no more than their marks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.figure import Figure, Origin
from imhcode.analysis.measuring import Measured
from imhcode.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A figure that a scheme can have.

    Attributes
    ----------
    kind : str
        Name of a module of this package, with hyphens as underscores.
    about : str
        Id of the measure or track it shows; empty where it shows the whole session.
    single : bool
        Whether it shows one session; others take any number together.
    """

    kind: str
    about: str
    label: str
    single: bool = False

    @property
    def id(self) -> str:
        """``survival-repair_latency``."""
        return f"{self.kind}-{self.about}" if self.about else self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSession:
    """One observation with its measures, as figures read it.

    Attributes
    ----------
    visit : str
        As the lab counts; empty if it does not.
    """

    session_id: str
    observation_id: str
    dyad_id: str
    coder_id: str
    visit: str
    date: str
    coded: CodedSession
    measured: Sequence[Measured]

    def origin(self, time_us: int | None = None, event_id: str = "") -> Origin:
        """A moment of it."""
        return Origin(
            session_id=self.session_id,
            observation_id=self.observation_id,
            event_id=event_id,
            time_us=time_us,
        )

    def of_measure(self, measure_id: str) -> list[Measured]:
        """What one measure gives, by section."""
        return [one for one in self.measured if one.measure_id == measure_id]


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One kind.

    Attributes
    ----------
    name : str
        That of its module.
    topics : callable
        From a session of the scheme (it may be blank) to the figures of this kind.
    look : callable
        What one session gives for it, ``None`` if nothing; anything small.
    draw : callable
        From the topic, a session of the scheme and what sessions gave to the figure.
    """

    name: str
    topics: Callable[[CodedSession], Iterable[Topic]]
    look: Callable[[Topic, FigureSession], Any | None]
    draw: Callable[[Topic, CodedSession, Sequence[Any]], Figure]


FIGURES: Registry[FigureKind] = Registry("imhcode.analysis.figures")

#: in which order figures are offered; kinds that are not named come last
ORDER = (
    *("timeline", "time_bars", "bids_by_bin", "contingency", "survival", "latencies"),
    *("state_space", "transitions", "cross_correlation", "rating_profile", "visit_slopes"),
)


def topics_of(session: CodedSession) -> list[Topic]:
    """Every figure that the session's scheme can have, whether or not there is anything in it."""
    kinds = sorted(FIGURES, key=lambda one: (*ORDER, one.name).index(one.name))
    return [topic for kind in kinds for topic in kind.topics(session)]


def without_panels(topic: Topic, reason: str) -> Figure:
    """A figure of nothing, which says why."""
    return Figure(
        id=topic.id,
        kind=topic.kind,
        title=topic.label,
        caption=f"Nothing to show: {reason}.",
        panels=(),
    )


class FigureMaker:
    """Makes one figure while sessions go by.

    Parameters
    ----------
    blank : CodedSession
        Any session of the scheme, for its words and colours.
    """

    def __init__(self, topic: Topic, blank: CodedSession) -> None:
        self.topic, self._blank = topic, blank
        self._kind = FIGURES[topic.kind]
        self._looks: list[Any] = []

    def see(self, session: FigureSession) -> None:
        """Take what is needed of a session."""
        found = self._kind.look(self.topic, session)
        if found is not None:
            self._looks.append(found)

    @property
    def is_empty(self) -> bool:
        """Whether no session has anything to show so far."""
        return not self._looks

    def figure(self) -> Figure:
        """What was seen, as a figure; without anything, one with no panels."""
        if not self._looks:
            return without_panels(self.topic, "no session has a number for it")
        return self._kind.draw(self.topic, self._blank, self._looks)
