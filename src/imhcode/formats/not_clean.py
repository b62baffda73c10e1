"""Texts that tables of other programs cannot hold letter for letter."""

from collections.abc import Iterator, Sequence

from imhcode.formats.loss import Loss
from imhcode.formats.record import Record
from imhcode.formats.tables.plain_text import plain


def texts_of(records: Sequence[Record]) -> Iterator[str]:
    """Yield every text that somebody wrote."""
    for record in records:
        for event in record.observation.timeline:
            yield event.comment
            yield event.transcript
            yield event.instance
            for _, values in event.modifiers:
                yield from values
        for rating in record.observation.ratings.values():
            yield rating.comment


def unclean(records: Sequence[Record]) -> list[Loss]:
    """Control characters that are written as a replacement mark, if there are any."""
    count = sum(plain(one) != one for one in texts_of(records))
    how = "control characters in texts are written as “\ufffd”"
    return [Loss("control-characters", count, how)] if count else []
