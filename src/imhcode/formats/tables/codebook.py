"""``codebook.csv``: every variable and every code of the tables, with what it means."""

from collections.abc import Iterable, Iterator

from imhcode.analysis.coded_session import CodedSession
from imhcode.analysis.measures import MEASURES
from imhcode.analysis.measures.words import words_for
from imhcode.domain.scheme import Scheme, Track
from imhcode.formats.joined import joined
from imhcode.formats.tables.column_meanings import MEANINGS
from imhcode.formats.tables.measures_wide import variable
from imhcode.formats.tables.table_file import Value

NAME = "codebook.csv"
COLUMNS = (
    *("scheme_id", "scheme_version", "scheme_hash", "sort", "id", "of", "variable", "label"),
    *("unit", "definition", "reference"),
)


def columns() -> Iterator[list[Value]]:
    """Yield the columns that the tables have whatever the scheme."""
    for name, meaning in MEANINGS.items():
        yield ["", "", "", "column", name, "", name, "", "", meaning, ""]


def rows(scheme: Scheme, blank: CodedSession) -> Iterator[list[Value]]:
    """Yield measures, tracks, codes, modifiers, scales and parameters of one scheme.

    Parameters
    ----------
    blank : CodedSession
        A session without events, with the parameters that the measures are computed with.
    """
    before: list[Value] = [scheme.id, scheme.version, scheme.content_hash]
    for rest in (
        *_measures(blank),
        *_tracks(scheme.tracks),
        *_tracks(one for one in blank.tracks.values() if scheme.track(one.id) is None),
        *_choices(scheme),
        *_numbers(scheme),
    ):
        yield [*before, *rest]


def _measures(blank: CodedSession) -> Iterator[list[Value]]:
    for measure_id, declared in blank.measures.items():
        words = words_for(declared)
        for statistic in MEASURES[declared["kind"]].statistics(declared, blank):
            yield [
                *("measure", measure_id, statistic, variable(measure_id, statistic)),
                *(words.label, words.unit, words.sentence, words.reference),
            ]


def _tracks(tracks: Iterable[Track]) -> Iterator[list[Value]]:
    for track in tracks:
        yield ["track", track.id, track.subject, track.id, track.label, track.unit, track.kind, ""]
        for code in track.codes:
            definition = code.definition
            if code.classes:
                definition = f"{definition} [{joined(code.classes)}]".strip()
            yield ["code", code.id, track.id, track.id, code.label, "", definition, ""]


def _choices(scheme: Scheme) -> Iterator[list[Value]]:
    for modifier in scheme.modifiers:
        name = f"mod_{modifier.id}"
        yield [
            *("modifier", modifier.id, "", name, modifier.label, modifier.unit, modifier.help, "")
        ]
        for value in modifier.values:
            yield ["value", value.id, modifier.id, name, value.label, "", "", ""]
    for kind in scheme.episodes.kinds:
        yield ["episode", kind.id, "", "episode_id", kind.label, "", kind.start, ""]
    for link in scheme.links:
        label = f"{link.from_track} to {link.to_track}"
        yield ["link", link.id, label, "link_id", link.label, "", "", ""]


def _numbers(scheme: Scheme) -> Iterator[list[Value]]:
    for scale in scheme.ratings:
        yield [
            *("rating", scale.id, scale.subject, "value", scale.label),
            *(f"{scale.scale.minimum:g} to {scale.scale.maximum:g}", scale.definition, ""),
        ]
    for one in scheme.parameters:
        limits = f"{one.minimum:g} to {one.maximum:g}, by default {one.default:g}"
        yield ["parameter", one.id, joined(one.overrides), "", one.id, limits, one.note, ""]
