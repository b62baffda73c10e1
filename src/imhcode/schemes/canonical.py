"""One text and one hash for a document, however it was typed.

Comments, layout, quotes and the order of fields do not count; the order of lists does (it is the
order on screen).  What an author left out stays left out: filling in the program's defaults
would change the hash of an unchanged scheme the day a default is added.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical_json(plain: Mapping[str, Any]) -> str:
    """JSON with sorted fields, no spaces, and whole numbers without a decimal point.

    Raises
    ------
    ValueError
        A number is infinite or none.
    """
    return json.dumps(
        _settled(plain), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def content_hash(plain: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()


def _settled(value: Any) -> Any:
    """The same value with 1.0 as 1: nobody means a difference by it."""
    if isinstance(value, Mapping):
        return {str(name): _settled(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_settled(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
