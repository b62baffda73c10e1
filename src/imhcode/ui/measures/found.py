"""Everything that is worked out of the chosen observations, on a thread of its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.denominators import seconds
from imhcode.analysis.figure import Figure
from imhcode.analysis.figures import FigureMaker, Topic, topics_of
from imhcode.analysis.measures import MEASURES
from imhcode.analysis.measures.words import Words, words_for
from imhcode.analysis.measuring import Measured
from imhcode.domain.study import age_months_of
from imhcode.media.superseded import Superseded
from imhcode.services.dyad_measures import DyadMeasures
from imhcode.services.measures import LabScheme, Measuring, Reading, Sitting
from imhcode.ui.measures.number_rows import NumberRow

Progress = Callable[[float], None]
Wanted = Callable[[], bool]


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """Numbers of the chosen observations with one scheme, and figures of them.

    Attributes
    ----------
    measuring : Measuring
        What was asked for; it reads the study on the thread that opened it.
    blank : CodedSession
        A session of the scheme in which nothing is coded, for its words.
    rows : tuple of NumberRow
        In the scheme's order, session by session.
    makers : dict
        By id of its topic, what is known of each figure.
    """

    measuring: Measuring
    lab: LabScheme
    blank: CodedSession
    topics: tuple[Topic, ...]
    rows: tuple[NumberRow, ...]
    makers: Mapping[str, FigureMaker] = field(repr=False)
    n_observations: int = 0

    @property
    def declared(self) -> Mapping[str, dict[str, Any]]:
        """What the scheme declares, by id of the measure, with the lab's numbers in it."""
        return self.blank.measures  # type: ignore[return-value]

    def words(self, measure_id: str) -> Words:
        """What is said of a measure."""
        return words_for(self.declared[measure_id])

    def places(self) -> dict[tuple[str, str], int]:
        """Where each measure and statistic stands: as declared, then as met."""
        order = {name: at for at, name in enumerate(self.declared)}
        met = dict.fromkeys((one.measure_id, one.statistic) for one in self.rows)
        ranked = sorted(met, key=lambda one: order.get(one[0], len(order)))
        return {one: place for place, one in enumerate(ranked)}

    def figure(self, topic: Topic) -> Figure:
        """A figure of all that was seen; takes a moment, so not on the window's thread."""
        return self.makers[topic.id].figure()


def prepared(measuring: Measuring, scheme_hash: str) -> tuple[LabScheme, CodedSession, list[Topic]]:
    """The scheme with the lab's numbers, a blank session of it, and its figures.

    It also loads every kind of measure and figure, which is not to happen on two threads at once.
    """
    lab = measuring.schemes[scheme_hash]
    blank = lab.session({}, (0, 0))
    tuple(MEASURES)
    return lab, blank, topics_of(blank)


def found_of(
    measuring: Measuring,
    scheme: tuple[LabScheme, CodedSession, list[Topic]],
    progress: Progress,
    wanted: Wanted,
    role_shown: Callable[[str], str] = lambda role: role,
) -> Found:
    """Work out every number, and what figures of all sessions need; may be stopped.

    Parameters
    ----------
    role_shown : callable
        A role as whoever looks may know it.
    """
    lab, blank, topics = scheme
    makers = {one.id: FigureMaker(one, blank) for one in topics if not one.single}
    rows: list[NumberRow] = []
    dyads, n = DyadMeasures(), 0
    for sitting in measuring.sittings(on_progress=progress):
        if not wanted():
            raise Superseded
        n += 1
        rows += _rows(sitting, role_shown(sitting.about.coding_role))
        if measuring.is_whole:
            dyads.see(sitting)
        for maker in makers.values():
            maker.see(sitting.for_figures)
    for about, some in dyads.measured():
        rows += [
            _row(
                one, number, dyad_id=about.dyad_id, coder_id=about.coder_id, role=about.coding_role
            )
            for one in some
            for number in one.result.numbers
        ]
    return Found(
        measuring=measuring,
        lab=lab,
        blank=blank,
        topics=tuple(topics),
        rows=tuple(rows),
        makers=makers,
        n_observations=n,
    )


def figure_of_one(measuring: Measuring, topic: Topic, blank: CodedSession, one: Reading) -> Figure:
    """A figure of one observation, measured for it."""
    maker = FigureMaker(topic, blank)
    maker.see(measuring.measure(one).for_figures)
    return maker.figure()


def _rows(sitting: Sitting, role: str) -> Iterator[NumberRow]:
    about, session = sitting.about, sitting.visit.session
    age_months = age_months_of(session)
    for one in sitting.measured:
        for number in one.result.numbers:
            yield _row(
                one,
                number,
                session_id=about.session_id,
                dyad_id=about.dyad_id,
                observation_id=sitting.observation_id,
                coder_id=about.coder_id,
                role=role,
                visit=session.visit,
                age_months=age_months,
            )


def _row(one: Measured, number: Any, **about: Any) -> NumberRow:
    section, whole_us = one.section, number.denominator_us
    empty = {"session_id": "", "observation_id": "", "visit": "", "age_months": None}
    return NumberRow(
        **{**empty, **about},
        measure_id=one.measure_id,
        statistic=number.statistic,
        episode=section.kind if section else "",
        episode_n=section.n if section else 0,
        from_us=section.from_us if section else None,
        value=number.value,
        n=number.n,
        n_censored=number.n_censored,
        denominator_s=None if whole_us is None else seconds(whole_us),
        reason=number.null_reason,
    )
