"""Words as GSEQ takes them: letters of English, digits and ``_``, each word once."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_UNFIT = re.compile(r"[^A-Za-z0-9_]+")

Coded = tuple[str, str]  #: track and code


def fit(word: str) -> str:
    """The word with ``_`` for what GSEQ does not take.

    >>> fit("looks away"), fit("ß")
    ('looks_away', '_')
    """
    return _UNFIT.sub("_", word) or "_"


def names_of(words: Iterable[Coded]) -> Mapping[Coded, str]:
    """A name for each code; one that several tracks have gets the track before it.

    >>> list(names_of([("infant", "look"), ("mother", "look"), ("mother", "a b")]).values())
    ['infant_look', 'mother_look', 'a_b']
    """
    all_words = list(dict.fromkeys(words))
    used = Counter(fit(code) for _, code in all_words)
    named: dict[Coded, str] = {}
    taken: set[str] = set()
    for track, code in all_words:
        wanted = fit(code) if used[fit(code)] == 1 else fit(f"{track}_{code}")
        named[track, code] = numbered(wanted, taken)
    return named


def numbered(wanted: str, taken: set[str]) -> str:
    """The word, with a number if it is taken, whatever its letters' case; it is taken then."""
    name, n = wanted, 1
    while name.casefold() in taken:
        n += 1
        name = f"{wanted}_{n}"
    taken.add(name.casefold())
    return name
