"""Who can be seen: the people of one dyad, each by a word and never by a name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Relation = Literal["child", "parent", "sibling", "other_adult", "other_child", "professional"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who appears in recordings of a dyad.

    Attributes
    ----------
    label : str
        A word that tells them apart for the people who work with the family, such as
        "grandmother"; never a name.
    relation : str
        What they are in the dyad; the scheme's question who is in the picture answers in these.
    """

    id: str
    dyad_id: str
    label: str
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Somebody can be seen or heard in the recordings of a session."""

    id: str
    session_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class InPicture:
    """Who is in a stretch, as far as anybody has said.

    Attributes
    ----------
    people : tuple of Person
        Those who are known.
    unknown : tuple of str
        What stands in the way of knowing: relations of which the dyad has nobody, or ``""`` where
        nobody has said at all who is there.
    """

    people: tuple[Person, ...]
    unknown: tuple[str, ...] = ()


def in_picture(
    of_dyad: Iterable[Person], present: Collection[str], said: Collection[str] = ()
) -> InPicture:
    """Who is in a stretch: by what is said of the stretch, else by who is in the session at all.

    A relation that several people have means all of them: who is not asked cannot be left out.
    It means those of the session, where some of them are known to be there.

    Parameters
    ----------
    of_dyad : iterable of Person
        Everybody the dyad has.
    present : collection of str
        Ids of those who are in the session.
    said : collection of str
        Relations that the stretch itself names; empty if nobody has answered.
    """
    everybody = tuple(of_dyad)
    there = tuple(one for one in everybody if one.id in present)
    if not said:
        return InPicture(there, () if there else ("",))
    people: list[Person] = []
    unknown: list[str] = []
    for relation in said:
        meant = [one for one in there if one.relation == relation]
        meant = meant or [one for one in everybody if one.relation == relation]
        people += meant
        if not meant:
            unknown.append(relation)
    return InPicture(tuple(people), tuple(unknown))
