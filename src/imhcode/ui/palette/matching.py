"""How well a few typed letters fit a text."""

_INSIDE, _SCATTERED = 100, 1_000  #: what a match in the middle of a word, and in pieces, costs


def misfit(typed: str, text: str) -> int | None:
    """How badly ``typed`` fits ``text``; 0 is best, ``None``: not at all.

    Every word typed must be found: at the beginning of a word, inside one, or as letters in this
    order that begin at the beginning of a word (``jb`` finds "Jump back").
    """
    text = text.casefold()
    total = 0
    for word in typed.casefold().split():
        one = _misfit_of_word(word, text)
        if one is None:
            return None
        total += one
    return total


def _misfit_of_word(word: str, text: str) -> int | None:
    starts = [at for at in range(len(text)) if at == 0 or not text[at - 1].isalnum()]
    for at in starts:
        if text.startswith(word, at):
            return min(at, _INSIDE - 1)
    at = text.find(word)
    if at >= 0:
        return _INSIDE + min(at, _INSIDE)
    spans = [span for at in starts if (span := _span(word, text, at)) is not None]
    return _SCATTERED + min(spans) if spans else None


def _span(word: str, text: str, start: int) -> int | None:
    """How far the letters of ``word`` reach from ``start``, taking each as soon as it comes."""
    at = start
    for n, letter in enumerate(word):
        found = text.find(letter, at)
        if found < 0 or (n == 0 and found != start):
            return None
        at = found + 1
    return at - start
