"""Which observations of a study are compared with which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from imhcode.domain.errors import Refused
from imhcode.domain.observation import ROLES, Role
from imhcode.domain.scheme import Scheme
from imhcode.domain.study import ObservationEntry
from imhcode.services.consensus import originals_of
from imhcode.services.importing import UnknownRole
from imhcode.services.studies import SessionEntry, StudyService
from imhcode.store.errors import NoSuchEntry

#: Whose record is the first of a pair, the reference: a gold standard before anybody's attempt.
FIRST: tuple[Role, ...] = ("gold", "consensus", "primary", "reliability", "training")


class NothingToCompare(Refused):
    """A choice in which no session has two observations."""

    sentence = "No session{choice} has two observations with the same version of one scheme."
    next_step = "“imhcode info STUDY” lists who coded what."


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared; empty means everything.

    Attributes
    ----------
    coders : tuple of str
        Only these, and the first named is the first of a pair; one alone is compared with itself.
    roles : tuple of Role
        Only observations in these; without them all but what people said once they had talked:
        no consensus, and no gold standard beside the two observations it was made of.
    scheme : str
        ``id`` or ``id@version``.
    measures : bool
        Whether what the scheme measures is compared too; it takes its time.
    """

    sessions: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    scheme: str = ""
    tracks: tuple[str, ...] = ()
    measures: bool = False


@dataclass(frozen=True, slots=True)
class ChosenPair:
    """Two observations of one session."""

    entry: SessionEntry
    a: ObservationEntry
    b: ObservationEntry


def chosen_pairs(study: StudyService, choice: Choice) -> dict[str, list[ChosenPair]]:
    """Pairs of observations by the content hash of their scheme.

    Raises
    ------
    NoSuchEntry, UnknownRole
        The choice names what the study does not have.
    NothingToCompare
    """
    entries = study.sessions()
    _refuse_unknown(study, entries, choice)
    found: dict[str, list[ChosenPair]] = {}
    for entry in entries:
        if choice.sessions and entry.session.id not in choice.sessions:
            continue
        for pair in _pairs_of(entry, choice):
            if not choice.roles and pair.b.id in originals_of(study.file, pair.a.id):
                continue
            found.setdefault(pair.a.scheme_hash, []).append(pair)
    if not found:
        named = [*choice.sessions, *choice.coders, *choice.roles]
        raise NothingToCompare(choice=f" ({', '.join(named)})" if named else "")
    return found


def _pairs_of(entry: SessionEntry, choice: Choice) -> Iterator[ChosenPair]:
    some = [one for one in entry.observations if _is_chosen(one, choice)]
    for a, b in combinations(sorted(some, key=lambda one: _place(one, choice)), 2):
        own = a.coder_id == b.coder_id
        if a.scheme_hash == b.scheme_hash and own == (len(choice.coders) == 1):
            yield ChosenPair(entry, a, b)


def _is_chosen(one: ObservationEntry, choice: Choice) -> bool:
    name = one.scheme_id, f"{one.scheme_id}@{one.scheme_version}"
    return (
        (one.role in choice.roles if choice.roles else one.role != "consensus")
        and (not choice.coders or one.coder_id in choice.coders)
        and (not choice.scheme or choice.scheme in name)
    )


def _place(one: ObservationEntry, choice: Choice) -> tuple[int, int, str, str]:
    named = choice.coders.index(one.coder_id) if choice.coders else 0
    return named, FIRST.index(one.role), one.coder_id, one.id


def _refuse_unknown(study: StudyService, entries: Sequence[SessionEntry], choice: Choice) -> None:
    schemes = list(study.schemes().values())
    for role in choice.roles:
        if role not in ROLES:
            raise UnknownRole(name=role, known=", ".join(ROLES))
    coders = [one.coder_id for entry in entries for one in entry.observations]
    names = [name for one in schemes for name in (one.id, f"{one.id}@{one.version}")]
    tracks = [track.id for one in schemes for track in one.tracks]
    _refuse("session", choice.sessions, [one.session.id for one in entries])
    _refuse("coder", choice.coders, coders)
    _refuse("scheme", (choice.scheme,) if choice.scheme else (), names)
    _refuse("track", choice.tracks, tracks)


def _refuse(what: str, wanted: Sequence[str], known: Sequence[str]) -> None:
    for name in wanted:
        if name not in known:
            listed = ", ".join(dict.fromkeys(known)) or "none yet"
            raise NoSuchEntry(what=what, name=name, known=listed)


def tracks_of(scheme: Scheme, choice: Choice) -> list[str]:
    """The tracks of a scheme that are compared."""
    return [one.id for one in scheme.tracks if not choice.tracks or one.id in choice.tracks]
