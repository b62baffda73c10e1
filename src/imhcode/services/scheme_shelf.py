"""The schemes that a study keeps: which may still change, and which never will.

A study keeps whole documents by content hash.  One that an observation uses is locked: a changed
document of the same name and version is refused, because events would then mean two things under
one name.  One that nobody has used yet may be replaced.
"""

import json
from collections.abc import Mapping
from typing import Any, Literal, cast

from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme
from imhcode.schemes.canonical import canonical_json
from imhcode.store.study_file import StudyFile

SchemeStatus = Literal["draft", "pilot", "approved", "locked"]
Put = Literal["added", "there already", "replaced"]

_WITHDRAWN = "withdrawn_schemes"


class SchemeIsLocked(Refused):
    """A changed document under the name and version of one that is in use."""

    sentence = (
        "{scheme} is in use in this study and stays as it is; the document offered differs from it."
    )
    next_step = "Raise the version in the changed document and add it as a new one."


def put(file: StudyFile, scheme: Scheme) -> Put:
    """Keep a scheme in a study, in place of an unused one of its name and version.

    Raises
    ------
    SchemeIsLocked
        Another document of that name and version is in use.
    """
    there = documents(file)
    if scheme.content_hash in there:
        return "there already"
    rivals = {
        content_hash
        for content_hash, plain in there.items()
        if (plain["id"], plain["version"]) == (scheme.id, scheme.version)
    }
    if rivals & used(file):
        raise SchemeIsLocked(scheme=f"{scheme.id}@{scheme.version}")
    file.add_scheme(scheme, canonical_json(scheme.document))
    withdrawn = _withdrawn(file)
    if rivals or scheme.content_hash in withdrawn:
        now = (withdrawn | rivals) - {scheme.content_hash}
        file.remember(_WITHDRAWN, json.dumps(sorted(now)))
    return "replaced" if rivals else "added"


def documents(file: StudyFile) -> dict[str, Mapping[str, Any]]:
    """Every document that is valid in the study, by content hash."""
    withdrawn = _withdrawn(file)
    found = file.scheme_documents()
    return {one: plain for one, plain in found.items() if one not in withdrawn}


def used(file: StudyFile) -> set[str]:
    """Content hashes of the schemes that an observation uses."""
    return {entry.scheme_hash for entry in file.observations()}


def status(file: StudyFile, scheme: Scheme) -> SchemeStatus:
    """How far the scheme's life has come in this study.

    ``locked`` once an observation uses it; before that what its author says under ``approval``.
    """
    if scheme.content_hash in used(file):
        return "locked"
    said = scheme.document.get("approval", {}).get("state", "draft")
    return cast("SchemeStatus", said)


def _withdrawn(file: StudyFile) -> set[str]:
    """Hashes of documents that were replaced before anybody used them."""
    return set(json.loads(file.note(_WITHDRAWN) or "[]"))
