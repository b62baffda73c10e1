"""What we write into the header of an ELAN document so that we can read it again exactly.

One property holds it as JSON; ELAN keeps the properties it does not know.  A document without it,
and a tier that it does not name, is another program's.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from imhcode.domain.study import Dyad, Session

PROPERTY = "imhcode"
FAR_MS = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMark:
    """What a tier is.

    Attributes
    ----------
    instants : bool
        Whether annotations no longer than a picture are instants.
    holds : str
        Of a tier that says more of another: ``comment``, ``transcript``, ``links`` or
        ``modifier``; empty if it has events.
    modifier : str
        Its id.
    several : bool
        Whether its values are several, with bars between them.
    """

    track: str = ""
    code: str = ""
    instance: str = ""
    instants: bool = False
    holds: str = ""
    modifier: str = ""
    several: bool = False


@dataclass(slots=True, kw_only=True)
class Mark:
    """What a document is; see `TierMark` for its tiers.

    Attributes
    ----------
    shift_ms : int
        Time of the document = time of the session + ``shift_ms``.
    instant_ms : int
        How long instants are drawn at most.
    """

    session: Session
    dyad: Dyad
    coder: str
    role: str
    scheme: str
    version: str
    hash: str
    shift_ms: int
    instant_ms: int
    tiers: dict[str, TierMark] = field(default_factory=dict)


def written(mark: Mark) -> str:
    """The mark as text."""
    return json.dumps(_without_empty(asdict(mark)), ensure_ascii=True, sort_keys=True)


def read(text: str) -> Mark | None:
    """The mark that a text is; ``None`` if it is none, whatever it is."""
    try:
        said = json.loads(text)
        tiers = {str(name): TierMark(**_fit(TierMark, one)) for name, one in said["tiers"].items()}
        mark = Mark(
            session=Session(**_fit(Session, said["session"])),
            dyad=Dyad(**({"id": ""} | _fit(Dyad, said.get("dyad", {})))),
            coder=str(said.get("coder", "")),
            role=str(said.get("role", "")),
            scheme=str(said.get("scheme", "")),
            version=str(said.get("version", "")),
            hash=str(said.get("hash", "")),
            shift_ms=int(said.get("shift_ms", 0)),
            instant_ms=int(said.get("instant_ms", 0)),
            tiers=tiers,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None
    return mark if abs(mark.shift_ms) < FAR_MS else None


def _fit(kind: type, said: dict[str, Any]) -> dict[str, Any]:
    """Those of the fields that a class has and whose values are of the right sort."""
    return {
        name: value
        for name, value in said.items()
        if name in kind.__dataclass_fields__  # type: ignore[attr-defined]
        and isinstance(value, _SORT.get(name, str))
    }


_SORT: dict[str, Any] = {
    "instants": bool,
    "several": bool,
    "child_age_months": (int, float),
    "child_age_corrected_months": (int, float),
}


def _without_empty(said: dict[str, Any]) -> dict[str, Any]:
    """The same without what is empty at any depth; nought is not."""
    cleaned = {
        name: _without_empty(one) if isinstance(one, dict) else one for name, one in said.items()
    }
    return {
        name: one
        for name, one in cleaned.items()
        if name in ("session", "tiers") or not (one is None or one is False or one in ("", {}))
    }
