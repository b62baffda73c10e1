"""Which fields a spot of the document may have, for "did you mean"."""

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from imhcode.schemes.models.document import Document


def fields_at(location: tuple[str | int, ...]) -> list[str]:
    """Names of the fields of the part at a location as pydantic reports it.

    In such a location the word that chooses among models stands as a step of its own: the kind
    of a measure, or the tag of a choice that our models make by looking.
    Empty where no part is.
    """
    here: Any = Document
    for step in location:
        here = _inside(_bare(here), step)
    here = _bare(here)
    return list(_by_name(here)) if _is_part(here) else []


def _inside(here: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return get_args(here)[0] if get_origin(here) is list else None
    if _is_part(here):
        return _by_name(here).get(step)
    for member in get_args(here):
        if step in _chosen_by(member):
            return member
    return None


def _chosen_by(member: Any) -> list[object]:
    """The words that choose this one of several models."""
    tags = [one.tag for one in getattr(member, "__metadata__", ()) if isinstance(one, Tag)]
    fields = _by_name(member) if _is_part(member) else {}
    words = [get_args(one) for one in fields.values() if get_origin(one) is Literal]
    return [*tags, *(word for several in words for word in several if len(several) == 1)]


def _bare(annotation: Any) -> Any:
    """Without what only describes, and without "or nothing"."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
            continue
        if get_origin(annotation) in (Union, UnionType):
            members = [one for one in get_args(annotation) if one is not type(None)]
            if len(members) == 1:
                annotation = members[0]
                continue
        return annotation


def _is_part(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _by_name(part: type[BaseModel]) -> dict[str, Any]:
    return {info.alias or name: info.annotation for name, info in part.model_fields.items()}
