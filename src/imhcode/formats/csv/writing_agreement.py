"""Agreement as tables: estimates, disagreements and confusions, one row each."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from imhcode.formats.csv.cells import as_line, guarded

Value = str | float | int | None

_WHO = ("session_id", "dyad_id", "coder_a", "coder_b", "scheme_id", "scheme_version", "track_id")

AGREEMENT = (
    *("analysis_id", "study_id", *_WHO, "code", "level", "index", "direction", "tolerance_s"),
    *("value", "unit", "ci_low", "ci_high", "ci_method", "ci_level", "n_sessions"),
    *("n_events_a", "n_events_b", "n_matched", "n_only_a", "n_only_b", "codable_s", "excluded_s"),
    *("po", "pe", "null_reason", "params_hash"),
)  #: of ``agreement.csv``

DISAGREEMENTS = (
    *("analysis_id", "study_id", *_WHO, "subject_instance", "kind", "edge"),
    *("from_ms", "until_ms", "by_ms", "by_frames", "code_a", "code_b", "event_a", "event_b"),
    *("modifier", "values_a", "values_b", "weight"),
)  #: of ``disagreements.csv``

CONFUSION = (
    *("analysis_id", "study_id", *_WHO, "level", "basis", "code_a", "code_b", "amount", "unit"),
)  #: of ``confusion.csv``


def write_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Value]], path: Path) -> int:
    """Write a table; return its number of rows below the header.  What a row lacks stays empty."""
    many = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(as_line(columns))
        for row in rows:
            file.write(as_line([_cell(row.get(name)) for name in columns]))
            many += 1
    return many


def _cell(value: Value) -> str:
    """Numbers to the last digit; text safe for spreadsheets."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(value)
