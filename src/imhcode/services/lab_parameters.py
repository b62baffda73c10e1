"""Numbers that a lab may set within a scheme's limits without making another scheme.

What a lab sets stays with the study: each change is a line of the study's log, with who and when.
"""

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from imhcode.domain.errors import Refused
from imhcode.domain.scheme import Scheme
from imhcode.schemes.building import scheme_from_document
from imhcode.store.study_file import StudyFile
from imhcode.store.study_log import StudyEdit


class NoSuchParameter(Refused):
    """Fields: ``name``, ``known``."""

    sentence = "No scheme of this study has a parameter “{name}”."
    next_step = "There are: {known}."


class ParameterOutsideLimits(Refused):
    """Fields: ``name``, ``value``, ``low``, ``high``, ``scheme``."""

    sentence = "{name} cannot be {value}: the scheme {scheme} allows {low} to {high}."


def saved_values(file: StudyFile, scheme: Scheme) -> dict[str, float]:
    """What the lab has set for a scheme and this version of it allows; all else is its default."""
    before = f"parameter/{scheme.id}/"
    saved = {key.removeprefix(before): float(value) for key, value in file.notes(before).items()}
    return {
        one.id: saved[one.id]
        for one in scheme.parameters
        if one.id in saved and one.minimum <= saved[one.id] <= one.maximum
    }


def save_value(
    file: StudyFile, schemes: Mapping[str, Scheme], scheme_id: str, name: str,
    value: float | None, coder_id: str,
) -> None:  # fmt: skip
    """Set one parameter for the whole study; ``None`` puts it back to the scheme's default.

    Raises
    ------
    NoSuchParameter, ParameterOutsideLimits
        A version of the scheme that is in the study has not got it, or does not allow the value.
    StudyTrouble
        The disk would not; nothing has changed.
    """
    versions = {key: one for key, one in schemes.items() if one.id == scheme_id}
    refuse_unknown(versions, [name])
    if value is not None:
        for scheme in versions.values():
            values_of(scheme, {name: value})
    key = f"parameter/{scheme_id}/{name}"
    old, new = file.note(key), "" if value is None else repr(float(value))
    if old == new:
        return
    before, after = ({key: one} if one else {} for one in (old, new))
    file.log_of_study().append("do", StudyEdit("parameters", scheme_id, before, after), coder_id)


def as_coded_with(file: StudyFile, scheme: Scheme) -> Scheme:
    """The scheme with the lab's windows of links in it, and still its own hash and document.

    What is coded is offered and checked by the same windows that it will be counted by.
    """
    saved = saved_values(file, scheme)
    if not saved:
        return scheme
    return replace(scheme, links=with_values(scheme, values_of(scheme, saved)).links)


def refuse_unknown(schemes: Mapping[str, Scheme], given: Iterable[str]) -> None:
    """Refuse names that no scheme has."""
    known = sorted({one.id for scheme in schemes.values() for one in scheme.parameters})
    for name in given:
        if name not in known:
            raise NoSuchParameter(name=name, known=", ".join(known) or "none")


def values_of(scheme: Scheme, given: Mapping[str, float]) -> dict[str, float]:
    """Every parameter of a scheme with its value, the default where none is given.

    Raises
    ------
    ParameterOutsideLimits
        The scheme does not allow it.
    """
    values = {}
    for one in scheme.parameters:
        value = given.get(one.id, one.default)
        if not one.minimum <= value <= one.maximum:
            raise ParameterOutsideLimits(
                name=one.id,
                value=f"{value:g}",
                low=f"{one.minimum:g}",
                high=f"{one.maximum:g}",
                scheme=scheme.id,
            )
        values[one.id] = value
    return values


def with_values(scheme: Scheme, values: Mapping[str, float]) -> Scheme:
    """The scheme with these numbers in the places that the parameters stand in for.

    It is for computing only: its hash is not that of the scheme that was coded with.
    """
    changed = {one.id: one for one in scheme.parameters if values[one.id] != one.default}
    if not changed:
        return scheme
    document = copy.deepcopy(dict(scheme.document))
    for name, parameter in changed.items():
        for path in parameter.overrides:
            _put(document, path, values[name])
    return scheme_from_document(document)


def digest_of(scheme: Scheme, values: Mapping[str, float]) -> str:
    """What tells numbers of one scheme and one set of parameters from all others; 12 digits."""
    text = json.dumps([scheme.content_hash, {k: f"{v:g}" for k, v in sorted(values.items())}])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _put(document: dict[str, Any], path: str, value: float) -> None:
    """Write a number at the end of a path of ids; a checked scheme has all of them."""
    *steps, last = path.split(".")
    here: Any = document
    for step in steps:
        here = _step(here, step)
    here[last] = value


def _step(here: Any, step: str) -> Any:
    if isinstance(here, list):
        return next(one for n, one in enumerate(here) if one.get("id", str(n)) == step)
    return here[step]
