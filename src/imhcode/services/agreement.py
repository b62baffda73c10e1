"""Agreement between the coders of a study: from the study file to the long table."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from imhcode.analysis.pair_parameters import Parameters
from imhcode.services.agreement_comparison import Comparison, Steps, compared, n_events_of
from imhcode.services.agreement_measures import MeasuresOfPairs
from imhcode.services.agreement_pairs import Choice, ChosenPair, chosen_pairs, tracks_of
from imhcode.services.agreement_reading import PairReader
from imhcode.services.studies import StudyService
from imhcode.store.event_columns import ColumnReader

EVENTS_AT_ONCE = 150_000  #: a batch of sessions; one is compared while the next one is read


@dataclass(frozen=True, kw_only=True, eq=False)
class Agreement:
    """An analysis: comparisons by scheme, and what they were made from.

    Attributes
    ----------
    inputs : dict of str to str
        The last link of each observation's hash chain, by its id.
    """

    study_id: str
    choice: Choice
    parameters: Parameters
    comparisons: tuple[Comparison, ...]
    inputs: dict[str, str]

    @property
    def analysis_id(self) -> str:
        """The same for the same records, choice and parameters."""
        about = [self.study_id, self.parameters.digest(), sorted(self.inputs.items())]
        tracks = [sorted(one.tables) for one in self.comparisons]
        measures = [one.measures_digest for one in self.comparisons if one.measures_digest]
        text = json.dumps([*about, tracks, *measures], separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def agreement(
    study: StudyService,
    choice: Choice | None = None,
    parameters: Parameters | None = None,
    *,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> Agreement:
    """Compare the coders of a study.

    Parameters
    ----------
    on_progress : callable
        Gets the share done, from 0 to 1; in this thread.
    wanted : callable
        Asked between batches of sessions and tracks; when it says no, `Superseded` is raised.

    Raises
    ------
    Refused
        The choice names what is not there, or leaves nothing to compare.
    """
    choice, parameters = choice or Choice(), parameters or Parameters()
    chosen = chosen_pairs(study, choice)
    schemes = study.schemes()
    n_events = sum(n_events_of(some) for some in chosen.values())
    steps = Steps(n_events, on_progress, wanted)
    comparisons: list[Comparison] = []
    for found, some in chosen.items():
        scheme = schemes[found]
        names = tracks_of(scheme, choice)
        if not names and not scheme.ratings:
            continue
        measures = MeasuresOfPairs(study, found) if choice.measures else None
        reader = PairReader(study, scheme, names)
        comparisons.append(
            compared(
                scheme,
                [track for track in scheme.tracks if track.id in names],
                some,
                (reader.read(batch) for batch in _batches(some)),
                parameters,
                steps,
                with_ratings=not choice.tracks,
                measured=measures.of(some) if measures else (),
                measures_digest=measures.digest if measures else "",
            )
        )
    heads = ColumnReader(study.file).heads()
    ids = {one.id for some in chosen.values() for pair in some for one in (pair.a, pair.b)}
    steps.done()
    return Agreement(
        study_id=study.study_id,
        choice=choice,
        parameters=parameters,
        comparisons=tuple(comparisons),
        inputs={one: heads.get(one, "") for one in sorted(ids)},
    )


def _batches(chosen: Sequence[ChosenPair]) -> list[list[ChosenPair]]:
    """The pairs in their order, whole sessions together, of about so many events each."""
    batches: list[list[ChosenPair]] = [[]]
    events = 0
    for _, group in groupby(chosen, key=lambda one: one.entry.session.id):
        some = list(group)
        more = n_events_of(some)
        if batches[-1] and events + more > EVENTS_AT_ONCE:
            batches.append([])
            events = 0
        batches[-1] += some
        events += more
    return batches
