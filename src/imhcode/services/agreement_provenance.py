"""What an agreement was made from, and how: for its manifest, its report and its methods."""

from dataclasses import asdict
from typing import Any

from imhcode import __version__
from imhcode.services.agreement import Agreement
from imhcode.services.agreement_comparison import Comparison

US = 1_000_000
TIES = "most pairs, then nearest onsets, then the later event left out"


def provenance(found: Agreement) -> dict[str, Any]:
    """Plain values, the same for the same records and parameters."""
    choice = {name: value for name, value in asdict(found.choice).items() if value}
    return {
        "analysis_id": found.analysis_id,
        "study_id": found.study_id,
        "params_hash": found.parameters.digest(),
        "version": __version__,
        "choice": choice,
        "parameters": {
            **asdict(found.parameters),
            "ties": TIES,
            "uncoded_time": "a category of its own",
            "uncodable_time": "of either coder left out",
            "window": "the intersection of both coded ranges",
            "reference": "the first coder where a direction is named",
        },
        "comparisons": [_comparison(one) for one in found.comparisons],
        "inputs": found.inputs,
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    sessions = dict.fromkeys(pair.entry.session.id for pair in one.pairs)
    dyads = dict.fromkeys(pair.entry.session.dyad_id or pair.entry.session.id for pair in one.pairs)
    tables = list(one.tables.values())
    codable_us = int(tables[0].codable_us.sum()) if tables else 0
    excluded_us = int(tables[0].excluded_us.sum()) if tables else 0
    return {
        "scheme": {
            "id": one.scheme.id,
            "version": one.scheme.version,
            "title": one.scheme.title,
            "hash": one.scheme.content_hash,
        },
        "sessions": len(sessions),
        "dyads": len(dyads),
        "pairs": len(one.pairs),
        "coders": sorted(
            {name for pair in one.pairs for name in (pair.a.coder_id, pair.b.coder_id)}
        ),
        "codable_s": codable_us / US,
        "excluded_s": excluded_us / US,
        "tolerances_s": {
            name: table.tolerance_us / 1_000_000 for name, table in one.tables.items()
        },
        **({"measures_params_hash": one.measures_digest} if one.measures_digest else {}),
    }
