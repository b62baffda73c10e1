"""Whether the texts of a tier are codes, or what somebody wrote or said."""

from collections.abc import Collection

FEW = 12  #: different texts that may all be codes, however rarely each is used
LONG = 60  #: letters; no code is that long

#: the rule in words, for those who are told of its outcome
RULE = (
    f"more than {FEW} different texts of several words, for most events, "
    f"or texts of more than {LONG} letters or several lines"
)

TEXT_CODE = "text"  #: the one code of a track whose events carry what was written


def is_free_text(texts: Collection[str]) -> bool:
    """Whether texts without a vocabulary are prose and not codes.

    Codes come again, and most are one word; what is said in play seldom is either.

    Parameters
    ----------
    texts : collection of str
        One for each event, empty ones left out.
    """
    different = set(texts)
    if any(len(text) > LONG or "\n" in text for text in different):
        return True
    of_several_words = sum(len(text.split(None, 1)) > 1 for text in different)
    return of_several_words > FEW and 2 * of_several_words > len(texts)
