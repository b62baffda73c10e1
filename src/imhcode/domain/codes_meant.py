"""Which codes a part of a scheme means that names codes or classes."""

from collections.abc import Mapping
from typing import Any

from imhcode.domain.scheme import Scheme


def codes_meant(scheme: Scheme, track_id: str, plain: Mapping[str, Any]) -> frozenset[str]:
    """The codes of a track named by ``codes`` or bearing one of ``classes``; all if neither."""
    track = scheme.track(track_id)
    codes, classes = set(plain.get("codes", ())), set(plain.get("classes", ()))
    return frozenset(
        code.id
        for code in (track.codes if track else ())
        if (not codes and not classes) or code.id in codes or not classes.isdisjoint(code.classes)
    )
