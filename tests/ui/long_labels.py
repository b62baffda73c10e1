"""A scheme whose labels are long, or run from right to left."""

from collections.abc import Mapping
from typing import Any

from imhcode.domain.scheme import Scheme
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme

#: sixty characters and more, with nowhere good to break, and two scripts that run to the left
LONG = "Wendet sich der Bezugsperson zu und sucht ihren Blickkontakt deutlich"
HEBREW = "מבט אל ההורה"
ARABIC = "ينظر إلى الوالد ثم يبتسم"


def relabelled(label: str) -> Scheme:
    """The attunement scheme, every label of which begins with ``label``."""
    document = load_scheme(find_scheme("abr")).document
    return scheme_from_document(_relabelled(document, label))


def _relabelled(plain: Any, label: str) -> Any:
    if isinstance(plain, Mapping):
        return {
            name: f"{label} {value}" if name == "label" else _relabelled(value, label)
            for name, value in plain.items()
            if name != "translations"
        }
    if isinstance(plain, list | tuple):
        return [_relabelled(one, label) for one in plain]
    return plain
