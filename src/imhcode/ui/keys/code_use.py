"""Which characters the codes of the open scheme want, to be held against a command's keys."""

from dataclasses import dataclass

from imhcode.domain.keys import ALL_TRACKS, keys_of
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUse:
    """A code that wants a character.

    Attributes
    ----------
    character : str
        Lower case.
    label : str
        The code's.
    where : str
        The pass in which it does; empty where all tracks are coded at once.
    is_now : bool
        Whether that pass is being coded.
    """

    character: str
    label: str
    where: str
    is_now: bool


def code_uses(scheme: Scheme, pass_id: str) -> list[CodeUse]:
    """Every use of a character by a code of the scheme, that of the pass being coded first."""
    labels = {one.id: one.label for one in sorted(scheme.passes, key=lambda one: one.order)}
    if not labels or pass_id == ALL_TRACKS:
        labels[ALL_TRACKS] = ""
    ids = sorted(labels, key=lambda one: one != pass_id)
    return [
        CodeUse(
            character=character,
            label=meant.code.label,
            where=labels[one],
            is_now=one == pass_id,
        )
        for one in ids
        for character, meant in keys_of(scheme, one).items()
    ]
