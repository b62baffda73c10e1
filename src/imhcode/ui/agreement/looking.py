"""Where a disagreement is looked at: the stage shows it, with lanes and words of both coders."""

from typing import TYPE_CHECKING

from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.rating_differences import RatingDifference
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme
from imhcode.ui.agreement.both_coders import CodersRecord, event_shown
from imhcode.ui.agreement.deciding import Found
from imhcode.ui.agreement.disagreement_words import rating_lines, what_differs, where_it_is
from imhcode.ui.agreement.pair_stage import PairStage

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService


class Looking:
    """Joins disagreements of a study to a stage.

    Parameters
    ----------
    stage : PairStage
        Where they are shown.
    """

    def __init__(self, stage: PairStage) -> None:
        self._stage = stage
        self._study: StudyService | None = None
        self._scheme: Scheme | None = None
        self._originals: dict[tuple[str, str], tuple[Observation, Observation]] = {}

    def open(self, study: "StudyService", scheme: Scheme) -> None:
        """Look at observations of another study or scheme."""
        self._study, self._scheme = study, scheme
        self._originals.clear()

    def close(self) -> None:
        """Let go of the study and the recording."""
        self._study = self._scheme = None
        self._originals.clear()
        self._stage.close_session()

    def look_at(self, one: Found, third: CodersRecord | None = None, reason: str = "") -> None:
        """Show a disagreement, say what it is, and loop it.

        Parameters
        ----------
        third : CodersRecord, optional
            A lane below both coders'.
        reason : str
            What else is said about it.

        Raises
        ------
        Refused, Trouble
            It cannot be read.
        """
        if self._study is None or self._scheme is None:
            return
        self._stage.open_session(self._study, one.session_id)
        self.show_lanes(one, third)
        difference = one.difference
        where = where_it_is(difference, self._scheme)
        words = [f"{where}: {what_differs(difference, self._scheme, one.coders)}"]
        if isinstance(difference, RatingDifference):
            words = [where, *rating_lines(difference, one.coders)]
        self._stage.say("\n".join(filter(None, (*words, reason))))
        stretch_us = one.stretch_us or self._episode_us(one)
        if stretch_us is None:
            self._stage.show_whole()
        else:
            self._stage.loop(stretch_us)

    def show_lanes(self, one: Found, third: CodersRecord | None = None) -> None:
        """Show both coders' lanes of what a disagreement is about, and the third record's."""
        if self._study is None or self._scheme is None:
            return
        key = one.pair.a.id, one.pair.b.id
        if key not in self._originals:
            a, b = (self._study.observation(each) for each in (one.pair.a, one.pair.b))
            self._originals = {key: (a, b)}
        records = [
            CodersRecord(name, observation)
            for name, observation in zip(one.coders, self._originals[key], strict=True)
        ]
        if third is not None:
            records.append(third)
        track_id, events = self._about(one)
        self._stage.show_records(records, [track_id] if track_id else [])
        self._stage.timeline.set_chosen([event_shown(event, place) for event, place in events])

    def _about(self, one: Found) -> tuple[str, list[tuple[str, int]]]:
        """The track it is about, and its events with whose they are; of a rating its evidence."""
        difference = one.difference
        if isinstance(difference, Disagreement):
            events = (difference.event_a, difference.event_b)
            return difference.track_id, [(event, at) for at, event in enumerate(events) if event]
        assert self._scheme is not None  # noqa: S101  (asked by show_lanes only)
        scale = self._scheme.rating(difference.scale)
        both = (difference.first, difference.second)
        evidence = [(event, at) for at, each in enumerate(both) if each for event in each.evidence]
        return scale.evidence_track if scale else "", evidence

    def _episode_us(self, one: Found) -> tuple[int, int] | None:
        """The stretch of the episode that was rated."""
        episode_id = getattr(one.difference, "episode", "")
        for each in self._study.file.episodes_of(one.session_id) if self._study else ():
            if each.id == episode_id and each.offset_us is not None:
                return each.onset_us, each.offset_us
        return None
