"""A scheme in another language: the same codes, other words.

Like :mod:`imhcode.schemes.building` this works on what a study has kept, without the libraries
that read files.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from imhcode.domain.scheme import Scheme
from imhcode.schemes.building import scheme_from_document

#: fields whose text may be given in another language
TRANSLATABLE = frozenset(
    {
        "title",
        "short_title",
        "summary",
        "statement",
        "label",
        "definition",
        "start",
        "stop",
        "include",
        "exclude",
        "examples",
        "instructions",
        "help",
        "text",
        "parent_text",
        "anchors",
        "between_anchor_text",
        "not_applicable_if",
        "message",
        "note",
        "instance_labels",
    }
)


def languages_of(scheme: Scheme) -> tuple[str, ...]:
    """The languages that the scheme speaks, its own first."""
    document = scheme.document
    return (document.get("language", "en"), *document.get("translations", {}))


def translated(scheme: Scheme, language: str) -> Scheme:
    """The scheme with its texts in a language; what has no translation stays as it is.

    Ids, keys, colours and the content hash are those of the scheme: data coded in two languages
    are the same data.  Of a language that the scheme does not speak nothing changes; ``de``
    serves for ``de-AT`` too.
    """
    known = scheme.document.get("translations", {})
    texts = known.get(language) or known.get(language.partition("-")[0])
    if not texts:
        return scheme
    spoken = scheme_from_document(_replaced(scheme.document, texts))
    return replace(spoken, content_hash=scheme.content_hash, document=scheme.document)


def _replaced(document: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """A copy of a plain document with other texts at some paths; the rest stays."""
    changed: dict[str, Any] = dict(document)
    for path, text in texts.items():
        _replace(changed, path.split("."), text)
    return changed


def _replace(holder: dict[str, Any] | list[Any], steps: list[str], text: str) -> None:
    """Copy every mapping and list on the way, so that the document itself stays as it is."""
    name = _name_in(holder, steps[0])
    if name is None:
        return
    if len(steps) == 1:
        holder[name] = text  # type: ignore[index]
        return
    inner = holder[name]  # type: ignore[index]
    if isinstance(inner, dict | list):
        copied = inner.copy()
        holder[name] = copied  # type: ignore[index]
        _replace(copied, steps[1:], text)


def _name_in(holder: dict[str, Any] | list[Any], step: str) -> str | int | None:
    if isinstance(holder, dict):
        return step if step in holder else None
    for number, item in enumerate(holder):
        called = item.get("id") or item.get("key") if isinstance(item, dict) else None
        if step == (called or str(number)):
            return number
    return None
