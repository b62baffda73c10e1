"""A trainee's observation against a gold standard: found, missed, added, early and late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from imhcode.analysis.accepting import Accepted, accepting
from imhcode.analysis.agreement_questions import asked_of
from imhcode.analysis.compared_pair import pair_of
from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.disagreements import disagreements_of, partners_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.analysis.pair_tables import PairTables, tables_of_pairs
from imhcode.analysis.square_tables import Tables
from imhcode.domain.episode import Episode
from imhcode.domain.observation import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScore:
    """How well one code was found.

    Attributes
    ----------
    sensitivity : float or None
        Share of the gold standard's events that the trainee has too, with that code; ``None``
        where it has none.
    precision : float or None
        Share of the trainee's events that the gold standard has too; ``None`` where there is none.
    """

    track_id: str
    code: str
    n_gold: int
    n_trainee: int
    n_hit: int

    @property
    def sensitivity(self) -> float | None:
        """Found of what was there."""
        return self.n_hit / self.n_gold if self.n_gold else None

    @property
    def precision(self) -> float | None:
        """Right of what was said."""
        return self.n_hit / self.n_trainee if self.n_trainee else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrackScore:
    """One track of a trained session.

    Attributes
    ----------
    codes : tuple of str
        Rows and columns of ``confusion``.
    confusion : array, shape (K + 1, K + 1)
        Events; the gold standard's codes in the rows, the trainee's in the columns; last: nothing.
    bias_us, spread_us : float or None
        Median of the trainee's boundary minus the gold one, positive where the trainee is late,
        and the 90th percentile of its size.
    indices : Mapping of str to (float or None)
        Indices of agreement on the whole track, the gold standard as the reference; ``None`` where
        one is not defined.
    """

    track_id: str
    codes: tuple[str, ...]
    confusion: Tables
    by_code: tuple[CodeScore, ...]
    n_boundaries: int
    bias_us: float | None
    spread_us: float | None
    indices: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScore:
    """One rating of the gold standard beside the trainee's; ``None`` where there is no score."""

    scale: str
    episode: str
    gold: float | None
    trainee: float | None

    @property
    def is_within_one(self) -> bool:
        """Whether it is at most a point off; both may also say that there is no score."""
        if self.gold is None or self.trainee is None:
            return self.gold is self.trainee
        return abs(self.gold - self.trainee) <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    """All that is told to a trainee about one session; errors in order of time."""

    session_id: str
    tracks: tuple[TrackScore, ...]
    ratings: tuple[RatingScore, ...]
    errors: tuple[Disagreement, ...]

    def code(self, track_id: str, code: str) -> CodeScore | None:
        """The score of one code."""
        return next(
            (
                one
                for track in self.tracks
                for one in track.by_code
                if (one.track_id, one.code) == (track_id, code)
            ),
            None,
        )

    @property
    def share_within_one(self) -> float | None:
        """Share of the gold standard's ratings that were met within a point."""
        if not self.ratings:
            return None
        return sum(one.is_within_one for one in self.ratings) / len(self.ratings)


def scored(
    gold: Observation,
    trainee: Observation,
    window_us: tuple[int, int],
    *,
    accepted: Accepted | None = None,
    parameters: Parameters | None = None,
    episodes: Iterable[Episode] = (),
) -> TrainingResult:
    """Score a trainee against a gold standard of the same session and scheme.

    Parameters
    ----------
    window_us : tuple of int
        The intersection of both coded ranges.
    accepted : Mapping of str to tuple of str, optional
        By the id of an event of the gold standard: what else counts as right there.
    episodes : iterable of Episode
        Those of the session; excluded ones are not scored.
    """
    parameters = parameters or Parameters()
    left_out = tuple(episodes)
    seen = pair_of(gold, trainee, window_us, episodes=left_out)  # what neither could see stays out
    origins: dict[str, str] = {}
    if accepted:
        partners = partners_of(gold, trainee, scored=seen.scored, parameters=parameters)
        gold, trainee, origins = accepting(gold, trainee, accepted, partners)
    pair = replace(pair_of(gold, trainee, window_us, episodes=left_out), scored=seen.scored)
    tables = [
        tables_of_pairs([pair], gold.scheme, track, parameters) for track in gold.scheme.tracks
    ]
    found = disagreements_of(gold, trainee, scored=seen.scored, parameters=parameters)
    return TrainingResult(
        session_id=gold.session_id,
        tracks=tuple(_track_score(one) for one in tables if one.aligned.any()),
        ratings=_rating_scores(gold, trainee),
        errors=tuple(replace(one, event_b=origins.get(one.event_b, one.event_b)) for one in found),
    )


def _track_score(tables: PairTables) -> TrackScore:
    confusion = tables.aligned[0]
    errors = tables.boundaries_us
    by_code = tuple(
        CodeScore(
            track_id=tables.track_id,
            code=code,
            n_gold=int(confusion[place].sum()),
            n_trainee=int(confusion[:, place].sum()),
            n_hit=int(confusion[place, place]),
        )
        for place, code in enumerate(tables.codes)
    )
    return TrackScore(
        track_id=tables.track_id,
        codes=tables.codes,
        confusion=confusion,
        by_code=tuple(one for one in by_code if one.n_gold or one.n_trainee),
        n_boundaries=len(errors),
        bias_us=float(np.median(errors)) if len(errors) else None,
        spread_us=float(np.quantile(np.abs(errors), 0.9)) if len(errors) else None,
        indices=index_values(tables),
    )


def index_values(tables: PairTables) -> dict[str, float | None]:
    """Every index on a whole track; where one is asked of several tables, the first one counts.

    Of kappa with tolerance the direction counts in which the first coder, the gold standard, is
    the reference.
    """
    found: dict[str, float | None] = {}
    for asked in asked_of(tables):
        if asked.codes != ("",) or asked.direction == "b_to_a":
            continue
        for index in asked.indices:
            value = float(index.of(asked.tables)[0])
            found.setdefault(asked.name or index.name, value if np.isfinite(value) else None)
    return found


def _rating_scores(gold: Observation, trainee: Observation) -> tuple[RatingScore, ...]:
    given = {(one.scale, one.episode): one.value for one in trainee.ratings.values()}
    rated = sorted(gold.ratings.values(), key=lambda one: (one.scale, one.episode))
    return tuple(
        RatingScore(
            scale=one.scale,
            episode=one.episode,
            gold=one.value,
            trainee=given.get((one.scale, one.episode)),
        )
        for one in rated
    )
