"""Ratings as rows of ``ratings.csv``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from imhcode.domain.episodes import in_order
from imhcode.formats.csv.cells import as_line, guarded
from imhcode.formats.csv.columns import RATINGS
from imhcode.formats.joined import joined
from imhcode.formats.record import Record

Row = list[str]


def write_ratings(study_id: str, records: Sequence[Record], path: Path) -> int:
    """Write ``ratings.csv``; return its number of rows below the header."""
    rows = sorted((place, row) for record in records for place, row in _rows(study_id, record))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(as_line(RATINGS))
        file.writelines(as_line(row) for _, row in rows)
    return len(rows)


def _rows(study_id: str, record: Record) -> Iterator[tuple[tuple[object, ...], Row]]:
    """Yield each rating's place in the file and its cells; scales in the scheme's order."""
    observation, scheme = record.observation, record.observation.scheme
    about = [study_id, record.session.dyad_id, observation.session_id, observation.coder_id]
    about += [observation.role, scheme.id, scheme.version, observation.id, observation.status]
    before = [*map(guarded, about)]
    episodes = {one.id: (n, one) for n, one in enumerate(in_order(record.episodes), start=1)}
    order = {scale.id: n for n, scale in enumerate(scheme.ratings)}
    for rating in observation.ratings.values():
        scale = scheme.rating(rating.scale)
        n, episode = episodes.get(rating.episode, (0, None))
        row = [
            *before,
            guarded(episode.kind if episode else rating.episode),
            str(n) if n else "",
            *map(guarded, (rating.id, rating.scale)),
            guarded(scale.label) if scale else "",
            guarded(scale.alternate_of) if scale else "",
            "" if rating.value is None else f"{rating.value:g}",
            *map(guarded, (rating.na_reason, rating.confidence)),
            guarded(joined(rating.evidence)),
            guarded(rating.comment),
        ]
        place = (
            *(observation.session_id, observation.coder_id, scheme.id, scheme.version),
            *(n, order.get(rating.scale, len(order)), rating.id, observation.id),
        )
        yield place, row
