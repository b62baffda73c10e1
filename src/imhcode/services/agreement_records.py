"""An agreement as plain records: the rows of its three tables."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from imhcode.analysis.codable_time import excluded_time
from imhcode.analysis.compared_pair import pair_of
from imhcode.analysis.disagreement import Disagreement
from imhcode.analysis.disagreements import disagreements_of
from imhcode.analysis.pair_parameters import Parameters
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track
from imhcode.domain.timecode import US_PER_MS
from imhcode.services.agreement import Agreement
from imhcode.services.agreement_comparison import Comparison
from imhcode.services.agreement_pairs import ChosenPair
from imhcode.services.agreement_reading import PairReader
from imhcode.services.studies import StudyService

Record = dict[str, Any]
US = 1_000_000


def agreement_records(found: Agreement) -> Iterator[Record]:
    """Yield the rows of ``agreement.csv``."""
    digest = found.parameters.digest()
    for one in found.comparisons:
        about = _about(found, one)
        for row in one.rows:
            yield {**row.plain(), **about, "params_hash": digest}


def disagreement_records(study: StudyService, found: Agreement) -> Iterator[Record]:
    """Yield the rows of ``disagreements.csv``, session by session in order of time."""
    for one in found.comparisons:
        about = _about(found, one)
        reader = PairReader(study, one.scheme, list(one.tables))
        for pair in one.pairs:
            for each in differences_of(study, pair, reader.window_us(pair), found.parameters):
                if each.track_id in one.tables:
                    yield {
                        **about,
                        **_who(pair),
                        "track_id": each.track_id,
                        "subject_instance": each.instance,
                        "kind": each.kind,
                        "edge": each.edge,
                        "from_ms": each.from_us / US_PER_MS,
                        "until_ms": each.until_us / US_PER_MS,
                        "by_ms": each.by_us / US_PER_MS if each.by_us else None,
                        "by_frames": each.by_frames if each.by_us else None,
                        "code_a": each.code_a,
                        "code_b": each.code_b,
                        "event_a": each.event_a,
                        "event_b": each.event_b,
                        "modifier": each.modifier,
                        "values_a": "|".join(each.values_a),
                        "values_b": "|".join(each.values_b),
                        "weight": each.weight,
                    }


def differences_of(
    study: StudyService, pair: ChosenPair, window_us: tuple[int, int], parameters: Parameters
) -> list[Disagreement]:
    """Every disagreement of two observations, those about what could not be seen among them.

    Uncodable time is in no denominator, but where it begins and ends the coders can differ, too.
    """
    a, b = (study.observation(entry) for entry in (pair.a, pair.b))
    episodes = study.file.episodes_of(pair.entry.session.id)
    scored = pair_of(a, b, window_us, episodes=episodes).scored
    found = list(disagreements_of(a, b, scored=scored, parameters=parameters))
    hidden = [track for track in a.scheme.tracks if _hides(track, a) or _hides(track, b)]
    if hidden:
        watched = excluded_time(episodes, window_us).outside(*window_us)
        blind = {(track.id, code.id) for track in hidden for code in track.codes if code.uncodable}
        about = disagreements_of(a, b, scored=watched, parameters=parameters, tracks=hidden)
        found += [
            one
            for one in about
            if {(one.track_id, one.code_a), (one.track_id, one.code_b)} & blind
            and one.kind != "modifier"
        ]
    return sorted(dict.fromkeys(found), key=lambda one: (one.from_us, one.until_us, one.key))


def _hides(track: Track, one: Observation) -> bool:
    """Whether a coder said of the track somewhere that nothing could be seen."""
    blind = {code.id for code in track.codes if code.uncodable}
    return bool(blind) and any(event.code in blind for event in one.timeline.lane(track.id))


def confusion_records(found: Agreement) -> Iterator[Record]:
    """Yield the rows of ``confusion.csv``: every cell that is not empty, by session and pooled.

    An empty code is uncoded time, or an event without a partner.
    """
    for one in found.comparisons:
        about = _about(found, one)
        for track_id, tables in one.tables.items():
            names = [*tables.codes, ""]
            for basis, stack, unit in (
                ("time", tables.time, "s"),
                ("time_a_to_b", tables.a_to_b, "s"),
                ("time_b_to_a", tables.b_to_a, "s"),
                ("aligned", tables.aligned, "event"),
                ("linked", tables.linked, "event"),
                ("answers", tables.answers, "answer"),
            ):
                if stack is None:
                    continue
                levels = [(_who(pair), "session") for pair in one.pairs] + [({}, "pooled")]
                whole = np.concatenate([stack, stack.sum(axis=0, keepdims=True)])
                for number, row, column in np.argwhere(whole):
                    amount = float(whole[number, row, column])
                    who, level = levels[number]
                    yield {
                        **about,
                        **who,
                        "track_id": track_id,
                        "level": level,
                        "basis": basis,
                        "code_a": names[row],
                        "code_b": names[column],
                        "amount": amount / US if unit == "s" else amount,
                        "unit": unit,
                    }


def _about(found: Agreement, one: Comparison) -> Record:
    return {
        "analysis_id": found.analysis_id,
        "study_id": found.study_id,
        "scheme_id": one.scheme.id,
        "scheme_version": one.scheme.version,
    }


def _who(pair: ChosenPair) -> Record:
    session = pair.entry.session
    return {
        "session_id": session.id,
        "dyad_id": session.dyad_id,
        "coder_a": pair.a.coder_id,
        "coder_b": pair.b.coder_id,
    }
